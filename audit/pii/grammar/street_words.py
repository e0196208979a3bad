"""Words that streets are called by, in many languages, in small letters and without a full stop.

Three ways of making a street's name: the word comes last (High *Street*, Petőfi *utca*), comes
first (*rue* de Rivoli, *ul.* Długa), or is grown together with the name (Schiller*straße*).
"""

from audit.pii.grammar.listed import listed

LAST: dict[str, str] = {
    "en": (
        "street streets str st road rd avenue ave av boulevard blvd lane ln highway hwy parkway "
        "pkwy turnpike expressway terrace crescent cres alley mews causeway motorway freeway"
    ),
    "hu": "utca u út útja körút körtér tér tere köz sétány sugárút fasor rakpart",
    "cs": "ulice třída náměstí nábřeží ulica námestie nábrežie trieda",
    "hr": "ulica cesta avenija trg",
    "et": "tänav tn maantee mnt puiestee pst põik",
    "lv": "iela bulvāris prospekts gatve",
    "lt": "gatvė prospektas alėja",
    "fi": "katu kuja polku bulevardi puistotie",
    "nordic": "gate gata gaten gade vej vei veien väg vägen allé alle allee plass plads gränd",
    "de": "straße strasse weg gasse platz ring damm ufer steig chaussee",
    "nl": "straat laan weg plein kade gracht singel steeg dreef",
    "ru": "улица ул проспект пр-т переулок пер бульвар шоссе площадь набережная",
    "uk": "вулиця вул провулок площа",
    "eu": "kalea enparantza etorbidea",
    "tr": "caddesi cad sokak soka\u011f\u0131 sok sk bulvar\u0131 bulv mahallesi",
    "ka": "ქუჩა ქ",
    "az": "küçəsi küç prospekti",
    "el": "οδός οδος λεωφόρος λεωφοροσ",
    "in": "marg nagar chowk salai veedhi bazar",
    "fa": "خیابان کوچه بلوار",
    "hi": "मार्ग रोड सड़क",
}
"""Words after the name that hardly ever mean something else there."""

LAST_DOUBTFUL: frozenset[str] = listed(
    "drive dr court ct place pl square sq park way walk close gardens garden grove green hill "
    "circle cir trail trl row gate wharf quay rise view path pass loop plaza bypass heights "
    "vale croft yard end ridge crossing point bend cove run bridge parade circuit esplanade "
    "landing port spur spurs cutting harbor harbour hollow inlet island isle junction key keys "
    "knoll knolls lake lakes lodge manor mill mills mission mountain orchard oval pike plain "
    "plains prairie ramp ranch rapids rest shoal shore shores spring springs stream summit "
    "throughway trace track tunnel valley viaduct village ville vista well wells cross walks "
    "route arcade walkway mount meadow meadows dale mall common fields junction drove"
)
"""English words that also end other names ('Google Drive'): they need a number before them and
something else that says address."""

FIRST: dict[str, str] = {
    "fr": (
        "rue avenue av ave boulevard bd boul blvd chemin ch place impasse allée allee allées quai "
        "route cours passage ruelle faubourg square esplanade sentier rang montée résidence"
    ),
    "es": (
        "calle c cl avenida avda av plaza pza paseo pso camino carretera ctra ronda rambla glorieta "
        "callejón travesía pasaje pje carrera cra diagonal transversal calzada calz alameda "
        "bulevar acceso cuesta cañada callejuela vial circuito continuación retorno autopista prolongación privada cerrada andador urbanización carrer avinguda "
        "plaça passeig kalea barrio"
    ),
    "pt": (
        "rua r avenida av travessa praça praca largo alameda estrada rodovia beco ladeira calçada "
        "azinhaga vila quinta viela"
    ),
    "it": (
        "via viale v.le piazza p.zza piazzale corso largo vicolo strada contrada lungotevere "
        "lungomare salita borgo rotonda calle fondamenta"
    ),
    "pl": "ulica ul aleja al aleje plac pl osiedle os",
    "cs": "ulice ul třída tř náměstí nám nábřeží nábř trieda tr námestie",
    "hr": "ulica ul trg cesta",
    "ro": "strada str aleea intrarea bulevardul bd bdul soseaua șoseaua calea drumul piața",
    "ru": "улица ул проспект пр пер переулок бульвар бул шоссе ш площадь набережная наб аллея алл",
    "uk": "вулиця вул провулок площа проспект набережна шосе узвіз",
    "mk": "улица ул булевар бул",
    "bg": "улица ул булевард бул площад",
    "el": "οδός οδος λεωφόρος λεωφ λεωφοροσ πλατεία",
    "he": "רחוב רח שדרות",
    "ms": "jalan jln jl lorong persiaran gang lebuh",
    "vi": "đường phố ngõ hẻm",
    "ar": "شارع طريق نهج زنقة",
    "hy": "փողոց պողոտա",
    "de": "straße strasse am im zum zur unter auf",
}
"""Words before the name."""

FIRST_DOUBTFUL: frozenset[str] = listed(
    "r v c ch cl al pl os tr bd cours place square passage route esplanade via corso largo strada "
    "plaza paseo camino ronda barrio diagonal transversal borgo salita vila quinta gang put trg "
    "am im zum zur unter auf place residence résidence calea carrera rang montée privada ave "
    "blvd boulevard avenue str rotonda contrada calle cesta pr pso"
)
"""Those that mean something else too: they need a number beside the name."""

SUFFIXES: dict[str, str] = {
    "de": "straße strasse gasse allee chaussee",
    "nl": "straat laan gracht singel kade steeg dreef plein steenweg",
    "da": "gade stræde vænget",
    "no": "gata gaten veien vegen",
    "sv": "gatan vägen gränd torget stigen",
    "is": "gata vegur stígur braut",
    "fi": "katu kuja polku bulevardi puistotie",
}
"""Endings of words that are streets by themselves: 'Schillerstraße', 'Prinsengracht'."""

SUFFIXES_NUMBERED: tuple[str, ...] = tuple(
    sorted(listed("str weg platz damm ufer steig vej vei veg väg ntie"))
)
"""Endings that need a number right after the word: 'Auenweg 85'."""

NOT_SUFFIXED: frozenset[str] = listed(
    "brigade renegade palisade barricade cascade decade arcade brocade blockade cavalcade "
    "masquerade facade ambuscade stockade motorcade regatta regata sonata spring springer during "
    "norwegian ipad notepad launchpad touchpad necktie bowtie sortie cutie auntie hogtie zombie hamburg edinburgh"
)
"""Words that only look so."""

NUMBERED: frozenset[str] = listed("calle carrera cl cra diagonal transversal avenida av")
"""Streets that are called by a number in parts of Latin America: 'Carrera 7 # 12-34'."""

AFTER_STREET: frozenset[str] = listed(
    "food foods style art artist artists fighter smart view journal children child party wise map "
    "maps price prices value lights light level cred credibility performance performances racing "
    "race bike bikes bicycle trip show shows test tests rage warrior warriors wear fashion dance "
    "music musician photography vendor vendors trading traders journalist work works kill runner "
    "block movie film song album band novel book theatre theater boys kings protests rally to "
    "noise cleaning dogs cats sign signs safety closure hockey soccer basketball football users "
    "machine outfitters taco tacos"
)
"""Words after 'Street', 'Road' … that make something else of it."""

BEFORE_STREET: frozenset[str] = listed(
    "hard flash usb disk thumb ssd test google gb tb mb wheel four cd dvd tape pen external food "
    "supreme district federal appeals circuit royal county crown moot tennis basketball high-court "
    "mr mrs ms miss double triple the this that a an my your our their his her its every each "
    "same main-stream side under over across dear across in on at from to of for with and or per "
    "star stars michelin mile miles km people times minutes hours days weeks years percent gigabit "
    "page pages chapter section part step level round game set match no"
)
"""Words before 'Drive', 'Court', 'Street' … that make something else of it."""

WELL_KNOWN: frozenset[str] = listed(
    "wall sesame first second third next last every main high abbey fleet bourbon silk coronation easy dirt broad down middle "
    "two-way one-way quality elm-tree mean back fury desolation jump fear memory fast penny park "
    "yellow-brick tobacco revolutionary thunder electric lovers cable rocky old new long open "
    "minor major rural urban paved unpaved private public gravel dual single residential local "
    "trunk primary secondary tertiary service access wet dry toll busy asphalt concrete "
    "country rail off on-street cross bike bicycle hitting career"
)
"""Names of streets everybody knows, or of songs and things: without a house number, nobody's."""

PARTICLES: frozenset[str] = listed(
    "de la las los le les du des do da dos das del della dello dei degli delle di d' van von der "
    "den het 't ter ten te zu zum zur am an auf im in aan op of the and y e i et und en st ste "
    "saint santa san al el bin ibn na nad pod ob os af på á og u w pri iz sous sur l'"
)
"""Small words within the name of a street or town."""

ALONE: frozenset[str] = listed(
    "street road avenue boulevard lane utca straße strasse улица проспект вулиця"
)
"""Words after a name that make a street of it even without a number."""


def all_words(by_language: dict[str, str]) -> frozenset[str]:
    """Give the words of every language together."""
    return frozenset().union(*map(listed, by_language.values()))
