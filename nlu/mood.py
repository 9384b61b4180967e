"""How a message is meant beside what it says: anger, a call for a sign of life, or that all is well now."""

from __future__ import annotations

import re
import unicodedata

from nlu.interpreter import Mood
from nlu.street_words import words_of

ACCENTS = re.compile(r"[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")
ANGRY_SIGNS = frozenset("😡😠🤬👿💢🖕😤")

# Words that nobody writes who is content, and words that say it together, without accents and apostrophes.
SWEARING = words_of(
    "fuck fucking fuckin fucked fucks fck fcking fkn fuk fuking motherfucker motherfuckers bullshit shit "
    "shitty bs wtf stfu asshole assholes bitch bastard bastards damn goddamn dammit crap idiot idiots "
    "idiotic moron morons stupid dumb dumbass jackass ridiculous pathetic useless worthless incompetent "
    "clowns disgrace disgraceful disgusted mierda mierdas pinche pinches puta putas puto putos pendejo "
    "pendejos pendeja pendejas pendejada pendejadas chingada chingados chingar chingaos chinga cabron "
    "cabrones carajo joder verga culero culeros mamada mamadas idiota idiotas estupido estupidos estupida "
    "imbecil imbeciles inutil inutiles inservibles ineptos inepto payasos porqueria verguenza maldito "
    "malditos maldita malditas hdp ptm nmms"
)
UPSET = re.compile(
    r"""\b(?: (?:im|i\ am|so|really|very)\ (?:\w+\ )?(?:angry|mad|furious|pissed|frustrated|fed\ up|livid)
    | fed\ up | sick\ (?:and\ tired\ )?of | pissed\ off | sick\ and\ tired
    | (?:you|this\ (?:bot|thing|city|system|service)?)\ ?(?:\w+\ ){0,3}(?:suck|sucks|joke)
    | waste\ of\ (?:my\ )?(?:time|tax\w*|money) | screw\ (?:you|this|it) | hate\ (?:you|this|that|the\ city)
    | (?:no|nobody|noone|no\ one)\ (?:ever\ )?(?:cares|gives\ a)
    | (?:you|dont)\ (?:guys\ |people\ )?(?:dont\ )?give\ a
    | go\ to\ hell | shut\ up | for\ nothing | good\ for\ nothing
    | estoy\ (?:\w+\ )?(?:enojad[oa]|molest[oa]|hart[oa]|furios[oa]|encabronad[oa]|cansad[oa]|fastidiad[oa])
    | hart[oa]\ de | ya\ me\ (?:hart|cans)\w+ | me\ tienen\ hart[oa] | no\ sirven?\ (?:para|pa)\ nada
    | no\ sirven | no\ hacen\ nada | perdida\ de\ tiempo | vayanse\ (?:al|a\ la) | vete\ (?:al|a\ la)
    | que\ asco | a\ nadie\ le\ importa | no\ les\ importa | son\ una\ burla | me\ vale )\b""",
    re.VERBOSE,
)
# What stands around it in a message that says nothing else.
AROUND = words_of(
    "you your youre u ur guys people all are r is am was be im i a an the this that thats it its so such "
    "just really very totally absolutely completely of what how why oh my god omg lol ugh wow man bro "
    "dude city bot robot thing system service program government office department 311 work worker "
    "workers job and off on to me we no not never do does dont give cares care about us anything nothing "
    "ever every time always again as hell pile piece bunch full total complete tax taxes dollars money "
    "waste tired sick piss pissed fed up too still fix fixes come comes answer listen suck sucks joke "
    "hate screw go shut please sorry for with in at by here one nobody noone angry mad furious frustrated "
    "livid ass good holy mother self yourself yourselves ustedes usted son es esta estan este esto eso "
    "una un unos unas el la los las lo de del al que por para pa ni nunca nada nadie ya le les se mi su "
    "sus muy tan bien mas todo todos toda ciudad gobierno municipio gente servicio sistema cosa hijo "
    "hijos bola dios ay y o con en siempre hacen hace sirve sirven importa estoy soy harto harta cansado "
    "cansada enojado enojada molesto molesta furioso furiosa tienen tiempo perdida vayanse vete asco "
    "burla vale madre trabajo trabajan como cuanto arreglan vienen contestan escuchan"
)
NUDGE = re.compile(
    r"""(?:(?:hi|hey|yo|ok|um|so)\ )? (?: (?:hello|helo|hallo|hellooo*|hola|holaa+|alo|bueno)(?=\?)
    | (?:are|r)\ (?:you|u|ya)\ (?:still\ )?(?:there|here|alive|awake|working|on)
    | (?:you|u)\ (?:still\ )?(?:there|here|alive|around)
    | (?:is\ )?(?:any(?:one|body)|some(?:one|body))\ (?:still\ )?(?:there|here|home|out\ there)
    | any(?:one|body) | hello\ any(?:one|body)(?:\ there)?
    | did\ (?:you|u)\ get\ (?:that|this|it|my\ (?:message|text))
    | (?:sigues|estan|estas|esta\ usted)\ (?:ahi|alli) | hay\ alguien(?:\ (?:ahi|alli))? | alguien(?:\ ahi)?
    | me\ (?:leen|lee|oyen|escuchan|escucha) | (?:si\ )?le\ llego\ mi\ mensaje | les\ llego\ mi\ mensaje
    )\?*""",
    re.VERBOSE,
)

# "It's fixed now": a model that has learnt "not fixed" hears the word, and not that the "not" is missing.
MENDED = re.compile(
    r"""(?:^|\ )(?:(?:its|it\ is|it|thats|is|are|was|were|been|got|all|looks?|now|already|crew|everything)
    \ (?:\w+\ ){0,2}?)?(?:fixed|repaired|resolved|solved|taken\ care\ of|mended)(?:\ |$)
    | (?:^|\ )(?:its|it\ is|is|are|all|looks?|looking|everything)\ (?:\w+\ ){0,2}?
    (?:done|good|great|perfect|fine|clean)(?:\ |$)
    | (?:^|\ )(?:its|it\ is)\ (?:all\ |finally\ |now\ )?gone(?:\ |$)
    | ^(?:(?:\w+\ ){0,5})(?:perfect|awesome|excellent|amazing
    |(?:good|great|nice|excellent|wonderful)\ (?:job|work))
    (?:\ (?:thanks|thank|you|guys|everyone|all|so|very|much|city|by|the|crew))*$""",
    re.VERBOSE,
)
MENDED_ES = re.compile(
    r"""(?:^|\ )(?:esta|estan|quedo|quedaron|fue|se\ ve|lo|la|los|las)\ (?:\w+\ )?
    (?:arregl(?:ad[oa]s?|aron|o)|repar(?:ad[oa]s?|aron|o)|taparon|quitaron|recogieron|limpi(?:aron|[oa])|list[oa]
    |resuelt[oa]|solucionad[oa]|bien|perfect[oa])(?:\ |$)
    | ^(?:(?:\w+\ ){0,3})(?:perfecto|excelente|genial|muy\ bien|que\ bien|(?:buen|excelente)\ trabajo)
    (?:\ (?:gracias|muchas|por|todo|muy|amable))*$""",
    re.VERBOSE,
)
# One of these, and it is not that simple.
DOUBT = words_of(
    "not isnt wasnt arent werent hasnt havent aint never still yet but except again until till unless if when "
    "why how wont didnt doesnt dont cant cannot half only worse nothing nobody nothin said says supposed wrong "
    "badly poorly bad terrible back almost barely hardly partially partly other another next need needs get "
    "please should can could will would want sin pero todavia aun sigue siguen mal otra otro nunca nada falta "
    "peor cuando tampoco casi solo vez necesita necesito favor"
)
LONGEST_CONTENT = 10
"""Words up to which "fixed" may be all that is said."""


def of(text: str) -> Mood:
    """Return the mood of a message, whatever else it says."""
    words = _words(text)
    if _is_angry(words) or ANGRY_SIGNS & set(text):
        return "upset"
    if _is_content(text, words):
        return "content"
    return "nudge" if _is_nudge(text, words) else ""


def says_no_more(text: str) -> bool:
    """Tell whether an upset message vents and says nothing else: neither a problem nor a place, nor a "no"."""
    words = _words(text)
    vents = _is_angry(words) or not words  # "no" before an angry face is still an answer
    return vents and all(word in SWEARING or word in AROUND for word in words)


def _is_angry(words: list[str]) -> bool:
    return bool(SWEARING & set(words)) or UPSET.search(" ".join(words)) is not None


def _is_content(text: str, words: list[str]) -> bool:
    """Tell whether the message says that what was wrong is right now, and neither asks nor doubts it.

    "No, it's fixed" does; in Spanish a "no" turns it round.
    """
    if "?" in text or len(words) > LONGEST_CONTENT or DOUBT & set(words):
        return False
    plain = " ".join(words[1:] if words[:1] == ["no"] else words)
    if "no" in plain.split() or plain.startswith(("is it ", "was it ", "are they ", "is the ")):
        return False
    return bool(MENDED.search(plain) or ("no" not in words and MENDED_ES.search(plain)))


def _is_nudge(text: str, words: list[str]) -> bool:
    """Tell whether the message only asks for a sign of life: "?", "hello??", emojis alone."""
    if not words:
        return bool(text.strip())
    marked = " ".join(words) + ("?" if "?" in text else "")
    return NUDGE.fullmatch(marked) is not None


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.casefold().replace("'", "").replace("’", ""))
    return WORD.findall(ACCENTS.sub("", plain))
