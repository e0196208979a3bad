"""What pages remember: in the session, and in the URL what may stand there."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from audit.model import RowTest
    from audit.ui import state, trouble

    version = None
    with trouble.readable():
        version = state.current()
    if version is None:
        st.markdown("none")
        st.stop()
    st.markdown(version.id)
    st.markdown(str(state.column(version)))
    st.markdown(str(len(state.where(version).tests)))
    st.button(
        "bin",
        on_click=state.add_filter,
        args=(version, RowTest(op="from-to", columns=("age",), values=(20, 30))),
        kwargs={"shareable": True},
    )
    st.button(
        "name",
        on_click=state.add_filter,
        args=(version, RowTest(op="equal", columns=("name",), values=("Jane Canary",))),
        kwargs={"shareable": False},
    )
    st.button(
        "undo",
        on_click=state.remove_filter,
        args=(version, RowTest(op="from-to", columns=("age",), values=(20, 30))),
    )
    st.button("clear", on_click=state.clear_filters, args=(version,))
    st.button("age", on_click=state.choose_column, args=(version, "age"))
    st.button("forget", on_click=state.forget)


@pytest.fixture
def versions(workspace, version_of, monkeypatch):
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(workspace.root))
    first = version_of({"age": [20, 31], "name": ["Jane Canary", "B"]}, name="first")
    second = version_of({"age": [1, 2, 3]}, name="second")
    return first, second


@pytest.fixture
def app(versions):
    return AppTest.from_function(page, default_timeout=20)


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()


def param(app, name):
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def said(app):
    return [m.value for m in app.markdown]


def test_without_a_version_there_is_none(app):
    assert said(app.run()) == ["none"]


def test_the_url_names_the_version_and_the_session_remembers_it(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.run()
    assert said(app)[0] == versions[0].id
    del app.query_params["dataset"]
    app.run()
    assert said(app)[0] == versions[0].id
    assert param(app, "dataset") == versions[0].id


def test_a_version_that_is_not_there_is_an_error_once_and_then_forgotten(app):
    app.query_params["dataset"] = "0000000000000000"
    app.run()
    assert "There is no dataset" in app.error[0].value
    assert said(app.run()) == ["none"]


def test_a_filter_of_bins_stands_in_the_url_and_comes_back_from_it(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.run()
    press(app, "bin")
    assert said(app)[2] == "1"
    written = param(app, "rows")
    assert json.loads(written) == [["from-to", ["age"], [20, 30]]]

    shared = AppTest.from_function(page, default_timeout=20)
    shared.query_params["dataset"] = versions[0].id
    shared.query_params["rows"] = written
    assert said(shared.run())[2] == "1"


def test_a_personal_value_filters_and_never_stands_in_the_url(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.run()
    press(app, "bin")
    press(app, "name")
    assert said(app)[2] == "2"
    assert "Canary" not in json.dumps(dict(app.query_params))


def test_a_filter_is_added_once_and_can_be_removed(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.run()
    press(app, "bin")
    press(app, "bin")
    assert said(app)[2] == "1"
    press(app, "undo")
    assert said(app)[2] == "0"
    assert "rows" not in app.query_params
    press(app, "name")
    press(app, "clear")
    assert said(app)[2] == "0"


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "[]",
        "[[1]]",
        '[["drop table",["age"],[1]]]',
        '[["equal",["nobody"],[1]]]',
        '[["equal",[],[1]]]',
        '{"a":1}',
        "[" * 3000,
        "[" * 1400,
        '[["equal",["name"],["\\ud800"]]]',
        '[["equal",["age"],[]]]',
        '[["between",["age"],[1]]]',
        f'[["equal",["age"],[{10**400}]]]',
    ],
)
def test_a_filter_typed_by_hand_that_makes_no_sense_is_no_filter(app, versions, typed):
    app.query_params["dataset"] = versions[0].id
    app.query_params["rows"] = typed
    app.run()
    assert not app.exception
    assert said(app)[2] == "0"


def test_the_column_is_in_the_url_and_belongs_to_its_version(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.query_params["column"] = "nobody"
    assert said(app.run())[1] == "None"
    press(app, "age")
    assert said(app)[1] == "age"
    assert param(app, "column") == "age"
    app.query_params["dataset"] = versions[1].id
    del app.query_params["column"]
    assert said(app.run())[1] == "None"


def test_forgetting_empties_session_and_url(app, versions):
    app.query_params["dataset"] = versions[0].id
    app.run()
    press(app, "age")
    press(app, "forget")
    assert said(app) == ["none"]
    assert dict(app.query_params) == {}
