"""Short texts, some of which hold one piece of personal data that a pattern can tell."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from faker import Faker

SEED = 7
CHARACTERS = 70
CHUNK_ROWS = 50_000

_PROSE = (
    "the order came late again and nobody could say why it took so long this time parcel was left "
    "with a neighbour who kept it until friday customer asked for help about invoice since then "
    "second reminder went out on monday we sent new one as agreed still waiting price seems right "
    "but delivery should be faster please check whether amount is correct before closing case 3 "
    "items of 12.50 each paid in 2021 rated 4 of 5 stars twice floor 2 room 17"
)
_WORDS = tuple(_PROSE.split())
_KINDS: tuple[Callable[["Faker"], str], ...] = (
    lambda fake: f"mail {fake.email()}",
    lambda fake: f"phone {fake.numerify('(2##) 555-01##')}",
    lambda fake: f"call {fake.numerify('+49 30 #######')}",
    lambda fake: f"card {fake.credit_card_number(card_type='visa16')}",
    lambda fake: f"iban {fake.iban()}",
    lambda fake: f"ssn {fake.ssn()}",
    lambda fake: f"from {fake.ipv4_public()}",
    lambda fake: f"device {fake.mac_address()}",
    lambda fake: f"see {fake.url()}",
    lambda fake: f"passport {fake.numerify('#########')}",
    lambda fake: f"id {fake.uuid4()}",
    lambda fake: f"wallet {fake.bothify('1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2')}",
)


def texts(share: float) -> Callable[[int, int], Iterator["pa.Table"]]:
    """Make tables of one column ``text``, where ``share`` of the texts hold one."""

    def chunks(rows: int, _columns: int) -> Iterator["pa.Table"]:
        import pyarrow as pa
        from faker import Faker

        fake = Faker("en_US")
        fake.seed_instance(SEED)
        for first in range(0, rows, CHUNK_ROWS):
            size = min(CHUNK_ROWS, rows - first)
            yield pa.table({"text": [_text(fake, share) for _ in range(size)]})

    return chunks


def _text(fake: "Faker", share: float) -> str:
    random = fake.random
    held = random.choice(_KINDS)(fake) if random.random() < share else ""
    words: list[str] = []
    while sum(map(len, words)) + len(words) + len(held) < CHARACTERS:
        words.append(random.choice(_WORDS))
    words.insert(random.randint(0, len(words)), held)
    return " ".join(word for word in words if word)
