# ruff: noqa: E501
"""The phrases of `nlu.emergencies`, one a line: regular expressions over plain lower-case words.

" .. " stands for up to five words of the same sentence; PERSON, HOME, VEHICLE, WATER, WIRE, CORD and
BEING for the word lists there. Apostrophes are gone ("isnt"), and so is punctuation.
"""

from __future__ import annotations

from nlu.interpreter import Emergency

SPELLINGS = {
    "fier|fre|fir|fyre|firee": "fire",
    "gass|gaz|gasss": "gas",
    "smel|smeel|smells|smelling|smelled|smelt|smelly": "smell",
    "flames?|flammes?": "flames",
    "shooting's|shoting|shootin": "shooting",
    "sumone|some1|someones|somebodys|somone": "someone",
    "bleading|bleedin": "bleeding",
    "unconcious|unconsious|unconscius": "unconscious",
    "acident|accidant": "accident",
}

# Blanked before any rule is tried.
HARMLESS = r"""
(?:not|isnt|no|non|what counts as|is that|is this|was) (?:an? |really an |exactly an )?emergency
do (?:i|we) call 911
(?:you|guys|team|crew) are on fire
(?:isnt|not|no|arent|never) (?:a |any |an |actively |longer |currently )*(?:fires?|sparking|smoking|bleeding|explosion)
(?:scared|worried|afraid|fear|danger|risk) (?:of|about|it may|itll) (?:a |another |catch )?fires?
front of (?:my|our|the|her|his|a) (?:\w+ )?(?:house|home|building|apartment)
(?:painted|wrote|written|says|saying|sprayed|graffiti) (?:\w+ ){0,3}(?:fire|kill|bomb|want to die|guns?|suicide|murder)
(?:branch|branches|thorns?|bushes|twigs|limbs) (?:\w+ )?(?:stab|stabs|stabbing|attack|attacking|strangl\w+)
(?:tap|water|sewer|sewage|drain|river|pond|trash|storm) (?:\w+ ){0,4}(?:rotten eggs?|smell .. gas)
rotten eggs? (?:\w+ ){0,5}(?:sewer|sewage|drain|tap)
(?:sewer gas|not natural gas|natural gas smell no)
(?:from|of|after|following) (?:a|an|the) (?:\w+ ){0,2}(?:accident|crash|collision|explosion|fire|shooting|stabbing)
(?:could|will|would|can|going to|might|gonna|may|to) be (?:an? |more )?(?:\w+ )?(?:accident|accidents|crash|collision|fatality|trapped|crushed|electrocuted)
(?:crash|crashes|crashed) into (?:\w+ ){0,3}(?:parked|sign|signal|pole|fence|cabinet|mailbox|guardrail|hydrant|barrier)
(?:life|lives) in(?:to)? (?:their|my|your|our) hands?
(?:held up|holding up|hold up) (?:by|with|only|traffic)
only held up
labou?r any
bark .. bleeding
(?:being|is|are) strangled by
(?:fire )?hydrants?
fire (?:hydrant|lane|station|house|truck|engine|escape|exit|department|dept|extinguishers?|pit|ring|road|zone|crew|brigade|chief|fighters?|damaged?|debris|hazard|trap|drill|safety|inspection|permit|works?|flies|wood|doors?|alarms? (?:chirp|inspection|test))
(?:firehouse|firetruck|fireworks?|firewood|firefighters?|fireplace|campfire|fire place)
(?:not|no) (?:on )?(?:fire|gas|smoke|flames)
(?:no|not any|dont|didnt|without|never) (?:see |smell |any |smoke |hear )*(?:sparks?|smoke|gas|fire|injuries|one hurt|one (?:was |is )?(?:hurt|injured))
nobody (?:was |is |got )?(?:hurt|injured|stung)
gas (?:station|stations|cap|caps|cans?|company|grill|grills|meter|meters|meter cover|meter cap|tank|pump|pumps|bill|price|prices|mower|powered|utility|works)
(?:is|are|was|r|its) (?:literally |just |slowly |absolutely )?(?:killing|murder|murdering|killed|torture|hell) (?:me|us|on|my|our|the|for)?
killing (?:me|us|the|our|my|business)
killer (?:pothole|potholes|hole|hill)
(?:will|would|could|might|gonna|going to|is going to|get|be|getting) (?:\w+ )?(?:kill|killed|hurt|injured|hit|hurt or killed|hurt or worse) (?:a |some|my |or |one |sooner|eventually|soon|there|here|by|if|badly|one day|some day|someday)\w*
(?:someone|somebody|people|person|kids?|child) (?:is|are|will|could|might|may|can|would|gonna|going|who|has to|gets|get|almost|nearly|to)(?: \w+){0,3} (?:hurt|killed|injured|hit|hit by a car|die|dies|fall|drown|electrocuted|run over|get hurt)
(?:almost|nearly|could have|could of|couldve|might have|would have|before) (?:\w+ ){0,3}(?:hit|killed|hurt|injured|crashed|died|fell|run over|drowned|collapsed|a crash|an accident)
before (?:someone|somebody|anyone|a|there|it|one|we|the|an) .. (?:hurt|killed|injured|hit|accident|crash|fire|falls|dies|happens)
(?:cause|causes|causing|caused|prevent|avoid|risk of|potential|waiting for|possible|any|future) (?:an? |for |more |of |serious |bad |to |happen )*(?:accident|crash|crashes|fire|injury|injuries|collision)
accident waiting to happen
(?:death trap|suicide mission|is suicide|dying of|dying to|ill die|nearly died|almost died|to death|drop dead|dead end|die waiting|im dead|im dying)
(?:sign|signs|bin|bins|can|cart|post|pole|tree|mailbox|fence|bollard|hydrant|wall|barrier|rail|guardrail|light|lamp|deer|cat|dog|possum|raccoon|squirrel|skunk|goose|fox|animal|bird|rabbit|coyote|box|meter|bench|shelter|signal|lamppost|column|planter|curb)s? (?:was |were |is |are |has been |have been |had been |got |just got |been |that was |which was )*(?:hit|struck|run over|killed|knocked down|knocked over|clipped|smashed|taken out|mowed down)(?: by)?
(?:run over|ran over|killed|dead|hit) (?:\w+ )?(?:cat|dog|deer|squirrel|skunk|possum|opossum|raccoon|animal|bird|fox|rabbit|goose|bag|bags|bin|cone|cones|turtle|snake|rat|bollard|sign)
(?:shot|shoot|shoots|shooting) (?:out|up|up with|to pieces|full of|water|the (?:lamp|light|sign|yield|stop|deer))
(?:is|are|was|been|looks|totally|half) shot (?:at the|full|and|now|out)
(?:like|sounds like|sound like|louder than|as) (?:\w+ ){0,2}(?:gunshots?|gun shots?|shots|explosions?|bombs?|bomb went off|war zone|gunfire|heart attack|a gun|volcano|bombs? (?:hit|went off))
(?:bb|paintball|pellet|nail|staple|glue|squirt|water|radar|heat|spray|toy) guns?
guns? (?:safe|sign|shop|store|range|club|range)
no guns?
bomb (?:crater|craters|shelter|site)
(?:give|gives|gave|giving|nearly|had) (?:me |us |my \w+ )?an? (?:\w+ )?(?:heart attack|stroke)
(?:attack|attacks|attacked|attacking) (?:you|pedestrians|my (?:chickens|flower)|our bins|bins|by (?:mosquitoes|wasps|geese|brambles))
choking (?:on|with|the) (?:leaves|weeds|debris|trash|dust|footpath|path|sidewalk|drain|plants)
(?:drain|sewer|gutter|weeds|brambles|ivy|it|trees?) (?:is |are )?(?:choking|strangling|drowning)\w*
(?:drowning|drowned|drowns) (?:in|our|your|the|my) (?:trash|litter|garbage|rubbish|weeds|garden|shoes|crosswalk|\w+ )
(?:tire|tires|tyre|tyres|rim|bags?|bin|fountain) (?:exploded|blew|blew up|blown)
exploded (?:bags?|bin|fountain|tire|tyre|diaper)
explosions? of
(?:cat|kitten|kittens|possum|opossum|deer|skunk|cow|horse|swan|seal|turtle|rabbit|owl|hawk|dog|puppy|raccoon|bird|squirrel|duck|ducks|ducklings|pigeon|goose|fox|bat|animal) (?:is |are |got |has been |been |was )?(?:trapped|stuck|bleeding|choking|drowning|attacked|missing|lost|locked|electrocuted)(?: itself)?
(?:missing|lost|stray|found) (?:cat|dog|kitten|puppy|pet|bird)
(?:want to|could|makes me|going to) scream
(?:screaming|screams) (?:and laughing|all night|bloody murder|at the pool|kids)
kids screaming and
(?:burned|burnt|burn|burning|burns|burning out) (?:out|leaves|candles|down|rubber|mark|marks|plastic|sofa|mattress|house|bulb|all day|all night|24 hours|through)
(?:lights?|lamps?|candles?|bulbs?|streetlights?) (?:is |are )?(?:burning|burnt|on fire all)
(?:held|holding) (?:\w+ )?hostage
gun ?shots? (?:most|every|all the|sometimes|at night)
(?:hear|heard|hearing) .. (?:most|every) (?:night|nights|weekend|weekends|week|weeks)
(?:tv|broadband|phone|telephone|internet|cable tv|fiber|fibre|fiber optic|comcast|spectrum|verizon|communication|communications|dead) (?:cable|cables|line|lines|wire|wires|cord)
bleeding (?:skull|heart|rust|paint|through|gravel|into)
(?:ambulance|ambulances|police|emergency|hospital) (?:bay|bays|depot|entrance|car|cars|station|couldnt|had to|have to|cant|access|exit|exits|clinic|room|route|snow|phone|lane|vehicles?|services)
heart (?:condition|of)
help (?:desk|line|with)
"""

# Where one of these stands, rules that only hold while it is happening are silent.
PAST = r"""
(?:last|this past) (?:night|week|weekend|month|year|spring|summer|fall|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|june|july|august|nights?|weeks|months|years|halloween|christmas|easter)
yesterday
(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)
(?:on|over|at) the weekend
(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec) (?:\. )?(?:\d+ )?20\d\d
(?:melted|that caught|which caught|burnt out remains|needs replacing|need replacing)
(?:\w+ )?(?:days?|weeks?|months?|years?|hours) ago
since (?:\w+ )?(?:last|the|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|easter|christmas|monday|tuesday|wednesday|thursday|friday|saturday|sunday)
(?:in|back in) (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|20\d\d)
for (?:over |about |more than |almost |at least |the last |the past )?(?:(?:a|an|two|three|four|five|six|several|many|\d+|so|couple of|a few|a couple of) )?(?:long|day|days|week|weeks|month|months|year|years)
(?:on|every) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday|weekend|night|day|morning|evening)s?
(?:every|most|some) (?:night|nights|day|days|weekend|weekends|evening|evenings|week)
(?:always|constantly|often|usually|keeps|all the time|over the years|in the past|previously|already|still not|still hasnt|never (?:been|replaced|repaired|fixed))
(?:this year|so far|long ago|used to|how (?:do|can|to))
"""

_FIRE = r"""
(?:on|caught|catching|catches|set|setting) fire
(?:house|brush|grass|forest|car|dumpster|bin|trash|apartment|kitchen|electrical|vehicle|truck|building|garage|shed|chimney|transformer|woods|wild) ?fires?
(?:there is|there|theres|there are|its|a|big|huge|see|small|started|start|starting|report|reporting|have a|have) (?:a )?(?:big |huge |small |large |active )?fires?
fire (?:at|in|near|on|by|behind|inside|next|please|help|now|everywhere|started|spreading|coming|hurry)
^ (?:help )?(?:\. )?fire(?: fire| \.)* $
wildfires?
(?:ablaze|alight|in flames|engulfed)
flames
(?:is|are|was|hes|its|theyre|starting|place|something|HOME|VEHICLE|tent|field|grass|woods|roof|tree|bush|bushes|pole|transformer|stove|oven|fence|shed) (?:is |are |just |still )*burning
smell .. (?:burning|smoke)
(?:thick|black|heavy|big|lots of|orange|white|dark) smoke
smoke (?:is |and flames |was |seems to be |everywhere )*(?:coming|pouring|billowing|rising|filling|everywhere|inside|in my|in the (?:HOME|hallway|building|basement))
(?:full of|filled with|filling with) smoke
HOME .. (?:is )?smoking
(?:panel|outlet|transformer|fuse box|breaker|socket|meter|oven|stove|dryer|electric box|electrical box) .. (?:smoking|sparking|sparks)
(?:incendio|fuego|se (?:esta )?quema|se esta quemando|en llamas|mucho humo)
"""

_GAS = r"""
smell .. gas
gas .. smell
gas (?:leak|leaks|leaking|is leaking|escaping|odor|odour|fumes|smell)
(?:stink|stinks|stank|stinking|reek|reeks|reeking|odor|odour|whiff|scent) .. gas
gassy smell
(?:hit|hits|struck|ripped|broke|cut|severed|ruptured|punctured|damaged|broken|burst|leaking) .. gas (?:line|pipe|main|lines|pipes)
gas (?:line|pipe|main) .. (?:hit|broken|broke|burst|ruptured|cut|hissing|leaking|damaged|leak)
gas .. hissing
hissing .. gas
rotten eggs?
carbon monoxide
monoxide
co (?:alarm|detector|poisoning)
(?:chemical|ammonia|chlorine|propane) (?:leak|spill|cloud|smell|gas)
(?:huele|olor) .. gas
(?:fuga|escape) de gas
"""

_WIRES = r"""
(?:WIRE) .. (?:down|fell|fallen|falling|came down|lying|laying|in the (?:road|street|yard|water)|on the ground|on (?:a|my|the) (?:\w+)|across|sparking|sparks|arcing|hissing|buzzing|burning|snapped|jumping|on fire)
(?:down|downed|fallen|snapped|broken) (?:electric |electrical )?(?:power|electric|electrical|utility) (?:CORD)
(?:live|downed|sparking|arcing) (?:CORD)
(?:CORD) .. (?:sparking|sparks|arcing|hissing|smoking|is live|are live|on fire|whipping)
(?:wire|wires|line|cable) (?:fell|came down|snapped|is down) .. (?:VEHICLE|fence|HOME|puddle|WATER|playground|fire|kids|people|children|PERSON)
(?:sparking|sparks (?:are )?(?:flying|coming|shooting))
(?:pole|post|box|transformer) .. (?:sparking|sparks|arcing)
transformer .. (?:exploded|blew|blown|explosion|fire|sparking|smoking)
electrocut(?:ed|ion|ing)
(?:got|get|getting|been|was|is) .. (?:shocked|electric shock|zapped)
(?:cable|cables) de (?:luz|electricidad|corriente) .. (?:caido|caidos|suelo|tirado)
"""

_HURT = r"""
(?:PERSON) (?:\w+ ){0,3}(?:hit|struck|run over|knocked down|knocked over|mowed down) by (?:a|an|the|some|this) (?:\w+ )?(?:VEHICLE|bike|scooter|driver)
(?:PERSON) (?:BEING|was just|just been|has just been|has been|got|were) (?:hit|struck|run over|ran over|knocked down|knocked over)
(?:VEHICLE) (?:just |has |has just )?(?:hit|struck|ran over|run over|knocked down|plowed into|drove into|crashed into) (?:a |an |the |some |my |two |three |several )?(?:\w+ )?(?:PERSON|kids|cyclists|crowd|bystander)
hit and run .. (?:hurt|injured|ground|bleeding|blood|PERSON)
(?:crash|crashed|accident|collision|wreck|pile ?up|rollover|wrecked) .. .. (?:hurt|injured|injuries|trapped|stuck|pinned|bleeding|unconscious|blood|not moving|ejected|dying|isnt moving)
(?:bad|serious|terrible|horrible|fatal|major|head on|there has been an?|theres been an?|just been an?|theres an?|there is an?) (?:car |road |traffic |motorbike |bike |truck )?(?:crash|accident|collision|wreck|pile up)
head on (?:crash|collision)
(?:car|truck|bike|motorbike|motorcycle|bus) (?:crash|accident|wreck) (?:at|on|just|now|people|outside|in front|with|involving|happened)
(?:VEHICLE) (?:just |has |have |is |and a VEHICLE )*(?:crashed|flipped|overturned|rolled over|roll over|upside down|tipped over)
(?:VEHICLE) .. (?:went|drove|crashed|rolled|rolling|fell|slid|plunged|ran|roll|skidded|go) .. (?:into|off|in|over) the (?:WATER|ditch|ravine|pier|road|side)
(?:VEHICLE) in the (?:WATER) with (?:PERSON)
(?:someone|somebody|people|person|man|woman|driver|kid|child|worker|he is|hes|shes|she is) .. (?:trapped|pinned|buried|crushed|stuck under|stuck in the machine)
trapped by (?:the )?(?:flood|fire|water|smoke)
"""

_SICK = r"""
(?:unconscious|unresponsive|passed out|out cold)
(?:not|isnt|aint|stopped|stops|barely|hardly|cant|cannot|trouble|struggling|difficulty|dont think .. is|dont think hes|dont think shes) (?:to )?(?:breath|breathe|breathing|breathin)
(?:isnt|not|wont|doesnt|hasnt|never) (?:be |been )?(?:responding|respond|responsive|moving|wake|waking|woken|waking up|answered the door|get up)
(?:PERSON) (?:\w+ ){0,4}(?:collapsed|collapses|collapse|fainted|slumped)
slumped (?:on|in|at|over|outside|behind|by) (?:the|his|her|a)
(?:heart attack|chest pains?|cardiac arrest|chest (?:hurts|is tight|feels tight))
(?:having|had|has had|think .. is) (?:a |an )?(?:\w+ )?(?:stroke|seizure|fit|heart attack|asthma attack|allergic reaction)
(?:he is|she is|hes|shes|im|someone is|theyre|were) (?:\w+ )?(?:dying|dead i think)
(?:found|see|theres|there is) a (?:dead )?body
dead (?:body|man|woman|person|guy|lady|child)
(?:seizure|seizing|convulsing|anaphylaxis|throat is closing|face is drooping|foaming at the mouth)
(?:is|hes|shes|PERSON|im|are|someone) (?:\w+ )?choking
(?:overdose|overdosed|overdosing|oding|od d|odd behind|od ing|narcan|naloxone)
(?:took|swallowed|ate|drank|swallow|taken|taking) .. (?:pills|bleach|poison|tablets|cleaner|detergent|batteries|battery|fentanyl|antifreeze)
(?:turning|gone|going|went|face is|lips are|hes|shes) (?:blue|purple)
lips .. (?:blue|purple)
(?:PERSON|nose|head|leg|hand|arm|badly|heavily|still) (?:\w+ ){0,3}bleeding
bleeding (?:out|badly|heavily|a lot|from|everywhere|bad|to)
(?:losing|lots of|lot of|covered in|pool of|so much|full of) blood
blood (?:is |all |gushing |coming )?(?:everywhere|over (?:him|her|his|the floor)|pouring|gushing|from (?:his|her|my))
(?:fell|fallen|falls|fall|jumped) (?:\w+ )?(?:off|from|down|out of) (?:a|an|the|my|his|her|of) (?:\w+ )?(?:roof|ladder|stairs|scaffold|scaffolding|bridge|balcony|window|building|wall|tree|overpass|ledge|cliff)
(?:badly|seriously|really) (?:hurt|injured|wounded)
(?:people|folks|passengers|kids|someone|workers) (?:are |is )?(?:hurt|injured|wounded|dying|screaming for help)
(?:giving birth|in labor|in labour|water broke|baby is coming|having a baby|having the baby)
(?:lying|laying|lies|laid|down) (?:face down|in (?:the|a) (?:road|street|pool)|on the (?:ground|floor|sidewalk|pavement) (?:not|and|bleeding|with))
(?:lying|laying) face down
(?:man|woman|person|officer|PERSON) down (?:on|at|in|near|by)
(?:no respira|inconsciente|se desmayo|infarto|sobredosis|esta sangrando|herid[oa]s?|atropell\w+|accidente grave|convulsion\w*)
"""

_CRIME = r"""
(?:shots|gun ?shots|gunfire) (?:fired|outside|right now|now|just|at|on|near|going|ringing|coming|being)
(?:just |i |we |im |can )(?:heard|hear|hearing) .. (?:shots|gunshots?|gun shots?|gunfire|shooting)
^ gun ?shots? .*
(?:active shooter|shooter|drive by shooting|opened fire|open fire|opening fire)
(?:PERSON|is|are|guys?|men) (?:\w+ )?shooting (?:at|people|on|in|up|outside|a|my|near|from|his|guns?)
(?:PERSON) (?:was|got|been|just|is|has been|just got|were|BEING) shot
shot (?:me|him|her|my (?!lamp)\w+|a (?:man|woman|kid|guy|person|cop)|someone|in the (?:leg|head|chest|back|arm|stomach))
(?:has|have|with|got|holding|pointing|pulled|waving|brandishing|brought|swinging|carrying|flashed|showed|and) (?:a |an |the |his |out a |guns?)(?:hand|shot|big |long |real )?(?:gun|guns|pistol|rifle|handgun|shotgun|knife|knives|machete|axe|weapon|weapons|sword|firearm|bat .. (?:smashing|swinging|hit\w*|threat\w*))
(?:have|has|with) (?:guns|knives|weapons|machetes)
guns? (?:out|drawn|pointed)
(?:gunpoint|knifepoint|gun point|knife point|at gun|hostages?)
(?:stabbed|stabbing|knifed|been stabbed|got stabbed)
(?:raped|rape|raping|sexually assaulted|molest\w+|groped)
(?:kidnap\w*|abduct\w*|being taken|has been taken|been snatched)
(?:being dragged|dragging|pulled|pulling|forced|grabbed|forcing|snatched) (?:a |the |my )?(?:her |him |me |PERSON )?(?:into|inside) (?:a|an|his|the) (?:\w+ )?(?:VEHICLE|alley|woods|bushes)
(?:tried|trying) to (?:take|grab|snatch|kidnap|abduct) (?:my|a|the|her|his) (?:PERSON)
bomb threat
(?:is|theres|a|have|has|got|put|planted|is a|pipe) bomb(?:s)?
bomb (?:in|at|under|inside|on)
(?:suspicious|ticking|unattended|abandoned) (?:package|bag|device|suitcase|backpack|parcel)
(?:package|bag|box) .. (?:ticking|wires coming out)
blow up (?:the|a|my|our) (?:\w+ )?(?:school|HOME|church|mall|station|courthouse)
(?:going to|gonna|wants to|threatening to|threatened to|trying to|says hell|said he will|he will|she will|will) (?:kill|hurt|shoot|stab|murder|beat|attack) (?:me|her|him|us|them|someone|people|my|everyone|his|himself|herself)
(?:disparos|balacera|tiroteo|pistola|arma de fuego|cuchillo|apunal\w+|me (?:esta )?pega\w*|violaron|secuestr\w+|me roban|me asaltaron|asaltando)
"""

_CRIME_NOW = r"""
(?:breaking|break|broke|breaks|trying to get|trying to break|climbing|climbed|smashing|kicking|forcing) (?:\w+ )?(?:in|into|through|down) (?:to )?(?:my|our|the|a|your|their|his|her|someone|neighbou?rs) (?:\w+ )?(?:HOME|back door|front door|place|neighbou?rs|garden|back)
breaking in
(?:kick|kicking|kicked|smashing|trying|banging|pounding|beating) (?:\w+ ){0,3}(?:my|the|our) (?:front |back |bedroom |bathroom )?(?:door|window)
(?:intruder|intruders|burglars?|prowler|home invasion|trespasser inside|burglary in progress|break in in progress|in progress)
(?:man|guy|someone|somebody|stranger|person|people) (?:is |are |just )?(?:in|inside|hiding in|entered|in the back of) (?:my|our) (?:\w+ )?(?:HOME|yard|garden|closet|attic|car|shed)
(?:robbing|being robbed|getting robbed|been robbed|just robbed|got robbed|got mugged|just mugged|being mugged|(?:got|just|being|been|was) held up|carjack\w*|armed robbery|looting)
(?:hes|shes|he is|she is|they are|theyre|man|guy|guys|kids|teens|husband|boyfriend|wife|dad|stepdad|ex|bunch|five|four|three|people|men|someone) (?:\w+ )?(?:is |are )?(?:beating|hitting|choking|strangling|punching|kicking|stomping|assaulting|attacking|hurting|jumping|slapping) (?:\w+ )?(?:me|him|her|up|us|them|someone|somebody|PERSON|a \w+|my \w+|on the ground|each other)
(?:being|getting|was just|just got|just) (?:beaten|attacked|assaulted|jumped|strangled|stalked|mugged|followed)
(?:hits|hurting|punched|assaulted|choked|threatening|threatened|follows|following|stalking) (?:me|us|her|him)
(?:husband|wife|boyfriend|girlfriend|partner|ex|dad|stepdad|he|she|someone|neighbor) (?:just |has |\w+ )?(?:hit|attacked|hurt) (?:me|us|her|him)
(?:domestic (?:violence|abuse|dispute|fight)|wife beating)
(?:beating|beat) (?:up )?(?:a|his|her|my|the|some|this|on) (?:PERSON|guy|kid|wife)
(?:big |huge |street |gang |bad )?fight(?:ing)? (?:with|outside|at|in|going on|broke out|right now|on) (?:\w+ ){0,3}(?:bottles|knives|bats|bar|guns|weapons|right now|pub|club|blood)
(?:pit ?bulls?|dogs?|coyote|bear) (?:is |are |just )?(?:attacking|mauling|biting|attacked|mauled) (?:a|an|my|the|some|two|people|PERSON)
(?:wont|will not|doesnt) let (?:me|us|her) (?:leave|out|go)
(?:locked|hiding|hide) (?:\w+ )?in (?:the|my|a) (?:bathroom|closet|bedroom|attic|basement|car)
"""

_WATER = r"""
(?:PERSON|is|hes|shes|swimmer|someone) (?:\w+ ){0,2}drowning
(?:PERSON|walker) (?:\w+ ){0,2}(?:fell|jumped|falls|fallen|slipped|swept|washed|floating|struggling) (?:\w+ ){0,2}(?:in|into|through|under|off) (?:the |a )?(?:WATER|rapids|ice|flood|dam)
(?:PERSON) (?:is |are |was )?(?:stuck |floating |out )?in the (?:WATER|rapids)
body (?:in|floating)
(?:under the|through the) ice
(?:PERSON) .. (?:swept|washed) (?:away|off|down|under|out)
(?:kayak|boat|canoe) (?:\w+ )?(?:flipped|capsized|overturned|sank|sinking|tipped)
(?:going|went|gone) under (?:and|\.|for|he|she|again)
(?:water|flood) .. (?:rising|getting higher|coming up fast|coming in fast) .. (?:stuck|trapped|roof|cant get out|wont open|HOME|car|upstairs)
(?:stuck|stranded|trapped) .. (?:roof|car|house|flood|top of) .. (?:water|flood|rising|river)
(?:trapped|stranded|stuck) .. (?:flood ?water|floodwater|flood|rising water)
(?:baby|babies|toddler|child|kid|kids|infant|year old|children) .. (?:locked|left|alone|stuck|strapped|unattended|trapped) .. (?:car|van|truck|vehicle|suv|seat)
(?:locked|left) .. (?:baby|toddler|child|kid|kids|son|daughter) .. (?:car|van|truck|vehicle)
(?:se (?:esta )?ahoga\w*|alguien en el (?:agua|rio|lago)|cayo al (?:agua|rio|lago|canal))
"""

_SELF_HARM = r"""
(?:kill|killing|shoot|hang|hanging|harm|harming) (?:myself|himself|herself|themselves|themself)
(?:want|going|might|thinking|gonna|about|will) .. (?:hurt|hurting|cut|cutting) (?:myself|himself|herself)
i (?:just |really )?(?:want|wanna|wanted|am ready|would rather|rather) (?:to )?die
(?:dont|doesnt|do not|no longer) (?:want|wanna|wants) (?:to )?(?:live|be alive|be here anymore|be here any more|exist|wake up)
(?:suicidal|suicide|unalive|end it all|end my life|ending my life|end it tonight|end his life|end her life|take my (?:own )?life|take (?:his|her|their) own life|taking (?:his|her|my) own life)
(?:going to|gonna|about to|threatening to|wants to|will|ready to|trying to|want to) (?:\w+ )?jump(?: off| from)?
(?:edge|ledge|wrong side|outside) of (?:the|a) (?:\w+ )?(?:roof|railing|rail|overpass|bridge rail|bridge railing|parking garage|parking deck)
(?:parking \w+|bridge|roof|building) (?:ledge|edge)
(?:standing|sitting|lying|PERSON) (?:is )?(?:up )?on (?:a|the) (?:\w+ ){0,2}(?:ledge|train tracks|railway tracks|railroad tracks)
(?:miss me .. goodbye|this is goodbye|said goodbye|texted goodbye)
(?:me quiero (?:matar|morir)|quitarme la vida|suicid\w+)
"""

_COLLAPSE = r"""
(?:building|bridge|house|apartment|balcony|stand|stadium|parking garage|crane|tower|grandstand|deck) (?:\w+ ){0,3}(?:collapsed|collapsing|fell over|fell down|gave way|just fell|is falling down|came down)
(?:roof|ceiling|wall|trench|scaffold|scaffolding|balcony|porch|ground|sinkhole|tunnel|tree) (?:\w+ ){0,4}(?:collapsed|caved in|fell|came down|gave way|opened|crushed|crashed|is falling off) .. .. (?:on|onto|under|people|worker|workers|someone|trapped|buried|PERSON|inside|in there|with)
(?:folks|people|workers?|someone|somebody|man|woman|kid|child) .. (?:buried|trapped|crushed|under (?:it|the rubble))
(?:buried|crushed) (?:alive|under (?:it|the rubble|rubble|debris|bricks))
fell (?:down|into|in) .. manhole
(?:tree|branch|limb) (?:\w+ )?(?:fell|crushed|came down|crashed) (?:on|onto|through|into) .. (?:PERSON|people|inside|house|roof)
"""

_BLAST = r"""
(?:there was|been|was|just|heard|big|huge|loud|a|an|gas) (?:an |a |huge |big |loud )?explosions?
explosion (?:at|in|near|on|and|outside|just|next)
(?:just|something|house|building|transformer|tank|car|it|factory|plant|manhole|box|HOME) (?:just |across the \w+ |next door )*(?:exploded|blew up|blown up)
"""

_ASKS = r"""
send (?:the )?(?:police|cops|officers)
(?:send|need|get|call|want|sending) (?:\w+ ){0,2}(?:ambulance|paramedics?|fire department|fire brigade|911|999|112|medics?|the police now|cops now|emts?|ems)
(?:ambulance|paramedics?|911|999) (?:please|now|asap|quick|quickly|hurry)
police (?:please|now|asap|quick|hurry|immediately|right now)
send (?:the )?(?:police|cops|help|somebody|someone|an officer) (?:please|now|quick|fast|hurry|asap|right away)
please send (?:police|cops|help|an ambulance)
(?:ambulancia|llamen a la policia|auxilio|ayuda por favor|es una emergencia)
"""

_LIKELY = r"""
(?:help|save) (?:me|us|her|him) (?:im|hes|shes|he|she|were|they|please hurry|now|hurry)
help cant talk
^ (?:please |pls )?(?:sos|mayday|emergency)(?: please| \.| now)* $
life or death
(?:send|need) help
(?:medical|real|its an|this is an|an|have an) emergency
emergency (?:right now|now|please|help)
(?:someone|somebody|anyone|person|child|kid|lady|man|woman) (?:is |was |has been |got |might be |may be |just got )*(?:hurt|injured|in danger)
(?:im|i am|were|we are) (?:\w+ )?(?:scared (?:\.|he|she|someone|hes|please|for my life)|in danger|not safe here|afraid for my)
(?:im|were|i am|we are|us) (?:\w+ ){0,2}trapped (?:in|inside)
(?:missing|lost|wandered off|disappeared|cant find) .. (?:child|son|daughter|toddler|kid|year old|little (?:boy|girl)|grand\w+|mother|dementia|alzheimers)
(?:child|son|daughter|toddler|kid|year old|boy|girl|mother|father|mom|dad|grand\w+|dementia|alzheimers) .. (?:missing|lost|wandered off|disappeared|been taken|left the house)
cant find my (?:\w+ )?(?:son|daughter|kid|child|boy|girl|mom|mother|grand\w+)
(?:calling|crying|yelling|screaming|shouting) for help
(?:moaning|groaning) .. (?:door|help|answer\w*)
(?:big|street|gang) fight
(?:crash|accident|collision) (?:just|right now|happened|at|on)
(?:ayuda|socorro|emergencia|peligro)
"""

_URGENT_ROAD = r"""
(?:road|street|lane|pavement|asphalt|bridge|ground|roadway|highway|shoulder) (?:\w+ ){0,3}(?:caved in|caved|cave in|caving in|collapsed|collapsing|washed out|gave way|opened up|lifting up|sinking fast)
cave ?in
sink ?holes? (?:\w+ ){0,3}(?:opened|opening|growing|getting|swallow\w*|formed|in the (?:road|street|middle)|big enough|just)
(?:open|uncovered|missing|no) manhole
manhole (?:cover |lid )?(?:is |has |was |been |lid |cover )*(?:gone|missing|open|off|stolen|removed|displaced|not there|uncovered|broken through|fallen in)
(?:missing|no|without a) (?:manhole|man hole|drain|storm drain|sewer|utility) (?:cover|grate|lid|grating)
(?:grate|grating|drain cover|sewer cover|lid) .. (?:missing|gone|fell in|fallen in|open hole)
(?:cars|traffic|people|vehicles|drivers|trucks) (?:are |is |keep |having to |have to )*(?:swerving|swerve|stalling|stalled|spinning|crashing)
(?:oil|fuel|diesel|gasoline|chemical|paint|gravel|acid) (?:\w+ ){0,2}(?:spill|spilled|spilt|all over the (?:road|street|roundabout|junction)|fell off|oozing)
(?:spill|spilled|spilt|dumped|fell off) .. (?:all over|across|both lanes) .. (?:road|lanes?|roundabout|highway)
(?:middle|fast|center|both|left|right|inside) lanes? of the (?:freeway|highway|motorway|interstate|expressway)
(?:chemical|hazardous|toxic) (?:label|waste|barrel|drum|drums|barrels)
"""

_URGENT_SIGNAL = r"""
(?:all (?:of )?(?:the )?|both |every )(?:traffic )?(?:lights|signals|signal|stop lights|stoplights) (?:\w+ ){0,3}(?:out|dark|off|dead|down|not working|black)
(?:traffic (?:light|lights|signal|signals)|stop ?lights?|signals?|lights at the intersection) (?:\w+ ){0,2}(?:is |are )?(?:completely |totally |all |both |fully |entirely )?(?:out|dark|gone dark|no power|fell|fallen|falling|hanging|dangling|blacked out|all green)
(?:green|red) (?:\w+ )?(?:in|on|for) (?:both|all|every) (?:directions?|ways|sides|sides at once)
(?:sign|signal|light|banner|pole|wire|branch|cable) (?:\w+ ){0,5}(?:dangling|hanging by|swinging|about to fall|ready to fall|going to fall|came loose)
stop sign (?:\w+ ){0,3}(?:gone|missing|down|knocked down|stolen|not there|fell|fallen|been removed|laying|lying)
(?:missing|no more|stolen) stop sign
(?:crossing gates?|railroad gates?|level crossing|barrier) .. (?:stuck|broken|train)
"""

_URGENT_WATER = r"""
(?:water main|main|water line|hydrant|pipe) (?:\w+ ){0,3}(?:broke|burst|break|bursting|ruptured|exploded|gushing|blew)
(?:water main|main) break
(?:street|road|underpass|intersection|lanes?|highway|tunnel|basement|houses?) (?:\w+ ){0,4}(?:flooded|under water|underwater|flooding|impassable|a river|into a river|feet of water)
flood(?:ed|ing|s|waters?)? (?:\w+ ){0,3}(?:across|over|right across) (?:\w+ ){0,3}(?:road|street|lanes?|cars|rd|ave)
(?:raw )?sewage (?:\w+ ){0,3}(?:pouring|gushing|flowing|spilling|running|bubbling|overflowing|backing up|in my|in the (?:street|basement|yard|road|house))
"""

_URGENT_FALLING = r"""
(?:tree|limb|branch|trunk|trees|oak|pine|maple|pole) (?:\w+ ){0,4}(?:across|blocking|blocks|in the middle of) (?:\w+ ){0,3}(?:road|street|lanes?|highway|avenue|both|whole|entire)
(?:tree|trees|branch|limb|branches|limbs) (?:\w+ ){0,5}(?:on|leaning on|in|resting on|against|down on|fell on|hanging on|tangled in) (?:\w+ )?(?:power lines?|power line|wires|wire|electric lines?|cables|utility lines?)
(?:tree|branch|limb) (?:\w+ ){0,5}(?:about to (?:fall|come down|snap)|ready to (?:fall|come down)|going to fall|creaking|cracked and|split and|hanging over the (?:playground|school|bus stop|sidewalk|road|street))
(?:utility|power|telephone|electric|light|lamp|phone) (?:pole|post) (?:\w+ ){0,4}(?:snapped|broken in half|about to (?:fall|come down)|going to fall|ready to fall|fell|fallen|down|leaning (?:over|badly|into|dangerously)|cracked|split)
(?:low|hanging|dangling|drooping|sagging|exposed|bare|loose) (?:\w+ )?(?:power|electric|electrical|utility|live|overhead) (?:CORD)
(?:exposed|bare) (?:electrical |electric )?(?:wires?|wiring)
wires? (?:is |are |hanging )?(?:exposed|out at|hanging out|sticking out|coming out)
(?:CORD) (?:is |are |just |came |has |fell |fallen |laying |lying )*(?:down|across|on the ground|in the road|in the street)
(?:bricks?|concrete|masonry|chunks?|roof|tiles|glass|plaster|sheets|siding|debris|stones?|facade|cornice|gutter|panels?) (?:\w+ ){0,4}(?:falling|fallen|dropping|blowing off|coming off|coming down|about to fall|raining) (?:\w+ )?(?:off|from|onto|on|down|the|into|in)
(?:wall|chimney|scaffolding|scaffold|fence|porch|balcony|building|facade|crane) (?:\w+ ){0,4}(?:bulging|swaying|about to (?:fall|collapse|come down)|ready to (?:go|fall|collapse)|leaning over|going to (?:fall|collapse)|collapsing)
(?:railing|guard ?rail|barrier|parapet) (?:\w+ ){0,3}(?:gone|missing|torn off|broken off|ripped off|fell)
wrong way on the (?:\w+ )?(?:expressway|highway|freeway|motorway|interstate|bypass)
(?:aggressive|vicious|dangerous|attacking|snarling|rabid) (?:\w+ )?(?:dog|dogs|animal|raccoon|pit ?bull|fox|coyote)
rabid
"""

PHRASES: tuple[tuple[Emergency, str, bool, str], ...] = (
    ("911", "fire", True, _FIRE),
    ("911", "gas", False, _GAS),
    ("911", "power lines", True, _WIRES),
    ("911", "crashes", True, _HURT),
    ("911", "illness and injury", True, _SICK),
    ("911", "weapons and violence", True, _CRIME),
    ("911", "crime in progress", True, _CRIME_NOW),
    ("911", "water", True, _WATER),
    ("911", "self-harm", False, _SELF_HARM),
    ("911", "collapse", True, _COLLAPSE),
    ("911", "explosions", True, _BLAST),
    ("911", "asked for by name", False, _ASKS),
    ("likely", "someone may be in danger", True, _LIKELY),
    ("urgent", "the road", True, _URGENT_ROAD),
    ("urgent", "signals and signs", True, _URGENT_SIGNAL),
    ("urgent", "flood and sewage", True, _URGENT_WATER),
    ("urgent", "about to fall", True, _URGENT_FALLING),
)
