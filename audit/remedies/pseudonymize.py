"""Values replaced by invented ones that look real, the same for the same value everywhere."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.cell_texts import mapped
from audit.mending.change import Change, Computed, Context
from audit.mending.choosing import none_fits
from audit.mending.fields import Columns
from audit.mending.keyed import KeyedStep, derived
from audit.mending.originals import Originals
from audit.mending.personal_look import NONE_FOUND, made_of_personal_data
from audit.mending.text_dates import order_in
from audit.pii.pseudonyms import PURPOSE, Pseudonyms, kind_of, kind_of_column
from audit.registry import remedy
from audit.store.rows import is_temporal
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa


class Pseudonymize(KeyedStep):
    """Replace values by pseudonyms."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns to rename; none: those under Kinds, or else all that are made of "
        "personal data, by a quick look.",
    )
    kinds: dict[str, str] = Field(
        default={},
        title="Kinds",
        description="By column what it holds, where it is not told rightly: PERSON, FIRST_NAME, "
        "LAST_NAME, EMAIL_ADDRESS, PHONE_NUMBER, ADDRESS, LOCATION, PERSON_ID and so on.",
    )
    locale: str = Field(
        default="en_US",
        title="Language",
        description="As en_US or de_DE: where invented names, addresses and companies come from.",
    )


@remedy("pseudonymize", title="Pseudonyms", family="anonymize", fast=False, recasts="pseudonyms")
def pseudonymize(table: Table, step: Pseudonymize, context: Context) -> Change:
    """Replace each value by an invented one, drawn with the secret key.

    With the same key, the same person has the same name in all columns and files: 'Maria Keller'
    is renamed as 'Maria' and 'Keller' are in columns of given and family names, and her e-mail
    address is built of the new names. Names have two parts, as Karen-Lee Hill-Sato, so that they
    are hardly ever somebody's in the data. Numbers are of ranges kept for tests and films, or never
    issued. A date of birth moves by up to 180 days. No pseudonym is itself a value of its
    column: another is drawn then. Some ranges are small, so two values may share a pseudonym;
    to join tables, use keyed hashes. Numbers become text.
    """
    pseudonyms = Pseudonyms(derived(context.key(), PURPOSE), locale=step.locale)
    kinds = _kinds(table, step, context)
    if not kinds:
        return none_fits(NONE_FOUND)
    computed = tuple(_computed(table, name, kind, pseudonyms) for name, kind in kinds.items())
    return Change(computed=computed)


def _kinds(table: Table, step: Pseudonymize, context: Context) -> dict[str, str]:
    """Tell the kind of each column that is renamed."""
    given = {name: kind_of(kind) for name, kind in step.kinds.items()}
    for name in (*given, *step.columns):
        table.type_of(name)
    columns = tuple(dict.fromkeys((*step.columns, *given)))
    asked = [name for name in columns if name not in given]
    looked = made_of_personal_data(table, asked, context) if asked or not columns else {}
    kinds: dict[str, str] = {}
    for name in columns or looked:
        kind = given.get(name) or kind_of_column(name, looked[name])
        if kind is None:
            message = f"The column {name!r} is not made of one kind of personal data."
            hint = (
                f"Say which: kinds: {{{name}: PERSON_ID}}; or use redact-pii, which finds "
                "personal data within texts."
            )
            raise ParameterError(message, hint=hint)
        kinds[name] = kind
    return kinds


def _computed(table: Table, name: str, kind: str, pseudonyms: Pseudonyms) -> Computed:
    import pyarrow as pa

    type_ = table.type_of(name)
    if type_.endswith(("]", ")")) and not type_.startswith(("DECIMAL", "ENUM")):
        message = f"The column {name!r} holds lists or fields."
        raise ParameterError(message, hint="Use redact-pii with mode: pseudonym.")
    kept = table.arrow("SELECT {c} FROM {t} LIMIT 0", c=name).schema.field(0).type
    dated = is_temporal(type_) and kind in ("DATE_OF_BIRTH", "DATE_TIME")
    order = order_in(table, name) or "month"
    originals = Originals(table, name)
    # A date that somebody else was born on as well gives nobody away.
    taken = None if kind in ("DATE_OF_BIRTH", "DATE_TIME") else originals.__contains__
    of = partial(pseudonyms.of, kind, taken=taken, order=order)

    def written(texts: Sequence[str]) -> list[str | None]:
        return [of(text) for text in texts]

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        del at
        made = mapped(batch.column(0), written)
        return {name: made.cast(kept) if dated else made}

    return Computed(needs=(name,), types={name: kept if dated else pa.string()}, function=function)
