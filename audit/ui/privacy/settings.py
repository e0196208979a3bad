"""Part 'Settings': what is looked for, what never and always counts, how much is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import streamlit as st

from audit import runner
from audit.errors import AuditError, ParameterError
from audit.pii.catalogue import DEFAULT_ENTITIES, ENTITIES, wanted
from audit.reports.pii.options import Options
from audit.runner.personal import check_options
from audit.ui import changes, parts, trouble
from audit.ui.privacy import names
from audit.ui.privacy import settings_text as lines
from audit.ui.privacy.view import PII, View
from audit.ui.text import counted

_LISTS = 110
"""Pixels of a box for a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What the boxes of the form hold: lists still as text."""

    kinds: list[str]
    plain: Mapping[str, Any]
    allow: str
    deny: str
    patterns: str
    thresholds: str


def show(view: View) -> None:
    """Show the form; what is sent is tried, measured as a job, and kept once that has worked."""
    options = view.options
    parts.answer(
        "What is looked for, what never counts, and how many values of a column are looked at."
    )
    # Of other options the boxes are others: they show what is kept. Until then what somebody
    # typed stays, an error or not.
    stamp = f"pii-{crc32(options.model_dump_json().encode()):08x}"
    with st.form(f"{stamp}-form", enter_to_submit=False):
        plain = _how_much(options, stamp)
        allow, deny, patterns, thresholds = _lists(options, stamp)
        with st.expander(_kinds_words(options)):
            kinds, where = _kinds(options, stamp)
        with st.expander("Limits, and when two texts are nearly equal"):
            limits = _limits(options, stamp)
        sent = st.form_submit_button("Save and measure anew")
    typed = _Typed(
        kinds=kinds,
        plain={**plain, **where, **limits},
        allow=allow,
        deny=deny,
        patterns=patterns,
        thresholds=thresholds,
    )
    if sent:
        _send(view, typed)
    _back(view, options)
    parts.explain(
        "A hit has a *score*: how sure its pattern or the model is. Hits below the score are "
        "dropped. The allow-list drops single values, the deny-list adds words that always count; "
        "own patterns are in RE2's syntax, which cannot hang.",
        "A search that cries wolf is switched off, and one that is too shy misses people. "
        "*Detection* measures both against texts that you have marked.",
        "Raise the score of a kind that is often wrong, or allow its false hits. The lists are "
        "kept beside this version; what you type into them is not masked.",
    )


def _kinds_words(options: Options) -> str:
    looked = wanted(options.entities, options.countries)
    usual = "the usual " if options.entities is None and not options.countries else ""
    return f"Kinds, countries and phone regions: {usual}{counted(len(looked), 'kind')}"


def _kinds(options: Options, stamp: str) -> tuple[list[str], dict[str, Any]]:
    kinds = st.multiselect(
        "Kinds of personal data",
        list(ENTITIES),
        default=list(DEFAULT_ENTITIES if options.entities is None else options.entities),
        format_func=names.capital,
        key=f"{stamp}-kinds",
    )
    known = sorted({e.country for e in ENTITIES.values() if e.country})
    grid = st.grid(2, min_column_width=300)
    countries = grid.multiselect(
        "Countries whose own numbers are looked for as well",
        known,
        default=[c for c in options.countries if c in known],
        key=f"{stamp}-countries",
    )
    regions = grid.multiselect(
        "Regions in whose way phone numbers are read",
        list(dict.fromkeys((*Options().phone_regions, *options.phone_regions))),
        default=list(options.phone_regions),
        accept_new_options=True,
        key=f"{stamp}-regions",
    )
    return kinds, {
        "countries": tuple(countries),
        "phone_regions": tuple(r.strip().upper() for r in regions),
    }


def _how_much(options: Options, stamp: str) -> dict[str, Any]:
    grid = st.grid(2, min_column_width=300)
    threshold = grid.slider(
        "Score from which a hit counts", 0.0, 1.0, options.threshold, 0.05, key=f"{stamp}-least"
    )
    sample = grid.number_input(
        "Different values of a column that are looked at; 0: all",
        min_value=0,
        value=options.sample,
        step=1000,
        key=f"{stamp}-sample",
    )
    searched = grid.toggle(
        "Look for names, places and organisations", options.names, key=f"{stamp}-names"
    )
    model = grid.text_input(
        "spaCy pipeline that finds names: a package or a folder",
        options.model,
        key=f"{stamp}-model",
    )
    return {
        "threshold": threshold,
        "sample": int(sample),
        "names": searched,
        "model": model.strip(),
    }


def _lists(options: Options, stamp: str) -> tuple[str, str, str, str]:
    """Ask for the lists, each as lines of text."""
    grid = st.grid(2, min_column_width=300)
    allow = grid.text_area(
        "Never personal (allow-list): one value a line",
        "\n".join(options.allow),
        height=_LISTS,
        key=f"{stamp}-allow",
    )
    deny = grid.text_area(
        "Always personal (deny-list): kind, colon, word or phrase",
        lines.write_deny(options.deny),
        height=_LISTS,
        placeholder="PERSON: Jane Doe",
        key=f"{stamp}-deny",
    )
    patterns = grid.text_area(
        "Own patterns (RE2): kind, a score if you like, colon, pattern",
        lines.write_patterns(options.patterns),
        height=_LISTS,
        placeholder=r"STAFF_NUMBER 0.9: \bE\d{6}\b",
        key=f"{stamp}-patterns",
    )
    thresholds = grid.text_area(
        "Scores from which single kinds count: kind, colon, score",
        lines.write_thresholds(options.thresholds),
        height=_LISTS,
        placeholder="PHONE_NUMBER: 0.6",
        key=f"{stamp}-thresholds",
    )
    return allow, deny, patterns, thresholds


def _limits(options: Options, stamp: str) -> dict[str, Any]:
    grid = st.grid(2, min_column_width=300)
    characters = grid.number_input(
        "Characters of a text that are looked at",
        min_value=100,
        value=options.most_characters,
        step=1000,
        key=f"{stamp}-characters",
    )
    seconds = grid.number_input(
        "Seconds that the patterns may take on one text",
        min_value=0.1,
        value=options.time_limit_s,
        step=0.5,
        key=f"{stamp}-seconds",
    )
    near = grid.slider(
        "Likeness from which two texts are nearly equal (Jaccard)",
        0.05,
        1.0,
        options.near,
        0.05,
        key=f"{stamp}-near",
    )
    seed = grid.number_input(
        "Seed of the sample", min_value=0, value=options.seed, step=1, key=f"{stamp}-seed"
    )
    return {
        "most_characters": int(characters),
        "time_limit_s": float(seconds),
        "near": near,
        "seed": int(seed),
    }


def _send(view: View, typed: _Typed) -> None:
    """Try what was typed; what is wrong is said below the form, which stays as it is."""
    try:
        changed = _read(typed)
        options = runner.report_options(view.version, PII, _whole(changed))
        assert isinstance(options, Options)
        check_options(options)
    except AuditError as error:
        trouble.show(error.problem, error.hint)
        return
    if options == view.options:
        st.markdown(parts.small("These are the settings in use."))
        return
    changes.change(view.version, PII, "Measuring with these settings", changed)
    st.rerun()


def _read(typed: _Typed) -> dict[str, Any]:
    given: dict[str, Any] = dict(typed.plain)
    usual = set(typed.kinds) == set(DEFAULT_ENTITIES)
    given["entities"] = None if usual else tuple(typed.kinds)
    given["allow"] = lines.read_values(typed.allow)
    for name, what, read in (
        ("deny", "deny-list", lines.read_deny),
        ("patterns", "own patterns", lines.read_patterns),
        ("thresholds", "scores of single kinds", lines.read_thresholds),
    ):
        try:
            given[name] = read(getattr(typed, name))
        except ParameterError as error:
            problem = f"In the {what}: {error.problem[0].lower()}{error.problem[1:]}"
            raise ParameterError(problem, hint=error.hint) from None
    return given


def _whole(given: Mapping[str, Any]) -> dict[str, Any]:
    defaults = Options().model_dump()
    return {name: defaults[name] if value is None else value for name, value in given.items()}


def _back(view: View, options: Options) -> None:
    if options == Options():
        return
    st.button(
        "Back to the usual settings",
        key="pii-usual",
        type="tertiary",
        on_click=changes.change,
        args=(
            view.version,
            PII,
            "Measuring with the usual settings",
            dict.fromkeys(Options.model_fields),
        ),
    )
