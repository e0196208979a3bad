"""How the names of columns are asked for one kind of personal data."""

from dataclasses import dataclass

from audit.pii.name_words import is_called, phrases, says, words

_COUNTS = phrases(
    "has, is, was, count, counts, num, total, flag, type, types, status, state, verified, "
    "verification, valid, invalid, validity, date, expiry, expires, expiration, exp, issued, "
    "updated, changed, created, at, rate, ratio, share, percent, score, version, provider, "
    "category, class, format, length, size, limit, quality, consent, opt, permission, source, "
    "hash, hashed, masked, missing, error, errors, change, changes, since, age"
)
"""Words that make a column speak about a thing of that kind, not hold one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A kind of personal data and what columns of it are called."""

    entity: str
    phrases: frozenset[str] = frozenset()
    """Found anywhere in the name."""
    whole: frozenset[str] = frozenset()
    """Only as the whole name: too common inside of others."""
    unless: frozenset[str] = frozenset()
    """Words that turn the meaning."""

    def fits(self, name: str) -> bool:
        """Whether ``name`` speaks of this kind."""
        if is_called(name, self.whole | self.phrases):
            return True
        return says(name, self.phrases) and self.unless.isdisjoint(words(name))


def called(entity: str, said: str, *, whole: str = "", unless: str = "") -> Called:
    """Build it from phrases with commas between them; counts and dates turn every meaning."""
    return Called(
        entity=entity,
        phrases=phrases(said),
        whole=phrases(whole) if whole else frozenset(),
        unless=_COUNTS | (phrases(unless) if unless else frozenset()),
    )


_PEOPLE = (
    "customer, client, patient, employee, student, applicant, contact, borrower, person, member, "
    "user, author, owner, holder, cardholder, account holder, teacher, doctor, physician, nurse, "
    "manager, agent, driver, guest, passenger, tenant, buyer, seller, sender, recipient, "
    "beneficiary, spouse, father, mother, child, parent, guardian, guarantor, candidate, voter, "
    "donor, subscriber, participant, respondent, emergency contact, supervisor, reporter, "
    "signatory, attendee, payee, payer, insured, kunden, mitarbeiter, client"
)


def of_people(noun: str) -> str:
    """Give phrases of people with a noun: 'customer name', 'patient name' and so on."""
    return ", ".join(f"{who.strip()} {noun}" for who in _PEOPLE.split(","))
