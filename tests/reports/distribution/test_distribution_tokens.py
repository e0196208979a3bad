import doctest

import pyarrow as pa
import pytest

from audit.reports.distribution import tokens


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(tokens).failed == 0


@pytest.mark.parametrize("options", [{}, {"exact_rows": 0, "counted_values": 0}])
def test_every_token_is_found_in_any_case_and_with_white_space_around_it(options, measured):
    texts = [f"\u3000{token.upper()} " for token in sorted(tokens.TEXT_TOKENS)]
    column = measured(pa.table({"t": [*texts[:50], "Nadia", "Nan Goldin", "-7"]}), **options)
    assert {v.value for v in column.column("t").null_tokens} == set(texts[:50])


def test_tokens_are_what_the_check_compares_them_with():
    assert all(t == t.strip().lower() and t for t in tokens.TEXT_TOKENS)
