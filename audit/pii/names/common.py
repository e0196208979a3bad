"""Words that stand in a list of names or places and are ordinary English words as well.

Alone they name nobody, capital letter or not: 'Will', 'May', 'Reading' at the start of a sentence
is mostly the word. Beside a name, a title or a cue they count as the name they can be. They were
chosen from what the lists share with a dictionary's verbs and adjectives, with its nouns where
texts write them in small letters, and with the names of days, months, languages and peoples.
"""

_WORDS = """
a abate abbott abed abkhazian about above account ace across add address admin afar african
afrikaans after afterwards again against agar agent ah akan al ala alabaster alas albanian album
ale algonquin all allah alliance ally almond almost alone along alpha already alright also
although alto always am amat amble american amet amharic amin among amongst amount an and ane
anele angel angelic ann annex anon another ans answer ante any anyhow anyone anything anyway
anywhere apple apr april apt arabic arch archer arco are ares armenian around art arts aryan as
asian asks asp assamese astride at atlas auburn aug august aunt aura author autumn ave avenue
avestan azerbaijani baa baby bach back badger bail bake baker bald bale ball ban band bank banks
banning bar barbate barber bare baron bass bath bay be bean bear beard beat became because
become becomes becoming bee been beer before beforehand behind being belarusian bell below bend
bengali bent berry beside besides best beta between beyond big bilge bill binder binner bins bir
birch bird bishop bite black blanch blank blaze blessing block blossom blot bode bogey bond
bones bonnet bonny boo book boom boon bore bos bosnian boss bot both bots bottom boulder
bountiful bourgeois bow box boy brain branch bravo bray bridge bridges bright brim british brook
brother brown brunet brusque buck bud buddha buffalo bulgarian bull bunk burger burke burl
burmese burr bury bush but butcher butler butterfly buy by bye ca caddie cadence call can canal
candy cannon cannot canny cant canton cap captain car card cares carmine carpenter carrier carry
case cases cash catalan ceil centennial central chambers champ chance chancy chapter char
charity chase cheb chechen cheers cherish cherry chi child chin chinese chip christ christen
christian christmas church cinnamon city class clay clear cleave client cline close code college
colon comal come comfort comment company con concord conda conn constant converse convey cook
cooper cop coral cord cork cornish coro corr corral could council country court cousin cox coy
crane craven croatian cross cruise crystal curry customer czech dag dam danish dare darling das
dash data date daughter dawn day days deal dean dear debar dec december deep del delta
department destiny dev devil diamond dickey did din ding discipline diver divine do doc dock
doctor doe does doing don done dong dot dotty dour dower down drew drive drop drub drum du dub
due duke during dusty dutch each eagle earl early earnest earth east easter eastern ebb ebony
echo eddy edit eight either el elder eleven ell else elsewhere email emit emoji empty ene
english enough episode era erode essen essence estonian eta ether european even ever evergreen
every everyone everything everywhere example except extrema fac fair fairy faith fall fan fancy
farmer fate father fawn fax feb february fed federal fee feline fern ferny ferry few field
fields fifteen fifty figure fijian filar file film fink finnish first fisher fit five fleck
fleet flint flood floor flora florentine flowers fo font foot for ford forest forget former
formerly forty forum foster four fox foy frank freely french fresh fri friday friend frisk from
front frost fry full funk further gaelic gage gala gamble game gang gap gardener garland garner
garrison gates gauge gay gee gene general geo georgian german get girl give glass glasses go god
goes golden gong good gore gorge goto governor grab grace grand grant gravel gray great greek
green greet grey grill grit gross group grunt gu guard gull gun gust gut guy hacker had haitian
hale halloween ham hammer han hand handler handy harden hardy hare harm harmony harrow harsh has
hasty have hay he hearty heaven hebrew held hell hello helm help hem hemal hence henna her herb
herd here hereafter hereby herein hereupon hers herself hey hi highland hill him himself hind
hindi his ho hobbit holder holiday holler homestead hood hook hoop hope horn hour house how
however hub huet hug hull humble hundred hungarian hunt hunter hurricane hurt i iban icelandic
icy if immaculate imperial in indeed independence indian indie indonesian inf innocent input
internet into irish is isa it italian item items its itself jack jail jain jam jan january
japanese java javan javanese jesus jet jewel jingling job joke journey joy judge jug jul july
jun june junior junk jupiter just justice keep kern key keys kick killer kind kindle king kink
kip kiss kit knight ko korean ku kurdish lacy lady lam lamb lament lance lander lane lang lao
largo lark last latin latter latterly latvian lavender law lawless lawyer laze le leach leafy
leal lean least lede leech leer lemma lemon len lend lens less levy lex li liberal liberty lie
lies line link list lithuanian little lo loan lone long loot lop lope lord lore lot love low
lower loyal lucid lucky luna lung lynch lyric ma macedonian macho mad madam madden made madrigal
magenta magyar mail major make malay male maltese mambo man manage manly manx many map mar march
marine mark marks marry mars marshal martial marvel mason master mat mate mater math maverick
max maxi maxima may mayor mayoral me meanwhile media mell melody men mentor merchant mercury
mercy meridian merrily merry meta metal midland midway might mile miles miller min mine minor
minute miss mission mist mister misty mo moan mobile model mon monday mongol mongolian month
moody moon moor more moreover moss most mostly mother mountain move movie mu much muslim must my
myself nail name namely nan nary natal nazi nee neither nepali never nevertheless new next ni
nice nickel nil nine ninja no noble nobody none noone nor normal north northern norwegian not
note notes nothing nout nov novel november now nowhere nul number oak och oct october od odd
odds ode of off office officer often oh ok okay old olivine olympic omani on once one only onto
opportunity or oral orange order other others otherwise our ours ourselves out output over
overland owe own pa pace page pages painter pal palatine pall palm pan pant para paradise
paramount pare parent pareto parisian park parks parley parole parry part parts paschal pat
patience paw peace pearl pearly peck peer pen penny pent people pepper per perhaps perm persian
person petty philippine phoenix phone pi pierce pin ping pink pio plank pleasant please plum
plunge pluto pock pole police polish pollard pop pope porta porter portuguese post potter pout
power powers precious press price prima prince princess problem proctor professor prosper pu
purity purl put pyc python queen question quite rafter raid rain ram ransom rather ravel raven
ray re read reader reading real really reason red redden refs regarding regards rein renders
repo reservoir result results retreat revere rex rho rice rich riddle ridge rim ring rivers
roach road roan roar rock rocky rod roll roman romanian romansh room roots rose rosin rosy rouge
rout royal ruddy rush russian rust rusty rut sable sad safari saga sage said saint sake sale
sales salmon salt samba same samoan sands sandy sane sardinian sass sat saturday saturn savage
say scarlet se season section see seem seemed seeming seems sellers sem semi senator sens sep
sept september serbian serenity series serious server service set seven sever several shade
shaping sharp she shepherd shine short should show side sig silk silvan silver sim since sincere
sincerely sine sing singer singleton sinhala sip sir sire sister six sixty skip skive sky slough
slovenian small smart snow so sol solar sole solution som somali some somehow someone something
sometime sometimes somewhere son song soon soprano south southern spanish split spring square
squire ssn stack star stark state steed steer step sterling stern steward still stock stoke
stone stonewall storm stormy story stout stow strand street strong such sue suite sulphur summer
summit sun sunday sunder sunny sunrise sunset superior supple support surprise sus swazi swedish
swift sylvan sys tab table tack tad tahitian tai tailor take tale tales tame tamil tan tank task
tawny tax tea team temple ten ternate terrace test thai than thanks that the their them
themselves then thence there thereafter thereby therefore therein thereupon these theta they
third this those though three through throughout thru thu thursday thus ti tibetan ties tilde
till time ting tiny tire to today together tone too top topic torrent total toward towards toy
trace treasure true tucker tudor tue tuesday turkish turkmen tusk twelve twenty two ty type tyre
ukrainian uma un uncle under unicode union unique unit university unknown unless unnamed until
up upland upon upper uptown urban us used user users using vain val valid vals value values van
various veer velvet venus ver vernal versa very vi via vial victory vietnamese visa wa wade wage
wall walls wan ward ware warrior was wash waters way we web webby wed wedding wedel wednesday
week weeks welch welcome well welsh welter were west westerly western what whatever when whence
whenever where whereafter whereas whereby wherein whereupon wherever whether which while white
whitespace whither who whoever whole whom whose why wild will willow windows windy wing winter
wisdom wise with within without witting wolf woman women wood woods woody worth would xu yaw ye
year yen yes yet yi yoga you young your yours yourself yourselves zeta zip
"""
COMMON = frozenset(_WORDS.split())
