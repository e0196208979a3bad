"""What a column holds: generated identifiers get their kind, harmless columns are nobody's."""

import pytest

from audit.pii.catalogue import ENTITIES
from audit.pii.check_digits import check_digit
from audit.pii.column_words import CALLED
from audit.pii.columns import (
    Evidence,
    Seen,
    evidence,
    held_by_names,
    judge_column,
    kind_of_name,
    reads,
)
from audit.pii.options import ScanOptions
from audit.pii.scanner import Scanner
from audit.pii.special import special, special_category
from audit.pii.values import Hit, Scanned
from tests.pii.trial_columns import harmless, identifiers


@pytest.fixture(scope="session")
def column_scanner():
    with Scanner(ScanOptions(), workers=1) as scanner:
        yield scanner


def scan(scanner, trial):
    """Scan in the report's way: names are looked for where a column reads as prose or names."""
    if trial.type == "DATE":
        return Scanned(hits=((),) * len(trial.values))
    names = reads(trial.values, trial.type) in ("prose", "names")
    return scanner.scan(trial.values, names=names)


def judged(trial, scanned, name):
    return judge_column(evidence(name, trial.type, trial.values, scanned))


def assert_trial(scanner, seed):
    for trial in identifiers(seed):
        verdict = judged(trial, scan(scanner, trial), trial.name)
        assert verdict.holds == "identifiers", (seed, trial.name, verdict)
        assert verdict.entity in trial.kinds, (seed, trial.name, verdict)
    for trial in harmless(seed):
        scanned = scan(scanner, trial)
        for name in (trial.name, "col_x"):
            verdict = judged(trial, scanned, name)
            assert verdict.holds == "none", (seed, trial.name, name, verdict)


@pytest.mark.slow
def test_harmless_columns_are_nobodys_under_a_name_that_says_nothing(column_scanner):
    for trial in harmless(20, 30):
        verdict = judged(trial, scan(column_scanner, trial), "col_x")
        assert verdict.holds == "none", (trial.name, verdict)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(21, 31))
def test_trial_tables_of_other_seeds(column_scanner, seed):
    assert_trial(column_scanner, seed)


def test_a_verdict_says_why_without_a_value(column_scanner):
    for trial in identifiers(20, 30):
        verdict = judged(trial, scan(column_scanner, trial), trial.name)
        said = " ".join(verdict.reasons)
        assert verdict.reasons
        assert 0.5 <= verdict.score <= 1
        assert not any(value in said for value in trial.values if len(value) > 3)


# Made evidence


def known(name="col", *seen, reads="codes", **more):
    return Evidence(name=name, values=100, scanned=100, reads=reads, seen=seen, **more)


def seen(entity, values=100, whole=None, validated=0, score=0.8, **more):
    whole = values if whole is None else whole
    return Seen(entity=entity, values=values, whole=whole, validated=validated, score=score, **more)


def test_random_numbers_that_pass_a_check_by_chance_are_nobodys():
    """One in eleven random numbers of ten digits is a valid NHS number."""
    verdict = judge_column(known("reference", seen("UK_NHS", 9, validated=9), reads="numbers"))
    assert verdict.holds == "none"
    assert "9% of the values could be of the kind" in verdict.reasons[0]


def test_numbers_that_nearly_all_pass_are_what_the_check_says():
    verdict = judge_column(known("col", seen("UK_NHS", validated=99), reads="numbers"))
    assert (verdict.holds, verdict.entity) == ("identifiers", "UK_NHS")


def test_where_every_third_number_fails_the_check_the_column_is_not_of_that_kind():
    verdict = judge_column(known("col", seen("UK_NHS", 66, validated=66), reads="numbers"))
    assert verdict.holds == "some"


@pytest.mark.parametrize("kind", ["UUID", "URL", "DATE_TIME"])
def test_links_dates_and_uuids_are_nobodys_by_themselves(kind):
    assert judge_column(known("col", seen(kind))).holds == "none"
    assert judge_column(known("note", seen(kind, 20, whole=0), reads="prose")).holds == "none"


def test_uuids_under_a_persons_name_are_that_persons():
    assert judge_column(known("user_id", seen("UUID"), fitting=1.0)).entity == "PERSON_ID"


def test_a_guess_is_borne_out_by_the_name_alone():
    guess = seen("US_PASSPORT", score=0.1)
    assert judge_column(known("col_7", guess, reads="numbers")).holds == "none"
    verdict = judge_column(known("passport_no", guess, reads="numbers"))
    assert (verdict.holds, verdict.entity) == ("identifiers", "PASSPORT")


def test_name_and_values_together_are_surer_than_either():
    both = judge_column(known("email", seen("EMAIL_ADDRESS")))
    values = judge_column(known("col", seen("EMAIL_ADDRESS")))
    name = judge_column(known("user_name", fitting=1.0))
    assert both.score > values.score > name.score


def test_a_column_called_email_without_any_is_none_and_says_so():
    verdict = judge_column(known("email", reads="words"))
    assert verdict.holds == "none"
    assert "The name says 'e-mail address'" in verdict.reasons[0]


def test_a_column_that_holds_another_kind_than_its_name_says_is_of_that_kind():
    verdict = judge_column(known("phone", seen("EMAIL_ADDRESS", validated=100)))
    assert verdict.entity == "EMAIL_ADDRESS"
    assert "do not bear that out" in verdict.reasons[-1]


def test_two_kinds_in_one_column_make_some():
    verdict = judge_column(known("contact", seen("EMAIL_ADDRESS", 45), seen("PHONE_NUMBER", 40)))
    assert (verdict.holds, verdict.entity) == ("some", None)


def test_free_text_with_a_few_numbers_is_text():
    verdict = judge_column(known("note", seen("PHONE_NUMBER", 3, whole=0), reads="prose"))
    assert verdict.holds == "text"
    assert "phone number: 3%" in verdict.reasons[0]


def test_sentences_about_cards_are_text_and_no_column_of_cards():
    card = seen("CREDIT_CARD", 98, whole=0, validated=98, score=1.0)
    for name in ("content", "credit_card"):
        assert judge_column(known(name, card, reads="prose")).holds == "text"
        assert judge_column(known("content", card, reads="words")).holds == "some"
    whole = seen("CREDIT_CARD", 98, validated=98, score=1.0)
    assert judge_column(known("content", whole, reads="numbers")).holds == "identifiers"


def test_what_many_different_values_but_few_rows_hold_is_not_what_a_column_is_made_of():
    card = {"entity": "CREDIT_CARD", "values": 98, "validated": 98, "score": 1.0}
    assert judge_column(known("content", seen(**card, rows=0.6))).holds == "identifiers"
    verdict = judge_column(known("content", seen(**card, rows=0.05)))
    assert (verdict.holds, verdict.entity) == ("some", None)
    assert "98% of the different values, 5.0% of the rows" in verdict.reasons[0]
    # Nor are hits of a check digit by chance, which are few by values as well.
    chance = known("col", seen("UK_NHS", 9, validated=9, rows=0.09), check="UK_NHS")
    assert judge_column(chance).entity == "UK_NHS"


@pytest.mark.parametrize("kind", ["URL", "ORGANIZATION", "LOCATION", "PERSON"])
def test_what_does_not_count_is_said_without_speaking_of_check_digits(kind):
    verdict = judge_column(known("col", seen(kind, 10, whole=0), reads="prose"))
    assert verdict.holds == "none"
    assert len(verdict.reasons) == 1
    assert "10% of the values" in verdict.reasons[0]
    assert "check digit" not in verdict.reasons[0]


def test_names_in_free_text_count_where_lists_know_them():
    model = seen("PERSON", 20, whole=0)
    assert judge_column(known("note", model, reads="prose")).holds == "none"
    listed = seen("PERSON", 20, whole=0, listed=15)
    assert judge_column(known("note", listed, reads="prose")).holds == "text"


def test_towns_that_are_names_as_well_are_towns():
    towns = "Berlin Paris London Madrid Rome Vienna Chicago Houston Dallas Tokyo Munich".split()  # noqa: SIM905
    made = evidence("col", "VARCHAR", towns, Scanned(hits=((),) * len(towns)))
    assert judge_column(made).entity == "LOCATION"


def test_versions_are_no_ip_addresses():
    four = seen("IP_ADDRESS", score=0.6)
    assert judge_column(known("app_version", four)).holds != "identifiers"
    assert judge_column(known("col", four)).entity == "IP_ADDRESS"


def test_what_was_not_scanned_is_unknown_and_not_clean():
    scanned = Scanned(hits=((), ()), timed_out=(0, 1))
    assert judge_column(evidence("col", "VARCHAR", ["aaa", "bbb"], scanned)).holds == "unknown"


def test_a_column_without_values_holds_none():
    assert (
        judge_column(evidence("email", "VARCHAR", ["", " "], Scanned(hits=((), ())))).holds
        == "none"
    )


def test_evidence_counts_values_and_leaves_out_those_that_took_too_long():
    whole = Hit(entity="PHONE_NUMBER", start=0, end=8, score=0.6, recognizer="r", validated=True)
    within = Hit(entity="PHONE_NUMBER", start=5, end=13, score=0.4, recognizer="r")
    values = ["555-0123", "call 555-0123 now", "never seen", ""]
    made = evidence(
        "col", "VARCHAR", values, Scanned(hits=((whole,), (within,), (), ()), timed_out=(2,))
    )
    assert (made.values, made.scanned) == (3, 2)
    assert made.seen == (seen("PHONE_NUMBER", 2, whole=1, validated=1, score=0.5),)


def test_isbn_are_no_phone_numbers():
    """Check digits of ISO 2108, from its examples."""
    values = ["978-0-306-40615-7", "978-3-16-148410-0", "979-10-90636-07-1"] * 3
    made = evidence("col", "VARCHAR", values, Scanned(hits=((_hit("PHONE_NUMBER", 17),),) * 9))
    assert judge_column(made).holds == "none"


def _hit(entity, end):
    return Hit(entity=entity, start=0, end=end, score=0.6, recognizer="r")


def test_check_digits_of_a_column():
    """NHS numbers of the NHS data dictionary's kind; card numbers that issuers give for tests."""
    cards = ["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"]
    assert check_digit(cards * 2) == "CREDIT_CARD"
    assert check_digit(["9434765919", "9434765870"] * 4) == "UK_NHS"
    assert check_digit(["9434765919", "9434765871"] * 4) == ""
    assert check_digit(cards) == ""


# Names of columns

KINDS = {
    "EMAIL_ADDRESS": "email e_mail E-Mail mail courriel correo user_email emailAddress EMAIL2",
    "PHONE_NUMBER": "phone tel mobile handy phoneNumber telefono cell_phone fax Telefonnummer",
    "US_SSN": "ssn social_security_number SSN soc_sec_id",
    "NATIONAL_ID": "nin national_id dni cpf personalausweis",
    "UK_NINO": "nino ni_number",
    "IBAN_CODE": "iban IBAN customer_iban",
    "CREDIT_CARD": "card_number creditCard cc_num Kreditkartennummer",
    "IP_ADDRESS": "ip ip_address client_ip ipv4 RemoteAddr",
    "MAC_ADDRESS": "mac mac_address",
    "PASSPORT": "passport passport_no Reisepass numero_de_passeport",
    "DRIVER_LICENSE": "driving_licence drivers_license license_number Führerschein",
    "DATE_OF_BIRTH": "birth_date dob BirthDate Geburtsdatum fecha_nacimiento",
    "PERSON": "first_name lastName surname vorname full_name FULLNAME name customer_name prénom",
    "ADDRESS": "address street home_address Straße direccion address_line_1 indirizzo",
    "LOCATION": "city Wohnort ville birth_place",
    "POSTCODE": "zip zip_code PLZ postcode",
    "COORDINATES": "lat lon latitude gps_coordinates",
    "API_KEY": "api_key apiKey secret_access_key",
    "PASSWORD": "password user_password pwd contraseña",
    "ACCESS_TOKEN": "token access_token jwt",
    "USERNAME": "username user_name login",
    "PERSON_ID": "user_id customerId patient_id",
    "UK_NHS": "nhs_number",
}
OTHERS = (
    "product_name file_name company_size email_opens phone_model address_id token_count tokens "
    "email_verified_at name_length ip_count chip trip ship capital birth_rate event_name card_type "
    "state status city_population order_id description price mac_os machine_id url image_url "
    "page_name column_name zip_file is_email phone_plan country date title street_view mailing "
    "password_changed_at is_active latency platform relation clone pinned email_domain"
)


@pytest.mark.parametrize(("kind", "names"), KINDS.items())
def test_names_of_columns_tell_their_kind(kind, names):
    assert {name: kind_of_name(name) for name in names.split()} == dict.fromkeys(
        names.split(), kind
    )


@pytest.mark.parametrize("name", OTHERS.split())
def test_other_names_tell_none(name):
    assert kind_of_name(name) is None


def test_every_kind_that_a_name_tells_is_in_the_catalogue():
    assert {c.entity for c in CALLED} <= ENTITIES.keys()


def test_column_names_that_are_personal_themselves(column_scanner):
    names = ["id", "jane.doe@example.com", "Anna Kowalski", "Credit Card", "email", "Paris", "2024"]
    found = held_by_names(names, lambda texts: column_scanner.scan(texts, names=True))
    assert found == (("jane.doe@example.com", "EMAIL_ADDRESS"), ("Anna Kowalski", "PERSON"))


# Special categories

SPECIAL = {
    "religious or philosophical beliefs": "religion Konfession religious_affiliation",
    "political opinions": "political_party party_affiliation voted_for",
    "trade union membership": "union_member trade_union Gewerkschaft",
    "racial or ethnic origin": "race ethnicity Ethnie skin_color",
    "sex life or sexual orientation": "sexual_orientation sexuality",
    "health": "diagnosis icd10 icd10_code medication disease hiv_status blood_type BMI diabetes",
    "genetic data": "genotype dna_sequence brca1",
    "biometric data": "fingerprint face_embedding iris_scan",
}


@pytest.mark.parametrize(("category", "names"), SPECIAL.items())
def test_names_tell_special_categories(category, names):
    for name in names.split():
        assert special_category(name, ()) == category, name


OF_NONE = (
    "sex gender age nationality income horse_race race_time credit_union device_fingerprint party "
    "orientation screen_orientation union_id color disease_rate good_faith"
)


@pytest.mark.parametrize("name", OF_NONE.split())
def test_other_columns_are_of_none(name):
    assert special_category(name, ()) is None


@pytest.mark.parametrize(
    ("values", "category"),
    [
        (["Christian", "Muslim", "Hindu", "None", "Other"], "religious or philosophical beliefs"),
        (["White", "Black", "Asian-Pac-Islander", "Amer-Indian-Eskimo"], "racial or ethnic origin"),
        (["E11.9", "I10", "J45.909", "F32.1"], "health"),
        (["A+", "O-", "AB+", "B-"], "health"),
        (["Metformin", "Lisinopril", "Ibuprofen", "Aspirin"], "health"),
        (["Diabetes", "Asthma", "Hypertension"], "health"),
        (["Democrat", "Republican", "Independent"], "political opinions"),
        (["straight", "gay", "bisexual"], "sex life or sexual orientation"),
        (["white", "black", "red", "blue"], None),
        (["A+", "A-", "B+", "B-", "C", "D"], None),
        (["A12", "B33", "C01", "D99"], None),
        (["male", "female", "other"], None),
        (["left", "right", "center"], None),
        ([], None),
    ],
)
def test_values_tell_special_categories(values, category):
    found = special("col_7", values)
    assert (found and found.category) == category
    assert found is None or not any(v in found.reason for v in values)
