"""What is odd or empty: no rows, no quasi-identifier, hostile names, nested columns, threads."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from audit import runner
from audit.errors import AuditError, ColumnError, ParameterError
from audit.model import ColumnRole, Role, RoleMap, silent
from audit.reports.reidentification import Options
from audit.reports.reidentification import reidentification as measured
from audit.reports.reidentification.classes import Key, classes_of, read_cells
from audit.reports.reidentification.disclosures import disclosures
from audit.reports.reidentification.risks import risk_of
from audit.reports.reidentification.what_if import Coarsening, coarsenings, what_if
from audit.store.engine import Engine, connect
from audit.store.table import Table

HOSTILE = ('a"b', "{t}", "{row}", "?", "'; DROP TABLE x; --", "n", "r", "k0", "é {c0}", "one.every")


def test_a_table_without_rows_has_no_k(reidentification):
    frame = pd.DataFrame({"zip": pd.Series([], dtype=str), "ill": pd.Series([], dtype=str)})
    for rule in ("value", "wildcard"):
        found = reidentification(frame, ["zip"], {"missing": rule}, ill=Role.SENSITIVE)
        assert found.risk.k is None
        assert found.smallest is None
        assert found.disclosures[0].l_diversity is None
        values = {m.name: m for m in found.measures()}
        assert values["k_anonymity"].value is None
        assert values["sample_uniques"].reason
        assert values["prosecutor_average"].reason


def test_one_row_is_unique_by_each_column(reidentification):
    found = reidentification({"zip": ["a"], "sex": ["f"]}, ["zip", "sex"])
    assert (found.risk.k, found.risk.uniques, found.example_row) == (1, 1, 0)
    assert [s.columns for s in found.unique_sets] == [("zip",), ("sex",)]


def test_a_table_without_quasi_identifiers_is_told_so_and_some_are_suggested(reidentification):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "postcode": rng.integers(0, 40, 300).astype(str),
            "sex": rng.choice(["f", "m"], 300),
            "key": np.arange(300),
            "size": rng.integers(0, 60, 300),
            "amount": rng.normal(size=300),
            "flag": [True] * 300,
        }
    )
    found = reidentification(frame, [])
    assert found.risk is None
    assert "not the same as none" in found.notes[0]
    assert not list(found.measures())
    kinds = {s.column: s.kind for s in found.suggestions}
    assert kinds == {
        "postcode": "known kind",
        "sex": "known kind",
        "size": "many small classes",
    }


def test_direct_identifiers_and_marked_columns_are_not_suggested(reidentification):
    frame = pd.DataFrame({"zip": list("aabb") * 5, "city": list("abab") * 5, "age": [1, 2] * 10})
    found = reidentification(frame, ["zip"], city=Role.DIRECT_IDENTIFIER)
    assert [s.column for s in found.suggestions] == ["age"]


def test_names_of_columns_are_never_code(reidentification):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({name: rng.integers(0, 3, 60) for name in HOSTILE})
    known = list(HOSTILE[:8])
    for rule in ("value", "wildcard"):
        found = reidentification(frame, known, {"missing": rule, "attributes": [HOSTILE[8]]})
        counted = frame.groupby(known).size()
        assert found.risk.classes == len(counted)
        assert found.example_row is not None


def test_lists_and_structures_are_refused_with_advice(version_of):
    table = version_of({"tags": [["a"], ["b"]], "zip": ["x", "y"]}).table
    roles = RoleMap(columns=(ColumnRole(column="tags", roles=(Role.QUASI_IDENTIFIER,)),))
    with pytest.raises(ColumnError, match="lists or structures") as error:
        measured(table, roles, Options(), silent)
    assert error.value.hint


def test_options_that_mean_nothing_are_refused(reidentification):
    frame = {"zip": ["a", "b"], "ill": ["x", "y"]}
    with pytest.raises(ParameterError, match="quasi-identifier"):
        reidentification(frame, ["zip"], {"attributes": ["zip"]})
    with pytest.raises(ColumnError):
        reidentification(frame, ["zip"], {"attributes": ["nobody"]})
    population = [{"group": (("zip", "x"), ("zip", "y")), "count": 3}]
    with pytest.raises(ParameterError, match="twice"):
        reidentification(frame, ["zip"], {"population": population})


def test_a_population_that_does_not_count_by_a_newly_marked_column_says_so(reidentification):
    population = [{"group": (("zip", "a"),), "count": 3}]
    frame = {"zip": ["a", "b"], "sex": ["f", "m"]}
    found = reidentification(frame, ["zip", "sex"], {"population": population}).population
    assert found.marketer is None
    assert "'sex'" in found.reason


def test_a_sensitive_column_that_is_not_measured_is_named_with_the_reason(reidentification):
    frame = {"zip": ["a", "b"], "ill": ["x", "y"], "signs": [["x"], ["y"]]}
    given = {"ill": Role.SENSITIVE, "signs": Role.SENSITIVE}
    both = reidentification(frame, ["zip", "ill"], **given)
    assert both.disclosures == ()
    said = " ".join(both.notes)
    assert "'ill' is a quasi-identifier" in said
    assert "'signs' holds lists" in said


def test_a_population_counted_by_more_columns_is_summed(reidentification):
    population = [
        {"group": (("zip", "a"), ("sex", s)), "count": n} for s, n in (("f", 3), ("m", 5))
    ]
    found = reidentification({"zip": ["a"], "sex": ["f"]}, ["zip"], {"population": population})
    assert found.population.journalist_max == pytest.approx(1 / 8)


def test_values_that_are_not_finite_are_values(reidentification):
    odd = [float("nan"), float("nan"), float("inf"), float("-inf"), 0.0, -0.0]
    found = reidentification({"x": odd, "ill": odd}, ["x"], {"attributes": ["ill"]})
    assert found.risk.sizes == ((1, 2), (2, 2))
    assert found.disclosures[0].l_diversity == 1


def test_missing_fits_any_where_that_is_the_rule(reidentification):
    frame = pd.DataFrame({"zip": ["a", "a", "b", None], "sex": ["f", "m", "f", "f"]})
    own = reidentification(frame, ["zip", "sex"])
    fits = reidentification(frame, ["zip", "sex"], {"missing": "wildcard"})
    assert own.rows_with_missing == fits.rows_with_missing == 1
    assert own.risk.uniques == 4
    # The last row may be the first or the third, and these may be the last.
    assert fits.risk.by_rows == ((1, 1), (2, 2), (3, 1))
    assert fits.risk.average == pytest.approx((1 + 1 / 2 + 1 / 2 + 1 / 3) / 4)


def test_one_thread_and_two_give_the_same(version_of):
    rng = np.random.default_rng(2)
    n = 60_000
    frame = pd.DataFrame(
        {
            "zip": rng.integers(0, 3000, n).astype(str),
            "age": rng.integers(0, 90, n),
            "sex": rng.choice(["f", "m", None], n),
            "ill": rng.choice(list("abcdefgh"), n),
            "pay": rng.integers(0, 500, n),
        }
    )
    version = version_of(frame)
    roles = RoleMap(
        columns=tuple(
            ColumnRole(column=c, roles=(Role.QUASI_IDENTIFIER,)) for c in ("zip", "age", "sex")
        )
    )
    options = Options(attributes=("ill", "pay"))
    found = []
    for threads in (1, 2):
        table = version.table
        engine = Engine(table._path.parent, spill=table._path.parent)
        engine._connection = connect(
            (table._path.parent,), spill=table._path.parent, threads=threads
        )
        again = Table(engine, table._path, id_=table.id, columns=table.columns, n_rows=table.n_rows)
        found.append(measured(again, roles, options, silent))
        engine.close()
    assert found[0] == found[1]


def test_the_runner_keeps_the_report_and_gives_its_measures(version_of):
    frame = {"zip": ["a", "a", "b"], "ill": ["x", "y", "x"]}
    version = version_of(frame)
    runner.state_roles(version, {"quasi_identifier": ["zip"], "sensitive": ["ill"]})
    first = runner.run(version, reports=["reidentification"]).reports["reidentification"]
    again = runner.run(version, reports=["reidentification"]).reports["reidentification"]
    assert first == again
    told = {m.name: m.value for m in again.measures() if not m.group}
    assert (told["k_anonymity"], told["l_diversity"]) == (1, 1)


def test_what_is_shared_leads_to_no_row(reidentification):
    found = reidentification(
        {"zip": list("aabbc"), "ill": list("xxxyz")}, ["zip"], ill=Role.SENSITIVE
    )
    shared = found.shareable(RoleMap())
    assert shared.example_row is None
    assert shared.smallest is None
    assert shared.unique_sets == ()
    assert "1 combination" in shared.unique_sets_note
    assert shared.disclosures[0].homogeneous_rows is None
    assert shared.risk == found.risk
    assert list(shared.measures())


def test_many_unique_rows_are_shared_as_a_count(reidentification):
    found = reidentification({"zip": list(range(20))}, ["zip"]).shareable(RoleMap())
    assert [(s.rows, s.row_number) for s in found.unique_sets] == [(20, None)]


def test_the_columns_that_were_not_tried_are_named(reidentification):
    frame = {"a": [1, 2, 3, 4], "b": [1, 2, 3, 3], "c": [1, 1, 1, 2]}
    found = reidentification(frame, ["a", "b", "c"], {"most_columns": 2})
    assert "'c'" in found.unique_sets_note
    assert {c for s in found.unique_sets for c in s.columns} == {"a", "b"}


def test_of_very_many_classes_fewer_columns_are_tried_and_the_others_named(
    reidentification, monkeypatch
):
    monkeypatch.setattr("audit.reports.reidentification.drivers._MOST_STEPS", 4 * 3)
    frame = {"a": [1, 2, 3, 4], "b": [1, 2, 3, 3], "c": [1, 1, 1, 2]}
    found = reidentification(frame, ["a", "b", "c"])
    assert "without 'c'" in found.unique_sets_note
    assert "fewer columns" in found.unique_sets_note
    found = reidentification(frame, ["a", "b", "c"], {"combination_size": 1})
    assert not found.unique_sets_note


def test_classes_with_gaps_are_added_up_in_parts_where_they_are_many(reidentification, monkeypatch):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({c: rng.choice(["x", "y", None], 80) for c in ("a", "b", "c")})
    frame["ill"] = rng.choice(["p", "q", "r"], 80)

    def told():
        wildcard = {"missing": "wildcard"}
        return reidentification(frame, ["a", "b", "c"], wildcard, ill=Role.SENSITIVE).disclosures

    whole = told()
    monkeypatch.setattr("audit.reports.reidentification.wildcards._MOST_HELD", 150)
    assert told() == whole
    monkeypatch.setattr("audit.reports.reidentification.wildcards._MOST_HELD", 20)
    with pytest.raises(ParameterError):
        told()


def test_too_many_gaps_to_fit_them_to_all_others_are_refused(reidentification, monkeypatch):
    monkeypatch.setattr("audit.reports.reidentification.wildcards._MOST_STEPS", 3)
    frame = {"zip": ["a", "b", None], "sex": ["f", None, "m"]}
    with pytest.raises(ParameterError, match="missing") as error:
        reidentification(frame, ["zip", "sex"], {"missing": "wildcard"})
    assert "'value'" in error.value.hint


@pytest.fixture
def people(version_of):
    frame = pd.DataFrame(
        {
            "zip": ["12345", "12399", "12311", "99999"] * 3,
            "age": [21, 24, 27, 35] * 3,
            "pay": [0.5, 1.5, -0.0, None] * 3,
            "born": pd.to_datetime(["1990-01-02", "1990-01-30", "1995-07-01", None] * 3),
            "sex": ["f", "f", None, "m"] * 3,
        }
    )
    frame.loc[0, "sex"] = "other"
    return version_of(frame).table


@pytest.mark.parametrize(
    ("column", "coarser", "sizes"),
    [
        ("zip", Coarsening(way="first", size=3), ((3, 1), (9, 1))),
        ("age", Coarsening(way="bins", size=10), ((3, 1), (9, 1))),
        ("pay", Coarsening(way="bins", size=1), ((3, 2), (6, 1))),
        ("born", Coarsening(way="month"), ((3, 2), (6, 1))),
        ("born", Coarsening(way="year"), ((3, 2), (6, 1))),
        ("born", Coarsening(way="decade"), ((3, 1), (9, 1))),
        ("sex", Coarsening(way="rare", size=4), ((3, 1), (4, 1), (5, 1))),
    ],
)
def test_a_coarser_column_makes_larger_classes(people, column, coarser, sizes):
    found = what_if(people, [column], Options(), coarser={column: coarser})
    assert found.sizes == sizes
    fits = what_if(people, [column], Options(missing="wildcard"), coarser={column: coarser})
    assert fits.k >= found.k


def test_without_columns_all_rows_are_one_class(people):
    assert what_if(people, [], Options()).sizes == ((12, 1),)


def test_proposals_fit_their_column_and_quote_no_value(people):
    for column in people.columns:
        for one in coarsenings(people, column.name):
            what_if(people, [column.name], Options(), coarser={column.name: one})
            assert one.title
            assert "12345" not in one.title
    assert coarsenings(people, "zip")[0] == Coarsening(way="first", size=4)
    assert [c.title for c in coarsenings(people, "born")] == ["month", "year", "decade"]
    assert all(c.size > 1 for c in coarsenings(people, "age"))


def test_a_coarsening_that_does_not_fit_is_refused(people):
    with pytest.raises(ParameterError, match="coarser"):
        what_if(people, ["zip"], Options(), coarser={"zip": Coarsening(way="year")})
    with pytest.raises(AuditError):
        what_if(people, ["zip"], Options(), coarser={"age": Coarsening(way="year")})
    for size in (0, -1, float("nan"), float("inf"), 1.5):
        with pytest.raises(ParameterError):
            Coarsening(way="first", size=size)


def test_columns_of_every_kind_are_grouped(version_of):
    texts = ["a", "b", "a", None]
    stamps = pd.to_datetime(["2020-01-01", "2020-01-02", "2020-01-01", None])
    frame = pa.table(
        {
            "decimal": pa.array([Decimal("10.5"), Decimal("9.25"), Decimal("10.5"), None]),
            "category": pa.array(texts).dictionary_encode(),
            "moment": pa.array(stamps.tz_localize("UTC"), pa.timestamp("us", "UTC")),
            "nano": pa.array(stamps, pa.timestamp("ns")),
            "day": pa.array(stamps, pa.timestamp("us")).cast(pa.date32()),
            "time": pa.array([1, 2, 1, None], pa.time64("us")),
            "bytes": pa.array([b"a", b"b", b"a", None]),
            "small": pa.array([1, 2, 1, None], pa.uint8()),
        }
    )
    table = version_of(frame).table
    for name in frame.column_names:
        cells = read_cells(table, [Key(column=name)], ["decimal"], ordered=["decimal"])
        classes, of_cell = classes_of(cells, "value")
        assert risk_of(classes).sizes == ((1, 2), (2, 1)), name
        assert disclosures(cells, classes, of_cell)[0].t == pytest.approx(2 / 3)


def test_values_of_many_batches_keep_their_codes(version_of):
    numbers = np.random.default_rng(4).permutation(300_000)
    texts = pd.Series(numbers // 2).astype(str)
    found = read_cells(version_of({"a": texts, "n": numbers}).table, [Key(column="a")], ["n"])
    assert len(found.rows) == 300_000
    classes, _ = classes_of(found, "value")
    assert risk_of(classes).sizes == ((2, 150_000),)
