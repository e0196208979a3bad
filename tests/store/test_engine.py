"""What a statement may reach: the workspace and nothing else; and how it is stopped."""

import threading
import time

import duckdb
import pyarrow as pa
import pytest

from audit.errors import Stopped, WorkspaceError

OUTSIDE = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('{root}/../outside.txt')",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH '/tmp/evenhand-test.db'",
    "COPY (SELECT 1) TO '/tmp/evenhand-test.csv'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SELECT getenv('HOME')",
]


@pytest.mark.parametrize("statement", OUTSIDE)
def test_nothing_outside_the_workspace_can_be_reached(workspace, tmp_path, statement):
    (tmp_path / "outside.txt").write_text("outside")
    with (
        pytest.raises((duckdb.Error, OSError)),
        workspace.engine.cursor() as cursor,
    ):
        cursor.execute(statement.replace("{root}", str(workspace.root)))


def test_dots_do_not_lead_out_of_the_workspace(workspace, tmp_path):
    (tmp_path / "outside.csv").write_text("a\n1\n")
    folder = workspace.root / "versions" / "x"
    folder.mkdir()
    with workspace.engine.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(f"SELECT * FROM read_csv('{folder}/../../../outside.csv')").fetchall()


def test_python_variables_are_not_tables(workspace):
    import pandas as pd

    secret = pd.DataFrame({"a": [1]})
    assert len(secret) == 1
    with workspace.engine.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("SELECT * FROM secret")


def test_a_running_statement_is_stopped_from_another_thread(workspace):
    raised: list[BaseException] = []

    def work() -> None:
        try:
            with workspace.engine.cursor() as cursor:
                cursor.execute(
                    "SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b"
                )
        except Stopped as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    assert thread.ident is not None
    workspace.engine.interrupt(thread.ident)
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert len(raised) == 1


def test_reading_in_batches_is_interrupted_too(workspace, version_of):
    table = version_of({"a": [1]}).table
    batches = table.batches("SELECT i FROM range(400000000) r(i)", size=1000)
    next(batches)
    workspace.engine.interrupt(threading.get_ident())

    with pytest.raises(Stopped):
        for _ in batches:
            pass


def test_a_symbolic_link_is_not_taken_for_a_version(workspace, version_of, tmp_path):
    version = version_of({"a": [1]})
    outside = tmp_path / "elsewhere"
    version.folder.rename(outside)
    version.folder.symlink_to(outside)
    assert workspace.versions() == ()


def test_a_value_that_breaks_the_engine_breaks_it_for_its_own_table_alone(workspace, version_of):
    """DuckDB gives up its whole database over a moment out of range."""
    moments = pa.array([2**63 - 2, -(2**63) + 2] * 4, pa.timestamp("us"))
    broken = version_of(pa.table({"at": moments}))
    sound = version_of({"a": [1, 2]})
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="a value of this table"):
            broken.table.rows("SELECT CAST({c} AS VARCHAR) FROM {t}", c="at")
        assert sound.table.row("SELECT sum({a}) FROM {t}", a="a") == (3,)
    with pytest.raises((duckdb.Error, OSError)), workspace.engine.cursor() as cursor:
        cursor.execute("SELECT * FROM read_text('/etc/passwd')")
