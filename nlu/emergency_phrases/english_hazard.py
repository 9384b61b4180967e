"""What fire, gas, power, water and falling things put people in danger of; see `nlu.phrasebook`."""

from __future__ import annotations

FIRE = """
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
HOME/VEHICLE/help .? fire .? $
blazing/inferno/smoldering/smouldering
smoke ..2 in/inside/from/under/out_of/through/filling/up/off/above/fills/pours/pouring/coming ..3 INDOORS
burning/burnt/smoky ..2 smell
wall/socket/outlet/plug/panel/fuse_board/fuse_box/breaker/wiring/charger/battery/heater/furnace/boiler/
    ebike/e_bike/scooter/hoverboard ..5 hot/smoking/melting/melted/sparking/burning/glowing/scorching/
    exploded/popping
alarm(s)/sprinkler(s)/detector(s) ..3 going_off/went_off/goes_off/go_off/ringing/blaring/sounding ..6 smoke/
    smell/burning/fire/hot/sick/dizzy/headache-/asleep/people/inside/nobody_answers
fire ..3 bigger/closer/out_of_control/spreading/spread/spreads/growing
set/setting/lit/light/lighting ..3 alight/ablaze/on_fire
cant/cannot/trouble see/breathe ..3 smoke/fumes
engine/motor/hood/bonnet is? smoking
"""

GAS = """
smell .. gas
gas .. smell
gas leak(s)/leaking/is_leaking/escaping/odor/odour/fumes/smell
stink(s)/stank/stinking/reek(s)/reeking/odor/odour/whiff/scent .. gas
gassy smell
hit(s)/struck/ripped/broke/cut/severed/ruptured/punctured/damaged/broken/burst/leaking .. gas line(s)/
    pipe(s)/main
gas line/pipe/main/service/riser .. hit/broken/broke/burst/ruptured/cut/hissing/leaking/damaged/leak/roaring/
    snapped/severed/sheared/punctured/blowing
snapped/severed/sheared/punctured/nicked/ripped/tore/clipped/dug_into ..2 gas service/riser/line(s)/pipe(s)/main
gas .. hissing
hissing .. gas
rotten egg(s)
carbon monoxide
monoxide
co alarm/detector/poisoning
chemical/ammonia/chlorine/propane leak/spill/cloud/smell/gas
gas ..5 strong/overpowering/stink(s)/stinking/reek(s)/reeking/whiff/fumes/hiss/hissing/dizzy/headache-/sick/
    lightheaded
taste/tasting/sniff/smelt ..3 gas
rotten/rotting/bad/off/spoiled egg(s)
smell .. propane/butane/monoxide
left/leaving/turned ..2 gas on
gas is/was/left on
co/co2/carbon/monoxide ..3 alarm(s)/detector(s)/meter/monitor/reading/levels/beep-/chirp-/going_off/poison-
headache-/dizzy/nauseous/nausea/woozy/drowsy/lightheaded/throwing_up ..6 heater/furnace/boiler/generator/
    stove/detector/gas/fumes
heater/furnace/boiler/generator/stove/detector/gas/fumes/everyone/everybody/whole_family/all_of_us/we_all/
    all_four/all_three/both_of_us/kids_all ..6 headache-/dizzy/nauseous/woozy/drowsy/lightheaded/throwing_up/
    passing_out/faint/fainting/vomiting
hiss/hissing/whistling ..4 meter/cylinder/propane/tank/bottle/cooker/stove
meter/cylinder/propane/tank/cooker/stove ..4 hiss/hissing/whistling
"""

WIRES = """
WIRE .. down/fell/fallen/falling/came_down/lying/laying/in_the_road/in_the_street/in_the_yard/
    in_the_water/on_the_ground/on_a/on_my/on_the/across/sparking/sparks/arcing/hissing/buzzing/burning/
    snapped/jumping/on_fire
down/downed/fallen/snapped/broken electric/electrical? power/electric/electrical/utility CORD
CORD is/are? lying/laying/draped/resting/down/hanging/wrapped on/across/over/onto/around a/the/my/our/their?
    ..1 VEHICLE/PERSON
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
CORD/pole/post/lamppost/lamp_post/light_pole/streetlight/transformer/socket/outlet/panel/meter/substation/
    pylon/rail ..4 spark(s)/sparking/sparked/arcing/zapping/flashing_blue/keeps_flashing/blue_flash-
throw-/shoot-/spit-/shower-/raining/giving/spray-/spew- ..2 spark(s)
spark(s) ..2 from/flying/everywhere/shooting/off/raining/falling/onto
electric/electrical/power/live/overhead/high_voltage/hydro ..1 CORD ..2 fell/fallen/came_down/come_down/
    snapped/lying_in/laying_in/in_the_road/in_the_street/in_the_water/in_a_puddle
PERSON ..4 zapped/electrocut-/jolted/electrified
PERSON ..2 touched/touching/touches/grabbed/grabbing/stuck_to/climbing/climbed/up ..3 live/pylon/third_rail/
    power_line(s)/overhead_line(s)/electric/electrical/transformer/substation
fork/knife/finger(s)/key/spoon/screwdriver/scissors in/into/inside/at ..2 socket/outlet/toaster
"""

WATER = """
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
PERSON/kid(s)/boys/girls/one/she/he ..3 went/gone/going/slipped/fell/fallen/jumped/dived/dove/thrown/pushed/
    dragged/
    knocked/pulled/leapt/toppled/tumbled/leaped ..2 off/in/into/under/over/through/from ..3 WATER/bridge/
    footbridge/
    pier/jetty/quay/ice/ferry/boat/viaduct/wharf/flood/rocks
PERSON ..4 went/gone/goes/going/pulled/sucked/slipped/dragged under
NEG ..1 come_back_up/come_up/coming_up/surfaced/resurfaced/surface
the? ice ..2 cracked/broke/broken/gave_way/has_gone/given_way/giving_way
through/out_on/under/out_onto/stuck_on the? ice ..6 gone_in/fell_in/fallen/went_in/under/in/NEG/help/cracking
swept/carried/washed/dragged/sucked away/under/downstream/out_to_sea by/in/into/with/PERSON
water/flood/river/creek/current/wave(s)/tide/floodwater ..10 taken/took/swept/carried/dragged/washed/taking/
    sweeping
    ..2 PERSON/VEHICLE/cars/people/house/away
swept/swept_away/washed_away/carried_off/floating/carried ..6 PERSON/people/someone/family/driver ..1 in/
    inside/on
on/onto top/roof/the_roof/hood/bonnet of ..3 car/van/truck/house/bus/vehicle/building ..6 water/creek/river/
    flood/
    rising/coming_up/stranded/surrounded/stuck
water/creek/river/flood ..4 up_to/to_my/at_my/past/over/to_the/reached/at_the/up_past ..2 waist/chest/knees/
    neck/
    windows/roof/doors/seat/windshield/windscreen/hips/shoulders
clinging/hanging_on/hanging_onto/holding/grabbing/clung on/to/onto/on_to ..3 branch/tree/bridge/ledge/pole/roof/
    rope/railing/log/buoy/weir/rock/pier/sign/post/edge
PERSON ..3 cant/cannot/couldnt/doesnt_know_how_to swim
struggling/flailing/thrashing/splashing/screaming/waving/shouting/bobbing/caught/swimming/lost/out in/out/under/
    from/off the? ..1 WATER/tide/riptide/rip/undertow
VEHICLE ..4 WATER/flood ..5 inside/driver/someone/people/PERSON/trapped/sinking/in_it/stuck
sinking/submerged/underwater ..5 inside/driver/someone/people/PERSON/trapped/in_it
LITTLE/child/children/kid(s)/son/daughter ..6 car/back_seat/backseat/car_seat/van/truck/suv/back_of_a/
    back_of_the/
    honda/toyota/ford/vehicle ..8 hot/degrees/windows/locked/alone/nobody/no_one/sweating/crying/asleep/sun/
    nobody_around/unattended/heat/by_himself/by_herself/on_their_own
LITTLE ..5 wandering/walking/crawling/running/alone/by_himself/by_herself/by_itself/on_his_own/on_her_own/
    standing/
    sitting/wandered/unattended/barefoot ..6 road/street/highway/middle/lane/traffic/tracks/diaper/nappy/
    barefoot/
    pajamas/pyjamas/freeway/motorway/river/cold/dark/parking_lot/no_parent(s)/nobody/no_adult(s)/snow/rain/
    crying
LITTLE ..6 missing/vanished/ran_off/disappeared/wandered/snatched/swallowed/choking/unconscious/NEG_breathing/
    locked_in/
    fell_out/fell_in/drowning/bleeding/stuck_in/trapped
"""

COLLAPSE = """
building/bridge/house/apartment/balcony/stand/stadium/parking_garage/crane/tower/grandstand/deck ..3
    collapsed/collapsing/fell_over/fell_down/gave_way/just_fell/is_falling_down/came_down
roof/ceiling/wall/trench/scaffold/scaffolding/balcony/porch/ground/sinkhole/tunnel ..4 collapsed/caved_in/
    fell/came_down/gave_way/opened/crushed/crashed/is_falling_off .. people/worker(s)/someone/somebody/
    trapped/buried/PERSON/inside
folks/people/worker(s)/someone/somebody/man/woman/kid/child .. buried/trapped/crushed/under_it/
    under_the_rubble
buried/crushed alive/under_it/under_the_rubble/under_rubble/under_debris/under_bricks
fell down/into/in .. manhole
flattened/crushed/squashed/fell_on/landed_on/came_down_on ..3 tent(s)/car/van/bus/truck/trailer/house/camper/
    cabin/stall/shed ..2 with/and ..2 PERSON/people/kid(s)/child-/camper(s)/worker(s)/us/driver/passenger(s)
    .? in/inside/under
tree/branch/limb ..1 fell/crushed/came_down/crashed on/onto/through/into .. PERSON/people/inside/house/
    roof
porch/deck/balcony/floor/stage/bleachers/stairs/staircase/roof/ceiling/wall/bridge/scaffold-/stand/building/
    house/
    crane/tent/canopy/platform/fire_escape/trench/tunnel ..4 gave_way/given_way/giving_way/collapsed/came_down/
    come_down/fell/fallen/caved_in/caving_in/fell_in/dropped/crashed_down ..6 people/students/kids/children/
    PERSON/
    worker(s)/folk/folks/trapped/inside/underneath/hurt/injured/screaming/someone/guests/customers/walking/
    on_it/
    under_it/on_top_of
front/side/half/part/whole/corner/wall of ..3 building/shop/house/bakery/church/store/school/pub/apartment/
    flats/
    hotel/restaurant/block/mall ..3 just/has/has_just collapsed/come_down/came_down/fallen/fell/gone/caved_in
people/folk/folks/PERSON/kids/students/worker(s)/customers ..6 under/underneath/beneath/buried ..2 rubble/
    debris/
    bricks/wall/roof/ceiling/beams/collapsed/it_all/concrete/snow/avalanche/mud/dirt/sand
landslide/mudslide/avalanche/tornado ..6 house(s)/people/trapped/PERSON/home(s)
plane/helicopter/aircraft/jet ..3 crashed/down/came_down/went_down/crash/fell
train ..2 derailed/off_the_tracks/off_the_rails/crashed/derailment
derailed/derailment
"""

BLAST = """
there_was/been/was/just/heard/big/huge/loud/a/an/gas an/a/huge/big/loud? explosion(s)
explosion at/in/near/on/and/outside/just/next
just/something/house/building/transformer/tank/car/it/factory/plant/manhole/box/HOME just/across_the_-/
    next_door* exploded/blew_up/blown_up
huge/loud/massive/big/giant/almighty/enormous/a/an/the ..1 boom/bang/blast/explosion ..8 smoke/fire/flames/gone/
    screaming/shook/house_is/building_is/collapsed/people/hurt/half/injured/debris/glass_everywhere
explod- ..6 people/hurt/fire/smoke/flames/inside/house/building/apartment/just/now/injured/flat
tank/boiler/gas/propane/cylinder/factory/plant/car/house/garage/building/battery/manhole ..2 exploded/blew_up/
    exploding/blown_up
"""

URGENT_ROAD = """
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

URGENT_SIGNAL = """
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

URGENT_WATER = """
water_main/main/water_line/hydrant/pipe ..3 broke/burst/break/bursting/ruptured/exploded/gushing/blew
water_main/main break
street/road/underpass/intersection/lane(s)/highway/tunnel/basement/house(s) ..4 flooded/under_water/
    underwater/flooding/impassable/a_river/into_a_river/feet_of_water
flood(s)/flooded/flooding/floodwater(s) ..3 across/over/right_across ..3 road/street/lane(s)/cars/rd/ave
raw? sewage ..3 pouring/gushing/flowing/spilling/running/bubbling/overflowing/backing_up/in_my/
    in_the_street/in_the_basement/in_the_yard/in_the_road/in_the_house
"""

URGENT_FALLING = """
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
