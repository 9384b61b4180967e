"""English commands and short answers."""

from __future__ import annotations

from nlu.command_words import Answer, CommandWords, Wrong, pattern, phrases
from nlu.street_words import words_of

PHRASES = phrases(
    {
        "affirm": "yes,y,yep,yeah,yea,yup,ya,yess,yes please,ok,okay,k,kk,sure,correct,right,thats right,"
        "that is right,thats correct,that is correct,its right,looks good,send it,go ahead,confirm,confirmed,"
        "agreed,i agree,accept,i accept,approved,absolutely,definitely,of course,exactly,alright,sounds good,"
        "perfect,you got it,true,👍,👌,✅,✔,🆗",
        "deny": "no,n,nope,nah,no thanks,no thank you,not right,wrong,incorrect,not really,no way,negative,"
        "false,disagree,i disagree,decline,i decline,invalid,never,none,none of them,none of these,"
        "none of those,👎,❌",
        "skip": "skip,skip it,skip this,pass",
        "never_mind": "never mind,nevermind,nvm,forget it",
        "start_over": "start over,restart,start again,startover,reset",
        "help": "help,?,??,info",
        "status": "status,check status,my status",
        "human": "agent,human,person,real person,operator,representative,talk to a person",
        "not_fixed": "not fixed,notfixed,not fixed yet,still not fixed",
        "follow": "follow",
        "greet": "hello,hi,hey,hello there,hi there,good morning,good afternoon,good evening",
        "thanks": "thanks,thank you,thx,thank you so much,thank you very much,thanks a lot,many thanks",
        "change_language": "english,in english,spanish,in spanish",
    }
)

RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: n for words in (RANKS, CARDINALS) for n, word in enumerate(words, start=1)} | {
    f"{n}{end}": n for n, end in ((1, "st"), (2, "nd"), (3, "rd"), *((n, "th") for n in range(4, 11)))
}

_PLACE = r"(?:address|location|place|street|spot|corner|pin|intersection|block|road|house\ number|number)"
_SERVICE = r"(?:type|category|problem|issue|service|department|thing|kind|report|request)"
_PHOTO = r"(?:photo|photos|picture|pictures|pic|pics|image)"
_SAID = r"(?:wrong|incorrect|mistaken|bad)"
_NAMES: dict[Wrong, str] = {"place": _PLACE, "service": _SERVICE, "photo": _PHOTO}

ENGLISH = CommandWords(
    phrases=PHRASES,
    commands={
        # "that isn't right": no yes, whatever the model makes of "right"
        "deny": pattern(
            r"""(?:(?:no|nope|sorry)[\s,.]+)?
            (?:(?:that|it|this|these|all\ of\ that)(?:'?s|\s+is|\s+was|\s+are)?\s*)?
            (?:not|isn'?t|wasn'?t|aren'?t)\s+(?:at\ all\s+|quite\s+|really\s+)?
            (?:right|correct|true|it|accurate|what\ i\ (?:said|meant|want|wanted|wrote)|the\ one|mine)[\s.!]*"""
        ),
        "status": pattern(
            r"""status\s+(?:of\s+)?\#?(?:[a-z]{1,4}-)?\d+
            | (?:is\ there\ |are\ there\ |do\ you\ have\ )?(?:any|what(?:'?s|\ is)\ the)\s+
              (?:latest|update|news|status|progress|word)s?
              \s+(?:on|about|with|for|of|regarding)\s+.{2,60}"""
        ),
        "unmute": pattern(
            r"""(?:unmute|un-mute)(?:\s+.{1,80})?
            | (?:turn\s+)?(?:the\s+|my\s+)?updates?\s+(?:back\s+)?on(?:\s+again)?"""
        ),
        "mute": pattern(
            r"""(?:mute|unfollow)(?:\s+.{1,80})?
            | no\s+more\s+(?:updates|texts|messages|notifications|news)(?:\s+.{1,80})?
            | (?:stop|quit|please\s+stop|don'?t|do\s+not)\s+
              (?:text|updat|messag|tell|notify)(?:e|ing)?\s+me(?:\s+(?:about|on|any\s?more)\b.{0,80})?"""
        ),
        "delete_data": pattern(
            r"""(?:please\s+|i\s+want\s+(?:you\s+)?to\s+|can\s+you\s+)?
            (?:delete|erase|remove|wipe|forget)\s+(?:all\s+)?(?:of\s+)?
            (?:me|everything\s+(?:about|of|from)\s+me|(?:all\s+)?my\s+(?:personal\s+|own\s+)?
              (?:data|info|information|details|messages|texts|number|phone\s+number|account|history|records?))
            (?:\s+(?:and|&|or)\s+(?:my\s+)?(?:data|info|messages|texts|number|photos))?"""
        ),
    },
    spellings={},
    courtesy=pattern(r"[\s,]+(?:please|pls|plz)$"),
    choice=pattern(
        rf"""(?:(?:it'?s|its|i\ pick|i\ choose|pick|choose|maybe|probably|i\ think|definitely)\s+)?
        (?:the\s+)? (?:(?:\#|no\.?|number|option|choice|answer)\s*)?
        (?P<number>\d{{1,2}}|{"|".join(sorted(NUMBERS, key=len, reverse=True))}) \s*
        (?:one|option|choice)?\s*(?:please|pls)?"""
    ),
    numbers=NUMBERS,
    yes=Answer(
        sure=pattern(r"\s*(?:yes|yep|yeah|yea|yup|ok|okay|sure|correct|👍)(?:[\s,.!:;-]+|$)"),
        doubtful=pattern(r"(?!)"),
        after=pattern(r"(?!)"),
    ),
    no=Answer(
        sure=pattern(r"(?!)"),
        doubtful=pattern(r"\s*(?:no|nope|nah|👎)(?P<pause>\s*[,.!:;-]+\s*|\s+)"),
        # "no water since six" is no answer; "no its 6th street" is
        after=pattern(
            r"""(?:it'?s|it\ is|that'?s|that\ is|this\ is|not|wrong|i|i'm|im|we|sorry|actually|the|at|on|try|
            should|please|thank\w*|there'?s|there\ is|there\ are|he|she|they|you|my|but|wait|nope|across|near|
            in|by|\d+)\b"""
        ),
    ),
    relents=pattern(r"\b(?:but|wait|except|actually|however|wrong|not)\b"),
    nothing_more=pattern(
        r"""(?:please|pls|thanks?|thank\ you|thx|that(?:'?s|\ is)\ (?:right|it|correct|the\ one|fine)|
        it\ is|you\ can|i\ do|i\ am|correct|right|yes|do\ it|send\ it|go\ ahead|sir|ma'?am|sure|[\W_])*"""
    ),
    negates=pattern(r"\b(?:no|not|never|\w+n'?t|nothing|wrong|bad|badly|false|incorrect|invalid)\b"),
    still=pattern(r"\bstill\s+(?:there|here|the\ same|not|broken|out|dark|leaking|blocked|isn'?t|hasn'?t)\b"),
    wrong={
        what: pattern(
            rf"""\b{_SAID}\ {words}\b
            | \b{words}\ (?:is|was|are|were)\ (?:all\ |the\ |totally\ )?{_SAID}\b
            | \b{words}\ (?:isn'?t|(?:is|was|are|were)\ not)\ (?:all\ |the\ |totally\ )?
              (?:{_SAID}|right|correct)\b
            | \b(?:change|fix|correct|edit|update)\ (?:the\ |my\ |that\ )?{words}\b
            | \bnot\ (?:the|that|my|the\ right|the\ correct)\ {words}\b
            | ^\W*(?:change\ |fix\ )?(?:the\ |my\ )?{words}\W*$"""
        )
        for what, words in _NAMES.items()
    },
    meant=pattern(
        r"""\b(?:i|we)\ (?:meant|mean)\b | ^\W*(?:meant|mean)\b | \bi\ should\ have\ said\b
        | \b(?:it'?s|it\ is|that'?s|thats)\ not\b[^,;.]*[,;.]\s*(?:it'?s|it\ is|but)\b
        | ^\W*(?:sorry|oops|my\ bad|correction|actually)\W+(?:it'?s|its|that'?s|thats|it\ is|at|on)\b"""
    ),
    wrong_place=pattern(
        r"\b(?:not\ where|wrong\ side|isn'?t\ where|not\ there|not\ the\ right\ (?:place|spot)|not\ here)\b"
    ),
    not_at=pattern(r"\bnot\s+(?:(?:at|on|in|near)\s+)?(?:the\s+)?"),
    not_a=pattern(
        r"""(?:^|[\s,;.])(?:not|isn'?t|wasn'?t|ain'?t)\s+
        (?:(?P<article>an?)\s|the\s|about\s(?:an?\s)?)?\s*
        (?P<what>[^\W\d_]+(?:[\ -][^\W\d_]+){0,2}?)\s*(?=$|[,.;!?]|\bbut\b|\bit'?s\b|\brather\b)"""
    ),
    not_a_thing=words_of(
        "emergency single one big good great problem joke question bot robot urgent sure fixed done "
        "working right correct yet here there true fair ok okay wrong mine now today again"
    ),
    place_filler=words_of(
        "at on in near the a it its it's is was by of corner and from between to across front my our "
        "address location place here right please around behind side north south east west next block "
        "just off opposite this that that's thats there happening happened outside inside street "
        "intersection i'm im am we're i mean meant try hi hello pls thanks ok about close sorry oops "
        "actually no yes wait should be not"
    ),
)
