"""The words that streets, crossings and landmarks are written with: the tables of the place grammar."""

from __future__ import annotations

from nlu.place_words import words_of as words_of


def _spellings(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in (name, *words.split())}


SUFFIXES = _spellings(
    {
        "street": "st str strt streets sts",
        "avenue": "ave av aven avenues aves avn",
        "road": "rd roads rds",
        "drive": "dr drv drives",
        "boulevard": "blvd boul blv",
        "lane": "ln lanes",
        "court": "ct crt courts",
        "place": "pl places",
        "terrace": "ter terr",
        "circle": "cir circ",
        "parkway": "pkwy pky pkway",
        "highway": "hwy hiway",
        "square": "sq",
        "way": "wy",
        "alley": "aly",
        "expressway": "expy",
        "turnpike": "tpke pike",
        "trail": "trl",
        "crescent": "cres",
        "close": "",
        "gardens": "gdns",
        "grove": "",
        "mews": "",
        "row": "",
        "walk": "",
        "loop": "",
        "path": "",
        "plaza": "plz",
        "extension": "ext",
        "heights": "hts",
        "connector": "",
    }
)
PLURALS = words_of("streets sts avenues aves roads rds drives lanes courts places")
# These nearly always follow a name; the others are everyday words as well and need a capital or a number.
SURE_SUFFIXES = words_of("street avenue boulevard parkway terrace turnpike road drive lane")
LONG_SUFFIXES = ("street", "avenue", "boulevard", "terrace", "parkway")  # misspelt often enough to look for
ROUTES = words_of("route rt rte highway hwy interstate us sr cr state-route")

DIRECTIONS = _spellings(
    {
        "north": "n",
        "south": "s",
        "east": "e",
        "west": "w",
        "northeast": "ne",
        "northwest": "nw",
        "southeast": "se",
        "southwest": "sw",
    }
)
BOUND = words_of("northbound southbound eastbound westbound nb sb eb wb")

ORDINALS = {
    word: f"{number}{'th' if number > 3 else ('st', 'nd', 'rd')[number - 1]}"
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905, start=1
    )
}
# "the 3rd time", "2nd floor", "5th of May": no street follows from these
AFTER_A_RANK = words_of(
    "time times day days week month year floor request report attempt of grade grader one call try "
    "offense notice person house building message complaint thing light pole tree car party hand rate"
)
MONTHS = words_of(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec"
)

AND = words_of("& and - / , or")  # between house numbers
NUMBERED = words_of("exit unit apt apartment suite lot pole sign route rt bus line room")  # "exit 6"

CONNECTORS = words_of("& and / @ at x + y")
SIGNS = words_of("& / @ x +")
LEAD_INS = words_of("corner intersection junction crossing crossroads between btwn btw bet betwn")
BETWEEN = words_of("between btwn btw bet betwn from")

# A word after which a place stands.
BEFORE_A_PLACE = words_of(
    "on at near along off from by in of onto around outside opposite across behind beside past "
    "between toward towards down up to front @ over under through into en sobre por"
)
# "in front of 32 Channing": after these a number starts an address
BEFORE_A_NUMBER = words_of("at of from by near outside opposite behind beside is address to on past")

BEFORE_A_LANDMARK = words_of("at in near by behind outside opposite")

# Words that are no part of a name.
FUNCTION_WORDS = words_of(
    "a an the this that these those my our your his her their its it i we you he she they there here "
    "where when what which who why how is are was were be been being am has have had do does did can "
    "could will would should may might must not no yes and or but if so as at by for from in into of "
    "off on onto out over under to up with without about after before between during near along "
    "around across behind beside past through toward towards down just very too also still again only "
    "please thanks thank hi hello hey all any both each every some many most more less few several "
    "another other same such than then now today tomorrow yesterday because since until while against "
    "above below per via dont don't cant can't im i'm ive i've theres there's it's thats that's lets "
    "let's got get gets getting go goes going gone went come comes coming keep keeps need needs want "
    "wants see seen saw look looks looking know think located says said say like me us them him "
    "corner intersection junction btwn btw bet crossing meets meet cross crosses block blk opposite "
    "outside front side end middle heading direction between's mr mrs ms"
)
# "the whole street", "a busy road", "bike lane": words that stand before a suffix without being its name
DESCRIBING = words_of(
    "whole entire full own busy quiet narrow wide side back front dead-end end one-way way two-way "
    "residential city town public private local major minor little small big huge long short old new "
    "open closed blocked flooded icy snowy dark wet dirt gravel paved unpaved bumpy rough bad good "
    "nice terrible dangerous cross bike bicycle bus parking car carpool turn turning traffic travel "
    "passing right left center centre middle inside outside fast slow access service frontage "
    "perimeter next first last only single double opposite adjacent adjoining nearby neighboring "
    "neighbouring wrong correct different certain particular neighborhood neighbourhood school park "
    "country county state toll fire swim memory driving swimming walking hiking running tennis "
    "basketball food shopping no any some every each another given entrance exit on off clean sweep "
    "plow plowed unplowed salted block crossing blocking cracked broken damaged destroyed street road "
    "avenue lane drive highway sidewalk curb entry upper lower poor crowded nearest northbound "
    "southbound eastbound westbound once please this that my our whichever same through thru hard "
    "easy great safe unsafe happy taking took take takes make made find found hot gathering meeting "
    "hiding market working work living"
)
# What people count: "2 weeks", "4 potholes", "5 min" are no addresses
COUNTED = words_of(
    "am pm a.m p.m oclock o'clock min mins minute minutes hr hrs hour hours day days night nights "
    "week weeks wk month months year years yr yrs ft feet foot inch inches in cm mm m km mile miles "
    "yard yards yds lb lbs pound pounds dollar dollars bucks percent people person guy guys man men "
    "woman women kid kids child children teen teens family families adult adults dog dogs cat cats "
    "rat rats raccoon raccoons deer pothole potholes hole holes car cars truck trucks van vans bus "
    "buses bike bikes scooter scooters vehicle vehicles house houses home homes building buildings "
    "block blocks lane lanes light lights lamp lamps pole poles sign signs tree trees branch branches "
    "bag bags bin bins can cans cart carts box boxes tire tires mattress mattresses couch couches "
    "time times call calls request requests report reports story stories bed bedroom way ways "
    "foot-tall different other more of or and to big large small huge old new dead stray abandoned "
    "broken separate full whole good bad black white red blue green silver gray grey x out for from "
    "since business calendar working consecutive straight am-pm th day-old"
)
# Street names that are everyday words too: alone and in lower case they say nothing of a street.
EVERYDAY = words_of(
    "park court church school state high grand water front spring center centre lake river hill green "
    "orange brown black white gray grey blue red gold silver young long day summer winter autumn fall "
    "may june april august north south east west ocean bay beach bridge broad canal city clay college "
    "commerce common cottage country county crown cross division dock early eagle exchange factory "
    "farm farms field fields fire forest fountain free garden gardens gate glass good grace grant "
    "grape grass grove harbor hall health hope house ice industrial iron island king lamp land lane "
    "light lock lodge main market meadow middle mill mountain new nice office old olive open orchard "
    "pearl plain plant pleasant point pond pool post power prince private prospect public quarry "
    "queen race rail rain ridge road rock rose round royal sand sea second shore short side sky snow "
    "square star station stone store summit sun sunny sunset tower town trade train tree trumpet "
    "union upper valley view village wall warehouse warren warm wharf wheel wild wind wood woods yard "
    "york first third back best bush case chapel cold daily dump ever fair fast fox hard home hot "
    "just left less level little lower major mead more most much noble parking pink porter price read "
    "rest rich right rough rush salt seven shop sign site six small smart smith sport steep still "
    "storm strong sugar sweet ten terrace tenth test three trail true turn two violet wake walk way "
    "weed well will wide wise work wolf bell bird carter clear corner crest curb drive ferry greenway "
    "jewel kind lady lamb law link mail mark per ray rio rod ross sage sylvan temple"
)
NO_STREETS = frozenset({("main", "road"), ("main", "drive"), ("main", "lane"), ("main", "court")})
DETERMINERS = words_of("the a an my our your his her their this that these those its some any no every each")
# Where there is no street list, these still are streets nearly everywhere.
WIDESPREAD = ("main", "broadway", "elm", "oak", "maple", "washington", "jefferson", "lincoln", "madison")

LANDMARK_NOUNS = words_of(
    "park playground school library bridge cemetery hospital plaza mall stadium museum college "
    "university pond beach pier marina station square market bowl greenway elementary academy church "
    "temple synagogue mosque overpass underpass roundabout rotary apartments condominiums condos "
    "towers courthouse reservoir zoo fairgrounds airport arena theater theatre field fields gym ymca "
    "y clinic trail bakery diner pharmacy supermarket cafe garage"
)
# "the car park", "a local school": these make no landmark of the noun
NO_LANDMARK = DESCRIBING | words_of(
    "dog skate water theme trailer amusement rv industrial elementary high middle primary grammar "
    "nursery catholic christian baptist gas petrol police fire train subway metro charging polling "
    "power pump bus children's childrens kids local foot railroad railway pedestrian covered overhead "
    "grocery farmers stock flea ball baseball soccer football athletic corn night sunday preschool "
    "pre public car multi-storey community inside outside behind near around city's underground "
    "village play sports playing green abandoned medical strip apartment hotel motel coffee fast"
)
