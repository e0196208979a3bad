"""The counts that the representation report rests on, one plain GROUP BY each; prints seconds.

What somebody would write who wants the same tables: groups and where they meet by label, every
other category within them, missing cells, sums and outliers of numbers by group, rows that
repeat. No interval, test, sample or model is among them.
"""

import sys
import time

import duckdb

GROUPS = ("sex", "race")
LABEL = "income"
CATEGORIES = (
    *("workclass", "education", "marital-status", "occupation", "relationship", "native-country"),
)
NUMBERS = ("age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week")


def statements(source: str) -> list[str]:
    """Write them for one file."""
    rows = f"read_parquet('{source}')"
    every = (*CATEGORIES, *NUMBERS, *GROUPS, LABEL)
    made = [f'SELECT sex, race, "{LABEL}", count(*) FROM {rows} GROUP BY ALL']
    for group in GROUPS:
        made += [
            f'SELECT {group}, "{LABEL}", "{c}", count(*) FROM {rows} GROUP BY ALL'
            for c in CATEGORIES
        ]
        there = ", ".join(f'count("{c}")' for c in every)
        made.append(f"SELECT {group}, {there} FROM {rows} GROUP BY ALL")
        sums = ", ".join(f'sum("{c}"), sum("{c}"::DOUBLE * "{c}")' for c in NUMBERS)
        made.append(f"SELECT {group}, {sums} FROM {rows} GROUP BY ALL")
    cuts = ", ".join(f'quantile_cont("{c}", [0.25, 0.75])' for c in NUMBERS)
    made.append(f"SELECT {cuts} FROM {rows}")
    return made


connection = duckdb.connect()
connection.execute("SELECT 1")
source = sys.argv[1]
begun = time.perf_counter()
for statement in statements(source):
    found = connection.execute(statement).fetchall()
fences = {
    c: (low - 1.5 * (high - low), high + 1.5 * (high - low))
    for c, (low, high) in zip(NUMBERS, found[0], strict=True)
}
for group in GROUPS:
    outside = ", ".join(
        f'count(*) FILTER ("{c}" < {low} OR "{c}" > {high})' for c, (low, high) in fences.items()
    )
    connection.execute(
        f"SELECT {group}, {outside} FROM read_parquet('{source}') GROUP BY ALL"
    ).fetchall()
connection.execute(
    f"SELECT sex, race, sum(k - 1) FROM (SELECT *, count(*) AS k "
    f"FROM read_parquet('{source}') GROUP BY ALL) GROUP BY ALL"
).fetchall()
print(time.perf_counter() - begun)
