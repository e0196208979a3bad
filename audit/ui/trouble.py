"""Errors as people read them: what is wrong and what to do; a bug as an id, its trace on stderr."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

from audit.errors import AuditError, trace
from audit.ui.text import md


def note_bug(error: BaseException) -> str:
    """Write where ``error`` came from to stderr, and give the id it can be found by.

    Only kinds and places of the errors are written: a message may quote a cell's value.
    """
    bug = secrets.token_hex(4)
    sys.stderr.write(f"evenhand: error {bug}\n{trace(error)}")
    sys.stderr.flush()
    return bug


def show(problem: str, hint: str = "") -> None:
    """Show a problem and what to do about it, where the result would have been."""
    text = f"**{md(problem)}**"
    st.error(f"{text}  \n{md(hint)}" if hint else text, icon=":material/error:")


def show_bug(bug: str) -> None:
    """Show that the program failed, with the id under which stderr says where."""
    show(
        "Something went wrong in Evenhand itself; your data is unchanged.",
        f"Try again. If it stays, report error {bug}: the terminal shows where it happened, "
        "without any of your values.",
    )


@contextmanager
def readable() -> Iterator[None]:
    """Turn whatever a page raises into a message; reruns and stops of Streamlit pass through."""
    try:
        yield
    except (RerunException, StopException):
        raise
    except AuditError as error:
        show(error.problem, error.hint)
    except Exception as error:  # noqa: BLE001 - the frame is where everything ends
        show_bug(note_bug(error))
