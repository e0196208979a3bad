"""What columns of personal data are called, in many spellings and languages.

A name tells a kind where one of its phrases stands in the column's name, word for word, and no
word that turns the meaning: *email_opens* is a count, *file_name* no person.
"""

from audit.pii.called import Called, called, of_people
from audit.pii.column_words_numbers import NUMBERS
from audit.pii.name_words import is_called, phrases, says

_SECRETS = (
    called(
        "PASSWORD",
        "password, passwords, passwd, passphrase, kennwort, passwort, mot de passe, contrasena, "
        "senha, parola, wachtwoord, haslo, пароль, 密码, パスワード",
        whole="pwd, pass, pw, pin, pin code, user pwd",
        unless="reset, strength, policy, last, attempts, hint, forgotten, protected, required",
    ),
    called(
        "PRIVATE_KEY",
        "private key, privatekey, ssh key, rsa key, pem key, secret key pem, signing key",
        unless="id, name",
    ),
    called(
        "API_KEY",
        "api key, apikey, api keys, secret key, access key, access key id, api secret, "
        "client secret, consumer key, consumer secret, secret access key, aws key, webhook secret",
        whole="secret, secrets",
        unless="name, usage",
    ),
    called(
        "ACCESS_TOKEN",
        "access token, auth token, bearer, bearer token, jwt, jwt token, refresh token, "
        "session token, id token, oauth token, api token, csrf token, auth header",
        whole="token",
    ),
)

_CONTACT = (
    called(
        "EMAIL_ADDRESS",
        "email, emails, e mail, e mails, mail, email address, mail address, mailadresse, correo, "
        "correo electronico, courriel, correio, posta elettronica, adresse mail, адрес почты, "
        "почта, 电子邮件, 邮箱, メール, メールアドレス",
        unless="opens, opened, open, clicks, clicked, click, sent, subject, body, template, "
        "campaign, bounced, bounce, bounces, frequency, list, domain, per, text, content, "
        "subscribed, subscription, newsletter, notification, notifications, preference, "
        "marketing, server, host, port, delivery, volume, received, replies, signup, order, "
        "room, box",
    ),
    called(
        "PHONE_NUMBER",
        "phone, phones, telephone, tel, telno, mobile number, mobile no, mobile phone, cellphone, "
        "cell phone, cell number, fax, fax number, handynummer, telefon, telefonnummer, telefono, "
        "telefone, teléfono, celular, movil, cellulare, mobilnummer, rufnummer, msisdn, "
        "phone number, contact number, numero de telephone, whatsapp, 电话, 手机, 手机号, 电话号码, "
        "電話, 電話番号, телефон",
        whole="mobile, cell, handy, portable, gsm, phone 1, phone 2",
        unless="model, models, brand, plan, service, services, lines, line, usage, os, price, "
        "make, minutes, case, color, colour, app, carrier, company, id, name, screen, calls, "
        "call, duration, sales, storage, manufacturer, operator, accessories, display",
    ),
    called(
        "IP_ADDRESS",
        "ip, ips, ip address, ipaddress, ipaddr, ipv 4, ipv 6, client ip, remote addr, "
        "remote address, adresse ip, direccion ip, ip adresse",
        whole="ipv4, ipv6, srcip, dstip",
        unless="country, risk, port, protocol, rating, core, block, ttl",
    ),
    called(
        "MAC_ADDRESS",
        "mac address, macaddress, mac addr, macaddr, hw addr, hwaddr, hardware address, "
        "mac adresse, bssid, adresse mac",
        whole="mac",
    ),
    called(
        "URL",
        "profile url, profile link, linkedin, linkedin url, linkedin profile, facebook, "
        "facebook url, facebook profile, instagram, github profile, github url, twitter url, "
        "homepage, personal website, personal url, social profile, social media, xing, "
        "user url, author url",
        whole="website, web site, twitter, github, mastodon",
        unless="likes, followers, shares, ads, spend, posts, clicks",
    ),
    called(
        "USERNAME",
        "username, user name, usernames, screen name, screenname, login name, account name, "
        "benutzername, nom d utilisateur, nombre de usuario, twitter handle, instagram handle, "
        "user handle, userhandle, nickname, 用户名",
        whole="login, nick, handle, usuario, utente, benutzer, user login",
        unless="attempts",
    ),
    called(
        "DEVICE_ID",
        "device id, deviceid, imei, imsi, android id, idfa, gaid, advertising id, ad id, udid, "
        "cookie id, browser fingerprint, device fingerprint, device serial",
    ),
)

_BIRTH = (
    called(
        "DATE_OF_BIRTH",
        "birth date, date of birth, birthdate, birthday, dob, birth day, birth dt, birth dates, "
        "born on, geburtsdatum, geburtstag, geb datum, gebdat, date de naissance, "
        "date naissance, fecha de nacimiento, fecha nacimiento, fecha nac, data de nascimento, "
        "data nascimento, data di nascita, data nascita, geboortedatum, data urodzenia, "
        "fodselsdato, fodelsedatum, дата рождения, 生年月日, 出生日期",
        whole="birth, born, bday, bdate, date born, naissance, nacimiento",
    ),
)
_BIRTH_TURNS = phrases("has, is, was, count, flag, verified, missing, source, hash, hashed, masked")

_PLACES = (
    called(
        "COORDINATES",
        "latitude, longitude, lat lon, latlon, lat lng, latlng, lat long, coordinates, coords, "
        "gps, gps position, geo point, geopoint, geolocation, breitengrad, langengrad, "
        "laengengrad, latitud, longitud, koordinaten, coordonnees, gps location, gps lat, gps lon",
        whole="lat, lon, lng, long, home lat, home lon, home lng, geo, latlong",
        unless="accuracy, enabled, signal",
    ),
    called(
        "POSTCODE",
        "zip code, zipcode, postcode, post code, postal code, postalcode, postleitzahl, "
        "code postal, codigo postal, zip, plz, 邮编, 郵便番号",
        whole="cep, cap, postnummer",
        unless="file, archive, files",
    ),
    called(
        "ADDRESS",
        "address, addresses, addr, street, street address, streetaddress, address line, adresse, "
        "anschrift, strasse, straße, direccion, domicilio, calle, rue, endereco, indirizzo, adres, "
        "straat, home address, shipping address, billing address, wohnadresse, mailing address, "
        "地址, 住所, адрес",
        unless="url, web, email, mail, id, ids, ip, mac, memory, number, block, country, region, "
        "register, physical, bus, space, book, sesame, view, city, wall, smart, light, crime, "
        "contract",
    ),
    called(
        "LOCATION",
        "city, town, village, county, suburb, borough, ville, ciudad, cidade, citta, stadt, wohnort, municipality, "
        "hometown, home town, place of birth, birthplace, birth place, birth city, geburtsort, "
        "lieu de naissance, lugar de nacimiento, residence, 城市, город",
        whole="ort, place, commune, gemeinde",
        unless="id, population, code, tier, group, level, hall, bank, since, years, months, mpg, "
        "area, km",
    ),
)

_NAMES = (
    called(
        "PERSON",
        "first name, last name, given name, family name, middle name, full name, maiden name, "
        "legal name, surname, surnames, forename, lastname, firstname, fullname, middlename, "
        "givenname, vorname, vornamen, nachname, familienname, prenom, prenoms, nom de famille, "
        "apellido, apellidos, primer apellido, cognome, sobrenome, voornaam, achternaam, imie, "
        "nazwisko, fornavn, etternavn, fornamn, efternamn, имя, фамилия, 姓名, 氏名, 名前, "
        + of_people("name"),
        whole="name, names, nom, nombre, nombres, nome, naam, fname, lname, mname, person, people, "
        "author, authors, customer, client, patient, employee, contact, contact person, owner, "
        "manager, teacher, doctor, physician, student, applicant, passenger, cardholder, "
        "account holder, ansprechpartner, titulaire, reviewer, signed by, assigned to, assignee",
        unless="file, host, column, table, field, variable, model, product, id, number, company, "
        "pet, dog, ship, domain, letters, initial",
    ),
    called(
        "ORGANIZATION",
        "company, company name, organization, organisation, organization name, organisation name, "
        "employer, employer name, firma, firmenname, arbeitgeber, entreprise, empresa, azienda, "
        "employeur, societe, workplace, business name, institution, 公司",
        unless="id, car, revenue, employees, industry, sector, founded, location, year, years, "
        "benefits, code, match, contribution, cost, costs, ticker, website",
    ),
)

CALLED: tuple[Called, ...] = (
    *_SECRETS,
    *_CONTACT,
    *NUMBERS,
    *(
        Called(entity=c.entity, phrases=c.phrases, whole=c.whole, unless=_BIRTH_TURNS)
        for c in _BIRTH
    ),
    *_PLACES,
    *_NAMES,
)
"""The first that fits is the kind: a mail address is no postal one."""


def kind_of_name(column_name: str) -> str | None:
    """Give the kind of personal data that a column's name speaks of; None where of none.

    Examples
    --------
    >>> kind_of_name("e_mail"), kind_of_name("Geburtsdatum"), kind_of_name("product_name")
    ('EMAIL_ADDRESS', 'DATE_OF_BIRTH', None)
    """
    return next((c.entity for c in CALLED if c.fits(column_name)), None)


_OTHERWISE = phrases(
    "version, versions, release, build, revision, firmware, sku, isbn, ean, gtin, upc, barcode, "
    "invoice, order, article, product, part, model, serial, batch, lot, ticket, transaction, "
    "amount, price, cost, quantity, total, sum, balance, score, weight, timestamp, epoch, hash, "
    "checksum, commit, reference no, version number, artikelnummer, bestellnummer, tracking"
)


def says_otherwise(column_name: str) -> bool:
    """Whether the name speaks of something whose numbers look like personal ones: versions."""
    return kind_of_name(column_name) is None and says(column_name, _OTHERWISE)


def is_plain(column_name: str) -> bool:
    """Whether the name tells its kind by a word that is common elsewhere: 'name', 'place'."""
    found = next((c for c in CALLED if c.fits(column_name)), None)
    return found is not None and is_called(column_name, found.whole)


SPECIFIC = {
    "PASSPORT": ("PASSPORT",),
    "DRIVER_LICENSE": ("DRIVER_LICENSE", "DRIVING_LICENCE", "DE_FUEHRERSCHEIN"),
    "LICENSE_PLATE": ("LICENSE_PLATE", "VEHICLE_REGISTRATION", "DE_KFZ"),
    "BANK_ACCOUNT": ("US_BANK_NUMBER", "IBAN_CODE"),
    "TAX_ID": (
        *("US_ITIN", "US_SSN", "US_PROVIDER_TAX_ID", "AU_TFN", "DE_TAX_ID", "DE_TAX_NUMBER"),
        *("IT_FISCAL_CODE", "ES_NIF", "IN_PAN", "PH_TIN", "ZA_INCOME_TAX_NUMBER"),
    ),
    "HEALTH_ID": (
        *("UK_NHS", "US_MBI", "US_HEALTH_INSURANCE_MEMBER_ID", "AU_MEDICARE"),
        *("DE_HEALTH_INSURANCE", "DE_SOCIAL_SECURITY", "CA_SIN"),
    ),
    "NATIONAL_ID": (
        *("US_SSN", "UK_NINO", "DE_ID_CARD", "ES_NIF", "ES_NIE", "FI_PERSONAL_IDENTITY_CODE"),
        *("IN_AADHAAR", "IT_IDENTITY_CARD", "IT_FISCAL_CODE", "KR_RRN", "KR_FRN", "NG_NIN"),
        *("PH_UMID", "PL_PESEL", "SE_PERSONNUMMER", "SG_NRIC_FIN", "TH_TNIN", "TR_NATIONAL_ID"),
        *("ZA_ID_NUMBER", "CA_SIN"),
    ),
    "ACCESS_TOKEN": ("API_KEY",),
    "API_KEY": ("ACCESS_TOKEN", "PRIVATE_KEY", "PASSWORD"),
    "PRIVATE_KEY": ("API_KEY",),
    "PERSON_ID": ("UUID",),
    "DEVICE_ID": ("UUID", "MAC_ADDRESS"),
    "DATE_OF_BIRTH": ("DATE_TIME",),
    "URL": ("DOMAIN_NAME",),
    "POSTCODE": ("UK_POSTCODE", "CA_POSTAL_CODE", "DE_PLZ"),
    "ADDRESS": ("LOCATION",),
    "LOCATION": ("ADDRESS",),
}
"""Kinds of values, by the ends of their ids, that a name of a more general kind agrees with."""


def agrees(said: str | None, entity: str) -> bool:
    """Whether values of the kind ``entity`` are what a name of the kind ``said`` leads one to."""
    if said is None:
        return False
    return entity == said or entity.endswith(SPECIFIC.get(said, ("\0",)))
