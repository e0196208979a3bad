"""The result of an audit, as pages need it: the kept one at once, else measured as a job."""

from pathlib import Path

import streamlit as st

from audit import runner
from audit.reports.pii.values import PersonalData
from audit.store import Version
from audit.ui import jobs
from audit.ui.text import counted


def kept(version: Version) -> runner.Result | None:
    """Give the result if everything has been measured; never measures."""
    return _read(version)


def found(version: Version) -> PersonalData | None:
    """Give what personal data was found, if everything has been measured; never measures."""
    result = kept(version)
    return result.reports["pii"] if result is not None else None


def need(version: Version) -> runner.Result:
    """Give the result; where there is none yet, measure as a job and end the page here."""
    known = kept(version)
    if known is not None:
        return known
    key = _key(version)
    title = f"Measuring {counted(version.manifest.rows, 'row')}"
    result: runner.Result = jobs.need(
        key, title, lambda progress: runner.run(version, progress=progress), shared=True
    )
    jobs.dismiss(key)
    if kept(version) is not None:
        st.rerun()  # so that the frame, drawn before this page, counts the findings too
    return result


def _key(version: Version) -> str:
    return f"audit-{version.id}"


def stamp(version: Version) -> tuple[str, tuple[tuple[str, int], ...]]:
    """Say which version it is and since when what is kept beside it: any change is seen."""
    kept = ("*.json", "reports/*.json", "comparisons/*.json")
    files = [path for pattern in kept for path in version.folder.glob(pattern)]
    return version.id, tuple(sorted((path.name, _changed(path)) for path in files))


@st.cache_resource(scope="session", max_entries=4, show_spinner=False, hash_funcs={Version: stamp})
def _read(version: Version) -> runner.Result | None:
    return runner.kept_result(version)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
