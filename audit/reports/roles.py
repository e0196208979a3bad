"""What columns mean: guessed from names, types and a sample of values, or stated by the user.

A guess is a proposal that a person confirms or changes; each comes with its reason. Reasons
never quote a value of the data.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audit.errors import ColumnError, ParameterError
from audit.model import SINGLE_ROLES, ColumnRole, Role, RoleMap
from audit.reports import column_names as names
from audit.reports.column_looks import Look, looks
from audit.store import Table

BY_USER = "given by the user"

_PERSONAL = frozenset({Role.SENSITIVE, Role.QUASI_IDENTIFIER, Role.DIRECT_IDENTIFIER})

SEXES = frozenset({"male", "female", "m", "f", "man", "woman", "men", "women", "masculine"})
_MALE, _FEMALE = (
    frozenset({"male", "m", "man", "men"}),
    frozenset({"female", "f", "woman", "women"}),
)
SPLITS = frozenset(
    {"train", "training", "test", "testing", "val", "valid", "validation", "dev", "holdout", "eval"}
)
POSITIVE = frozenset(
    {"yes", "y", "true", "t", "approved", "accepted", "admitted", "granted", "good", "positive"}
    | {"pos", "hired", "pass", "passed", "survived", "won", "success", "successful"}
    | {"ja", "oui", "si", "sí", "sim"}
)

Guess = tuple[Role, str]
Ranked = tuple[float, str] | None
"""How good a candidate is, and why; None: it is none."""


def guess(table: Table) -> RoleMap:
    """Guess what the columns of a version mean, each with a reason.

    One statement on a bounded sample, however many rows and columns there are.

    Parameters
    ----------
    table : Table
        The version.

    Returns
    -------
    RoleMap
        One entry per column, in table order; ``roles`` is empty where nothing was recognised.
        At most one column has each of the :data:`~audit.model.SINGLE_ROLES`. ``positive`` is
        the positive value of a two-valued label where it can be told, else None.
    """
    seen = looks(table)
    acs = names.is_acs([look.name for look in seen])
    found = {look.name: _of_column(look, acs=acs) for look in seen}
    for role, column, reason in _singles(seen, found, acs=acs):
        kept = [] if role is not Role.LABEL else [g for g in found[column] if g[0] in _PERSONAL]
        found[column] = [(role, reason), *kept]
    entries = tuple(_entry(look.name, found[look.name]) for look in seen)
    roles = RoleMap(columns=entries)
    label = roles.one(Role.LABEL)
    chosen = next((look for look in seen if look.name == label), None)
    return replace(roles, positive=_positive_of(chosen) if chosen else None)


def guess_positive(table: Table, label: str) -> str | None:
    """Guess the positive value of the label ``label``, as text; None where it cannot be told."""
    (look,) = looks(table, [label])
    return _positive_of(look)


def apply(
    roles: RoleMap,
    *,
    label: str | Sequence[str] | None = None,
    positive: str | None = None,
    prediction: str | Sequence[str] | None = None,
    score: str | Sequence[str] | None = None,
    weight: str | Sequence[str] | None = None,
    split: str | Sequence[str] | None = None,
    sensitive: str | Sequence[str] = (),
    quasi_identifier: str | Sequence[str] = (),
    direct_identifier: str | Sequence[str] = (),
    free_text: str | Sequence[str] = (),
    date: str | Sequence[str] = (),
) -> RoleMap:
    """Put what the user states in the place of what was guessed.

    A role that is stated belongs to the columns stated and to no others; roles that are not
    stated stay as they are, but for the predictions of a label that is no longer the label.
    Pure: gives a new map.

    Parameters
    ----------
    roles : RoleMap
        One entry per column, as :func:`guess` gives it.
    label, prediction, score, weight, split : str, optional
        The one column with that role.
    positive : str, optional
        The value of the label that counts as positive, as text.
    sensitive, quasi_identifier, direct_identifier, free_text, date : str or sequence of str
        The columns with that role.

    Raises
    ------
    ColumnError
        If a column does not exist.
    ParameterError
        If two columns are stated for a role that only one can have, one column for two such
        roles, or a positive value without a label.
    """
    stated = {
        role: _as_list(given)
        for role, given in {
            Role.LABEL: label,
            Role.PREDICTION: prediction,
            Role.SCORE: score,
            Role.WEIGHT: weight,
            Role.SPLIT: split,
            Role.SENSITIVE: sensitive,
            Role.QUASI_IDENTIFIER: quasi_identifier,
            Role.DIRECT_IDENTIFIER: direct_identifier,
            Role.FREE_TEXT: free_text,
            Role.DATE: date,
        }.items()
        if given
    }
    _validate(stated, [c.column for c in roles.columns])
    stated |= _of_former_label(roles, stated)
    changed = tuple(_restated(column, stated) for column in roles.columns)
    result = replace(roles, columns=changed, positive=_kept_positive(roles, stated, positive))
    if positive is not None and result.one(Role.LABEL) is None:
        message = "A positive value needs a label."
        raise ParameterError(message, hint="State the label column as well.")
    return result


def _of_former_label(roles: RoleMap, stated: dict[Role, list[str]]) -> dict[Role, list[str]]:
    """Give up predictions and scores that somebody stated for another label than the new one."""
    former = next((c for c in roles.columns if Role.LABEL in c.roles), None)
    if former is None or not former.confirmed or stated.get(Role.LABEL) in (None, [former.column]):
        return {}
    return {role: [] for role in (Role.PREDICTION, Role.SCORE) if role not in stated}


def _as_list(given: str | Sequence[str] | None) -> list[str]:
    if given is None:
        return []
    return [given] if isinstance(given, str) else list(dict.fromkeys(given))


def _validate(stated: dict[Role, list[str]], known: list[str]) -> None:
    single: dict[str, Role] = {}
    for role, columns in stated.items():
        for column in columns:
            if column not in known:
                raise ColumnError.unknown(column, known)
        if role not in SINGLE_ROLES:
            continue
        if len(columns) > 1:
            message = f"Only one column can be the {role}, not {len(columns)}: {columns!r}."
            raise ParameterError(message)
        if columns[0] in single:
            message = f"{columns[0]!r} cannot be both the {single[columns[0]]} and the {role}."
            raise ParameterError(message)
        single[columns[0]] = role


def _restated(column: ColumnRole, stated: dict[Role, list[str]]) -> ColumnRole:
    given = [role for role, columns in stated.items() if column.column in columns]
    kept = [role for role in column.roles if role not in stated]
    if SINGLE_ROLES.intersection(given):
        kept = [role for role in kept if role not in SINGLE_ROLES]
    roles = tuple(role for role in Role if role in given or role in kept)
    if given:
        return replace(column, roles=roles, reason=BY_USER, confirmed=True)
    if roles == column.roles:
        return column
    return replace(column, roles=roles, reason=column.reason if roles else "")


def _kept_positive(
    roles: RoleMap, stated: dict[Role, list[str]], positive: str | None
) -> str | None:
    """Keep the guessed value only with its label: it says nothing about another."""
    if positive is not None:
        return positive
    same = Role.LABEL not in stated or stated[Role.LABEL] == [roles.one(Role.LABEL)]
    taken = any(roles.one(Role.LABEL) in c for r, c in stated.items() if r in SINGLE_ROLES)
    return roles.positive if same and (Role.LABEL in stated or not taken) else None


def _entry(column: str, found: list[Guess]) -> ColumnRole:
    roles = {role for role, _ in found}
    return ColumnRole(
        column=column,
        roles=tuple(role for role in Role if role in roles),
        reason="; ".join(dict.fromkeys(reason for _, reason in found)),
    )


def _of_column(look: Look, *, acs: bool) -> list[Guess]:
    """Guess from one column alone: what it says about persons, text and dates."""
    found = list(_by_name(look, acs=acs))
    if not any(role in _PERSONAL for role, _ in found):
        found += _by_values(look)
    if look.is_date:
        found.append((Role.DATE, "has dates"))
    elif look.date_shaped and names.says(look.name, names.DATE | frozenset({"birth"})):
        found.append((Role.DATE, "named like a date and has values in the shape of dates"))
    else:
        found = [g for g in found if g[0] is not Role.DATE]
    if not any(role is Role.DIRECT_IDENTIFIER for role, _ in found):
        found += _prose(look)
    return found


def _by_name(look: Look, *, acs: bool) -> Iterator[Guess]:
    if acs and look.name in names.ACS_CODES:
        noun, roles = names.ACS_CODES[look.name]
        for role in roles:
            yield role, f"a code of the American Community Survey for {noun}"
        return
    for subject in names.SUBJECTS:
        if not subject.fits(look.name) or not _plausible(look, subject):
            continue
        for role in subject.roles:
            yield role, f"named like {subject.noun}"


def _plausible(look: Look, subject: names.Subject) -> bool:
    if subject.most_distinct is not None and look.distinct > subject.most_distinct:
        return False
    if Role.DIRECT_IDENTIFIER in subject.roles:
        return look.kind != "boolean" and (look.present == 0 or look.varied)
    if subject is names.AGE:
        return look.kind in ("number", "text") and not look.is_date
    return True


def _by_values(look: Look) -> Iterator[Guess]:
    identifier = names.says(look.name, names.IDENTIFIER)
    if look.shape:
        yield Role.DIRECT_IDENTIFIER, f"has values in the shape of {look.shape}"
    elif look.folded and look.folded <= SEXES and look.folded & _MALE and look.folded & _FEMALE:
        for role in (Role.SENSITIVE, Role.QUASI_IDENTIFIER):
            yield role, "has values such as those of a sex"
    elif identifier and (look.all_different or names.is_called(look.name, names.IDENTIFIER)):
        yield Role.DIRECT_IDENTIFIER, "named like an identifier, all values seen are different"
    elif names.is_called(look.name, names.ROW_NUMBER) and look.all_different:
        yield Role.DIRECT_IDENTIFIER, "numbers the rows: all values seen are different"
    elif look.all_different and look.is_code:
        yield Role.DIRECT_IDENTIFIER, "all values seen are different, in the shape of codes"


def _prose(look: Look) -> Iterator[Guess]:
    if look.kind != "text" or look.is_date:
        return
    if names.says(look.name, names.PROSE) and look.words_mean >= 3 and look.distinct > 2:
        yield Role.FREE_TEXT, f"named like free text and has {look.words_mean:.0f} words on average"
    elif look.words_mean >= 6 and look.length_mean >= 30 and look.distinct_share >= 0.5:
        yield Role.FREE_TEXT, f"has {look.words_mean:.0f} words on average, mostly different ones"


def _singles(
    seen: Sequence[Look], found: dict[str, list[Guess]], *, acs: bool
) -> Iterator[tuple[Role, str, str]]:
    """Choose the best candidate for each role that only one column can have."""
    taken: set[str] = set()
    for role, rank in (
        (Role.SPLIT, _split),
        (Role.WEIGHT, _weight(seen)),
        (Role.SCORE, _score),
        (Role.PREDICTION, _prediction),
        (Role.LABEL, _label(seen, found, acs=acs)),
    ):
        best: tuple[float, str, str] | None = None
        for look in seen:
            if look.name in taken:
                continue
            ranked = rank(look)
            if ranked and (best is None or ranked[0] > best[0]):
                best = (ranked[0], look.name, ranked[1])
        if best:
            taken.add(best[1])
            yield role, best[1], best[2]


def _split(look: Look) -> Ranked:
    parts = bool(look.folded) and look.folded <= SPLITS and len(look.folded) > 1
    if parts and any(value.startswith("train") for value in look.folded):
        return 2, "has values such as train and test"
    folds = look.kind in ("number", "boolean") and 2 <= look.distinct <= 20
    if names.is_called(look.name, names.SPLIT - frozenset({"set"})) and (folds or parts):
        return 1, "named like a split and has few values"
    return None


def _weight(seen: Sequence[Look]) -> Callable[[Look], Ranked]:
    bodies = any(not names.BODY.isdisjoint(names.words(look.name)) for look in seen)

    def rank(look: Look) -> Ranked:
        if look.kind != "number" or look.negative:
            return None
        if names.says(look.name, names.WEIGHT):
            return 2, "named like a survey or sample weight"
        if not bodies and names.is_called(look.name, frozenset({"weight", "weights"})):
            return 1, "named like a weight, and no other column speaks of bodies"
        return None

    return rank


def _score(look: Look) -> Ranked:
    if look.kind != "number" or look.distinct == 2:
        return None
    if names.says(look.name, names.SCORE):
        return 2, "named like a predicted score"
    if names.is_called(look.name, names.SCORE_WHOLE) and look.in_unit_interval:
        return 1, "named like a score and lies between 0 and 1"
    return None


def _prediction(look: Look) -> Ranked:
    if look.distinct > 100 and look.kind != "number":
        return None
    if names.says(look.name, names.PREDICTION) and not names.says(look.name, names.SCORE):
        dated = names.DATE | frozenset({"id", "time"})
        return None if names.says(look.name, dated) else (2, "named like a prediction")
    binary = look.distinct == 2 and look.in_unit_interval
    if binary and names.is_called(look.name, frozenset({"score"})):
        return 1, "named like a score and has the two values 0 and 1"
    return None


def _label(
    seen: Sequence[Look], found: dict[str, list[Guess]], *, acs: bool
) -> Callable[[Look], Ranked]:
    last = seen[-1].name if len(seen) > 2 else None

    def rank(look: Look) -> Ranked:
        if look.kind not in ("text", "number", "boolean") or look.is_date or look.distinct == 1:
            return None
        few = 2 <= look.distinct <= 20
        shape = f"has {look.distinct} values" if few else "varies"
        bonus = (look.name == last) / 2 + few / 4
        if acs and look.name == "PINCP" and look.distinct == 2:
            return 3, "a code of the American Community Survey for income, with 2 values"
        if names.is_called(look.name, names.LABEL_WHOLE) and (
            few or look.kind != "text" or not look.present
        ):
            return 3 + bonus, f"named like a label and {shape}"
        if names.is_called(look.name, names.LABEL_DOMAIN) and few:
            return 2 + bonus, f"named like an outcome and {shape}"
        if look.name == last and not found[look.name] and _is_coded(look):
            return 1, "is the last column and has 2 values in the form of codes"
        return None

    return rank


def _is_coded(look: Look) -> bool:
    """Whether the two values are such as outcomes are coded with: 1 and 2, yes and no."""
    return look.distinct == 2 and (look.kind != "text" or _positive_of(look) is not None)


def _positive_of(look: Look) -> str | None:
    """Tell the positive one of two values by its wording; never by how rare it is."""
    if len(look.values) != 2:
        return None
    first, second = look.values
    told = [_is_positive(first, second), _is_positive(second, first)]
    if told[0] == told[1]:
        return None
    return first if told[0] else second


def _is_positive(value: str, other: str) -> bool:
    mine, its = (v.strip().casefold().rstrip(".") for v in (value, other))
    if mine in POSITIVE:
        return True
    if mine in ("1", "1.0"):
        return its in ("0", "0.0", "-1", "-1.0")
    return mine.startswith(">") and its.startswith("<")
