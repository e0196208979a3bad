"""Write berkeley.csv: the published counts of 1973, one row for each applicant.

Usage: ``python sample_data/build_berkeley.py``
"""

from collections.abc import Iterator
from pathlib import Path

COUNTS = {
    # department: ((men admitted, men rejected), (women admitted, women rejected))
    "A": ((512, 313), (89, 19)),
    "B": ((353, 207), (17, 8)),
    "C": ((120, 205), (202, 391)),
    "D": ((138, 279), (131, 244)),
    "E": ((53, 138), (94, 299)),
    "F": ((22, 351), (24, 317)),
}
"""The six largest departments (Bickel, Hammel and O'Connell 1975; as in R's UCBAdmissions)."""


def lines() -> Iterator[str]:
    """Yield the lines of the file, the header first."""
    yield "department,gender,admitted"
    for department, by_gender in COUNTS.items():
        for gender, by_outcome in zip(("male", "female"), by_gender, strict=True):
            for admitted, applicants in zip(("yes", "no"), by_outcome, strict=True):
                yield from [f"{department},{gender},{admitted}"] * applicants


if __name__ == "__main__":
    target = Path(__file__).with_name("berkeley.csv")
    target.write_text("\n".join(lines()) + "\n", encoding="ascii", newline="\n")
