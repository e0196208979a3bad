"""Part 'Detection': how well personal data is found in texts that people have marked."""

from dataclasses import dataclass
from typing import cast
from zlib import crc32

import streamlit as st

from audit.pii.measuring import Agreement, Detection, Way
from audit.pii.options import ScanOptions
from audit.runner.evaluation import Evaluation, evaluate_file
from audit.stats import wilson_interval
from audit.ui import jobs, parts, state
from audit.ui.load_upload import Chosen, spool, typed
from audit.ui.privacy import detection_hits, names
from audit.ui.privacy.view import View
from audit.ui.text import count, counted, md, percent, plural, quoted

_HELD = "detection"
_WAYS: dict[str, Way] = {"Overlap": "overlap", "Exact": "exact", "Characters": "character"}
_EXAMPLE = (
    '[{"full_text": "Ann called", "spans": [{"entity_type": "PERSON", "start_position": 0, '
    '"end_position": 3}]}]'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """A sample and what came of it. An upload's file lives as long as this is held."""

    chosen: Chosen
    options: ScanOptions
    evaluation: Evaluation


def show(view: View) -> None:
    """Ask for a labelled sample, measure as a job, and show what was found and what was not."""
    _follow(view)
    measured = _held(view)
    if measured is None:
        parts.answer("How well personal data is found is measured on texts that you have marked.")
    else:
        _result(view, measured)
    _ask(view, again=measured is not None)


def answer(evaluation: Evaluation) -> str:
    """Say in one sentence how much is found and how much of it is right. Escaped."""
    total = evaluation.quality.total.overlap
    if not total.gold:
        return "Nothing is marked in these texts, so that nothing can be missed."
    if not total.found:
        return f"None of {counted(total.gold, 'marked place')} was found."
    return (
        f"Of {counted(total.gold, 'marked place')} {percent(total.recall)} are found, and "
        f"{percent(total.precision)} of what is found is marked."
    )


def _result(view: View, measured: _Measured) -> None:
    evaluation = measured.evaluation
    quality = evaluation.quality
    parts.answer(answer(evaluation))
    for note in _notes(view, measured):
        st.markdown(f"{parts.mark('warning')} {note}")
    way = _WAYS[_way()]
    total = quality.total.by(way)
    parts.numbers(
        [
            ("Precision", percent(total.precision)),
            ("Recall", percent(total.recall)),
            ("F1", _score(total.f1)),
            ("F2", _score(total.f2)),
        ]
    )
    _table(evaluation, way)
    parts.explain(
        "*Precision* is the share of hits that are marked, *recall* the share of marks that are "
        "found. *F1* joins both; *F2* counts recall twice, since a miss is worse than a false "
        "hit. *Overlap* asks that both share a character, *exact* that both begin and end alike, "
        "*characters* counts each character.",
        "What is not found is not masked, not redacted and not counted: every figure of this page "
        "is only as good as these.",
        "Allow false hits below, raise the score of a kind that is often wrong, and add words or "
        "patterns for what is missed in *Settings*.",
    )
    detection_hits.show(view, quality, measured.chosen.path)


def _way() -> str:
    chosen = st.segmented_control(
        "A hit counts by", list(_WAYS), default="Overlap", required=True, key="detection-way"
    )
    return chosen or "Overlap"


def _table(evaluation: Evaluation, way: Way) -> None:
    import pandas as pd

    quality = evaluation.quality
    found = sorted(quality.entities, key=lambda d: (-d.by(way).gold, d.entity))
    noun = "character" if way == "character" else "place"
    parts.heading(
        "By kind",
        f"{md(evaluation.file)} · {counted(quality.texts, 'text')} · marked and found are "
        f"{plural(2, noun)}; below a share its 95% Wilson interval",
    )
    lines = [_line("**Any kind**", quality.total, way)]
    lines += [_line(md(names.capital(d.entity)), d, way) for d in found]
    with st.container(key="detection-table"):
        st.table(pd.DataFrame(lines), hide_index=True)


def _line(name: str, detection: Detection, way: Way) -> dict[str, str]:
    counts: Agreement = detection.by(way)
    spans = way != "character"
    return {
        "Kind": name,
        "Marked": count(counts.gold),
        "Found": count(counts.found),
        "Precision": _share(counts.right, counts.found, interval=spans),
        "Recall": _share(counts.recalled, counts.gold, interval=spans),
        "F1": _score(counts.f1),
        "F2": _score(counts.f2),
    }


def _share(part: int, whole: int, *, interval: bool) -> str:
    if not whole:
        return "–"
    low, high = wilson_interval(part, whole)
    text = percent(part / whole)
    if not interval or low is None or high is None:
        return text
    return f"{text}  \n{parts.small(f'{percent(low)} to {percent(high)}')}"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _notes(view: View, measured: _Measured) -> list[str]:
    evaluation, told = measured.evaluation, []
    if measured.options != view.options:
        told.append("Measured with other settings than those in use: measure again.")
    if evaluation.timed_out:
        told.append(
            f"Incomplete: the search took too long on {counted(evaluation.timed_out, 'text')}."
        )
    if evaluation.cut:
        told.append(
            f"Incomplete: of {counted(evaluation.cut, 'text')} only the beginning was read."
        )
    if evaluation.not_looked_for:
        told.append(f"Marked, and not looked for: {names.listed(evaluation.not_looked_for, 6)}.")
    return told


def _ask(view: View, *, again: bool) -> None:
    """Ask for a sample, as an upload or as a path of this machine."""
    with st.container(border=True, gap="small"):
        parts.heading(
            "Another labelled sample" if again else "A labelled sample",
            "JSON: a list of texts with the places that people marked; positions count "
            "characters from 0",
        )
        st.code(_EXAMPLE, language=None, wrap_lines=True)
        given = st.file_uploader("Upload a sample", key=f"{_HELD}-file")
        with st.form(f"{_HELD}-path", border=False, enter_to_submit=False):
            path = st.text_input("or its path on this machine", key=f"{_HELD}-typed")
            sent = st.form_submit_button("Measure")
    if not sent:
        return
    chosen = spool(given, given.name, state.workspace()) if given is not None else typed(path)
    if chosen is None:
        st.markdown("Choose a file, or type where one is.")
        return
    _start(view, chosen)
    st.rerun()


def _start(view: View, chosen: Chosen) -> None:
    options = view.options
    key = _key(view)
    former = jobs.find(key)
    if former is not None and not former.ended:
        former.stop()
        former.wait(jobs.PATIENCE_S)
    jobs.dismiss(key)

    def work(job: jobs.Job) -> _Measured:
        found = evaluate_file(chosen.path, options, job)
        return _Measured(chosen=chosen, options=options, evaluation=found)

    jobs.start(key, f"Measuring on {quoted(chosen.name, 40)}", work)


def _follow(view: View) -> None:
    """Show how far a measurement is; keep its result once it is there."""
    job = jobs.find(_key(view))
    if job is None:
        return
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state == "done":
        state.session()[_held_key(view)] = job.result
        jobs.dismiss(_key(view))
    else:
        jobs.show_end(job)


def _held(view: View) -> _Measured | None:
    return cast("_Measured | None", state.session().get(_held_key(view)))


def _key(view: View) -> str:
    return f"{_HELD}-{view.version.id}"


def _held_key(view: View) -> str:
    return f"{_HELD}-of-{crc32(view.version.id.encode()):08x}"
