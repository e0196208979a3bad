"""suppress: rows or cells of small classes go, with the size of the class as the reason."""

from collections import Counter

import pytest

from audit import runner
from audit.errors import ParameterError

DATA = {
    "age": [30, 30, 30, 41, 41, 52, None, None, None],
    "sex": ["f", "f", "f", "m", "m", "f", "m", "m", "m"],
    "pay": [1, 2, 3, 4, 5, 6, 7, 8, 9],
}
KNOWN = ["age", "sex"]


def test_rows_of_small_classes_go_and_the_size_is_the_reason(mended):
    done = mended(DATA, ("suppress", {"columns": KNOWN, "k": 3}))
    assert done.column("pay") == [1, 2, 3, 7, 8, 9]
    assert done.effect.reasons == (
        ("2 rows alike by 'age', 'sex', fewer than k = 3", 2),
        ("1 row alike by 'age', 'sex', fewer than k = 3", 1),
    )


@pytest.mark.parametrize("k", [2, 3, 4])
def test_emptied_cells_leave_classes_of_k_by_the_report(mended, k):
    roles = {"quasi_identifier": KNOWN}
    done = mended(DATA, ("suppress", {"k": k, "how": "cells"}), roles=roles)
    assert done.table.num_rows == 9
    assert done.column("pay") == DATA["pay"]
    assert done.table.schema.field("age").type == "int64"
    report = runner.report(done.version, "reidentification")
    assert report.risk.k >= min(k, 9)


def test_a_class_of_k_is_emptied_too_where_emptied_rows_were_too_few(mended):
    done = mended(DATA, ("suppress", {"columns": KNOWN, "k": 2, "how": "cells"}))
    pairs = Counter(zip(done.column("age"), done.column("sex"), strict=True))
    assert pairs == {(30, "f"): 3, (None, None): 3, (None, "m"): 3}
    assert "2 rows of them from classes of k = 2 and more" in done.effect.notes[1]


def test_that_all_rows_go_is_refused_and_nothing_may_be_small(mended):
    with pytest.raises(ParameterError, match="none of 9 rows is left"):
        mended(DATA, ("suppress", {"columns": ["pay"], "k": 2}))
    assert mended(DATA, ("suppress", {"columns": ["sex"], "k": 2})).effect.did_nothing
