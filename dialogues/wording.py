"""Every sentence the bot says, in English. Other languages translate these in `locales/`.

A key may have a variant for one channel: `help.sms` stands in for `help` by SMS. `help.again` is said
where `help` was the last answer already, for nobody is told the same words twice in a row; `confirm.again`
serves all of its family, like `confirm_photo`. Texts are GSM-7, at most 160 characters where they can be
and never over 320 when filled. STOP, CANCEL, END and QUIT belong to the carriers: no sentence asks for
them, save the HELP text that the carriers require.
The wordings of emergencies and statuses follow the evidence gathered from other cities' systems:
name the city, say what happens next and by when, one message, one point.
"""

from __future__ import annotations

from dialogues.page_wording import PAGE

SENTENCES: dict[str, str] = PAGE | {
    # Opening
    "greeting": "Hello, this is {program}. What is wrong, and where? For example: pothole at 5th and Main. "
    "Emergency? Call {emergency_number}.",
    "greeting.again": "Hello again! Tell me what is wrong and where, and I will get it to the right people. "
    "Emergency? Call {emergency_number}.",
    "help": "{program}: tell me what is wrong and where, and add a photo if you like. You can say STATUS, "
    "START OVER, NEVER MIND or AGENT. Phone: {phone}. Emergency: {emergency_number}.",
    "help.sms": "{program}: text what is wrong and where. Also STATUS, START OVER, NEVER MIND, AGENT. "
    "Phone {phone}. Emergency {emergency_number}. Msg & data rates may apply. STOP to opt out.",
    "help.again": "To report: send what is wrong and where. To see your cases: STATUS. To drop it: NEVER "
    "MIND. For a person: AGENT, or call {phone}.",
    "bot_identity": "I am the automated assistant of {program}. A person can step in any time: reply AGENT.",
    "bot_identity.again": "Still a computer program, yes. For a person, reply AGENT or call {phone}.",
    "out_of_scope": "I can help with things the city fixes: streets, lights, trash, trees, water. "
    "For anything else call {phone}.",
    "out_of_scope.again": "That one is not for me, sorry. Call {phone}, or tell me about something on a "
    "street or in a park.",
    "languages": "I speak {languages}. For another language reply AGENT for a person, or call {phone}.",
    "languages.again": "Only {languages}, sorry. A person may help: reply AGENT or call {phone}.",
    "language_changed": "OK, in English from now on.",
    "language_changed.again": "In English, yes. What can I do for you?",
    "following": "You get every update on your cases right here, no need to do anything.",
    "following.again": "Nothing more to do: every update on your cases comes to this thread.",
    # In passing
    "reviewed": "{topic}",
    "reviewed.again": "{topic} To ask a person, reply AGENT.",
    "upset": "I am sorry. That would frustrate me too. If you would rather have a person, reply AGENT.",
    "upset_again": "I hear you, and I am sorry. I want to get this to the right people.",
    "upset_again.again": "I understand. I am still here to help with it.",
    "here": "I am here.",
    "here.again": "Yes, still here.",
    "tell_me": "Tell me what is wrong and where, and I will pass it on.",
    "tell_me.again": "What is it about, and where? A few words will do.",
    # Asking
    "ask_service": "What is the problem? A few words will do, like: pothole, street light out, missed trash.",
    "ask_service.again": "What should the city look at? Name the problem, or reply AGENT for a person.",
    "ask_service_photo": "Got your photo. What is the problem, and where is it?",
    "ask_service_place": "Got it, {place}. What is the problem there?",
    "choose_service": "Which of these is closest?",
    "choose_service.again": "Please pick the one that comes closest.",
    "ask_place": "{service}: where is it? Send an address or a cross street.",
    "ask_place.again": "I need to know where it is: a street and number, two cross streets, or a landmark.",
    "ask_place_again": 'I could not find "{place}" in {city}. Please send a street and number, two cross '
    "streets, or a landmark.",
    "ask_place_again.again": '"{place}" is still not on my map. Two cross streets, a street and number, or a '
    "landmark would do.",
    "ask_place_on": "Where on {place}? Send the nearest house number or cross street.",
    "ask_place_on.again": "{place} is long. What house number or cross street is it near?",
    "ask_place_skip": "The crew needs a place. An address, two cross streets or a landmark will do.",
    "ask_place_skip.again": "Without a place nobody can go there. What is it near? A street, a store, a park "
    "will do.",
    "choose_place": "Which one do you mean?",
    "choose_place.again": "Please pick the one you mean, or send the place in other words.",
    "outside": "{place} seems to be outside {city}, so our crews can't go there. Send a place inside {city}, "
    "or reply AGENT.",
    "outside.again": "{place} still seems to be outside {city}. If it is not, send a street and number, or "
    "reply AGENT.",
    "outside_pin": "That spot is outside {city}, so our crews can't go there. Send a place inside {city}, "
    "or reply AGENT.",
    "outside_pin.again": "That spot is outside {city} too. Send a street and number inside {city}, or reply "
    "AGENT.",
    "next_city": "{place} is in {neighbour}, and {neighbour} can help: call {neighbour_phone}. If you meant "
    "{city}, send me the place again, or reply AGENT.",
    "next_city.again": "{place} still comes out in {neighbour}: their number is {neighbour_phone}. In {city} "
    "after all? Send a street and number, or reply AGENT.",
    "next_city_pin": "That spot is in {neighbour}, and {neighbour} can help: call {neighbour_phone}. If you "
    "meant {city}, send me the place again, or reply AGENT.",
    "next_city_pin.again": "That spot is in {neighbour} too: their number is {neighbour_phone}. In {city} "
    "after all? Send a street and number, or reply AGENT.",
    "ask_attribute": "{question}",
    "ask_attribute.again": "I still need this for the crew: {question}",
    "ask_attribute_again": "Please pick one. {question}",
    "ask_attribute_again.again": "One of these, please: {question}",
    "ask_attribute_of": "{service}: {question}",
    "ask_attribute_of.again": "I still need this about {service}: {question}",
    "ask_both": "{question} {more}",
    # An answer that means the city can't help: the service file says what to do instead.
    "stop": "{stop}",
    # Reading back
    "confirm": "{service} at {place}. Reply YES to send it, or tell me what to change.",
    "confirm.again": "Shall I send it? {service} at {place}. Reply YES, or tell me what is not right.",
    # Several problems at once
    "confirm_both": "{service} and {more}, both at {place}. Reply YES to send both, or tell me what to change.",
    "confirm_both.again": "Shall I send both? {service} and {more} at {place}. Reply YES, or ONLY and the one "
    "to send.",
    "confirm_several": "{items}. Reply YES to send them all, or tell me what to change.",
    "confirm_several.again": "Shall I send them all? {items}. Reply YES, or ONLY and the one to send.",
    "item": "{service}",
    "item_at": "{service} at {place}",
    "items": "{first}; {more}",
    "confirm_ask_photo": "{service} at {place}. Add a photo, or reply YES to send it as it is.",
    "confirm_landmark": "{service} at {place}. Send a photo or a pin to show the spot, or reply YES to send it "
    "as it is.",
    "confirm_landmark.sms": "{service} at {place}. Add a photo or say where exactly, or reply YES to send it "
    "as it is.",
    "confirm_spot": "{service} at your pin in {place}. Add a photo, or reply YES to send it as it is.",
    "confirm_photo": "{service} at {place}, with your photo. Reply YES to send it, or tell me what to change.",
    "confirm_photos": "{service} at {place}, with {count} photos. Reply YES to send it, or tell me what to "
    "change.",
    "confirm_photo_place": "{service} at {place}, where your photo was taken? Reply YES to send it, or tell me "
    "the right place.",
    # The same with what else the crew would like to know, asked once and in no message of its own
    "confirm_and_question": "{service} at {place}. {question} Or reply YES to send it as it is.",
    "confirm_ask_photo_and_question": "{service} at {place}. {question} A photo helps too. Or reply YES to "
    "send it as it is.",
    "confirm_photo_and_question": "{service} at {place}, with your photo. {question} Or reply YES to send it "
    "as it is.",
    "confirm_photos_and_question": "{service} at {place}, with {count} photos. {question} Or reply YES to send "
    "it as it is.",
    "confirm_unfound": '{service} at "{place}". I can\'t find that on the map, so a person will look for it. '
    "Reply YES to send it, or send a better place.",
    "change": "What should I change, the problem or the place? Tell me the right one, or reply NEVER MIND to "
    "drop it.",
    "change.again": "Tell me the right problem or the right place, and I will change it. NEVER MIND drops it.",
    "change_service": "What is the problem, then?",
    "change_service.again": "Tell me in a few words what the problem is.",
    "change_place": "Where is it, then? Send an address or a cross street.",
    "change_place.again": "What is the right place? A street and number, two cross streets, or a landmark.",
    "change_photo": "OK, without that photo. Send the right one, or reply YES to send it as it is.",
    "change_photo.again": "That one is off as well. Reply YES to send it without a photo, or send another.",
    "one_at_a_time": "One at a time, please: first this one, then tell me the next.",
    "one_at_a_time.again": "I will gladly take the other one next. First this one:",
    # Reported before
    "same_as": "Already reported on {since}: {service} at {place}. Is it the same? Reply YES to follow it, NO "
    "to send yours.",
    "same_as.again": "{service} at {place}, reported on {since}: is that the same? YES to follow it, NO to "
    "send yours.",
    "same_as_yours": "You told us of {service} at {place} on {since}: {number}, still open. Is it about that? "
    "Reply YES to add to it, or NO to send a new one.",
    "same_as_yours.again": "Is it about {number}, {service} at {place}, of {since}? YES to add to it, NO to "
    "send a new one.",
    "same_as_one_of": "Some were reported there already. Is it one of these?",
    "same_as_one_of.again": "Please pick the one it is, or the last if it is none of them.",
    "followed": "Thank you. You follow {number} now and get every update here. A photo or a detail any time "
    "helps the crew.",
    # Photos
    "photo_not_a_photo": "I can't open that file as a picture. Please send a photo.",
    "photo_not_a_photo.again": "I can't open that one either. A photo from your camera will work, or go on "
    "without.",
    "photo_too_big": "That picture is too big for me. A smaller one would be great.",
    "photo_too_big.again": "That one is too big as well. You can go on without a picture.",
    "photo_unavailable": "Your photo has not come through yet. I will keep trying, no need to send it again.",
    "photo_unavailable.again": "I am still waiting for your photo to come through. You can go on meanwhile.",
    "photo_added": "Thank you, I added your photo to {number}.",
    "photo_added.again": "Thank you, {number} has that photo too.",
    "note_added": "Thank you, I added that to {number}.",
    "note_added.again": "Thank you, {number} has that too.",
    "ask_correction": "What is right, then? I will pass it on to the crew of {number}.",
    "ask_correction.again": "Tell me what should be different about {number}, and I will pass it on.",
    "no_longer_needed": "OK, I told the crew of {number} that you no longer need it.",
    "no_longer_needed.again": "Yes, the crew of {number} knows.",
    # Taken up again
    "picking_up": "Picking up where we left off.",
    "draft_kept": "Your report is not finished: {kept}. I kept it, and our staff can see it. To finish it "
    "reply YES, or tell me something new any time.",
    "offer_kept": "By the way, shall we finish your report? {kept}. Reply YES or NO.",
    "kept_place": "something at {place}",
    "kept_photo": "your photo",
    "kept_words": "what you wrote",
    # Leaving the path
    "never_mind": "OK, I dropped it. Text again whenever something needs fixing.",
    "never_mind_nothing": "There is nothing to drop. Text again whenever something needs fixing.",
    "never_mind_nothing.again": "All clear, nothing is open here. I am here when something needs fixing.",
    "start_over": "OK, from the start. What is the problem, and where?",
    "start_over.again": "We are at the start. Tell me the problem and the place, any way you like.",
    "welcome": "You're welcome!",
    "welcome.again": "Any time!",
    "glad": "Good to hear! Thank you for telling us.",
    "glad.again": "Glad it is fixed. Text us whenever something needs fixing.",
    "ok_after_alarm": "OK. If the city should look at it too, reply 311.",
    "ok_after_alarm.again": "Good. If there is something for the city to fix, reply 311.",
    "not_understood": "Sorry, I did not get that.",
    "offer_person": "Sorry, I still don't get it. Reply AGENT for a person, or tell me the problem and the "
    "place in a few words.",
    "offer_person.again": "I am sorry, I don't follow. A person can take over: reply AGENT or call {phone}.",
    "stuck": "Would you rather talk to a person? Reply AGENT, or call {phone}.",
    "nothing_open": "OK. Tell me what is wrong and where whenever something needs fixing.",
    "nothing_open.again": "Nothing is open here. To start, tell me a problem and its place.",
    # Emergencies
    "emergency": "This may be an EMERGENCY. Call {emergency_number} now (text {emergency_number} if you cannot "
    "speak). 311 does not send police, fire or EMS. Not an emergency? Reply 311.",
    "emergency_question": "If anyone is hurt or in danger, call {emergency_number} now: 311 does not send "
    "help. Is anyone in danger right now? Reply YES or NO.",
    # To whoever reports by another app or site, in Open311
    "open311_danger": "If anyone is hurt or in danger, call {emergency_number} now: 311 does not send help.",
    "open311_outside": "{place} is outside {city}, so our crews can't go there.",
    # Notices for an area: what staff announced, in their own words
    "notice_offer": "{notice} Reply FOLLOW for updates, no need to report it. Or reply YES to report yours.",
    "notice_offer.again": "{notice} Reply FOLLOW to get updates, or YES to report yours.",
    "notice_again": "{notice} You get its updates, no need to report it. Or reply YES to report yours.",
    "notice_again.again": "{notice} You follow this already. Reply YES to report yours.",
    "notice_following": "OK, you get every update on this right here. Reply MUTE to turn them off.",
    "notice_following.again": "You follow it already: every update comes to this thread.",
    "notice_gone": "That notice does not hold any more.",
    "notice_gone.again": "That one is over. Tell me if something is wrong.",
    "notice_muted": "OK, no more updates on that. Reply FOLLOW to get them again.",
    "notice_muted.again": "Those updates are off. Reply FOLLOW to get them again.",
    "notice_followed": "You follow: {notice}",
    "notice_update": "{program}: {notice}",
    "notice_end": "{program}: {notice} Still a problem? Tell us what and where.",
    "notice_over": "{program}: This is over: {notice} Still a problem? Tell us what and where.",
    # During a storm
    "storm_wait": "{stop} Yours can wait: text us again after the storm, or reply YES to file it for later.",
    "storm_wait.again": "{stop} Shall we file yours for after the storm? Reply YES or NO.",
    "storm_part": "{service} can wait: we file it for after the storm.",
    # A person
    "hand_off": "I am passing this on to a person at {program}. They will answer right here. Urgent? "
    "Call {phone}.",
    "hand_off_later": "I am passing this on to a person at {program}. They are back on {back}, {clock}, and "
    "will answer right here. Urgent? Call {phone}.",
    "hand_off_error": "Sorry, something went wrong on our side. A person at {program} will read this and "
    "answer here. Urgent? Call {phone}.",
    "hand_off_many": "We have many reports like this already. A person at {program} will look at yours and "
    "answer here. Urgent? Call {phone}.",
    "too_many": "That is a lot of messages. We keep them all, and a person at {program} will read them. Please "
    "wait a little before you write more. In danger? Call {emergency_number}.",
    "taken_over": "{agent} of {program} is here now.",
    "taken_over_unnamed": "A person of {program} is here now.",
    "called": "Thanks for calling {program}.",
    "handed_back": "The {program} assistant is back. Tell me if there is anything else to fix.",
    # A case's life. Every closing says why.
    "status_received": "{program}: {service} at {place} is {number}, sent to {department}. First check by "
    "{due}. Reply STATUS any time.",
    "status_received_unfound": "{program}: {service} is {number}, sent to {department}. A person will look "
    "for the place first. Reply STATUS any time.",
    "status_scheduled": "{number}: {department} has planned the work at {place}. We will text when the crew "
    "arrives.",
    "status_scheduled_by": "{number}: {department} has planned the work at {place}, by {due}. We will text "
    "when the crew arrives.",
    "status_assigned": "{number}: A {department} crew has your report at {place}. We will text when they "
    "arrive.",
    "status_assigned_by": "{number}: A {department} crew has your report at {place}, due by {due}. We will "
    "text when they arrive.",
    "status_on_site": "{number}: The crew is at {place} now. Please keep clear of the work area. We will text "
    "when they finish.",
    "status_need_info": "{number}: The crew needs to know more: {note} Please reply here by {until}, or we "
    "have to close it.",
    "asked_and_quoted": '{note} The crew writes: "{words}"',
    "status_unanswered": "{number}: We got no answer about {place}, so we closed it. Still there? Tell us "
    "more, or reply NOT FIXED by {until}, to reopen.",
    "status_completed": "{number}: {service} at {place} is done. {note} Still there? Reply NOT FIXED by "
    "{until} to reopen.",
    "status_closed_elsewhere": "{number}: {department} closed the case at {place}. {note} Still there? Reply "
    "NOT FIXED by {until} to reopen.",
    "status_no_action": "{number}: We looked at {place} and plan no work. {note} Disagree? Reply AGENT.",
    "status_referred": "{number}: This one is not the City's to fix, so we passed it on and closed ours. "
    "{note} Help: {phone}",
    "status_duplicate": "{number}: Already reported. {note} No need to report it again.",
    "status_duplicate_of": "{number}: Already reported as {original}. You get its updates here from now on, no "
    "need to report it again.",
    "status_reopened": "{number}: We opened it again. {department} will take another look at {place}.",
    "status_reopened_by": "{number}: We opened it again. {department} will take another look at {place} by "
    "{due}.",
    # Asking for status
    "status_none": "I find no case of yours. Tell me what is wrong and where to start one.",
    "status_one": "{number}: {service} at {place}. {where_it_stands} {link}",
    "status_many": "Your cases:",
    "status_more": "And {count} more. Ask for one by its number.",
    "case_unknown": "I find no case {number} of yours.",
    "case_unknown.again": "I still find no case {number} of yours. Reply AGENT, and a person can look.",
    "stands_received": "Sent to {department}, first check by {due}.",
    "stands_under_review": "Being looked into, since {since}.",
    "stands_scheduled": "Planned, since {since}.",
    "stands_assigned": "A crew has it, since {since}.",
    "stands_on_site": "The crew is there, since {since}.",
    "stands_need_info": "Waiting for an answer from you, until {until}.",
    "stands_completed": "Done {since}. {note}",
    "stands_closed_elsewhere": "Closed {since}. {note}",
    "stands_no_action": "Closed {since} without work. {note}",
    "stands_referred": "Passed on {since}. {note}",
    "stands_duplicate": "Closed {since} as already reported. {note}",
    "stands_reopened": "Open again, since {since}.",
    # Several cases
    "which_case": "Which one do you mean?",
    "which_case.again": "Please pick the case you mean.",
    "which_case_photo": "Thank you for the photo. Which case is it for?",
    "which_case_photo.again": "Please pick what the photo is for.",
    "muted": "OK, no more updates on {number}. STATUS still shows it, and UNMUTE {number} turns them on again.",
    "muted.again": "{number} stays quiet. UNMUTE {number} turns its updates on again.",
    "mute_none": "No case of yours sends updates right now.",
    "mute_none.again": "There is no case to mute. STATUS shows what there is.",
    "unmuted": "OK, you get updates on {number} again.",
    "unmuted.again": "Yes, updates on {number} are on.",
    "unmute_none": "None of your cases is muted.",
    "unmute_none.again": "All your updates are on already.",
    # Deleting
    "erase_confirm": "This deletes your messages, photos and number here and ends your updates. Cases stay "
    "with the city, without you. Reply YES to delete, NO to keep.",
    "erase_confirm.again": "Shall I really delete your messages, photos and number? Cases stay, without you. "
    "Reply YES or NO.",
    "erased": "Done. Your messages and photos are deleted, and your number is too once this is sent. Text us "
    "any time to start afresh.",
    "erase_kept": "OK, nothing was deleted.",
    "erase_kept.again": "OK, all is kept.",
    # Not fixed
    "reopened": "Sorry about that. I reopened {number} for {place}. A photo of how it looks now would help.",
    "reopened_with_photo": "Sorry about that. I reopened {number} for {place} and added your photo.",
    "reopened_answered": "Thank you. I reopened {number}, and the crew has what you sent.",
    "reopened_answered.again": "Thank you, {number} is open again with what you sent.",
    "not_fixed_open": "{number} at {place} is still open. {where_it_stands}",
    "not_fixed_open.again": "{number} at {place} is not closed yet. {where_it_stands} For a person, reply "
    "AGENT.",
    "not_fixed_late": "{number} was closed on {since}, too long ago to reopen. Tell me what is wrong and "
    "where, and I will send a new report.",
    "not_fixed_late.again": "{number} is closed for too long to reopen, since {since}. Tell me the problem "
    "and the place and I start a new one.",
    # Carriers' words, where the provider does not answer for us
    "opted_out": "{program}: you will get no more texts from us. Reply START to get them again. "
    "Phone: {phone}.",
    "opted_in": "{program}: you will get our texts again. Tell me what is wrong and where. HELP for help.",
    "start_hint": "Updates are off for this number. Reply START to get them.",
    # Labels of choices
    "option_yes": "Yes, send it",
    "option_none": "None of these",
    "option_agent": "Talk to a person",
    "option_change": "Change something",
    "option_service": "The problem",
    "option_place": "The place",
    "option_location": "Share my location",
    "option_same": "Yes, the same",
    "option_different": "Something else",
    "option_new_report": "Something new",
    "option_erase": "Yes, delete",
    "option_keep": "No, keep it",
    "option_follow": "Follow updates",
    "option_report": "Report mine too",
    "option_keep_later": "File it for later",
    "option_danger_yes": "Yes, danger now",
    "option_danger_no": "No",
}


def again(key: str) -> str:
    """Return the key of a sentence's second wording: its own, else its family's; `key` where there is none."""
    family = key
    while family:
        if f"{family}.again" in SENTENCES:
            return f"{family}.again"
        family = family.rpartition("_")[0]
    return key
