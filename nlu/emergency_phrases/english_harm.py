"""Who is hurt, ill, attacked or about to harm themselves; see `nlu.phrasebook`."""

from __future__ import annotations

HURT = """
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

SICK = """
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
PERSON ..6 NEG ..1 STIRS
PERSON ..6 FLOOR ..6 NEG ..1 STIRS/move/moving/answer-/talk/talking/respond-/speak-/look_right/looking_good
PERSON ..6 FLOOR ..6 hurt/bleeding/blood/moaning/groaning/shaking/pain/hip/mumbling/confused/unresponsive/
    blue/pale/grey/gray/convulsing/head/broken/ambulance/injured
NEG ..2 wake him/her/them/up/POSS
PERSON ..5 gone/went/going/goes/turned/turning/looks/looking/is/was ..1 blue/grey/gray/purple/limp/floppy/
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
PERSON ..6 needle/syringe(s) ..2 beside/next_to/by/near/in/still_in ..1 him/her/them/his/hand
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

CRIME = """
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
raped/rape/raping/sexually_assaulted/molest/molests/molested/molesting/molester/groped
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

CRIME_NOW = """
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

SELF_HARM = """
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
