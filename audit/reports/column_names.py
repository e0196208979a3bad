"""What the name of a column says: the subjects that its words stand for."""

from dataclasses import dataclass

from audit.model import Role
from audit.pii.name_words import is_called as is_called
from audit.pii.name_words import phrases as _set
from audit.pii.name_words import says as says
from audit.pii.name_words import words as words


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that columns are about, and the roles such a column has."""

    noun: str
    """As in 'named like …'."""
    roles: tuple[Role, ...]
    phrases: frozenset[str] = frozenset()
    """Found anywhere in the name."""
    whole: frozenset[str] = frozenset()
    """Only as the whole name: too common inside of others."""
    unless: frozenset[str] = frozenset()
    """Words that turn the meaning: the age of an account is not the age of a person."""
    most_distinct: int | None = None
    """More different values than this, and it is something else."""

    def fits(self, name: str) -> bool:
        """Whether ``name`` speaks of this subject."""
        if not (says(name, self.phrases) or is_called(name, self.whole)):
            return False
        return self.unless.isdisjoint(words(name))


_BOTH = (Role.SENSITIVE, Role.QUASI_IDENTIFIER)
_SENSITIVE = (Role.SENSITIVE,)
_QUASI = (Role.QUASI_IDENTIFIER,)
_DIRECT = (Role.DIRECT_IDENTIFIER,)

_THINGS = _set(
    "account, car, vehicle, building, house, property, product, company, model, machine, device, "
    "loan, policy, page, session, cache, file, stone, ice, new, average, mean, max, min"
)
_CODES = _set("id, ids, key, hash, count, num, number, url, path, version, flag, time, date")

AGE = Subject(
    noun="an age",
    roles=_BOTH,
    phrases=_set(
        "age, ages, agegroup, alter, altersgruppe, edad, idade, leeftijd, возраст, 年龄, 年齡, 年齢"
    ),
    unless=_THINGS | _set("id, date"),
)

SUBJECTS: tuple[Subject, ...] = (
    AGE,
    Subject(
        noun="a sex or gender",
        roles=_BOTH,
        phrases=_set(
            "sex, gender, geschlecht, sexe, sexo, genero, sesso, geslacht, kon, plec, пол, "
            "性别, 性別"
        ),
        unless=_CODES,
        most_distinct=100,
    ),
    Subject(
        noun="a race or ethnicity",
        roles=_BOTH,
        phrases=_set(
            "race, races, ethnic, ethnicity, ethnie, ethnic group, ethnicgroup, hispanic, latino, "
            "rasse, raza, raca, razza, etnia, etnicidad, tribe, caste, ancestry, 民族, 种族"
        ),
        unless=_CODES | _set("horse, car, lap, track, winner, distance, condition, result, name"),
        most_distinct=500,
    ),
    Subject(
        noun="a religion",
        roles=_SENSITIVE,
        phrases=_set(
            "religion, religious, relig, denomination, konfession, religione, religiao, geloof, "
            "religia, 宗教, религия"
        ),
        unless=_CODES,
        most_distinct=500,
    ),
    Subject(
        noun="a disability",
        roles=_SENSITIVE,
        phrases=_set(
            "disability, disabilities, disabled, behinderung, handicapped, discapacidad, "
            "deficiencia, disabilita, impairment"
        ),
        unless=_set("javascript, cookies, button"),
        most_distinct=500,
    ),
    Subject(
        noun="a nationality or origin",
        roles=_BOTH,
        phrases=_set(
            "nationality, nationalities, citizen, citizenship, native country, country of birth, "
            "birth country, place of birth, birthplace, birth place, foreign worker, foreigner, "
            "immigrant, immigration status, nativity, national origin, nationalitaet, "
            "nationalitat, staatsangehorigkeit, staatsangehoerigkeit, herkunftsland, nationalite, "
            "nacionalidad, nacionalidade, nazionalita, cittadinanza, nationaliteit, 国籍"
        ),
        unless=_CODES,
    ),
    Subject(
        noun="a language",
        roles=_BOTH,
        phrases=_set(
            "language, languages, mother tongue, native language, muttersprache, sprache, langue, "
            "idioma, lingua, lengua, taal, 语言"
        ),
        unless=_CODES | _set("programming, model, source, code, target, coding"),
        most_distinct=500,
    ),
    Subject(
        noun="a marital status",
        roles=_BOTH,
        phrases=_set(
            "marital, maritalstatus, civil status, marriage status, married, personal status, "
            "familienstand, etat civil, situation familiale, estado civil, stato civile, "
            "burgerlijke staat, 婚姻"
        ),
        unless=_CODES,
        most_distinct=100,
    ),
    Subject(
        noun="a sexual orientation",
        roles=_SENSITIVE,
        phrases=_set("orientation, sexual orientation, lgbt, lgbtq"),
        unless=_set("image, screen, device, page, exif, angle, phone"),
        most_distinct=50,
    ),
    Subject(
        noun="a pregnancy",
        roles=_SENSITIVE,
        phrases=_set("pregnant, pregnancy, schwangerschaft, embarazo"),
        most_distinct=50,
    ),
    Subject(
        noun="a region",
        roles=_BOTH,
        phrases=_set("region, regions, bundesland, regione, regiao, 地区"),
        unless=_CODES | _set("aws, cloud, memory, bounding, price"),
        most_distinct=1000,
    ),
    Subject(
        noun="a birth date",
        roles=(*_QUASI, Role.DATE),
        phrases=_set(
            "birth date, date of birth, birthdate, birthday, dob, birth day, geburtsdatum, "
            "geburtstag, date de naissance, fecha de nacimiento, fecha nacimiento, "
            "data de nascimento, data nascimento, data di nascita, geboortedatum, 生年月日, 出生日期"
        ),
    ),
    Subject(
        noun="a year of birth",
        roles=_QUASI,
        phrases=_set("year of birth, birth year, yob, geburtsjahr, annee de naissance"),
    ),
    Subject(
        noun="a postcode",
        roles=_QUASI,
        phrases=_set(
            "zip, zipcode, zip code, postcode, post code, postal code, postalcode, postleitzahl, "
            "plz, code postal, codigo postal, cep, postnummer, 邮编"
        ),
        unless=_set("file, archive"),
    ),
    Subject(
        noun="a place",
        roles=_QUASI,
        phrases=_set(
            "city, town, county, suburb, district, neighborhood, neighbourhood, borough, parish, "
            "municipality, commune, province, provincia, country, latitude, longitude, location, "
            "residence, stadt, wohnort, ville, pays, ciudad, pais, cidade, citta, gemeinde, "
            "landkreis, census tract, home town, hometown"
        ),
        whole=_set("state, state code, us state, home state, lat, lon, lng, ort, land"),
        unless=_set("since, owner, ownership, size, count, population, memory, id, years, months"),
    ),
    Subject(
        noun="an occupation or education",
        roles=_QUASI,
        phrases=_set(
            "occupation, job title, profession, employer, workclass, work class, education, "
            "beruf, metier, profesion, professione, ocupacion, profissao, beroep, degree, "
            "schooling, highest degree, education level"
        ),
        whole=_set("job, jobs, title, position, job category"),
        unless=_CODES - _set("num, number"),
    ),
    Subject(
        noun="a household or relationship",
        roles=_QUASI,
        phrases=_set("relationship, household size, family size, number of children"),
        unless=_set("id, type"),
    ),
    Subject(
        noun="a person's name",
        roles=_DIRECT,
        phrases=_set(
            "first name, last name, given name, family name, middle name, full name, maiden name, "
            "legal name, surname, forename, lastname, firstname, fullname, username, user name, "
            "nickname, customer name, client name, patient name, employee name, student name, "
            "applicant name, contact name, borrower name, person name, member name, vorname, "
            "nachname, familienname, prenom, nom de famille, apellido, apellidos, cognome, "
            "sobrenome, voornaam, achternaam, 姓名, 氏名, фамилия"
        ),
        whole=_set("name, names, person, nom, nombre, nome, naam, имя, fname, lname"),
        unless=_set("file, host, column, table, field, variable, model, product"),
    ),
    Subject(
        noun="an e-mail address",
        roles=_DIRECT,
        phrases=_set("email, emails, e mail, mail address, correo, courriel"),
        unless=_set("domain, verified, consent, opt, count, has, is, sent, opened, type, date"),
    ),
    Subject(
        noun="a telephone number",
        roles=_DIRECT,
        phrases=_set(
            "phone, telephone, mobile, cellphone, cell phone, fax, telefon, telefono, telefone, "
            "phone number, 电话, телефон"
        ),
        unless=_set("service, type, plan, model, brand, has, is, lines, count, usage, os, date"),
    ),
    Subject(
        noun="a number that names one person",
        roles=_DIRECT,
        phrases=_set(
            "ssn, soc sec, social security, passport, passport number, national id, tax id, nino, "
            "driver license, drivers license, driving licence, licence number, license number, "
            "license plate, iban, credit card number, card number, cc num, account number, "
            "bank account, insurance number, mrn, medical record number, steuernummer, dni, cpf, "
            "codice fiscale, aadhaar, ip address, mac address, imei, device id, user id, "
            "customer id, patient id, person id, employee id, student id, member id"
        ),
        whole=_set("ip, nif, bsn, soc"),
        unless=_set("type, has, is, flag, country, count"),
    ),
    Subject(
        noun="an address",
        roles=_DIRECT,
        phrases=_set(
            "address, addr, street, adresse, anschrift, strasse, direccion, domicilio, endereco, indirizzo, adres, 地址, 住所, адрес"
        ),
        unless=_set("type, url, web, email, mail, sesame, has, is, count, memory, number"),
    ),
    Subject(
        noun="a house number",
        roles=_QUASI,
        phrases=_set("street number, house number, hausnummer, numero civico, huisnummer"),
    ),
)

ROW_NUMBER = _set("unnamed 0, index, idx, row, row id, rowid, row number, rownum, row names")
IDENTIFIER = _set("id, ids, uuid, guid, identifier, oid, pk")
PROSE = _set(
    "note, notes, comment, comments, description, text, message, review, feedback, remark, "
    "remarks, summary, abstract, bio, biography, narrative, prompt, response, answer, question, "
    "content, body, transcript, bemerkung, kommentar, commentaire, comentario, notizen, letter"
)
DATE = _set(
    "date, dates, datum, fecha, datetime, timestamp, dob, birthday, time, day, jour, "
    "created at, updated at"
)
SPLIT = _set(
    "split, fold, folds, cv fold, partition, subset, data split, train test, is train, is test, "
    "dataset split, set"
)
WEIGHT = _set(
    "sample weight, sampling weight, survey weight, person weight, instance weight, case weight, "
    "final weight, design weight, frequency weight, observation weight, row weight, fnlwgt, "
    "perwt, pwgtp, wgt, wgtp, hhwt, pspwght, sampleweight"
)
BODY = _set("height, bmi, kg, lbs, blood, waist, pulse, calories, cholesterol, mass, length")
PREDICTION = _set(
    "prediction, predictions, predicted, pred, y pred, yhat, y hat, predicted label, "
    "predicted class, model output, model decision"
)
SCORE = _set(
    "y score, predicted probability, predicted score, pred proba, predict proba, prob pred, "
    "model score, risk score, decile score, propensity score, y prob, y proba, prediction score"
)
SCORE_WHOLE = _set("score, scores, probability, proba, prob, propensity")

LABEL_WHOLE = _set(
    "label, labels, label value, target, targets, class, outcome, outcomes, y, y true, "
    "ground truth, gold, gold label, true label, zielvariable, cible, objetivo, etiqueta, label id"
)
LABEL_DOMAIN = _set(
    "income, salary class, salary, income class, income bracket, survived, survival, approved, "
    "approval, loan status, loan approved, admitted, admission, admit, admitted status, churn, "
    "churned, exited, attrition, default, defaulted, default payment next month, fraud, is fraud, "
    "isfraud, hired, hire, two year recid, is recid, recid, recidivism, credit risk, "
    "credit, good bad, readmitted, diagnosis, accepted, decision, deposit, subscribed, passed, "
    "promoted, selected, offer, granted, won, responded, converted, clicked, spam, is spam, "
    "toxic, sentiment, result, risk, bad loan, seriousdlqin 2 yrs, serious dlqin 2 yrs"
)

ACS_CODES: dict[str, tuple[str, tuple[Role, ...]]] = {
    "AGEP": ("an age", _BOTH),
    "RAC1P": ("a race", _BOTH),
    "RAC2P": ("a race", _BOTH),
    "RAC3P": ("a race", _BOTH),
    "HISP": ("an ethnicity", _BOTH),
    "MAR": ("a marital status", _BOTH),
    "CIT": ("a citizenship", _BOTH),
    "NATIVITY": ("a nativity", _BOTH),
    "POBP": ("a place of birth", _BOTH),
    "ANC": ("an ancestry", _BOTH),
    "LANX": ("a language", _BOTH),
    "LANP": ("a language", _BOTH),
    "DIS": ("a disability", _SENSITIVE),
    "DEAR": ("a hearing disability", _SENSITIVE),
    "DEYE": ("a seeing disability", _SENSITIVE),
    "DREM": ("a cognitive disability", _SENSITIVE),
    "RELP": ("a relationship", _QUASI),
    "RELSHIPP": ("a relationship", _QUASI),
    "OCCP": ("an occupation", _QUASI),
    "COW": ("a class of worker", _QUASI),
    "SCHL": ("an education", _QUASI),
    "PUMA": ("a place", _QUASI),
    "ST": ("a place", _QUASI),
    "SERIALNO": ("a number that names one household", _DIRECT),
}
"""Codes of the American Community Survey; they count only where several stand together."""

_ACS_SURE = _set(
    "AGEP, RAC1P, SCHL, PINCP, POBP, OCCP, RELP, RELSHIPP, WKHP, COW, ESR, PWGTP, PUMA, DREM, "
    "DEYE, DEAR"
)


def is_age(name: str, names: list[str]) -> bool:
    """Whether the column ``name``, among ``names``, holds the age of people."""
    code = ACS_CODES.get(name, ("", ()))[0] if is_acs(names) else ""
    return code == AGE.noun or AGE.fits(name)


def is_acs(names: list[str]) -> bool:
    """Whether these are the columns of an American Community Survey extract."""
    return len(_ACS_SURE.intersection(names)) >= 3
