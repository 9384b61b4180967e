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
VEHICLE/driver/motorcyclist/biker/cyclist/jeep/pickup/sedan/coach/semi/tractor/crash ..5 t_boned/rear_ended/
    slammed/smashed/plowed/ploughed/rammed/rolled/flipped/overturned/crashed/careened/veered/skidded/wrapped
    .. people/screaming/hurt/inside/moving/stuck/trapped/bleeding/smoke/crying/unresponsive/answering/injured
t_boned/tboned
airbag(s)/air_bag(s) ..2 off/deployed/went/blew
knocked/thrown/flung/clipped/swiped/hit ..2 off/over/down/from POSS bike/bicycle/scooter/motorbike/motorcycle/
    moped/horse/feet
PERSON ..3 hit/struck/knocked/clipped/flattened/run_over/ran_over .. drove_off/sped_off/took_off/fled/
    didnt_stop/drove_away/kept_going/just_left
drove/ran/running/went/gone over/into/through/at a/an/the/some/two/three/my ..1 PERSON/crowd/pedestrians/
    people/kids/queue/protesters
VEHICLE/pickup/jeep/coach/tractor ..4 on its/POSS side/roof
VEHICLE/pickup/jeep/coach/tractor ..3 hanging/dangling/teetering/balanced off/over/on ..2 bridge/edge/ramp/
    overpass/cliff/embankment/wall
VEHICLE ..2 gone/went/through/into/crashed/smashed/slammed into/through? ..3 house/shop/store/building/
    bus_stop/cafe/restaurant/living_room/window/crowd/people ..4 inside/people/hurt/someone/driver/trapped/just
drunk/drunken/wasted/hammered/intoxicated/impaired/plastered ..2 driver/driving/behind_the_wheel/at_the_wheel/
    motorist
driver/driving/wheel ..4 drunk/wasted/hammered/intoxicated/plastered/passed_out/slumped/unconscious
VEHICLE/pickup/sedan/jeep/suv/driver/guy/semi ..2 weaving/swerving/veering/drifting ..3 lane(s)/all_over/
    in_and_out/oncoming/between/kerb/curb/shoulder/traffic
driving/drives/drove/going/coming/headed/heading/driver/VEHICLE ..3 wrong_way/wrong_side ..4 highway/freeway/
    interstate/expressway/motorway/turnpike/bypass/tunnel/parkway/traffic/dual_carriageway
PERSON BEING* trapped/pinned/stuck/wedged/crushed/caught/jammed ..2 in/under/inside/between/beneath ..3 MACHINE
POSS ..1 BODY/hair/fingers ..2 trapped/pinned/stuck/wedged/crushed/caught/jammed ..1 in/under/inside/between/
    beneath
stuck/trapped/locked/stranded/shut in/inside ..2 elevator/lift/freezer/cooler/vault/cable_car/gondola/ski_lift
elevator/lift ..4 stuck/stopped/dropped/fell/plummeted/jammed ..4 people/person/someone/PERSON/inside
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
PERSON ..6 NEG ..1 STIRS
PERSON ..6 FLOOR ..6 NEG ..1 STIRS/move/moving/answer-/talk/talking/respond-/speak-/look_right/looking_good
PERSON ..6 FLOOR ..6 hurt/bleeding/blood/moaning/groaning/shaking/pain/hip/mumbling/confused/unresponsive/
    blue/pale/grey/gray/convulsing/head/broken/ambulance/injured
NEG ..2 wake him/her/them/up/POSS
PERSON ..3 gone/went/going/goes/turned/turning/looks/looking/is/was ..1 blue/grey/gray/purple/limp/floppy/
    lifeless/clammy/ashen/pale/motionless
hes/shes/he_is/she_is/theyre ..1 blue/grey/gray/purple/limp/floppy/lifeless/clammy/pale/stiff/fitting/seizing/
    delirious/burning_up/gasping/wheezing/dead/out_of_it/losing_consciousness/fading
gone/went limp/floppy/stiff_and
POSS ..2 BODY ..4 droop-/slack/numb/limp/floppy/blue/purple/swollen/swell-/swelled/lopsided/paralysed/paralyzed/
    bent/twisted/severed/sliced/gushing/spurting/blowing_up/ballooning/puffing/closing/mangled/dangling/
    hanging_off/split/hanging/backwards
PERSON ..4 BODY ..3 droop-/numb/swelling/swelled/severed/gushing/spurting/blowing_up/ballooning/closing_up/
    mangled/wrong_way/wrong_angle/funny_angle
slurring/slurred/slurs_his/slurs_her
half/side of POSS ..1 face/body
NEG talk/speak/talking/speaking ..1 right/properly/straight/clearly/sense
chest ..5 pain(s)/tight/tightness/hurts/hurting/pressure/crushing/heavy/aching/squeez-/elephant/sore
pain(s)/tightness/pressure/elephant/ache in/across/on/down ..4 chest/left_arm/him/her
pain(s) ..3 chest/left_arm/heart
hard/difficult/struggles/fighting to breathe
short of breath
gasping/wheezing/hyperventilating
breathing/snoring/gurgling ..1 weird/weirdly/funny/strange/shallow/slow/raspy/fast/odd
NEG ..1 breathe/breathing ..1 properly/right/well/normally/much
blood ..4 everywhere/pouring/gushing/spurting/squirting/pumping/dripping_from/pouring_from/running_down ..3
    POSS/BODY/PERSON/.
coughing/vomiting/throwing/spitting/puking/peeing/passing up? blood
bleed-/blood/it ..1 wont/will_not/cant/not/isnt stop-
wont/cant/cannot/not/to/doesnt/i/we/you stop the/this? ..1 bleeding/blood
sliced/slit/slashed/gashed/chopped/severed/cut/split/ripped/tore/cracked/sawed/stabbed POSS ..2 BODY ..6 open/
    bleeding/blood/stop/bad/badly/deep/bone/off/everywhere/artery/stopping
to the bone
bone(s) is/are? ..1 sticking/poking/showing/through
finger(s)/thumb/hand/foot/arm/leg/toe ..2 cut_off/chopped_off/chopped/severed/ripped_off/hanging_off/amputated/
    torn_off
PERSON ..2 impaled
slit/cut/cutting/slitting/slashed/slashing POSS ..1 wrist(s)/throat/arms
hit/banged/bashed/smacked/cracked/bumped/landed_on/whacked/knocked POSS/the ..1 head ..8 confused/dizzy/
    vomit-/throwing/weird/sleepy/drowsy/bleeding/blood/unconscious/blurry/talking/split/open/blacked/passed/
    nonsense/gone
shaking/jerking/twitching/trembling/shakes ..2 all_over/violently/uncontrollably/FLOOR/and_foaming
eyes ..3 rolled/rolling/white/back_in
PERSON ..2 having/has/had/have/started/is/keeps/been fits/fitting/seizures/convulsions
KIN/he/she od/ods/oded/odd/od_d
needle ..3 arm/vein/neck
took/taken/swallowed/eaten/ate/had/downed/necked/popped/drank/drunk/swallows/overdid/injected ..5 tablets/meds/
    medication/medicine/painkillers/paracetamol/tylenol/xanax/insulin/antidepressants/heroin/bottle_of_pills/
    packet_of_pills/magnet(s)/lighter_fluid/drain_cleaner/weed_killer/weedkiller/rat_poison/mushrooms/berries/
    bleach/pods/fluid/perfume/mouthwash
too/so many/much ..2 pills/tablets/meds/insulin/drugs/xanax/heroin/molly/ketamine/sleeping_pills/painkillers
stung/bitten/bee_sting/allergic/reaction/peanut(s)/nuts ..8 breathe/breathing/swell-/swollen/throat/tongue/
    hives/blowing_up/faint-/collapsed/passed_out/face_is
snake/rattlesnake/viper/copperhead ..2 bit/bitten
bitten/bit by a? ..1 snake/rattlesnake/adder/copperhead/viper
PERSON ..2 is/are/might_be/may_be/could_be/looks/seems/appears ..1 dead/deceased/lifeless/dying
is he/she/this_man/this_guy dead
think ..2 hes/shes/he_is/she_is/he/she dead/died/gone/dying
no pulse
PERSON ..4 keeled_over/blacked_out/blacking_out/dropped_to_the/knocked_out/knocked_unconscious/passing_out/
    fainting/fainted/comatose/semi_conscious/in_and_out_of_it/in_and_out_of_consciousness/conked_out/
    collapsing/collapse(s)/toppled_over
doing/do/start-/giving/needs/perform- cpr/mouth_to_mouth
defib/defibrillator/tourniquet/epipen/epi_pen now/needed/please/here/quick/NEG/for_her/for_him/anywhere
fell/fallen/fall/tripped/slipped/tumbled/toppled/came_off/went_down .. NEG ..1 get_up/move/stand/walk/feel/talk/
    getting_up/moving/breathe/answering/responding
fell/fallen/falls/tumbled/tripped/toppled/plunged/jumped .. head/leg/arm/hip/back/neck/skull/ankle ..3 bent/
    twisted/broken/bleeding/snapped/cracked/split/open/gushing/wrong
PERSON ..1 fell/fallen/falling/tumbled/toppled/plunged/jumped/slipped/thrown/pushed ..1 off/from/out_of/down/
    over/through ..2 roof/ladder/stairs/scaffold-/bridge/balcony/window/building/wall/tree/overpass/ledge/cliff/
    steps/escalator/skylight/shaft/pole/fence/tower/horse/deck/floor/railing(s)/parapet/escarpment/terrace
in agony
screaming/crying/writhing/howling/moaning/doubled in/with/over/from ..1 pain/agony
heatstroke/heat_stroke/hypothermi-/frostbite/frostbitten
freezing/frozen/starving/bleeding/beaten/beating/stabbed/choked ..1 to death
POSS water(s) have/has/just? broke/broken/gone
baby ..2 crowning/coming_out/on_the_way/coming_now
crowning/contractions
scalded/third_degree
boiling/scalding/hot water/oil/tea/coffee/soup/fat ..3 over/on/onto POSS/himself/herself/him/her/baby/me/face/
    arm/legs/toddler
acid ..3 face/eyes/thrown/threw/on_her/on_him
diabetic ..8 sugar/shaking/confused/nonsense/passed/sweat-/unconscious/cold/slurr-/NEG/shaky/low
blood_sugar/sugar ..3 low/high/crash-/dropped
having ..2 miscarriage/panic_attack/stroke/seizure/allergic_reaction/reaction/fits
miscarrying
cant/cannot/couldnt feel POSS
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
pulled/pulls/pulling/whipped/drew/draws/waving/waves/pointed/points/pointing/swinging/swings/brandishing/raised/
    flashing/flashed/wielding/holding/swung/aiming ..2 a/an/his/her/their/out ..2 WEAPON/strap/glock/piece/
    SHAPES/
    crossbow/sword/taser/bow
PERSON ..3 with/has/have/got/carrying a/an/his/her ..1 WEAPON/glock/blade/crossbow/hatchet/cleaver/sword
with/has/have/got a/an/his ..1 SHAPES ..5 going_at/after/chasing/threat-/hitting/smashing/swinging/attacking/
    coming_at/people/at_me/at_my/at_us/beating
swinging/fighting/hitting/going_at/lunging/coming_at/beating/chasing ..3 SHAPES/WEAPON/each_other/one_another/
    people_with/everyone/anyone
chasing me/us/her/him/them/people/a_-/my_- ..3 with/down/WEAPON/SHAPES/hammer
PERSON ..1 stabs/stabbing/slashing/slashed/slashes ..2 me/him/her/people/PERSON/everyone/them
to/at/on/against POSS ..1 throat/neck/head with? a/the? WEAPON/blade/knife
WEAPON/blade ..2 to/at/against POSS ..1 throat/neck/head/face/back
bullet(s) ..3 through/just/flying/hit/came/went
gun(s)/shots/shooting/gunfire/gunshot(s) going_off/went_off/ringing_out/rang_out/inside/exchanged
screaming/yelling/shouting/crying/hollering ..4 hes/shes/ive_been/im/been ..1 hit/shot/dead/dying/bleeding/
    stabbed
hes/shes/ive_been/i_got/im hit .? hes/shes/hit/help
PERSON ..2 firing/fired/fires/shoots/shooting/shot ..1 at/into/up/through/people/my_KIN/a_man/a_woman/him/her/
    me/us
PERSON open/opened/opening fire
dragg-/forced/forcing/shoved/shoving/bundled/bundling/pulled/pulling/snatched/grabbed/pushed/threw/stuffed/
    took a/
    the/my/this/some? ..2 PERSON/her/him/me/them/us ..1 in/into/inside/in_to a/an/his/the/their
    ..2 VEHICLE/alley/woods/bushes/trunk/boot/toilet(s)/bathroom/basement
holding/keeping/holds/has/got/hold ..2 staff/people/us/her/me/customers/cashier/workers/kids/everyone/him/them/
    family/hostages ..4 hostage/against/locked/captive/prisoner/gunpoint/nobody_leaves/wont_let
nobody/noone/no_one leaves/can_leave/gets_out/is_leaving
wont/will_not/not/doesnt/refuses_to/isnt let/letting me/us/her/him/them/anyone/anybody/everyone/PERSON ..2 go/
    leave/out/up/breathe/call
call/caller/called/phoned/rang/email/emailed/letter/note/text/message/threat/tip ..10 bomb/explosive(s)/
    blow_up/shoot_up/device
bomb(s)/explosive(s)/grenade/ied/dynamite ..3 in/under/inside/on/at/strapped/near/planted/behind/vest
threat(s)/threatening/threatened/going_to/gonna to? shoot/blow/stab/kill/bomb/burn ..1 up/down/everyone/me/us/
    him/
    her/people/the/our/my/them/himself/herself
PERSON ..2 will/gonna/going_to/wants_to/trying_to/tried_to/threatens_to/threatening_to ..1 kill/stab/shoot/
    murder/
    hurt/strangle/rape me/us/him/her/them/my_-/someone/people/everyone/himself/herself
being/been/getting/was_just/just_got/got held ..2 hostage/captive/against/gunpoint/prisoner/down
sexual assault/sexually_assaulting/forcing_himself/forcing_her/molested
drink spiked/was_spiked/got_spiked
drink ..1 spiked
been/got/was drugged/roofied
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
jimmy-/pry-/pick-/forc-/rattl-/jiggl-/mess-/tamper-/crowbar-/wrench-/fiddl-/trying ..2 with? my/the/our/
    neighbors/
    neighbours/next_doors ..2 lock/door/window/handle/doorknob/latch/letterbox
lock/door/window/handle/doorknob/latch on/of my/our ..1 house/door/back/front/apartment/flat ..2 being/is_being
PERSON ..3 trying/tried/attempting ..1 to ..1 break/get/force/climb/enter ..1 in/into/through/inside/my/our/the
PERSON ..4 walking/moving/creeping/rummaging/stomping/going_through/prowling/sneaking/footsteps ..3 upstairs/
    downstairs/attic/basement/drawers/my_house/my_home/our_house/my_apartment/my_flat/hallway_inside/loft
hear/hearing/heard ..4 footsteps/someone/somebody/voices/noises/movement/intruder ..4 downstairs/upstairs/
    in_my_house/inside/attic/in_the_house/in_my_home/kitchen/basement/in_my_apartment
PERSON ..4 in/inside my/our ..1 house/home/apartment/flat/bedroom/kitchen/room/basement/attic/garage/yard/garden
    ..6 hiding/NEG_know/dont_know/stranger/scared/weapon/now/naked/wont_leave/refusing/right_now
nobody/noone/no_one else lives/should_be/is_meant/is_supposed/is_home/in
let himself/herself/themselves in/into
PERSON ..6 following/followed/tailing/stalking/chasing me/us/her/my/him/them
PERSON ..5 behind me ..3 for/since/all/NEG/and/block(s)/every/wont
wont/keeps/NEG leave/leaving/following/follow/grabbing/touching me/us/her ..1 alone/home/everywhere/around/and
grabbed/grabbing/groping/attacking/attacked/assaulting/punched/punching/kicked/slapped/choking/
    choked/strangled/strangling/throttling/beating/battering/shoving/hurting/dragging/stamping/stomping/pinned/
    pinning/spitting me/him/her/us/them/my_KIN/a_woman/a_man/a_girl/a_boy/a_guy/a_lady/a_kid/this_woman/
    this_man/this_kid/on_him/on_her/
    someone/somebody/an_old_-/an_elderly_-
hitting/throwing/slapping/smacking/pushing/knocking/laying/tearing/kicking/bashing/whipping/whacking her/him/me/
    them/PERSON/into_her/into_him/us ..1 about/around/across/down/into/with/again/and/hard/up/against/now/over
hand(s)/arm(s) round/around/on POSS ..1 throat/neck
by the throat/neck/hair
hear/hearing/heard/through_the_wall ..10 begging/screaming/scream(s)/hitting/beating/being_hit/get_off/smack-/
    slapping/thud(s)/throwing/stop_it/please_stop/help_me/hurt-/for_help
screaming/screams/yelling/shouting/crying/begging/pleading ..3 stop/get_off/let_me_go/help/dont/no_no/please/
    leave_me/to_stop
locked me/us/her ..1 in/inside/out_of_my_phone/up
has/have/had/got/keeps/keeping me/us/her/them locked/trapped/tied/captive
took/taken/smashed/broke/broken/grabbed/has/hid my ..1 phone/cell/mobile ..4 ipad/tablet/laptop/cant/wont/and/
    he/his
breaking/broke/break/smashing/smashed/kicked/kicking/climbing/climbed/forced/climbs in/into/through/down/thru a/
    the/my/our/their/her/his/somebodys/neighbors/neighbours/- ..1 house/home/apartment/flat/shop/store/window/
    door/bank/pharmacy/jewelers/jewellers/school/unit/gas_station/atm
robb-/mugg-/rob/hold_up/held_up/holding_up/stick_up/raid-/snatched/looted ..3 store/shop/bank/me/us/her/him/
    cashier/clerk/pharmacy/lady/woman/man/deli/gas_station/bodega/jewel-/station/guy/kid/purse/bag/someone/
    people
stealing/steal/taking ..1 my/the/a/our/their/somebodys ..1 car/truck/van/bike/catalytic/catalytic_converter/cat/
    package/motorcycle/tires/wheels/purse/handbag right_now/now/as_we_speak/while/and_hes/and_theyre/outside
HOUND ..4 attack-/maul-/savag-/biting/ripping/mauls/latched ..3 PERSON/leg/arm/face/hand/neck/throat/
    me/her/him/people/us/child/postman/mailman
HOUND ..1 has/have/got/gotten/grabbed/dragging/pinned/cornered/on_top_of/knocked/is_on/are_on a/an/my/the/
    this? ..2
    PERSON/me/her/him/us ..3 by/on/down/ground/pinned/cornered/bleeding/leg/arm/screaming/trapped
mauled/savaged by ..2 HOUND
kicked/kicking/smashing/smashed/bashing/breaking/banging/beating/hammering ..1 in/down/on/at my/our/the/her
    ..1 door/
    window/gate
hes/shes/theyre/he_is/they_are/he/somebody ..2 outside/inside/in/at my/the/our ..1 house/door/window/home/
    bedroom/
    apartment/porch ..6 WEAPON/SHAPES/kill/threat-/scared/wont_leave/yelling/screaming/drunk/help/hiding/kids
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
no/any/what/whats/see point/reason ..3 living/to_live/go_on/going_on/being_here/being_alive/wake_up/waking_up/
    in_life/
    carry_on/carrying_on/keep_going
NEG/dont ..1 see a/any/the? point/reason any_more/anymore/to/in/of/and
rope/noose ..4 ready/my_neck/his_neck/her_neck/ceiling/beam/chair/rafters
got/have/holding/bought ..2 pills/tablets/rope/noose/razor/gun/knife/blade ..3 ready/in_front/in_my_hand/
    and_im/lined_up/
    to_my
better off dead/without_me
want/wants/wish/wished/wishing/rather/wanted i/to/it/he/she ..2 dead/be_dead/was_dead/were_dead/be_over/end_it/
    not_be_alive/not_wake_up/disappear_forever/die
hanged/hung/hang/hanging/shot/drown/drowning/stabbed/stabbing/cut/cutting/burn/burning/starve/poison/poisoned/
    jump/
    throw/throwing/killed/overdosed myself/himself/herself/themselves
self harm-/harming
legs/feet ..2 over/off/dangling ..4 edge/side/railing(s)/deck/bridge/roof/ledge/wall/overpass/balcony/barrier
sat/sitting/standing/stood/stands/climbed/climbing/perched/hanging/leaning/dangling/walking ..1 on/over/off/
    outside/
    along/onto/from/past ..2 ledge/parapet/edge/wrong_side/outside/guardrail/railing(s)/barrier/girder/rooftop
    ..3
    bridge/roof/overpass/parking/building/multi_storey/garage/viaduct/crying/jump/wont/staring/looking_down/
    alone
train/railway/railroad/subway tracks/track ..5 sitting/standing/lying/laying/wont/jump/walking_on/suicid-
sitting/standing/lying/laying/walking on/in/along ..1 train/railway/railroad/subway tracks/rails/line
goodbye/good_bye ..6 forever/everyone/message/text/worried/phone/answering/picking/call/letter/NEG
sorry for everything
sent/left/wrote/posted/texted/text/message/note ..6 goodbye/good_bye/suicide/sorry_for_everything/ending/
    end_things/final/wants_to_die/cant_go_on/take_care_of_my
wont/will_not/not be here/around/alive tomorrow/anymore/any_more/in_the_morning/much_longer/tonight
end/ending/ended/ends it/things/everything ..1 tonight/all/today/now/for_good/myself/finally
tired/sick/done of/with ..1 living/being_alive/life/existing/this_life
cant/cannot ..1 go_on/carry_on/live/keep_going/do_life ..2 anymore/any_more/any_longer/like_this/this/without
tried/attempted/trying ..4 kill/hang/suicide/end_it/end_her/end_his/end_my/overdose/hurt_himself/hurt_herself
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

_BLAST = """
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

_ASKS = """
send the? police/cops/officers
send/need/get/call/want/sending ..2 ambulance/paramedic(s)/fire_department/fire_brigade/911/999/112/
    medic(s)/the_police_now/cops_now/emt(s)/ems
ambulance/paramedic(s)/911/999 please/now/asap/quick/quickly/hurry
police please/now/asap/quick/hurry/immediately/right_now
send the? police/cops/help/somebody/someone/an_officer please/now/quick/fast/hurry/asap/right_away
please send police/cops/help/an_ambulance
ambulancia/llamen_a_la_policia/auxilio/ayuda_por_favor/es_una_emergencia
need/send/want/get/call/please ..2 emergency_services/emergency_help/ambulance/paramedic-/medical_help/medics/
    first_responders/fire_truck/firefighters/swat/coast_guard/coastguard
ambulance ..1 needed/required/please/asap/hurry/here_now
police ..1 needed/required/to ..1 now/immediately/asap/fast/quick
where/wheres/when ..3 ambulance/paramedics/fire_brigade/fire_department/police ..1 coming/here/get/getting/
    please
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
woman/girl/lady/man/child/someone/somebody/neighbor/neighbour/boy/she/he/person/female ..2 screaming/screams/
    begging/
    sobbing/wailing/pleading/yelling_stop/crying_hysterically
hear/hearing/heard ..3 screams/screaming/begging/loud_thud/shots/gunshot(s)/gun_shot(s)/gunfire
sounds/sounded/sound/sounding/like/heard_what ..3 gunshot(s)/gun_shot(s)/gunfire/shots/screaming/a_fight/
    being_hurt/
    being_beaten/someone_falling/explosion
MAN is/was/just/has? lying/laying/laid/lies/sprawled/slumped/passed/down/collapsed/crumpled/curled ..3 FLOOR
MAN is/hes/shes/been? FLOOR
pop .? pop .? pop
bang .? bang .? bang
HOUND ..1 bit/bitten/bites/biting ..2 PERSON/me/her/him/face/hand/leg/arm
bitten/bit/attacked by ..3 HOUND
PERSON ..4 NEG ..1 get_up/getting_up/stand_up/sit_up
PERSON ..4 found/find/saw/see ..3 MAN ..2 FLOOR
fire/smoke/building/co/carbon_monoxide/heat alarm(s)/detector(s)/sprinkler(s) ..2 going_off/went_off/goes_off/
    blaring/ringing/sounding
smell ..4 sulfur/sulphur/egg(s)/eggy/ammonia/chlorine/petrol
egg(s)/eggy/sulfur/sulphur/ammonia/chlorine ..2 smell/odor/odour/stench/stink
smell/fumes ..8 headache-/dizzy/nauseous/woozy/lightheaded/choking/eyes_burn-/throat_burn-/coughing
PERSON ..3 fighting/brawling/scrapping/having_a_fight/beating/punching/throwing_punches
brawl/fist_fight/fistfight/punch_up/street_fight
saw/see/seen/spotted/found ..4 a/the/his/her/somebodys ..1 gun/pistol/rifle/machete/grenade/firearm/handgun
PERSON ..2 a/the/his/her gun/pistol/rifle/machete/firearm/handgun/shotgun
KIN/lady/man/woman/guy/tenant ..6 hasnt/has_not/not/nobody/noone/no_one ..1 been? seen/heard/come_out ..4
    day(s)/week(s)/
    since
nobody/noone/no_one/havent/not has? ..1 seen/heard ..2 KIN/him/her/lady/man/woman ..4 day(s)/week(s)/since
KIN ..6 NEG answer-/pick_up/picking_up/responding/reply-/respond ..3 door/phone/call(s)/text(s)/me/and/now
check ..1 on my/the/an/our ..2 KIN/elderly/lady/man
PERSON is/are/seem(s)/look(s)? in serious/real/bad/so_much/a_lot_of? trouble/distress/pain/labor/labour
am/im/hes/shes/she_is/he_is in danger
PERSON ..1 needs/need/needing an_ambulance/a_doctor/medical_help/medical_attention/rescuing/saving/help_now/
    help_quick/
    help_breathing/help_fast/help_right_now
something ..2 wrong with ..1 PERSON/me
PERSON ..4 looks/look/looking/seems/sounds ..1 unwell/really_bad/really_ill/really_sick/faint/hurt/injured/dazed
afraid/scared/terrified/frightened/fear ..3 he/she/hes/shes/him/husband/ex/boyfriend/my_life/kill/hurt/ill_be/
    theyre/someone/he_will
should/shall/do i/we ..1 call/ring/phone/dial ..2 911/999/police/ambulance/cops/somebody/someone
elderly/old/confused/disoriented/senile/frail ..2 man/woman/lady/gentleman/person/guy/lad/fella ..6 lost/
    wandering/
    confused/nightdress/nightgown/nightie/barefoot/pajamas/pyjamas/slippers/dressing_gown/doesnt_know/
    cant_remember/shivering/snow/cold/fell/fallen/alone/crying/gown
looks/look/looked/acting/seems very/really? confused/lost/disoriented/hurt and/in/on
LITTLE ..4 alone/by_himself/by_herself/on_his_own/on_her_own/unattended/crying/lost/outside/wandering/no_parents
cant/cannot/couldnt find my/our/the? ..1 KIN/LITTLE/kid(s)/child
lost/lose/losing ..1 PERSON/LITTLE ..3 at/in/near/crowd/beach/park/mall/store/shop
lost my/our son/daughter/kid/child/boy/girl/toddler/little_one/mom/mum/dad/mother/grandma/granny
home_alone/alone_in_the_house/alone_at_home/by_myself ..6 someone/somebody/noise(s)/scared/door/window/man
someone/somebody/PERSON ..3 following/chasing/stalking/watching/harassing/bothering/threatening/threatened me/
    us/her/him/
    my_-/people
hiding ..2 closet/bathroom/upstairs/from_him/from_her/from_them/under_the_bed
PERSON ..2 out? on the ice
cant/cannot/wont go_on/do_this ..2 anymore/any_more/any_longer
unable to? move/breathe/stand/get_up/speak
PERSON ..3 trapped/pinned/stranded/unconscious/unresponsive/injured/bleeding/drowning/choking/dying
domestic_-/abusing_his/abusing_her/being_abused
overdose/overdosing/od
please hurry/come/help ..2 quick/quickly/now/fast/him/her/hurry/dying/hes/shes
hurry ..2 please/up_please/hes/shes/theyre
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
