"""People who do not exist: one invented loan application after another.

The only source of chance is ``random.Random(seed).random()``, the one method whose sequence
Python promises never to change, so the same applications come out on every machine.
"""

import datetime as dt
import math
import random
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TypeVar

Row = dict[str, str]
T = TypeVar("T")

ETHNICITIES = {"White": 0.56, "Black": 0.2, "Hispanic": 0.15, "Asian": 0.09}
# Three-digit ZIP prefixes that are not in use, so that no real place is meant.
BRANCHES = {
    "Northgate": ("002", "White"),
    "Harbour": ("003", "White"),
    "Old Mill": ("213", "White"),
    "Riverside": ("004", "Black"),
    "Union Yard": ("343", "Black"),
    "Southfield": ("269", "Hispanic"),
    "Garden Hill": ("345", "Asian"),
}
HOME_SHARE = 0.82
"""Of applicants who live where most people are of their ethnicity: what makes ZIP a proxy."""

OCCUPATIONS = (
    "Accountant",
    "Carpenter",
    "Cook",
    "Driver",
    "Electrician",
    "Engineer",
    "Nurse",
    "Office clerk",
    "Retail worker",
    "Teacher",
)
FIRST = (
    "Maren",
    "Tobin",
    "Ilsa",
    "Corwin",
    "Delphine",
    "Anselm",
    "Zoë",
    "Rufus",
    "Thandi",
    "Marisol",
    "Kenji",
    "Odette",
)
LAST = (
    "Ashgrove",
    "Bellwether",
    "Quillfeather",
    "Marrowby",
    "Tanglewood",
    "Okonkwell",
    "Featherstonhall",
    "Nakamori",
    "Vasquellez",
    "Lindqvale",
)
WITH_PERSONAL_DATA = (
    "Spoke to {PERSON} about the term.",
    "Call back on {PHONE_NUMBER} after five.",
    "Sent the forms to {EMAIL_ADDRESS}.",
    "{PERSON} asked for a reply to {EMAIL_ADDRESS}, phone {PHONE_NUMBER}.",
    "Identity checked, SSN {US_SSN} on file.",
    'Customer says "use {EMAIL_ADDRESS}", not the old address.',
    "Guarantor is {PERSON}, SSN {US_SSN}, phone {PHONE_NUMBER}.",
)
WITHOUT_PERSONAL_DATA = (
    "Income verified with two pay slips.",
    "Wants to pay back in 24 to 36 months.",
    "Second application this year; the first was withdrawn.",
    "Rate of 5.55 quoted on the form version 2.1.",
    "Branch file 100-200, shelf 4.",
    "Asked about early repayment, no further questions.",
)


class Chance:
    """Draws that use nothing but ``random()``."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random  # noqa: S311 - invented data, no secret

    def below(self, share: float) -> bool:
        """Return True with probability ``share``."""
        return self._random() < share

    def whole(self, low: int, high: int) -> int:
        """Return an integer from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """Return one of ``values``, each as likely as the others."""
        return values[int(self._random() * len(values))]

    def weighted(self, shares: dict[str, float]) -> str:
        """Return a key of ``shares`` with the probability that stands beside it."""
        left = self._random()
        for value, share in shares.items():
            left -= share
            if left < 0:
                return value
        return next(iter(shares))

    def normal(self, mean: float, sd: float) -> float:
        """Return a draw from a normal distribution."""
        return NormalDist(mean, sd).inv_cdf(min(max(self._random(), 1e-9), 1 - 1e-9))

    def some(self, values: Iterable[int], n: int) -> list[int]:
        """Return ``n`` different ones of ``values``, in increasing order."""
        keyed = sorted((self._random(), value) for value in values)
        return sorted(value for _, value in keyed[:n])


def application(chance: Chance, number: int) -> Row:
    """Invent one application without any fault but those that lie in the whole table."""
    ethnicity = chance.weighted(ETHNICITIES)
    homes = [name for name, (_, most) in BRANCHES.items() if most == ethnicity]
    branch = chance.pick(homes if chance.below(HOME_SHARE) else list(BRANCHES))
    age = min(max(round(chance.normal(42, 13)), 18), 88)
    employed = chance.whole(0, min(age - 18, 40))
    income = round(math.exp(chance.normal(10.75, 0.42)))
    score = min(max(round(chance.normal(682, 68)), 300), 850)
    loan = 500 * max(2, round(math.exp(chance.normal(9.7, 0.45)) / 500))
    together = chance.below(0.31)
    return {
        "application_id": f"LA-{number:06d}",
        "application_date": str(dt.date(2022, 1, 1) + dt.timedelta(chance.whole(0, 1094))),
        "branch": branch,
        "zip": f"{BRANCHES[branch][0]}{chance.whole(1, 6):02d}",
        "country": "US",
        "channel": "online",
        "age": str(age),
        "gender": "Male" if chance.below(0.54) else "Female",
        "ethnicity": ethnicity,
        "marital_status": chance.pick(("Married", "Single", "Divorced", "Widowed", "Married")),
        "education": chance.pick(("Secondary", "Secondary", "College", "University")),
        "occupation": chance.pick(OCCUPATIONS),
        "years_employed": str(employed),
        "annual_income": str(income),
        "monthly_income": str(round(income / 12)),
        "existing_debt": "0" if chance.below(0.46) else str(chance.whole(200, 42_000)),
        "savings": str(round(math.exp(chance.normal(7.2, 1.7)))),
        "credit_score": str(score),
        "loan_amount": str(loan),
        "loan_term_months": chance.pick(("12", "24", "36", "48", "60")),
        "purpose": chance.pick(("Car", "Home repair", "Debt", "Education", "Medical", "Other")),
        "collateral_value": str(100 * chance.whole(5, 900)),
        "co_applicant_income": str(round(math.exp(chance.normal(10.6, 0.4)))) if together else "",
        "co_applicant_age": str(chance.whole(19, 79)) if together else "",
        "decision_code": "",
        "notes": chance.pick(WITHOUT_PERSONAL_DATA) if chance.below(0.3) else "",
        "approved": "yes" if chance.below(_merit(score, loan / income)) else "no",
    }


def _merit(score: int, burden: float) -> float:
    return 1 / (1 + math.exp(-(0.55 + (score - 682) / 55 - 1.6 * (burden - 0.38))))


def note(chance: Chance) -> tuple[str, list[tuple[str, int, int]]]:
    """Write a note with personal data; return it with (entity, start, end) of each span."""
    person = (chance.pick(FIRST), chance.pick(LAST))
    text, spans, rest = "", [], chance.pick(WITH_PERSONAL_DATA)
    while "{" in rest:
        before, _, after = rest.partition("{")
        entity, _, rest = after.partition("}")
        value = _entity(chance, entity, person)
        spans.append((entity, len(text + before), len(text + before + value)))
        text += before + value
    return text + rest, spans


def _entity(chance: Chance, entity: str, person: tuple[str, str]) -> str:
    if entity == "PERSON":
        return " ".join(person)
    if entity == "EMAIL_ADDRESS":
        domain = chance.pick(("example.com", "example.org", "mail.example.net"))
        return f"{person[0][:2].lower()}.{person[1].lower()}@{domain}"
    if entity == "PHONE_NUMBER":
        form = chance.pick(("({}) 555-01{:02d}", "{}-555-01{:02d}", "+1 {} 555 01{:02d}"))
        return form.format(chance.pick(("212", "305", "415", "617")), chance.whole(0, 99))
    # Area 000 and areas from 900 on are never issued; groups 01 to 49 of the latter are no ITIN.
    area = "000" if chance.below(0.2) else str(chance.whole(900, 999))
    return f"{area}-{chance.whole(1, 49):02d}-{chance.whole(1, 9999):04d}"
