"""The faults of loans.csv: each is planted on purpose and its rows are written down."""

from sample_data.loans_people import Chance, Row, note

Fault = dict[str, object]

MEN, WOMEN = ("Male", "male", "MALE", "Male ", " male"), ("Female", "female", "FEMALE", " Female")

DISADVANTAGED = "Black"
SHARE_OF_APPROVALS_TURNED = 0.3
"""Of the approvals that applicants of the disadvantaged group earned."""

RARE = (("gender", "Nonbinary", 36), ("ethnicity", "Native American", 42))

PLANTED = (
    # fault, column, values, rows, what it is
    ("coded-missing-number", "years_employed", ("-999",), 371, "A number that means 'unknown'."),
    ("coded-missing-text", "occupation", ("N/A", "?"), 288, "Texts that mean 'unknown'."),
    ("near-constant", "channel", ("branch",), 35, "All other rows say 'online'."),
    ("negative-age", "age", ("-1", "-7", "-23", "-41"), 9, "Nobody is younger than 0."),
    ("excessive-age", "age", ("142", "187", "203"), 6, "Nobody is that old."),
    (
        "future-date",
        "application_date",
        ("2091-03-14", "2095-11-02", "2099-12-31"),
        12,
        "Dates that lie in the future.",
    ),
    (
        "number-as-text",
        "collateral_value",
        ("about 20000", "see file", "12k"),
        58,
        "Words among numbers, so that the whole column is text.",
    ),
    (
        "outlier",
        "loan_amount",
        tuple(str(1_000_000 + 250_000 * i) for i in range(12)),
        24,
        "Amounts far beyond all others.",
    ),
)


def plant(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    """Plant the faults in ``rows`` and return each with the rows it is in."""
    truth = _plant_rare_groups(rows, chance)
    truth |= _plant_label_bias(rows, chance)
    truth |= _plant_missing(rows, chance)
    truth |= _plant_values(rows, chance)
    truth |= _plant_spellings(rows, chance)
    truth |= _plant_leak(rows, chance)
    return truth | _plant_personal_data(rows, chance)


def _plant_values(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    truth: dict[str, Fault] = {}
    taken: set[tuple[str, int]] = set()
    for fault, column, values, n, text in PLANTED:
        # A row with a value of its own, so that no fault hides another one of its column.
        free = [i for i, row in enumerate(rows) if row[column] and (column, i) not in taken]
        chosen = chance.some(free, n)
        for i in chosen:
            rows[i][column] = chance.pick(values)
            taken.add((column, i))
        truth[fault] = {"columns": [column], "values": list(values), "text": text, "at": chosen}
    return truth


def _plant_rare_groups(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    chosen = {}
    for column, value, n in RARE:
        # Not from the disadvantaged group: its size and its bias stay what they are.
        free = [i for i, row in enumerate(rows) if row["ethnicity"] != DISADVANTAGED]
        chosen[column] = chance.some(free, n)
        for i in chosen[column]:
            rows[i][column] = value
    return {
        f"rare-group-{column}": {
            "columns": [column],
            "values": [value],
            "text": "A group too small for a verdict.",
            "at": chosen[column],
        }
        for column, value, _ in RARE
    }


def _plant_label_bias(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    earned = [
        i
        for i, row in enumerate(rows)
        if row["ethnicity"] == DISADVANTAGED and row["approved"] == "yes"
    ]
    turned = [i for i in earned if chance.below(SHARE_OF_APPROVALS_TURNED)]
    for i in turned:
        rows[i]["approved"] = "no"
    return {
        "label-bias": {
            "columns": ["ethnicity", "approved"],
            "values": [DISADVANTAGED],
            "text": "Approvals that were earned on credit score and loan burden alone, as for "
            "everybody else, and turned into refusals in this group.",
            "at": turned,
        }
    }


def _plant_missing(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    chosen = [
        i
        for i, row in enumerate(rows)
        if chance.below(0.085 if row["gender"] == "Female" else 0.03)
    ]
    for i in chosen:
        rows[i]["annual_income"] = rows[i]["monthly_income"] = ""
    return {
        "missing-income": {
            "columns": ["annual_income", "monthly_income"],
            "values": [""],
            "text": "Missing together, and nearly three times as often for women.",
            "at": chosen,
        }
    }


def _plant_spellings(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    changed: list[int] = []
    for spellings in (MEN, WOMEN):
        same = [i for i, row in enumerate(rows) if row["gender"] == spellings[0]]
        chosen = chance.some(same, len(same) // 20)
        for i in chosen:
            rows[i]["gender"] = chance.pick(spellings[1:])
        changed += chosen
    return {
        "spelling-variants": {
            "columns": ["gender"],
            "values": [*MEN[1:], *WOMEN[1:]],
            "text": "One category in several spellings.",
            "at": sorted(changed),
        }
    }


def _plant_leak(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    codes = {"yes": ("A10", "A20"), "no": ("D31", "D40", "D77")}
    for row in rows:
        row["decision_code"] = chance.pick(codes[row["approved"]])
    return {
        "label-leak": {
            "columns": ["decision_code", "approved"],
            "values": [],
            "text": "A codes are given after an approval and D codes after a refusal: the column "
            "is known only once the label is.",
        }
    }


def _plant_personal_data(rows: list[Row], chance: Chance) -> dict[str, Fault]:
    chosen = chance.some(range(len(rows)), 830)
    spans = {}
    for i in chosen:
        rows[i]["notes"], spans[i] = note(chance)
    return {
        "personal-data": {
            "columns": ["notes"],
            "values": [],
            "text": "Invented names, addresses on reserved domains, telephone numbers of the "
            "block kept for fiction, numbers in the form of an SSN that were never issued.",
            "at": chosen,
            "spans": spans,
        }
    }


def in_whole_columns(rows: list[Row]) -> dict[str, Fault]:
    """Return the faults that lie in a whole column, after everything else is planted."""

    def filled(column: str, value: str) -> int:
        return sum(row[column] == value for row in rows)

    leading = sum(row["zip"].startswith("0") for row in rows)
    faults: list[tuple[str, list[str], str, int]] = [
        ("identifier", ["application_id"], "A number for each application.", len(rows)),
        ("constant", ["country"], "One value in all rows.", filled("country", "US")),
        ("zeros", ["existing_debt"], "Rows with the value 0.", filled("existing_debt", "0")),
        ("skew", ["savings"], "Log-normal with sigma 1.7.", len(rows)),
        ("correlated", ["annual_income", "monthly_income"], "One is twelve times the other.", 0),
        ("proxy", ["zip", "branch", "ethnicity"], "Where one lives gives ethnicity away.", 0),
        ("leading-zeros", ["zip"], "Lost if the column is read as a number.", leading),
        (
            "missing-together",
            ["co_applicant_income", "co_applicant_age"],
            "Both missing where there is no second applicant.",
            filled("co_applicant_age", ""),
        ),
        ("missing-notes", ["notes"], "Most applications have no note.", filled("notes", "")),
    ]
    return {
        id_: {"columns": columns, "values": [], "text": text} | ({"count": n} if n else {})
        for id_, columns, text, n in faults
    }
