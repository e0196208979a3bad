"""Population counts come from a table, and what is no count of people is refused."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError

DATA = {"age": [30, 30, 40], "sex": ["F", "F", "M"]}


def read(version, workspace, tmp_path, text):
    path = tmp_path / "people.csv"
    path.write_text(text)
    return runner.read_population(version, path, workspace=workspace)


def test_counts_are_read_by_the_columns_they_share_with_the_data(version_of, workspace, tmp_path):
    found = read(version_of(DATA), workspace, tmp_path, "age,sex,count,x\n30,F,120,1\n40,M,9,2\n")
    assert found["population_name"] == "people.csv"
    assert found["population"] == [
        {"group": [["age", "30"], ["sex", "F"]], "count": 120.0},
        {"group": [["age", "40"], ["sex", "M"]], "count": 9.0},
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("age,sex,share\n30,F,0.9\n40,M,0.1\n", "holds shares"),
        ("age,sex,count\n30,F,120\n40,,9\n", "leaves a quasi-identifier empty"),
        ("age,sex,count\n30,F,-1\n", "no shares or counts"),
        ("zip,count\n1,2\n", "No column"),
        ("age,count\n30,120\n", "does not count people by 'sex'"),
    ],
)
def test_what_counts_no_people_is_refused(version_of, workspace, tmp_path, text, problem):
    version = version_of(DATA)
    runner.state_roles(version, {"quasi_identifier": ["age", "sex"]})
    with pytest.raises(ParameterError, match=problem):
        read(version, workspace, tmp_path, text)


@pytest.mark.parametrize(
    ("data", "written", "read_as"),
    [
        (pa.array([30.0, 41.0, None]), "30", "30.0"),
        (pa.array([30, 41]), "30.0", "30"),
        (pa.array([30, 41]), "30.5", "30.5"),
        (pa.array([Decimal("30.00")]), "30", "30.00"),
        (
            pa.array([dt.date(2001, 2, 3)]).cast(pa.timestamp("us")),
            "2001-02-03",
            "2001-02-03 00:00:00",
        ),
        (pa.array([True, False]), "1", "true"),
        (pa.array([30, 41]), "30 to 39", "30 to 39"),
        (pa.array(["01234", "5"]), "01234", "01234"),
    ],
)
def test_values_are_written_as_the_data_has_them(
    version_of, workspace, tmp_path, data, written, read_as
):
    version = version_of(pa.table({"known": data}))
    found = read(version, workspace, tmp_path, f"known,count\n{written},7\n")
    assert found["population"][0]["group"] == [["known", read_as]]
