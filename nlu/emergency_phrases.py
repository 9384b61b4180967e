"""The phrases of `nlu.emergencies`, by tier.

One phrase a line, in plain lower-case words: no apostrophes ("isnt"), no commas, "." where a sentence
ends. A line that begins with spaces goes on with the one before it.

    fell/fallen     one of these               line(s)        line or lines
    a/an?           one of these or nothing    is/are*        any number of these
    out_of          two words as one choice    drown-         any word that begins so
    ..              up to five words           ..2            up to two words
    ^ $             the message's start, end   PERSON         one of `WORDS["PERSON"]`
"""

from __future__ import annotations

from nlu.interpreter import Emergency

_FIRE = """
on/caught/catching/catches/set/setting fire
house/brush/grass/forest/car/dumpster/bin/trash/apartment/kitchen/electrical/vehicle/truck/building/
    garage/shed/chimney/transformer/woods/wild fire(s)
brushfire(s)
there_is/there(s)/there_are/its/a/big/huge/see/small/started/start/starting/report/reporting/have_a/have
    a? big/huge/small/large/active? fire(s)
fire at/in/near/on/by/behind/inside/next/please/help/now/everywhere/started/spreading/coming/hurry
^ help? .? fire fire/.* $
wildfire(s)
ablaze/alight/in_flames/engulfed
flames
is/are/was/hes/its/theyre/starting/place/something/HOME/VEHICLE/tent/field/grass/woods/roof/tree/bush/
    bushes/pole/transformer/stove/oven/fence/shed is/are/just/still* burning
smell .. burning/smoke
thick/black/heavy/big/lots_of/orange/white/dark smoke
smoke is/and_flames/was/seems_to_be/everywhere* coming/pouring/billowing/rising/filling/everywhere/inside/
    in_my/in_the_HOME/in_the_hallway/in_the_building/in_the_basement
full_of/filled_with/filling_with smoke
HOME .. is? smoking
panel/outlet/transformer/fuse_box/breaker/socket/meter/oven/stove/dryer/electric_box/electrical_box ..
    smoking/sparking/sparks
incendio/fuego/se_quema/se_esta_quema/se_esta_quemando/en_llamas/mucho_humo
"""

_GAS = """
smell .. gas
gas .. smell
gas leak(s)/leaking/is_leaking/escaping/odor/odour/fumes/smell
stink(s)/stank/stinking/reek(s)/reeking/odor/odour/whiff/scent .. gas
gassy smell
hit(s)/struck/ripped/broke/cut/severed/ruptured/punctured/damaged/broken/burst/leaking .. gas line(s)/
    pipe(s)/main
gas line/pipe/main .. hit/broken/broke/burst/ruptured/cut/hissing/leaking/damaged/leak
gas .. hissing
hissing .. gas
rotten egg(s)
carbon monoxide
monoxide
co alarm/detector/poisoning
chemical/ammonia/chlorine/propane leak/spill/cloud/smell/gas
huele/olor .. gas
fuga/escape de gas
"""

_WIRES = """
WIRE .. down/fell/fallen/falling/came_down/lying/laying/in_the_road/in_the_street/in_the_yard/
    in_the_water/on_the_ground/on_a/on_my/on_the/across/sparking/sparks/arcing/hissing/buzzing/burning/
    snapped/jumping/on_fire
down/downed/fallen/snapped/broken electric/electrical? power/electric/electrical/utility CORD
live/downed/sparking/arcing CORD
CORD .. sparking/sparks/arcing/hissing/smoking/is_live/are_live/on_fire/whipping
wire(s)/line/cable fell/came_down/snapped/is_down .. VEHICLE/fence/HOME/puddle/WATER/playground/fire/kids/
    people/children/PERSON
sparking/sparks_flying/sparks_coming/sparks_shooting/sparks_are_flying/sparks_are_coming/
    sparks_are_shooting
pole/post/box/transformer .. sparking/sparks/arcing
transformer .. exploded/blew/blown/explosion/fire/sparking/smoking
electrocuted/electrocution/electrocuting
got/get/getting/been/was/is .. shocked/electric_shock/zapped
cable(s) de luz/electricidad/corriente .. caido(s)/suelo/tirado
"""

_HURT = """
PERSON ..3 hit/struck/run_over/knocked_down/knocked_over/mowed_down by a/an/the/some/this ..1 VEHICLE/
    bike/scooter/driver
PERSON BEING/was_just/just_been/has_just_been/has_been/got/were hit/struck/run_over/ran_over/knocked_down/
    knocked_over
VEHICLE just/has/has_just? hit/struck/ran_over/run_over/knocked_down/plowed_into/drove_into/crashed_into
    a/an/the/some/my/two/three/several? ..1 PERSON/kids/cyclists/crowd/bystander
hit and run .. hurt/injured/ground/bleeding/blood/PERSON
crash/crashed/accident/collision/wreck/pileup/pile_up/rollover/wrecked .. .. hurt/injured/injuries/
    trapped/stuck/pinned/bleeding/unconscious/blood/not_moving/ejected/dying/isnt_moving
bad/serious/horrible/head_on/there_has_been_a/there_has_been_an/theres_been_a/theres_been_an/just_been_a/
    just_been_an/theres_an/there_is_an car/road/traffic/motorbike/bike/truck? crash/accident/collision/
    wreck/pile_up
head on crash/collision
car/truck/bike/motorbike/motorcycle/bus crash/accident/wreck at/on/just/now/people/outside/in_front/with/
    involving/happened
VEHICLE just/has/have/is/and_a_VEHICLE* crashed/flipped/overturned/rolled_over/roll_over/upside_down/
    tipped_over
VEHICLE .. went/drove/crashed/rolled/rolling/fell/slid/plunged/ran/roll/skidded/go .. into/off/in/over the
    WATER/ditch/ravine/pier/road/side
VEHICLE in the WATER with PERSON
someone/somebody/people/person/man/woman/driver/kid/child/worker/he_is/hes/shes/she_is .. trapped/pinned/
    buried/crushed/stuck_under/stuck_in_the_machine
trapped by the? flood/fire/water/smoke
"""

_SICK = """
unconscious/unresponsive/passed_out/out_cold
not/isnt/aint/stopped/stops/barely/hardly/cant/cannot/trouble/struggling/difficulty/dont_think_.._is/
    dont_think_hes/dont_think_shes to? breath/breathe/breathing/breathin
isnt/not/wont/doesnt/hasnt/never be/been? responding/respond/responsive/moving/wake/waking/woken/
    waking_up/answered_the_door/get_up
PERSON ..4 collapsed/collapse(s)/fainted/slumped
slumped on/in/at/over/outside/behind/by the/his/her/a
heart_attack/chest_pain(s)/cardiac_arrest/chest_hurts/chest_is_tight/chest_feels_tight
having/had/has_had/think_.._is a/an? ..1 stroke/seizure/fit/heart_attack/asthma_attack/allergic_reaction
he_is/she_is/hes/shes/im/someone_is/theyre/were ..1 dying/dead_i_think
found/see/theres/there_is a dead? body
dead body/man/woman/person/guy/lady/child
seizure/seizing/convulsing/anaphylaxis/throat_is_closing/face_is_drooping/foaming_at_the_mouth
is/hes/shes/PERSON/im/are/someone ..1 choking
overdose/overdosed/overdosing/oding/od_d/odd_behind/od_ing/narcan/naloxone
took/swallowed/ate/drank/swallow/taken/taking .. pills/bleach/poison/tablets/cleaner/detergent/batteries/
    battery/fentanyl/antifreeze
turning/gone/going/went/face_is/lips_are/hes/shes blue/purple
lips .. blue/purple
PERSON/nose/head/leg/hand/arm/badly/heavily/still ..3 bleeding
bleeding out/badly/heavily/a_lot/from/everywhere/bad/to
losing/lots_of/lot_of/covered_in/pool_of/so_much/full_of blood
blood is/all/gushing/coming? everywhere/over_him/over_her/over_his/over_the_floor/pouring/gushing/
    from_his/from_her/from_my
fell/fallen/fall(s)/jumped ..1 off/from/down/out_of a/an/the/my/his/her/of ..1 roof/ladder/stairs/
    scaffold/scaffolding/bridge/balcony/window/building/wall/tree/overpass/ledge/cliff
badly/seriously/really hurt/injured/wounded
people/folks/passengers/kids/someone/workers are/is? hurt/injured/wounded/dying/screaming_for_help
giving_birth/in_labor/in_labour/water_broke/baby_is_coming/having_a_baby/having_the_baby
lying/laying/lies/laid/face_down in the/a road/street/pool .. blood/moving/hurt/man/woman/person
lying/laying/lies/down on_the_ground/on_the_floor/on_the_sidewalk/on_the_pavement not/and/bleeding/with
lying/laying face down
man/woman/person/officer/PERSON down on/at/in/near/by
no_respira/inconsciente/se_desmayo/infarto/sobredosis/esta_sangrando/herido(s)/herida(s)/atropell-/
    accidente_grave/convulsion-
"""

_CRIME = """
shots/gunshots/gun_shots/gunfire fired/outside/right_now/now/just/at/on/near/going/ringing/coming/being
just/i/we/im/can heard/hear/hearing .. shots/gunshot(s)/gun_shot(s)/gunfire/shooting
^ gunshot(s)/gun_shot(s)
active_shooter/shooter/drive_by_shooting/opened_fire/open_fire/opening_fire
PERSON/is/are/guy(s)/men ..1 shooting at/people/on/in/up/outside/a/my/near/from/his/gun(s)
PERSON was/got/been/just/is/has_been/just_got/were/BEING shot
shot me/him/her/my_-/a_man/a_woman/a_kid/a_guy/a_person/a_cop/someone/in_the_leg/in_the_head/in_the_chest/
    in_the_back/in_the_arm/in_the_stomach
has/have/with/got/holding/pointing/pulled/waving/brandishing/brought/swinging/carrying/flashed/showed/and
    a/an/the/his/out_a? big/long/real/kitchen? WEAPON
with/has/swinging a bat .. smashing/swinging/hit-/threat-
gun(s) out/drawn/pointed
gunpoint/knifepoint/gun_point/knife_point/at_gun/hostage(s)
stabbed/stabbing/knifed/been_stabbed/got_stabbed
raped/rape/raping/sexually_assaulted/molest-/groped
kidnap-/abduct-/been_snatched
daughter/son/child/baby/kid has_been/was/got/being taken/grabbed
being_dragged/dragged/forced/snatched into/inside a/an/his/the ..1 VEHICLE/alley/woods/bushes
dragging/pulled/pulling/grabbed/forcing/forced a/the/my? her/him/me/PERSON into/inside a/an/his/the ..1
    VEHICLE/alley/woods/bushes
tried/trying to take/grab/snatch/kidnap/abduct my/a/the/her/his PERSON
bomb threat
is/theres/a/have/has/got/put/planted/is_a/pipe bomb(s)
bomb in/at/under/inside/on
suspicious/ticking/unattended/abandoned package/bag/device/suitcase/backpack/parcel
package/bag/box .. ticking/wires_coming_out
blow up the/a/my/our ..1 school/HOME/church/mall/station/courthouse
going_to/gonna/wants_to/threatening_to/threatened_to/trying_to/says_hell/said_he_will/he_will/she_will/
    will kill/hurt/shoot/stab/murder/beat/attack me/her/him/us/them/someone/people/my/everyone/his/
    himself/herself
disparos/balacera/tiroteo/pistola/arma_de_fuego/cuchillo/apunal-/me_pega-/me_esta_pega-/violaron/
    secuestr-/me_roban/me_asaltaron/asaltando
"""

_CRIME_NOW = """
breaking/break(s)/broke/trying_to_get/trying_to_break/climbing/climbed/smashing/kicking/forcing ..1 in/
    into/through/down to? my/our/the/a/your/their/his/her/someone/neighbors/neighbours ..1 HOME/back_door/
    front_door/place/neighbors/neighbours/garden/back
breaking in
kick/kicking/kicked/smashing/trying/banging/pounding/beating ..3 my/the/our front/back/bedroom/bathroom?
    door/window
intruder(s)/burglar(s)/prowler/home_invasion/trespasser_inside/burglary_in_progress/break_in_in_progress/
    in_progress
man/guy/someone/somebody/stranger/person/people is/are/just? in/inside/hiding_in/entered/in_the_back_of
    my/our ..1 HOME/yard/garden/closet/attic/car/shed
robbing/being_robbed/getting_robbed/been_robbed/just_robbed/got_robbed/got_mugged/just_mugged/
    being_mugged/got_held_up/just_held_up/being_held_up/been_held_up/was_held_up/carjack-/armed_robbery/
    looting
hes/shes/he_is/she_is/they_are/theyre/man/guy(s)/kids/teens/husband/boyfriend/wife/dad/stepdad/ex/bunch/
    five/four/three/people/men/someone ..1 is/are? beating/hitting/choking/strangling/punching/kicking/
    stomping/assaulting/attacking/hurting/jumping/slapping ..1 me/him/her/up/us/them/someone/somebody/
    PERSON/a_-/my_-/on_the_ground/each_other
being/getting/was_just/just_got/just beaten/attacked/assaulted/jumped/strangled/stalked/mugged/followed
hits/punched/assaulted/choked/threatening/threatened/follows/following/stalking me/us/her/him
husband/wife/boyfriend/girlfriend/partner/ex/dad/stepdad/he/she/someone/neighbor just/has/-? hit/attacked/
    hurt me/us/her/him
domestic_violence/domestic_abuse/domestic_dispute/domestic_fight/wife_beating
beating/beat up? a/his/her/my/the/some/this/on PERSON/guy/kid/wife
big/huge/street/gang/bad? fight/fighting with/outside/at/in/going_on/broke_out/right_now/on ..3 bottles/
    knives/bats/bar/guns/weapons/right_now/pub/club/blood
pitbull(s)/pit_bull(s)/dog(s)/coyote/bear is/are/just? attacking/mauling/biting/attacked/mauled a/an/my/
    the/some/two/people/PERSON
wont/will_not/doesnt let me/us/her leave/out/go
locked/hiding/hide ..1 in the/my/a bathroom/closet/bedroom/attic/basement/car
"""

_WATER = """
PERSON/is/hes/shes/swimmer/someone ..2 drowning
PERSON/walker ..2 fell/jumped/falls/fallen/slipped/swept/washed/floating/struggling ..2 in/into/through/
    under/off the/a? WATER/rapids/ice/flood/dam
PERSON is/are/was? stuck/floating/out? in the WATER/rapids
body in/floating
under_the/through_the ice
PERSON .. swept/washed away/off/down/under/out
kayak/boat/canoe ..1 flipped/capsized/overturned/sank/sinking/tipped
going/went/gone under and/./for/he/she/again
water/flood .. rising/getting_higher/coming_up_fast/coming_in_fast .. stuck/trapped/roof/cant_get_out/
    wont_open/HOME/car/upstairs
stuck/stranded/trapped .. roof/car/house/flood/top_of .. water/flood/rising/river
trapped/stranded/stuck .. floodwater/flood_water/flood/rising_water
baby/babies/toddler/child/kid(s)/infant/year_old/children .. locked/left/alone/stuck/strapped/unattended/
    trapped .. car/van/truck/vehicle/suv/seat
locked/left .. baby/toddler/child/kid(s)/son/daughter .. car/van/truck/vehicle
se_ahoga-/se_esta_ahoga-/alguien_en_el_agua/alguien_en_el_rio/alguien_en_el_lago/cayo_al_agua/cayo_al_rio/
    cayo_al_lago/cayo_al_canal
"""

_SELF_HARM = """
kill/killing/shoot/hang/hanging/harm/harming myself/himself/herself/themselves/themself
want/going/might/thinking/gonna/about/will .. hurt/hurting/cut/cutting myself/himself/herself
i just/really? want/wanna/wanted/am_ready/would_rather/rather to? die
dont/doesnt/do_not/no_longer want(s)/wanna to? live/be_alive/be_here_anymore/be_here_any_more/exist/
    wake_up
suicidal/suicide/unalive/end_it_all/end_my_life/ending_my_life/end_it_tonight/end_his_life/end_her_life/
    take_my_life/take_my_own_life/take_his_own_life/take_her_own_life/take_their_own_life/
    taking_his_own_life/taking_her_own_life/taking_my_own_life
going_to/gonna/about_to/threatening_to/wants_to/will/ready_to/trying_to/want_to ..1 jump off/from?
edge/ledge/wrong_side/outside of the/a ..1 roof/railing/rail/overpass/bridge_rail/bridge_railing/
    parking_garage/parking_deck
parking_-/bridge/roof/building ledge/edge
standing/sitting/lying/PERSON is? up? on a/the ..2 ledge/train_tracks/railway_tracks/railroad_tracks
miss_me_.._goodbye/this_is_goodbye/said_goodbye/texted_goodbye
me_quiero_matar/me_quiero_morir/quitarme_la_vida/suicid-
"""

_COLLAPSE = """
building/bridge/house/apartment/balcony/stand/stadium/parking_garage/crane/tower/grandstand/deck ..3
    collapsed/collapsing/fell_over/fell_down/gave_way/just_fell/is_falling_down/came_down
roof/ceiling/wall/trench/scaffold/scaffolding/balcony/porch/ground/sinkhole/tunnel ..4 collapsed/caved_in/
    fell/came_down/gave_way/opened/crushed/crashed/is_falling_off .. people/worker(s)/someone/somebody/
    trapped/buried/PERSON/inside
folks/people/worker(s)/someone/somebody/man/woman/kid/child .. buried/trapped/crushed/under_it/
    under_the_rubble
buried/crushed alive/under_it/under_the_rubble/under_rubble/under_debris/under_bricks
fell down/into/in .. manhole
tree/branch/limb ..1 fell/crushed/came_down/crashed on/onto/through/into .. PERSON/people/inside/house/
    roof
"""

_BLAST = """
there_was/been/was/just/heard/big/huge/loud/a/an/gas an/a/huge/big/loud? explosion(s)
explosion at/in/near/on/and/outside/just/next
just/something/house/building/transformer/tank/car/it/factory/plant/manhole/box/HOME just/across_the_-/
    next_door* exploded/blew_up/blown_up
"""

_ASKS = """
send the? police/cops/officers
send/need/get/call/want/sending ..2 ambulance/paramedic(s)/fire_department/fire_brigade/911/999/112/
    medic(s)/the_police_now/cops_now/emt(s)/ems
ambulance/paramedic(s)/911/999 please/now/asap/quick/quickly/hurry
police please/now/asap/quick/hurry/immediately/right_now
send the? police/cops/help/somebody/someone/an_officer please/now/quick/fast/hurry/asap/right_away
please send police/cops/help/an_ambulance
ambulancia/llamen_a_la_policia/auxilio/ayuda_por_favor/es_una_emergencia
"""

_LIKELY = """
help/save me/us/her/him im/he(s)/she(s)/were/they/please_hurry/now/hurry
help cant talk
^ please/pls? sos/mayday/emergency please/./now* $
life or death
send help
medical/real/its_an/this_is_an/have_an emergency
emergency right_now/now/please/help
someone/somebody/anyone/person/child/kid/lady/man/woman is/was/has_been/got/might_be/may_be/just_got*
    hurt/injured/in_danger
im/i_am/were/we_are ..1 scared_./scared_he(s)/scared_she/scared_someone/scared_please/scared_for_my_life/
    in_danger/not_safe_here/afraid_for_my
im/were/i_am/we_are/us ..2 trapped in/inside
missing/lost/wandered_off/disappeared/cant_find .. child/son/daughter/toddler/kid/year_old/little_boy/
    little_girl/grandma/grandpa/grandson/granddaughter/grandchild/mother/dementia/alzheimers
child/son/daughter/toddler/kid/year_old/boy/girl/mother/father/mom/dad/grandma/grandpa/grandson/
    granddaughter/grandchild/dementia/alzheimers .. missing/lost/wandered_off/disappeared/been_taken/
    left_the_house
cant find my ..1 son/daughter/kid/child/boy/girl/mom/mother/grandma/grandpa/grandson/granddaughter
calling/crying/yelling/screaming/shouting for help
moaning/groaning .. door/help/answer-
big/street/gang fight
crash/accident/collision just/right_now/happened/at/on
ayuda/socorro/emergencia/peligro
"""

_URGENT_ROAD = """
road/street/lane/pavement/asphalt/bridge/ground/roadway/highway/shoulder ..3 caved_in/caved/cave_in/
    caving_in/collapsed/collapsing/washed_out/gave_way/opened_up/lifting_up/sinking_fast
cave_in/cavein
sinkhole(s)/sink_hole(s) ..3 opened/opening/growing/getting/swallow-/formed/in_the_road/in_the_street/
    in_the_middle/big_enough/just
open/uncovered/missing/no manhole
manhole cover/lid? is/has/was/been/lid/cover* gone/missing/open/off/stolen/removed/displaced/not_there/
    uncovered/broken_through/fallen_in
missing/no/without_a manhole/man_hole/drain/storm_drain/sewer/utility cover/grate/lid/grating
grate/grating/drain_cover/sewer_cover/lid .. missing/gone/fell_in/fallen_in/open_hole
cars/traffic/people/vehicles/drivers/trucks are/is/keep/having_to/have_to* swerving/swerve/stalling/
    stalled/spinning/crashing
oil/fuel/diesel/gasoline/chemical/paint/gravel/acid ..2 spill/spilled/spilt/all_over_the_road/
    all_over_the_street/all_over_the_roundabout/all_over_the_junction/fell_off/oozing
spill/spilled/spilt/dumped/fell_off .. all_over/across/both_lanes .. road/lane(s)/roundabout/highway
middle/fast/center/both/left/right/inside lane(s) of the freeway/highway/motorway/interstate/expressway
chemical/hazardous/toxic label/waste/barrel(s)/drum(s)
"""

_URGENT_SIGNAL = """
all/all_the/all_of/all_of_the/both/every traffic? lights/signal(s)/stop_lights/stoplights ..3 out/dark/
    off/dead/down/not_working/black
traffic_light(s)/traffic_signal(s)/stoplight(s)/stop_light(s)/signal(s)/lights_at_the_intersection ..2 is/
    are? completely/totally/all/both/fully/entirely? out/dark/gone_dark/no_power/fell/fallen/falling/
    hanging/dangling/blacked_out/all_green
green/red ..1 in/on/for both/all/every direction(s)/ways/sides/sides_at_once
sign/signal/light/banner/pole/wire/branch/cable ..5 dangling/hanging_by/swinging/about_to_fall/
    ready_to_fall/going_to_fall/came_loose
stop sign ..3 gone/missing/down/knocked_down/stolen/not_there/fell/fallen/been_removed/laying/lying
missing/no_more/stolen stop sign
crossing_gate(s)/railroad_gate(s)/level_crossing/barrier .. stuck/broken/train
"""

_URGENT_WATER = """
water_main/main/water_line/hydrant/pipe ..3 broke/burst/break/bursting/ruptured/exploded/gushing/blew
water_main/main break
street/road/underpass/intersection/lane(s)/highway/tunnel/basement/house(s) ..4 flooded/under_water/
    underwater/flooding/impassable/a_river/into_a_river/feet_of_water
flood(s)/flooded/flooding/floodwater(s) ..3 across/over/right_across ..3 road/street/lane(s)/cars/rd/ave
raw? sewage ..3 pouring/gushing/flowing/spilling/running/bubbling/overflowing/backing_up/in_my/
    in_the_street/in_the_basement/in_the_yard/in_the_road/in_the_house
"""

_URGENT_FALLING = """
tree(s)/limb/branch/trunk/oak/pine/maple/pole ..4 across/blocking/blocks/in_the_middle_of ..3 road/street/
    lane(s)/highway/avenue/both/whole/entire
tree(s)/branch/limb(s)/branches ..5 on/leaning_on/in/resting_on/against/down_on/fell_on/hanging_on/
    tangled_in ..1 WIRE/wire(s)/cables/utility_line(s)
tree/branch/limb ..5 about_to_fall/about_to_come_down/about_to_snap/ready_to_fall/ready_to_come_down/
    going_to_fall/creaking/cracked_and/split_and/hanging_over_the_playground/hanging_over_the_school/
    hanging_over_the_bus_stop/hanging_over_the_sidewalk/hanging_over_the_road/hanging_over_the_street
utility/power/telephone/electric/light/lamp/phone pole/post ..4 snapped/broken_in_half/about_to_fall/
    about_to_come_down/going_to_fall/ready_to_fall/fell/fallen/down/leaning_over/leaning_badly/
    leaning_into/leaning_dangerously/cracked/split
low/hanging/dangling/drooping/sagging/exposed/bare/loose ..1 power/electric/electrical/utility/live/
    overhead CORD
exposed/bare electrical/electric? wire(s)/wiring
wire(s) is/are/hanging? exposed/out_at/hanging_out/sticking_out/coming_out
CORD is/are/just/came/has/fell/fallen/laying/lying* down/across/on_the_ground/in_the_road/in_the_street
brick(s)/concrete/masonry/chunk(s)/roof/tiles/glass/plaster/sheets/siding/debris/stone(s)/facade/cornice/
    gutter/panel(s) ..4 falling/fallen/dropping/blowing_off/coming_off/coming_down/about_to_fall/raining
    ..1 off/from/onto/on/down/the/into/in
wall/chimney/scaffolding/scaffold/fence/porch/balcony/building/facade/crane ..4 bulging/swaying/
    about_to_fall/about_to_collapse/about_to_come_down/ready_to_go/ready_to_fall/ready_to_collapse/
    leaning_over/going_to_fall/going_to_collapse/collapsing
railing/guardrail/guard_rail/barrier/parapet ..3 gone/missing/torn_off/broken_off/ripped_off/fell
wrong way on the ..1 expressway/highway/freeway/motorway/interstate/bypass
aggressive/vicious/dangerous/attacking/snarling/rabid ..1 dog(s)/animal/raccoon/pitbull/pit_bull/fox/
    coyote
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
