"""What only looks grave, what tells of the past, and the word lists; see `nlu.phrasebook`."""

from __future__ import annotations

# How people write it, by the word they mean.
SPELLINGS = {
    "fire": "fier fre fir fyre firee fiire",
    "gas": "gass gaz gasss gazz",
    "smell": "smel smeel smells smelling smelled smelt smelly smeling smellin smelll",
    "flames": "flame flammes flamme flams flaems",
    "smoke": "smok smoak smoek smokee",
    "burning": "burnin burnning buring burining",
    "explosion": "explotion explosoin exploshun explossion",
    "exploded": "exploaded explodid xploded",
    "shooting": "shootings shoting shootin shotting",
    "gunshots": "gunshts gunshoots gunshotss",
    "stabbed": "stabed stabd stabbd",
    "knife": "nife knif kinfe knfe",
    "weapon": "wepon weopon wepaon",
    "someone": "sumone some1 sum1 someones somone smone someon sumwon somoene",
    "somebody": "somebodys sombody somebdy sumbody smbody",
    "neighbor": "nabor naybor neigbor nieghbor nabors neigbour nieghbour",
    "husband": "husbnad husban hubby husbend",
    "bleeding": "bleading bleedin bleedng bledding bleding",
    "breathing": "brething breathin breething breating breathng breathign brethin",
    "breathe": "brethe breeth",
    "choking": "chokin chocking choaking",
    "unconscious": "unconcious unconsious unconscius unconscous uncounscious",
    "collapsed": "colapsed collasped colapsd collapesd",
    "seizure": "siezure seziure seizer seizures seisure",
    "overdose": "overdos overdoze ovrdose",
    "overdosed": "overdosd overdozed",
    "suicide": "suicde sucide suiside",
    "drowning": "drownding drowing drownin droning",
    "attack": "atack attak attck",
    "accident": "acident accidant accidnt accedent",
    "ambulance": "ambulanc ambulence amblance ambulanse ambulace",
    "emergency": "emergancy emergeny emergncy emrgency emergensy",
    "police": "poliice polise polce",
    "please": "plese pleas plz pls pleaze plese",
    "hurry": "hury hurrry hurri",
    "trapped": "traped trappd",
    "missing": "mising missin",
    "cant": "cnt carnt",
    "isnt": "isint aint",
}

WORDS = {
    "PERSON": """
someone/somebody/person/people/folks/man/men/woman/women/guy(s)/girl/boy/lady/lad/kid(s)/child/children/
    baby/toddler/infant/bloke/fella/teen/teenager/driver/passenger/cyclist/biker/motorcyclist/pedestrian/
    worker/swimmer/jogger/student/neighbor/neighbour/friend/mom/mum/dad/mother/father/son/daughter/
    brother/sister/wife/husband/grandma/grandpa/grandmother/grandfather/nan/aunt/uncle/cousin/boyfriend/
    girlfriend/partner/roommate/pensioner/gentleman/fellow/dude/chap/gal/granny/nana/gran/gramps/grandson/
    granddaughter/niece/nephew/stepdad/stepmom/coworker/colleague/flatmate/housemate/mate/buddy/pal/tenant/
    officer/cop/runner/hiker/climber/walker/rider/motorist/bystander/elderly/classmate/teacher/resident/
    customer/cashier/he/she/hes/shes/they/theyre/im/i_am/we/were/ive""",
    "HOME": "house/home/apartment/flat/building/garage/basement/kitchen/bedroom/door/window/store/shop/room",
    "VEHICLE": "car(s)/truck/van/bus/suv/lorry/taxi/motorbike/motorcycle/minivan/vehicle/train/tram/tanker",
    "WATER": """
water/river/lake/canal/pond/sea/ocean/creek/reservoir/harbor/harbour/pool/stream/bay/quarry/weir/dam/dock/
    marina/lagoon/rapids/waves/surf/current/bayou/culvert/floodwater""",
    "MAN": """
man/woman/lady/guy/boy/girl/kid/child/baby/toddler/person/someone/somebody/gentleman/fella/fellow/bloke/chap/
    dude/teen/teenager/lad/old_boy/pensioner/elderly/KIN/body""",
    "KIN": """
neighbor/neighbour/mom/mum/mother/dad/father/son/daughter/brother/sister/wife/husband/grandma/grandmother/
    grandpa/grandfather/granny/gran/nan/nana/granddad/grandad/aunt/auntie/uncle/cousin/niece/nephew/partner/
    boyfriend/girlfriend/roommate/flatmate/housemate/friend/mate/buddy/coworker/colleague/sis/bro/boss/
    teacher/student/stepdad/stepmom/tenant/hubby/fiance/bf/gf""",
    "LITTLE": """
baby/babies/toddler(s)/infant/newborn/little_boy/little_girl/little_kid(s)/small_child/small_boy/small_girl/
    year_old(s)/yr_old(s)/yo/month_old/little_one(s)/lil_boy/lil_girl/lil_kid/young_child/preschooler""",
    "POSS": """
his/her/my/their/moms/mums/mothers/dads/fathers/mans/womans/guys/boys/girls/ladys/kids/babys/childs/sons/
    daughters/husbands/wifes/friends/mates/brothers/sisters/grandmas/grandpas/nans/grans/someones/drivers/
    workers/neighbors/neighbours/partners/coworkers""",
    "BODY": """
head/face/neck/throat/chest/arm(s)/leg(s)/hand(s)/finger(s)/thumb/foot/feet/eye(s)/mouth/tongue/lip(s)/skull/
    wrist(s)/stomach/belly/jaw/hip/knee/ankle/thigh/shoulder/back/spine/side/cheek/ear/nose""",
    "NEG": """
wont/will_not/cant/cannot/can_not/doesnt/does_not/isnt/is_not/not/hasnt/has_not/havent/couldnt/could_not/
    didnt/did_not/wouldnt/never/arent/unable_to/no_longer/stopped""",
    "STIRS": """
wake/waking/woken/wakes/woke/wakin/rouse/roused/stir/stirring/surfaced/surface/come_round/coming_round/
    come_back_up/get_back_up/open_POSS_eyes/opening_POSS_eyes/move_POSS/moving_POSS/feel_POSS/
    catch_POSS_breath/get_POSS_breath/
    get_air/get_any_air/swallow/wake_him/wake_her/wake_them/move_at_all/talk_or/breathe""",
    "FLOOR": """
on_the_floor/on_the_-_floor/on_my_floor/on_the_ground/on_the_pavement/on_the_sidewalk/on_the_road/in_the_road/
    on_the_street/in_the_street/in_the_gutter/on_the_steps/on_the_stairs/on_the_landing/on_the_platform/
    in_the_bath/in_the_bathtub/in_the_tub/in_the_ditch/in_a_ditch/face_down/on_the_lawn/in_the_snow/
    on_the_tracks/on_the_rails/on_the_curb/on_the_kerb/bottom_of_the_stairs/in_the_alley/on_the_driveway/
    on_the_concrete/on_the_grass/on_the_bench""",
    "INDOORS": """
hallway/hall/corridor/landing/stairwell/stairs/staircase/basement/cellar/lobby/elevator/lift/subway/tunnel/
    classroom/school/office/kitchen/bathroom/bedroom/living_room/apartment/flat/house/home/building/unit/
    garage/attic/loft/train/bus/car/store/shop/roof/window(s)/vent(s)/hood/bonnet/engine/dashboard/manhole/
    wall(s)/ceiling/socket/outlet/panel/substation/door/floor/upstairs/downstairs/next_door""",
    "MACHINE": """
VEHICLE/forklift/tractor/digger/excavator/crane/machine/press/conveyor/escalator/elevator(s)/lift/rubble/beam/
    railing(s)/mud/quicksand/sand/grain/silo/trench/manhole/well/chimney/debris/bricks/boulder/wreck/wreckage/
    ladder/freezer/vault/gate/wall/hole""",
    "HOUND": """
dog(s)/pitbull(s)/pit_bull(s)/pit(s)/rottweiler(s)/rottie(s)/shepherd(s)/alsatian/mastiff/husky/doberman/
    bully/bullies/coyote(s)/bear/cougar/mountain_lion/alligator/gator/bull/hog/boar/stray(s)/terrier""",
    "SHAPES": "blade/blades/crowbar/bat(s)/hatchet/cleaver/screwdriver/hammer(s)/pipe/bottle(s)/stick(s)",
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
support group(s) .. suicid-/overdos-/murder-/violence
lost .. to suicide/overdose(s)/cancer/drugs
monoxide scare
stop/prevent/fight/about wildfire(s)
choking small/local/our/the? business-/downtown/shops
bomb ..1 truck/tacos/burgers/food/pizza/bbq
report/essay/project/homework/presentation on/about .. fire(s)/firefighter(s)/wildfire(s)/police/emergencies
you/guys/team/crew are on fire
isnt/not/no/arent/never a/any/an/actively/longer/currently* fire(s)/sparking/smoking/bleeding/explosion
scared/worried/afraid/fear/danger/risk of/about/it_may/itll a/another/catch? fire(s)
fire/tripping/safety/health risk/hazard(s)
front of my/our/the/her/his/a ..1 house/home/building/apartment
painted/wrote/written/sprayed/graffiti/drawn/drew/tag/tagged ..4 fire/kill/bomb/want_to_die/gun(s)/knives/
    suicide/murder/stab/die/help
it/sign/wall/sticker/poster/mural/banner ..1 says/saying/reads ..3 fire/kill/bomb/want_to_die/gun(s)/suicide/
    murder/stab/die/help
gun(s)/knives/knife/fire/flames drawn/painted
painted/covered/decorated with flames
candle flames
branch/branches/thorn(s)/bushes/twigs/limbs ..1 stab(s)/stabbing/attack/attacking/strangl-
tap/water/sewer/sewage/drain(s)/river/pond/trash/storm/gutter/manhole/basin ..4 rotten_egg(s)/smell_.._gas
rotten egg(s) ..5 sewer/sewage/drain(s)/tap/catch_basin/manhole/pond/gutter/dump/bin(s)
smell(s) of drain(s)/sewage/sewer
rats/ivy/weeds/brambles/traffic ..2 taken/taking/hold/held/holding ..3 hostage
gas leak repair-/work-/last/from/they/was/crew/trench
gas leak in MONTH
gas leak in the? spring/summer/fall/winter
from/since/after/during the? gas leak
gas people/man/men/guys/engineer(s)/workers/crew/board/works
a/an/the/is/it? not/isnt gas
sewer_gas/not_natural_gas/natural_gas_smell_no
from/of/after/following a/an/the ..2 accident/crash/collision/explosion/fire/shooting/stabbing
could/will/would/can/going_to/might/gonna/may/to be a/an/more? ..1 accident(s)/crash/collision/fatality/
    trapped/crushed/electrocuted
crash/crashes/crashed into ..3 parked/sign/signal/pole/fence/cabinet/mailbox/guardrail/hydrant/barrier
life/lives in/into their/my/your/our hand(s)
held_up/holding_up/hold_up by/only/traffic
held_up/holding_up with ..1 tape/rope/string/wire/wood/bricks/zip_ties
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
    hurt_or_killed/hurt_or_worse a/some/or/one/sooner/eventually/soon/there/here/by/if/badly/someday
someone/somebody/people/person/kid(s)/child is/are? will/could/might/may/can/would/gonna/going/bound/who/
    has_to/get(s)/almost/nearly/to ..3 hurt/killed/injured/hit/hit_by_a_car/die(s)/fall/drown/electrocuted/
    run_over/get_hurt
almost/nearly/could_have/could_of/couldve/might_have/would_have/before ..3 hit/killed/hurt/injured/
    crashed/died/fell/run_over/drowned/collapsed/a_crash/an_accident/t_boned/rear_ended/wiped_out/knocked
before someone/somebody/anyone/a/there/it/one/we/the/an .. hurt/killed/injured/hit/accident/crash/fire/
    falls/dies/happens
cause(s)/causing/caused/prevent/avoid/risk_of/potential/waiting_for/possible/any/future a/an/for/more/of/
    serious/bad/to/happen* accident/crash/crashes/fire/injury/injuries/collision
accident waiting to happen
death_trap/suicide_mission/is_suicide/dying_of/dying_to/dying_for/nearly_died/almost_died/drop_dead/
    dead_end/die_waiting/im_dead
bored/scared/worried/frightened/annoyed/tickled/starved/starving/frozen to_death
ill_die/im_dying/i_will_die of/to/for/here/laughing/waiting/lol/with/over/if
boss/mum/mom/dad/wife/husband will/is_going_to/gonna kill me
THING/ANIMAL was/were/is/are/has_been/have_been/had_been/got/just_got/been/that_was/which_was* hit/struck/
    run_over/killed/knocked_down/knocked_over/clipped/smashed/taken_out/mowed_down by?
run_over/ran_over/killed/dead/hit ..1 ANIMAL/THING/bag(s)/cone(s)
shot/shoot(s)/shooting out/up/up_with/to_pieces/full_of/water/the_lamp/the_light/the_sign/the_yield/
    the_stop/the_deer
is/are/was/been/looks/totally/half shot at_the/full/and/now/out
like/louder_than/as ..2 gunshot/gun_shot/explosion(s)/bomb(s)/bomb_went_off/war_zone/heart_attack/a_gun/
    volcano/bomb_hit/bombs_hit/bombs_went_off/machine_gun
firework(s)/firecracker(s)/exhaust(s)/popping/pops/bangs/backfires/backfiring/mufflers/motorbikes .. like ..2
    gunshot(s)/gun_shot(s)/gunfire/shots
bb/paintball/pellet/nail/staple/glue/squirt/water/radar/heat/spray/toy gun(s)
gun(s) safe/sign/shop/store/range/club
no gun(s)
gun it/on
car(s)/house/scooter/burglar/bike/truck/store/shop/vehicle/security ..1 alarm(s)
smoke/fire detector(s)/alarm(s) ..2 chirp-/vacant/battery/install-/free/check
baby/babies/little/orphaned ..1 ANIMAL
dog(s)/coyote(s)/pitbull(s)/pit_bull(s)/HOUND attack-/bit/bitten/bites/killed/chasing/chased my/our/a/an/the/
    another/their/his/her ..1 ANIMAL
narcan/naloxone/cpr/first_aid training/class(es)/course(s)/kit(s)/box/vending
when should i/we
ambulance ..1 crew(s)/bill/ride/cover
sign/signs/barrier/post/plate/nameplate/fence/pole was? knocked down/over
drew/drawn/painted a stick
cactus/spikes/pads/spines .. stab-
meter/machine robbed
almost/nearly/practically broke/broken
bomb crater(s)/shelter/site
give(s)/gave/giving/nearly/had me/us/my_-? a/an ..1 heart_attack/stroke
bush-/branches/hedge/brambles/thorns/nettles/ivy/weeds attack-
attack(s)/attacked/attacking my_chickens/my_flower/our_bins/bins/by_mosquitoes/by_wasps/
    by_geese/by_brambles
from/with/for laughing/laughter/lol
cant_breathe laughing/from/with/for/lol
heart_attack on_a/lol/burger
in_the_back at_work
choking on/with/the leaves/weeds/debris/trash/dust/footpath/path/sidewalk/drain/plants
drain/sewer/gutter/weeds/brambles/ivy/it/tree(s) is/are? choking-/strangling-/drowning-
drowning/drowned/drowns in/our/your/the/my trash/litter/garbage/rubbish/weeds/garden/shoes/crosswalk
tire(s)/tyre(s)/rim/bag(s)/bin/fountain exploded/blew/blew_up/blown
exploded bag(s)/bin/fountain/tire/tyre/diaper
explosion(s) of
ANIMAL is/are/got/has_been/been/was? trapped/stuck/bleeding/choking/drowning/missing/lost/locked/
    electrocuted itself?
ANIMAL was/got/been/has_been/being attacked/beaten/abused
ANIMAL ..1 fell/fallen/went ..1 through/in/into the ice/WATER/manhole/drain
missing/lost/stray/found cat/dog/kitten/puppy/pet/bird
want_to/could/makes_me/going_to scream
rooster/cat(s)/fox(es)/gulls/peacock(s)/bird(s)/alarm/baby ..1 scream(s)/screaming/screeching
screaming/screams and_laughing/all_night/at_the_pool/kids
kids screaming and
burned/burnt/burn(s)/burning/burning_out out/leaves/candles/rubber/mark(s)/sofa/mattress/bulb/all_day/
    all_night/24_hours/through
burned/burnt/burn(s) down/house/plastic
neighbor(s)/neighbour(s)/they/people/tenants/folks ..1 burn(s)/burning wood/leaves/trash/garbage/plastic/
    rubbish/wires/copper/stuff
cigarette/weed/pot/marijuana/cigar/vape/tobacco/barbecue/bbq/grill/diesel/exhaust/second_hand/secondhand/
    fire_pit/chimney/wood ..1 smoke/smell/fumes
smoke/smell ..3 from/of ..3 fire_pit/bbq/barbecue/grill/chimney/exhaust(s)/bus(es)/cigarette(s)/weed/pot/
    cooking/woodstove/wood_stove/restaurant
light(s)/laid/lit/light/make/making/start/had a? fire(s) ..3 pit/barbecue/bench/camp/campsite
nothing/nobody/none/noone is/s? burning/on_fire/hurt/hit/trapped
light(s)/lamp(s)/candle(s)/bulb(s)/streetlight(s) is/are? burning/burnt/on_fire_all
held/holding ..1 hostage
gunshot(s)/gun_shot(s) most/every/all_the/sometimes/at_night
hear/heard/hearing .. most/every night(s)/weekend(s)/week(s)
tv/broadband/phone/telephone/internet/cable_tv/fiber/fibre/fiber_optic/comcast/spectrum/verizon/
    communication(s)/dead cable(s)/line(s)/wire(s)/cord
bleeding skull/heart/rust/paint/through/gravel/into
ambulance(s)/police/emergency/hospital bay(s)/depot/entrance/car(s)/station/couldnt/had_to/have_to/cant_get/
    cant_pass/cant_park/cant_turn/access/exit(s)/clinic/room/route/snow/phone/lane/vehicle(s)
can_you/do_you/could_you/will_you send police/cops or
non_emergency/nonemergency police?
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
always/often/usually/all_the_time/over_the_years/in_the_past/previously/still_not/still_hasnt/never_been/
    never_replaced/never_repaired/never_fixed
this_year/so_far/long_ago/used_to/its_out_now/is_out_now/hes_gone_now
"""

# It is happening, whatever else the message tells of.
STILL = """
right_now/rn/as_we_speak/happening_now/this_minute/this_second/this_moment/the_moment/hurry/not_breathing
"""
