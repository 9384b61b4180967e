"""English: the phrases by tier; the notation is that of `nlu.phrasebook`."""

from __future__ import annotations

from nlu.emergency_phrases import english_harm as harm
from nlu.emergency_phrases import english_harmless as harmless
from nlu.emergency_phrases import english_hazard as hazard
from nlu.interpreter import Emergency
from nlu.phrasebook import Phrasebook

_ASKS = """
send the? police/cops/officers
send/need/get/call/want/sending ..2 ambulance/paramedic(s)/fire_department/fire_brigade/911/999/112/
    medic(s)/the_police_now/cops_now/emt(s)/ems
ambulance/paramedic(s)/911/999 please/now/asap/quick/quickly/hurry
police please/now/asap/quick/hurry/immediately/right_now
send the? police/cops/help/somebody/someone/an_officer please/now/quick/fast/hurry/asap/right_away
please send police/cops/help/an_ambulance
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
HOUND ..2 cornering/circling/stalking/charging/chasing/lunging ..2 PERSON/me/us
stranger/guy/man/woman/someone/somebody/car/van/he/she ..1 left/walked_off/drove_off/ran_off/took_off/leaving/
    drove_away/ran_away/walked_away ..3 with my/our/a/the LITTLE/son/daughter/child/kid/baby/boy/girl/grandson/
    granddaughter/niece/nephew/children/kids
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

_PHRASES: tuple[tuple[Emergency, str, bool, str], ...] = (
    ("911", "fire", True, hazard.FIRE),
    ("911", "gas", False, hazard.GAS),
    ("911", "power lines", True, hazard.WIRES),
    ("911", "crashes", True, harm.HURT),
    ("911", "illness and injury", True, harm.SICK),
    ("911", "weapons and violence", True, harm.CRIME),
    ("911", "crime in progress", True, harm.CRIME_NOW),
    ("911", "water", True, hazard.WATER),
    ("911", "self-harm", False, harm.SELF_HARM),
    ("911", "collapse", True, hazard.COLLAPSE),
    ("911", "explosions", True, hazard.BLAST),
    ("911", "asked for by name", False, _ASKS),
    ("likely", "someone may be in danger", True, _LIKELY),
    ("urgent", "the road", True, hazard.URGENT_ROAD),
    ("urgent", "signals and signs", True, hazard.URGENT_SIGNAL),
    ("urgent", "flood and sewage", True, hazard.URGENT_WATER),
    ("urgent", "about to fall", True, hazard.URGENT_FALLING),
)

ENGLISH = Phrasebook(
    phrases=_PHRASES,
    harmless=harmless.HARMLESS,
    past=harmless.PAST,
    still=harmless.STILL,
    spellings=harmless.SPELLINGS,
    words=harmless.WORDS,
)
