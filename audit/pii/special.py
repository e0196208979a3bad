"""Columns of a special category (GDPR, Article 9): by what they are called, and by their values.

Sex, age and nationality are personal data, and none of these.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.pii.name_words import is_called, phrases, says, words
from audit.pii.special_values import VALUES, WEAK

MOST_VALUES = 1_000
"""Different values that are looked at."""
_ENOUGH = 0.6
"""Share of the telling values from which a column is of a category."""
_FEWEST = 3
"""Different telling values without which values alone say nothing."""
_SILENT = phrases(
    "none, other, others, unknown, prefer not to say, not stated, n a, na, no answer, missing, "
    "declined, undisclosed, no, yes, null, andere, autre, otro, keine, unspecified, "
    "not applicable, refused, unsure, mixed, not specified, others unspecified"
)
_ICD = re.compile(r"[A-TV-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?")
_BLOOD = re.compile(r"(?i)(A|B|AB|O|0)\s?(\+|-|−|pos|neg|rh\+|rh-)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A special category and why a column is thought to be of it."""

    category: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Called:
    category: str
    phrases: frozenset[str]
    whole: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()

    def fits(self, name: str) -> bool:
        said = is_called(name, self.whole) or says(name, self.phrases)
        return said and self.unless.isdisjoint(words(name))


ETHNIC = "racial or ethnic origin"
POLITICS = "political opinions"
RELIGION = "religious or philosophical beliefs"
UNION = "trade union membership"
GENETIC = "genetic data"
BIOMETRIC = "biometric data"
HEALTH = "health"
SEXUAL = "sex life or sexual orientation"

_CODES = phrases("id, ids, key, url, path, time, count, num, version")

_CALLED = (
    _Called(
        category=ETHNIC,
        phrases=phrases(
            "race, races, ethnic, ethnicity, ethnie, ethnic group, ethnicgroup, hispanic, latino, "
            "rasse, raza, raca, razza, etnia, etnicidad, ethnische herkunft, origine ethnique, "
            "tribe, caste, skin color, skin colour, hautfarbe, 民族, 种族, национальность"
        ),
        unless=_CODES
        | phrases("horse, car, lap, track, winner, distance, condition, result, name, date, place"),
    ),
    _Called(
        category=RELIGION,
        phrases=phrases(
            "religion, religions, religious, relig, religious affiliation, denomination, "
            "konfession, religionszugehorigkeit, glaube, croyance, religione, religiao, geloof, "
            "religia, creed, church membership, faith, kirchensteuer, 宗教, религия"
        ),
        unless=_CODES | phrases("good, bill, coin, note, currency, banknote"),
    ),
    _Called(
        category=POLITICS,
        phrases=phrases(
            "political party, party affiliation, political affiliation, political views, "
            "political view, political opinion, political leaning, politics, voted for, "
            "vote choice, voting intention, partei, parteimitglied, parti politique, "
            "partido politico, partito politico, party membership, party registration, "
            "partisanship, ideology"
        ),
        whole=phrases("political, polviews, partyid, party id"),
        unless=phrases("count, url, path, version, category, topic, section, article"),
    ),
    _Called(
        category=UNION,
        phrases=phrases(
            "trade union, labor union, labour union, union member, union membership, "
            "gewerkschaft, gewerkschaftsmitglied, syndicat, syndique, sindicato, sindacato, "
            "unionized, unionised, member of union"
        ),
        whole=phrases("union"),
        unless=phrases("credit, name, sql"),
    ),
    _Called(
        category=SEXUAL,
        phrases=phrases(
            "sexual orientation, sexual preference, sexuality, sex life, sexual activity, "
            "lgbt, lgbtq, lgbtqia, sexuelle orientierung, orientation sexuelle, "
            "orientacion sexual, orientamento sessuale, sexual partners, "
            "number of sexual partners, gender identity history"
        ),
    ),
    _Called(
        category=GENETIC,
        phrases=phrases(
            "genetic, genetic data, genetic marker, genetic test, genotype, genotypes, dna, "
            "genome, genomic, dna sequence, allele, brca, brca 1, brca 2, mutation status, "
            "gentest, snp"
        ),
        unless=phrases("algorithm, programming, plant, crop, strain"),
    ),
    _Called(
        category=BIOMETRIC,
        phrases=phrases(
            "biometric, biometrics, fingerprint, fingerprints, fingerabdruck, empreinte digitale, "
            "huella dactilar, impronta digitale, face encoding, face embedding, faceprint, "
            "face template, iris scan, iris code, retina scan, voiceprint, voice print, "
            "palm print, gait signature, facial recognition"
        ),
        unless=phrases("device, browser, content, file, hash, ssl, tls, cert, key, enabled, ja 3"),
    ),
    _Called(
        category=HEALTH,
        phrases=phrases(
            "diagnosis, diagnoses, diagnose, diag, diag 1, diagnostic, diagnosis code, icd, "
            "icd 9, icd 10, icd 11, icd code, disease, diseases, krankheit, maladie, enfermedad, "
            "malattia, illness, medical condition, medical history, health condition, "
            "health status, health issue, gesundheitszustand, medication, medications, "
            "medikament, medicament, medicamento, farmaco, prescribed drug, drug prescribed, "
            "prescription, hiv, hiv status, blood type, blood group, bloodtype, blutgruppe, "
            "groupe sanguin, grupo sanguineo, blood pressure, bloodpressure, cholesterol, "
            "glucose, insulin, hba 1 c, a 1 cresult, bmi, disability, disabilities, disabled, "
            "behinderung, schwerbehinderung, handicap, discapacidad, deficiencia, disabilita, "
            "pregnant, pregnancy, pregnancies, schwanger, schwangerschaft, embarazo, allergy, "
            "allergies, allergie, alergia, symptom, symptoms, mental health, depression, cancer, "
            "diabetes, diabetic, heart disease, heartdisease, stroke, asthma, hypertension, "
            "tumor, tumour, chest pain, covid, covid result, vaccination, vaccinated, "
            "immunization, comorbidity, comorbidities, surgery, chronic condition, "
            "chronic disease, sick days, sick leave, krankheitstage, 诊断, 病名, 血型, диагноз"
        ),
        unless=phrases(
            "machine, error, system, fault, engine, plant, crop, leaf, economic, tax, golf, "
            "policy, cases, deaths, per, rate, id, url, mortgage, network, software"
        ),
    ),
)


def special(column_name: str, values: Sequence[str]) -> Special | None:
    """Tell whether a column is of a special category, and why.

    Parameters
    ----------
    column_name : str
        What the column is called.
    values : sequence of str
        Its different values, or a sample of them.

    Returns
    -------
    Special or None
        The category as the GDPR words it, and the reason in one sentence without a value.
    """
    by_name = next((c.category for c in _CALLED if c.fits(column_name)), None)
    if by_name is not None:
        return Special(category=by_name, reason=f"The name says that it is about {by_name}.")
    telling = _telling(values[:MOST_VALUES])
    if len(telling) < _FEWEST:
        return None
    for category, noun, test in _TESTS:
        share = test(telling)
        if share >= _ENOUGH:
            return Special(category=category, reason=f"{share:.0%} of its values are {noun}.")
    return None


def special_category(column_name: str, values: Sequence[str]) -> str | None:
    """Give the special category of a column; None where it is of none."""
    found = special(column_name, values)
    return found.category if found else None


def _telling(values: Sequence[str]) -> tuple[str, ...]:
    """Give the different values that say something; 'other' and 'unknown' do not."""
    stripped = dict.fromkeys(v.strip() for v in values if v.strip())
    return tuple(v for v in stripped if " ".join(words(v)) not in _SILENT)


def _listed(category: str) -> Callable[[tuple[str, ...]], float]:
    """Make the test whether values are words of a category, not all of them ambiguous."""

    def test(values: tuple[str, ...]) -> float:
        spoken = [" ".join(words(v)) for v in values]
        sure = sum(v in VALUES[category] for v in spoken)
        weak = sum(v in WEAK.get(category, frozenset()) for v in spoken)
        return (sure + weak) / len(spoken) if sure >= 2 else 0.0

    return test


def _icd(values: tuple[str, ...]) -> float:
    """Give the share of ICD-10 codes: many with a point, of several chapters."""
    fitting = [v for v in values if _ICD.fullmatch(v)]
    dotted = sum("." in v for v in fitting)
    if dotted < 0.2 * len(values) or len({v[0] for v in fitting}) < 3:
        return 0.0
    return len(fitting) / len(values)


def _blood(values: tuple[str, ...]) -> float:
    """Give the share of blood groups; without an O or AB they are marks of a school."""
    fitting = [v for v in values if _BLOOD.fullmatch(v)]
    if len(fitting) < 0.9 * len(values) or not any(v[0].upper() in "O0" for v in fitting):
        return 0.0
    return len(fitting) / len(values)


_TESTS: tuple[tuple[str, str, Callable[[tuple[str, ...]], float]], ...] = (
    (RELIGION, "religions", _listed("religion")),
    (SEXUAL, "sexual orientations", _listed("orientation")),
    (ETHNIC, "ethnic groups", _listed("ethnic")),
    (POLITICS, "political parties or views", _listed("politics")),
    (HEALTH, "diseases", _listed("disease")),
    (HEALTH, "medicines", _listed("medicine")),
    (HEALTH, "blood groups", _blood),
    (HEALTH, "codes of diseases (ICD-10)", _icd),
)
