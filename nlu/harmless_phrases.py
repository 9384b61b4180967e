"""What only looks grave, what tells of the past, and the word lists; see `emergency_phrases`."""

from __future__ import annotations

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

WORDS = {
    "PERSON": """
someone/somebody/person/people/folks/man/men/woman/women/guy(s)/girl/boy/lady/lad/kid(s)/child/children/
    baby/toddler/infant/bloke/fella/teen/teenager/driver/passenger/cyclist/biker/motorcyclist/pedestrian/
    worker/swimmer/jogger/student/neighbor/neighbour/friend/mom/mum/dad/mother/father/son/daughter/
    brother/sister/wife/husband/grandma/grandpa/grandmother/grandfather/nan/aunt/uncle/cousin/boyfriend/
    girlfriend/partner/roommate/he/she/hes/shes/they/theyre/im/i_am/we/were/ive""",
    "HOME": "house/home/apartment/flat/building/garage/basement/kitchen/bedroom/door/window/store/shop/room",
    "VEHICLE": "car(s)/truck/van/bus/suv/lorry/taxi/motorbike/motorcycle/minivan/vehicle/train/tram/tanker",
    "WATER": "water/river/lake/canal/pond/sea/ocean/creek/reservoir/harbor/harbour/pool/stream/bay",
    "WIRE": """
power_line(s)/power_cable(s)/power_wire(s)/electric_line(s)/electric_wire(s)/electric_cable(s)/
    electrical_line(s)/electrical_wire(s)/high_voltage_line(s)/high_voltage_wire(s)/high_voltage_cable(s)/
    live_wire(s)/downed_line(s)/downed_wire(s)/downed_cable(s)""",
    "CORD": "wire(s)/cable(s)/line(s)",
    "WEAPON": "gun(s)/handgun(s)/pistol/rifle/shotgun/knife/knives/machete(s)/axe/weapon(s)/sword/firearm",
    "BEING": "is/are/was/has_been/have_been/have/has/just/got/just_got/is_being/being",
    "ANIMAL": """
cat(s)/kitten(s)/dog(s)/puppy/possum(s)/opossum(s)/deer/skunk(s)/cow/horse/swan/seal/turtle(s)/rabbit(s)/
    owl/hawk/raccoon(s)/bird(s)/squirrel(s)/duck(s)/ducklings/pigeon(s)/goose/geese/fox/bat/rat/snake/
    coyote/animal(s)""",
    "THING": """
sign(s)/bin(s)/can(s)/cart(s)/post(s)/pole(s)/tree(s)/mailbox/fence/bollard(s)/hydrant/wall/barrier/rail/
    guardrail/light(s)/lamp(s)/box/meter/bench/shelter/signal(s)/lamppost/column/planter/curb""",
    "MONTH": "january/february/march/april/may/june/july/august/september/october/november/december",
    "WEEKDAY": "monday(s)/tuesday(s)/wednesday(s)/thursday(s)/friday(s)/saturday(s)/sunday(s)",
    "YEAR": "/".join(str(year) for year in range(2000, 2060)),
}

# Blanked before any rule is tried.
HARMLESS = """
not/isnt/no/non/what_counts_as/is_that/is_this/was a/an/really_an/exactly_an? emergency
do i/we call 911
you/guys/team/crew are on fire
isnt/not/no/arent/never a/any/an/actively/longer/currently* fire(s)/sparking/smoking/bleeding/explosion
scared/worried/afraid/fear/danger/risk of/about/it_may/itll a/another/catch? fire(s)
fire/tripping/safety/health risk/hazard(s)
front of my/our/the/her/his/a ..1 house/home/building/apartment
painted/wrote/written/says/saying/sprayed/graffiti ..3 fire/kill/bomb/want_to_die/gun(s)/suicide/murder
branch/branches/thorn(s)/bushes/twigs/limbs ..1 stab(s)/stabbing/attack/attacking/strangl-
tap/water/sewer/sewage/drain/river/pond/trash/storm ..4 rotten_egg(s)/smell_.._gas
rotten egg(s) ..5 sewer/sewage/drain/tap
sewer_gas/not_natural_gas/natural_gas_smell_no
from/of/after/following a/an/the ..2 accident/crash/collision/explosion/fire/shooting/stabbing
could/will/would/can/going_to/might/gonna/may/to be a/an/more? ..1 accident(s)/crash/collision/fatality/
    trapped/crushed/electrocuted
crash/crashes/crashed into ..3 parked/sign/signal/pole/fence/cabinet/mailbox/guardrail/hydrant/barrier
life/lives in/into their/my/your/our hand(s)
held_up/holding_up/hold_up by/with/only/traffic
only held up
labor/labour any
bark .. bleeding
being/is/are strangled by
fire? hydrant(s)
fire hydrant/lane/station/house/truck/engine/escape/exit/department/dept/extinguisher(s)/pit/ring/road/
    zone/crew/brigade/chief/fighter(s)/damage/damaged/debris/hazard/trap/drill/safety/inspection/permit/
    work(s)/flies/wood/door(s)/alarm_chirp/alarm_inspection/alarm_test/alarms_chirp/alarms_inspection/
    alarms_test
firehouse/firetruck/firework(s)/firewood/firefighter(s)/fireplace/campfire/fire_place
not/no on? fire/gas/smoke/flames
no/not_any/dont/didnt/without/never see/smell/any/smoke/hear* spark(s)/smoke/gas/fire/injuries/one_hurt/
    one_injured/one_was_hurt/one_was_injured/one_is_hurt/one_is_injured
nobody was/is/got? hurt/injured/stung
gas station(s)/cap(s)/can(s)/company/grill(s)/meter(s)/meter_cover/meter_cap/tank/pump(s)/bill/price(s)/
    mower/powered/utility/works
is/are/was/r/its literally/just/slowly/absolutely? killing/murder/murdering/killed/torture/hell me/us/on/
    my/our/the/for?
killing me/us/the/our/my/business
killer pothole(s)/hole/hill
will/would/could/might/gonna/going_to/is_going_to/get/be/getting ..1 kill/killed/hurt/injured/hit/
    hurt_or_killed/hurt_or_worse a/some/my/or/one/sooner/eventually/soon/there/here/by/if/badly/someday
someone/somebody/people/person/kid(s)/child is/are/will/could/might/may/can/would/gonna/going/who/has_to/
    get(s)/almost/nearly/to ..3 hurt/killed/injured/hit/hit_by_a_car/die(s)/fall/drown/electrocuted/
    run_over/get_hurt
almost/nearly/could_have/could_of/couldve/might_have/would_have/before ..3 hit/killed/hurt/injured/
    crashed/died/fell/run_over/drowned/collapsed/a_crash/an_accident
before someone/somebody/anyone/a/there/it/one/we/the/an .. hurt/killed/injured/hit/accident/crash/fire/
    falls/dies/happens
cause(s)/causing/caused/prevent/avoid/risk_of/potential/waiting_for/possible/any/future a/an/for/more/of/
    serious/bad/to/happen* accident/crash/crashes/fire/injury/injuries/collision
accident waiting to happen
death_trap/suicide_mission/is_suicide/dying_of/dying_to/ill_die/nearly_died/almost_died/to_death/
    drop_dead/dead_end/die_waiting/im_dead/im_dying
THING/ANIMAL was/were/is/are/has_been/have_been/had_been/got/just_got/been/that_was/which_was* hit/struck/
    run_over/killed/knocked_down/knocked_over/clipped/smashed/taken_out/mowed_down by?
run_over/ran_over/killed/dead/hit ..1 ANIMAL/THING/bag(s)/cone(s)
shot/shoot(s)/shooting out/up/up_with/to_pieces/full_of/water/the_lamp/the_light/the_sign/the_yield/
    the_stop/the_deer
is/are/was/been/looks/totally/half shot at_the/full/and/now/out
like/sounds_like/sound_like/louder_than/as ..2 gunshot(s)/gun_shot(s)/shots/explosion(s)/bomb(s)/
    bomb_went_off/war_zone/gunfire/heart_attack/a_gun/volcano/bomb_hit/bombs_hit/bombs_went_off
bb/paintball/pellet/nail/staple/glue/squirt/water/radar/heat/spray/toy gun(s)
gun(s) safe/sign/shop/store/range/club
no gun(s)
bomb crater(s)/shelter/site
give(s)/gave/giving/nearly/had me/us/my_-? a/an ..1 heart_attack/stroke
attack(s)/attacked/attacking you/pedestrians/my_chickens/my_flower/our_bins/bins/by_mosquitoes/by_wasps/
    by_geese/by_brambles
choking on/with/the leaves/weeds/debris/trash/dust/footpath/path/sidewalk/drain/plants
drain/sewer/gutter/weeds/brambles/ivy/it/tree(s) is/are? choking-/strangling-/drowning-
drowning/drowned/drowns in/our/your/the/my trash/litter/garbage/rubbish/weeds/garden/shoes/crosswalk
tire(s)/tyre(s)/rim/bag(s)/bin/fountain exploded/blew/blew_up/blown
exploded bag(s)/bin/fountain/tire/tyre/diaper
explosion(s) of
ANIMAL is/are/got/has_been/been/was? trapped/stuck/bleeding/choking/drowning/attacked/missing/lost/locked/
    electrocuted itself?
missing/lost/stray/found cat/dog/kitten/puppy/pet/bird
want_to/could/makes_me/going_to scream
screaming/screams and_laughing/all_night/bloody_murder/at_the_pool/kids
kids screaming and
burned/burnt/burn(s)/burning/burning_out out/leaves/candles/down/rubber/mark(s)/plastic/sofa/mattress/
    house/bulb/all_day/all_night/24_hours/through
light(s)/lamp(s)/candle(s)/bulb(s)/streetlight(s) is/are? burning/burnt/on_fire_all
held/holding ..1 hostage
gunshot(s)/gun_shot(s) most/every/all_the/sometimes/at_night
hear/heard/hearing .. most/every night(s)/weekend(s)/week(s)
tv/broadband/phone/telephone/internet/cable_tv/fiber/fibre/fiber_optic/comcast/spectrum/verizon/
    communication(s)/dead cable(s)/line(s)/wire(s)/cord
bleeding skull/heart/rust/paint/through/gravel/into
ambulance(s)/police/emergency/hospital bay(s)/depot/entrance/car(s)/station/couldnt/had_to/have_to/cant/
    access/exit(s)/clinic/room/route/snow/phone/lane/vehicle(s)/services
heart condition/of
help desk/line/with
"""

# Where one of these stands, rules that only hold while it is happening are silent.
PAST = """
last/this_past night(s)/week(s)/weekend/month(s)/year(s)/spring/summer/fall/autumn/winter/WEEKDAY/june/
    july/august/halloween/christmas/easter
yesterday
WEEKDAY
on/over/at the weekend
jan/feb/mar/apr/jun/jul/aug/sep/sept/oct/nov/dec .? ..1 YEAR
melted/that_caught/which_caught/burnt_out_remains/needs_replacing/need_replacing
..1 day(s)/week(s)/month(s)/year(s)/hours ago
since ..1 last/the/MONTH/spring/summer/autumn/fall/winter/easter/christmas/WEEKDAY
in/back_in MONTH/spring/summer/autumn/winter/YEAR
for over/about/more_than/almost/at_least/the_last/the_past? a/an/two/three/four/five/six/several/many/-/
    so/couple_of/a_few/a_couple_of? long/day(s)/week(s)/month(s)/year(s)
on/every WEEKDAY/weekday(s)/weekend(s)/night(s)/day(s)/morning(s)/evening(s)
every/most/some night(s)/day(s)/weekend(s)/evening(s)/week
always/constantly/often/usually/keeps/all_the_time/over_the_years/in_the_past/previously/already/
    still_not/still_hasnt/never_been/never_replaced/never_repaired/never_fixed
this_year/so_far/long_ago/used_to/how_do/how_can/how_to
"""
