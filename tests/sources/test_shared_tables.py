"""The real tables: every one loads with the counts its README or expected.json states."""

import json

import pyarrow.parquet as pq
import pytest

from audit.errors import SourceError

COUNTS = {
    "compas_aequitas/compas_for_aequitas.csv": (7214, 6),
    "crows_pairs/crows_pairs_anonymized.csv": (1508, 8),
    "febrl1/dataset1.csv": (1000, 11),
    "german_credit/german.data": (1000, 21),
    "hospital_dirty_100/hospital_100.csv": (100, 19),
    "hospital_dirty_100/hospital_100_clean.csv": (1900, 3),
    "penguins/penguins.csv": (344, 8),
    "penguins/penguins-raw.csv": (344, 17),
    "fsdd_test/speakers.csv": (6, 4),
    "anjana/hospital_extended.csv": (13, 6),
    "arx_example/adult_subset.csv": (3016, 9),
    "arx_example/test.csv": (7, 3),
    "arx_example/test_dirty.csv": (7, 3),
    "arx_example/adult_hierarchy_age.csv": (100, 5),
    "arx_example/adult_hierarchy_sex.csv": (2, 2),
    "arx_example/test2_hierarchy_ZIPCode.csv": (9, 6),
    "pycanon/StudentsMath_Score.csv": (216, 7),
    "pycanon/StudentsMath_Score_k2.csv": (215, 7),
    "pycanon/adult_anonymized_10.csv": (7303, 7),
    "pycanon/drug_type.csv": (200, 6),
    "pycanon/drugs_k5.csv": (185, 6),
    "pycanon/hospital_anonymized.csv": (13, 6),
    "presidio_pii_dev/generated_small.json": (100, 5),
    "presidio_pii_dev/generated_large.json": (2109, 5),
    "prompts/gpteacher_roleplay_alpaca_format.json": (1923, 3),
    "prompts/mt_bench_question.jsonl": (80, 4),
    "prompts/mt_bench_reference_answer_gpt-4.jsonl": (30, 5),
    "prompts/seed_tasks.jsonl": (175, 5),
    "prompts/sharegpt_dummy_conversation.json": (500, 2),
    "blns/blns.json": (515, 1),
    "acs_sample/ACS_sample.train.parquet": (70000, 23),
}


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_table_loads_with_its_counts(shared, read, name):
    rows, columns = COUNTS[name]
    found = read(shared(name))
    assert (found.report.loaded, len(found.table.schema)) == (rows, columns)
    assert found.report.rejected == 0
    assert found.report.adds_up


def test_adult_as_it_came_from_uci(shared, read):
    train = read(shared("adult_uci/adult.data"))
    assert train.counts == (32_562, 32_561, 0, 1)
    assert train.options["skip_initial_space"] == "true"
    assert train.options["header"] == "false"
    assert list(train.types.values()).count("BIGINT") == 6
    assert train.rows[0][1] == "State-gov"
    assert train.table["column_2"].to_pylist().count("?") == 1836
    test = read(shared("adult_uci/adult.test"))
    assert test.report.loaded == 16_281
    assert "Line 1 stands before the table and was skipped." in test.report.notes
    assert train.table["column_15"].to_pylist().count(">50K") == 7841


def test_adult_as_one_table(shared, read):
    pattern = shared("adult_uci/adult.data").parent / "adult.[dt]*"
    found = read(pattern)
    assert found.report.loaded == 48_842
    assert found.report.adds_up
    expected = {"column_2": 2799, "column_7": 2809, "column_14": 857}
    assert {c: found.table[c].to_pylist().count("?") for c in expected} == expected


def test_acs_as_one_table(shared, read):
    found = read(shared("acs_sample/ACS_sample.train.parquet").parent / "*.parquet")
    assert found.counts == (100_000, 100_000, 0, 0)
    assert len(found.table.schema) == 23
    assert found.table["PINCP"].to_pylist().count(1) == 8903


def test_penguins_keep_NA_as_text(shared, read):  # noqa: N802
    found = read(shared("penguins/penguins.csv"))
    assert found.table["sex"].to_pylist().count("NA") == 11
    assert found.types["bill_length_mm"] == "VARCHAR"
    assert found.types["year"] == "BIGINT"


def test_hospital_has_its_empty_cells(shared, read):
    found = read(shared("hospital_dirty_100/hospital_100.csv"))
    assert sum(c.null_count for c in found.table.columns) == 223


def test_febrl_has_its_missing_values(shared, read):
    expected = json.loads(shared("febrl1/expected.json").read_text())["missing"]
    found = read(shared("febrl1/dataset1.csv"))
    assert {c: found.table[c].null_count for c in expected} == expected


def test_csv_spectrum_equals_its_gold(shared, read):
    folder = shared("csv_spectrum/README.md").parent
    compared = 0
    for path in sorted((folder / "csvs").glob("*.csv")):
        gold = json.loads((folder / "json" / f"{path.stem}.json").read_text())
        found = read(path, all_text=True)
        assert found.report.adds_up, path.name
        if path.stem == "location_coordinates":
            continue  # its gold has other phone numbers than the file
        got = [{k: v or "" for k, v in row.items()} for row in found.table.to_pylist()]
        assert got == gold, path.name
        compared += 1
    assert compared == 11


def test_parquet_testing_as_expected(shared, read):
    expected = json.loads(shared("parquet_testing/expected.json").read_text())
    folder = shared("parquet_testing/README.md").parent
    for name, rows in expected["rows"].items():
        wanted = rows if isinstance(rows, int) else 5120
        assert read(folder / name).counts == (wanted, wanted, 0, 0), name
    for name in expected["must_fail_cleanly"]:
        with pytest.raises(SourceError, match="damaged Parquet"):
            read(folder / name)


def test_presidio_keeps_its_spans_nested(shared, read):
    expected = json.loads(shared("presidio_pii_dev/expected.json").read_text())
    found = read(shared("presidio_pii_dev/generated_large.json"))
    spans = found.table["spans"].to_pylist()
    assert sum(map(len, spans)) == expected["generated_large.json"]["spans"]
    assert found.types["spans"].startswith("STRUCT(")
    assert found.types["spans"].endswith("[]")


def test_prompts_keep_their_turns(shared, read):
    talks = read(shared("prompts/sharegpt_dummy_conversation.json")).table["conversations"]
    turns = [len(t) for t in talks.to_pylist()]
    assert [turns.count(n) for n in (2, 4, 6)] == [167, 166, 167]


def test_every_naughty_string_comes_back_as_cell_and_as_header(shared, read):
    strings = json.loads(shared("blns/blns.json").read_text())
    assert [r[0] or "" for r in read(shared("blns/blns.json")).rows] == strings
    filled = [s for s in strings if s]
    quoted = ['"' + s.replace('"', '""') + '"' for s in filled]
    cells = read("n,s\n" + "".join(f"{i},{q}\n" for i, q in enumerate(quoted)), all_text=True)
    assert [r[1] for r in cells.rows] == filled
    for name, q in zip(filled, quoted, strict=True):
        if not name.strip():
            continue
        found = read(
            f"{q},other\nx,y\n", delimiter=",", quote='"', header=True, skip_lines=0, comment=""
        )
        assert found.table.schema.names[0].casefold() == name.strip().casefold()


def test_naughty_strings_are_good_file_names(shared, read, tmp_path):
    strings = json.loads(shared("blns/blns.json").read_text())
    usable = [
        s for s in strings if s.strip(". ") and not set(s) & set("/\0*?[") and len(s.encode()) < 200
    ]
    for number, name in enumerate(usable[::8]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"{name}.csv").write_text("a,b\n1,2\n")
        found = read(folder / f"{name}.csv")
        assert found.rows == [(1, 2)]
        assert found.kind == "csv"


def test_what_is_written_reads_the_same_in_duckdb(shared, read):
    import duckdb

    found = read(shared("german_credit/german.data"))
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT * FROM read_parquet(?)", [str(found.folder / "data.parquet")]
        )
        assert rows.fetchall() == found.rows
    assert pq.ParquetFile(found.folder / "data.parquet").metadata.num_row_groups == 1
