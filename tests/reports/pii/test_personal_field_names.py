"""Names of fields may be personal data, as names of columns may."""

import pyarrow as pa


def test_names_of_fields_that_are_personal_are_told_with_their_path(measured):
    inner = pa.array([[{"b@y.org": "x", "age": 3}]] * 3)
    table = {"s": pa.array([{"a@x.org": 1, "n": "x"}] * 3), "list": inner, "c@z.org": ["x"] * 3}
    assert measured(table).column_names == (
        *(("s.a@x.org", "EMAIL_ADDRESS"), ("list[].b@y.org", "EMAIL_ADDRESS")),
        ("c@z.org", "EMAIL_ADDRESS"),
    )
