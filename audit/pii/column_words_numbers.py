"""What columns of numbers that offices, banks and shops give to people are called."""

from audit.pii.called import called, of_people

NUMBERS = (
    called(
        "CREDIT_CARD",
        "credit card, creditcard, card number, cardnumber, card no, card num, cc number, "
        "cc num, cc no, ccnum, debit card, kreditkarte, kreditkartennummer, kartennummer, "
        "carte bancaire, numero de carte, tarjeta, numero de tarjeta, cartao de credito, "
        "carta di credito",
        whole="ccn, pan, cc, card",
        unless="brand, balance, network, utilization, debt, default, name, holder, id, product, "
        "payment, payments, present, issuer, bank, offers, bill, fee, spend, usage",
    ),
    called("IBAN_CODE", "iban, ibans, iban code, iban number", unless="country"),
    called(
        "US_SSN",
        "ssn, ssns, social security, social security number, social security no, soc sec, "
        "socsec, social sec, social sec no, ss number",
        unless="benefit, benefits, income, tax, payment, payments, contribution",
    ),
    called("US_ITIN", "itin"),
    called("UK_NINO", "nino, ni number, national insurance, national insurance number, ni no"),
    called("UK_NHS", "nhs number, nhs no, nhs num, nhs id", whole="nhs"),
    called(
        "MEDICAL_LICENSE",
        "medical license, medical licence, medical license number, dea number, dea no, dea cert, "
        "dea license, physician license",
        whole="dea",
    ),
    called("US_NPI", "npi, npi number"),
    called("IN_AADHAAR", "aadhaar, aadhar, aadhaar number, aadhar no"),
    called("PL_PESEL", "pesel"),
    called("IT_FISCAL_CODE", "codice fiscale, fiscal code"),
    called("SE_PERSONNUMMER", "personnummer"),
    called("CA_SIN", "social insurance number, sin number"),
    called("AU_TFN", "tax file number, tfn"),
    called(
        "PASSPORT",
        "passport, passports, passport number, passport no, reisepass, reisepassnummer, "
        "passeport, numero de passeport, pasaporte, passaporto, passaporte, paspoort, "
        "paspoortnummer, pass nr, passnummer, 护照, 护照号, паспорт",
        unless="country, issue, issuing, issuer, authority, photo, stamp, check",
    ),
    called(
        "DRIVER_LICENSE",
        "driver license, drivers license, driver s license, driver licence, drivers licence, "
        "driving licence, driving license, driver lic, dl number, dl no, fuhrerschein, "
        "fuehrerschein, fuhrerscheinnummer, permis de conduire, licencia de conducir, "
        "patente di guida, rijbewijs, licence number, license number, license no, licence no",
        whole="dln, patente, permis, license num",
        unless="country, points, software, key, product, business, years, liquor",
    ),
    called(
        "LICENSE_PLATE",
        "license plate, licence plate, number plate, plate number, plate no, kennzeichen, "
        "kfz kennzeichen, plaque d immatriculation, targa, vehicle registration, matricula coche",
    ),
    called(
        "BANK_ACCOUNT",
        "bank account, bank account number, account number, account no, acct number, acct no, "
        "accountnumber, bank acct, kontonummer, konto nr, numero de compte, numero de cuenta, "
        "cuenta bancaria, bban, rekeningnummer, conto corrente",
        unless="balance, name, currency, bank",
    ),
    called(
        "TAX_ID",
        "tax id, taxid, tax number, tax no, taxpayer id, tax payer id, steuernummer, steuer id, "
        "steueridentifikationsnummer, numero fiscal, numero fiscale, tax identification number",
        whole="tin",
    ),
    called(
        "HEALTH_ID",
        "mrn, medical record number, medical record no, medical record, health insurance number, "
        "health card, insurance number, krankenversicherungsnummer, versichertennummer, "
        "numero de securite sociale, medicare number, medicaid number, health id, medicare id",
    ),
    called(
        "NATIONAL_ID",
        "national id, national id number, nationalid, national number, national identity, id card, "
        "id card number, identity card, identity number, identity document, citizen id, "
        "government id, personalausweis, ausweisnummer, carte d identite, cedula, curp, cpf, "
        "rijksregisternummer, burgerservicenummer, documento de identidad, carta d identita, "
        "身份证, 身份证号, マイナンバー",
        whole="nin, nid, dni, nie, nif, bsn, rut, egn, jmbg, cnp, oib, nric, hkid, insee, nir",
        unless="country, front, back, photo",
    ),
    called(
        "PERSON_ID",
        of_people("id") + ", " + of_people("number") + ", " + of_people("no") + ", "
        "userid, customerid, patientid, employeeid, studentid, memberid, subject id, "
        "kundennummer, kunden nr, personalnummer, matrikelnummer, mitarbeiternummer, staff id, "
        "numero de cliente, id cliente, user uuid, customer uuid, user guid, patient uuid",
        unless="agent id",
    ),
    called(
        "CRYPTO",
        "bitcoin address, btc address, wallet address, crypto address, ethereum address, "
        "eth address, bitcoin wallet, crypto wallet, btc wallet",
        whole="wallet, bitcoin",
    ),
)
