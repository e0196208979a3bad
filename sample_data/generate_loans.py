"""Generate loans.csv and loans_truth.json: invented loan applications with planted faults.

Usage: ``python -m sample_data.generate_loans``. Nobody in the file exists. Each fault is
planted on purpose and written into the truth file, with the rows it is in (counted from 0,
the header not counted), so that a finding can be compared with what is known. The standard
library is all that is needed.
"""

import csv
import io
import json
from pathlib import Path

from sample_data.loans_faults import (
    SHARE_OF_APPROVALS_TURNED,
    Fault,
    in_whole_columns,
    plant,
)
from sample_data.loans_people import Chance, Row, application

SEED = 1968
ORIGINALS = 11_880
COPIES = 120
"""Exact copies of earlier rows."""


def generate() -> tuple[list[Row], dict[str, Fault]]:
    """Return the rows of the file, copies included, and the faults in them.

    ``rows`` of a fault are positions in the file from 0; a copy of a faulty row is faulty
    too. Faults that lie in a whole column have no rows.
    """
    chance = Chance(SEED)
    originals = [application(chance, number) for number in range(1, ORIGINALS + 1)]
    faults = plant(originals, chance)
    copied = chance.some(range(ORIGINALS), COPIES)
    keyed = [(float(i), i) for i in range(ORIGINALS)]
    keyed += [(chance.whole(i, ORIGINALS) + 0.5, i) for i in copied]
    order = [i for _, i in sorted(keyed)]
    places: dict[int, list[int]] = {}
    for place, i in enumerate(order):
        places.setdefault(i, []).append(place)

    for fault in faults.values():
        _place(fault, places)
    again = sorted(place for found in places.values() for place in found[1:])
    faults["duplicate-rows"] = {
        "columns": [],
        "values": [],
        "text": "Exact copies of an earlier row, the first one not counted.",
        "rows": again,
        "count": len(again),
    }
    rows = [originals[i] for i in order]
    return rows, faults | in_whole_columns(rows)


def _place(fault: Fault, places: dict[int, list[int]]) -> None:
    at, spans = fault.pop("at", None), fault.pop("spans", None)
    if isinstance(at, list):
        fault["rows"] = sorted(place for i in at for place in places[i])
        fault["count"] = sum(len(places[i]) for i in at)
    if isinstance(spans, dict):
        fault["spans"] = {str(place): s for i, s in spans.items() for place in places[i]}


def files() -> tuple[str, str]:
    """Return the text of loans.csv and of loans_truth.json."""
    rows, faults = generate()
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    head = {
        "about": "Faults planted in loans.csv. Rows are counted from 0, the header not counted; "
        "spans are (entity, start, end) in characters of the note, the end not included.",
        "generator": "generate_loans.py",
        "seed": SEED,
        "rows": len(rows),
        "columns": len(rows[0]),
        "share_of_approvals_turned": SHARE_OF_APPROVALS_TURNED,
    }
    listed = ",\n".join(f"  {json.dumps(key)}: {json.dumps(head[key])}" for key in head)
    planted = ",\n".join(f"    {json.dumps(key)}: {json.dumps(faults[key])}" for key in faults)
    return table.getvalue(), f'{{\n{listed},\n  "faults": {{\n{planted}\n  }}\n}}\n'


if __name__ == "__main__":
    here = Path(__file__).parent
    for name, text in zip(("loans.csv", "loans_truth.json"), files(), strict=True):
        (here / name).write_text(text, encoding="utf-8", newline="\n")
