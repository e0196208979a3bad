"""Short texts as people write them, many with names, places, addresses or numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from faker import Faker

SEED = 7
_FORMS = (
    "{name} from {city} called about order {number}, wants a call back on {phone}.",
    "Spoke to {first}, the parcel was left with a neighbour at {street}.",
    "{company} has not paid the second reminder, see the mail of {email}.",
    "The delivery took much longer than we were told, but the support was kind.",
    "Please send the new card to {name}, {street}, {city} {postcode}.",
    "Room was clean and quiet, breakfast could be better, we would come again.",
    "Patient {last} reports a mild headache since Monday, follow up in two weeks.",
    "my name is {name} and i moved to {city} in march, please update my file",
    "Screen flickers after the update of item {number}, reinstalled the driver.",
    "Dear {first}, thank you for visiting us in {city}. Regards, {name}",
)


def texts(rows: int, _columns: int) -> Iterator["pa.Table"]:
    """Make a table of one column ``text``."""
    import pyarrow as pa
    from faker import Faker

    fake = Faker("en_US")
    fake.seed_instance(SEED)
    yield pa.table({"text": [_text(fake, _FORMS[i % len(_FORMS)]) for i in range(rows)]})


def _text(fake: "Faker", form: str) -> str:
    return form.format(
        name=fake.name(),
        first=fake.first_name(),
        last=fake.last_name(),
        city=fake.city(),
        street=fake.street_address(),
        postcode=fake.postcode(),
        phone=fake.phone_number(),
        email=fake.email(),
        company=fake.company(),
        number=fake.random_number(digits=6),
    )
