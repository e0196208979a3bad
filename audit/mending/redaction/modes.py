"""The five ways of writing in place of personal data, by name."""

from audit.mending.change import Context
from audit.mending.keyed import derived
from audit.mending.redaction.writing import NOT_SEARCHED, Hashes, Masks, Mode, Nothing, Tags, Write
from audit.pii.pseudonyms import PURPOSE, Pseudonyms


class Renames:
    """Realistic pseudonyms, those of the remedy for whole columns."""

    def __init__(self, key: bytes, locale: str) -> None:
        self._pseudonyms = Pseudonyms(derived(key, PURPOSE), locale=locale)

    def piece(self, entity: str, text: str) -> str:
        """Write the pseudonym."""
        return self._pseudonyms.of(entity, text)

    def whole(self, entity: str, text: str) -> str | None:
        """Write the pseudonym."""
        return self.piece(entity, text)

    def unknown(self, text: str) -> str | None:
        """Say that it was not searched."""
        del text
        return NOT_SEARCHED


def write_for(mode: Mode, context: Context, locale: str) -> Write:
    """Give what a mode writes; hashes and pseudonyms ask for the key."""
    if mode == "hash":
        return Hashes(context.key())
    if mode == "pseudonym":
        return Renames(context.key(), locale)
    keyless: dict[str, type[Write]] = {"tag": Tags, "mask": Masks, "remove": Nothing}
    return keyless[mode]()
