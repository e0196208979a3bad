"""Personal data without a word on consent and licence."""

from collections.abc import Iterator

from audit.format import counted
from audit.model import About, Finding, Severity
from audit.registry import check
from audit.reports.pii.values import PersonalData

_HOW = "State both under Describe: they go into the dataset's card."


@check("terms-not-stated", title="Consent and licence", topic="privacy")
def terms_not_stated(report: PersonalData, about: About) -> Iterator[Finding]:
    """Report a dataset with personal data of which nobody said by what right it is used.

    Whether people consented, or what else allows the use, and under which licence the data
    came. It is looked for only where columns hold personal data; data without any may
    need a licence all the same.
    """
    held = tuple(dict.fromkeys(c.column for c in report.columns if c.is_personal))
    missing = [
        word
        for word, said in (("consent", about.consent), ("the licence", about.licence))
        if not said.strip()
    ]
    if not held or not missing:
        return
    columns = counted(len(held), "column")
    yield Finding(
        check="terms-not-stated",
        severity=Severity.NOTICE,
        title=f"{columns} may hold personal data, and {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not stated",
        why="Without a reason to hold personal data and a licence to use it, it may not be used.",
        columns=held,
        caveats=(_HOW,),
    )
