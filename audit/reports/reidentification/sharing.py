"""What of the report may leave the workspace: nothing that leads to a row."""

from dataclasses import replace

from audit.model import RoleMap
from audit.reports.reidentification.values import Disclosure, Reidentification
from audit.reports.representation.hiding import SMALLEST_COUNT


def shareable(report: Reidentification, _roles: RoleMap) -> Reidentification:
    """Leave out row numbers, the example row, and counts of fewer than ten rows of a few columns.

    Class sizes stay, small ones too: k, the unique rows and the risk are what the report is
    about, and they name no value, so that nobody learns which class is small. What would say
    by which few columns a handful of rows stand out goes: combinations that make 1 to 9 rows
    unique, and 1 to 9 rows whose attribute is the same throughout their class.
    """
    kept = tuple(
        replace(found, row_number=None)
        for found in report.unique_sets
        if found.rows >= SMALLEST_COUNT
    )
    gone = len(report.unique_sets) - len(kept)
    plural = "" if gone == 1 else "s"
    note = f"{gone} combination{plural} that make few rows unique not shown." if gone else ""
    return replace(
        report,
        example_row=None,
        smallest=None,
        unique_sets=kept,
        unique_sets_note=" ".join(filter(None, (report.unique_sets_note, note))),
        disclosures=tuple(_disclosure(found) for found in report.disclosures),
    )


def _disclosure(found: Disclosure) -> Disclosure:
    few = found.homogeneous_rows is not None and 0 < found.homogeneous_rows < SMALLEST_COUNT
    return replace(found, homogeneous_rows=None) if few else found
