"""The words of an audience: what each phrase narrows a group by, in English, Roman and Urdu."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.institution import BLOOD_GROUPS, CABINET, OFFICERS
from app.domain.names import name_key

ANY_BODY = "*"
"""Any seat of the network itself, whatever its body."""
ANY_KIND = "*"
"""Any kind of body outside the network."""

_EVERYONE = "all|everyone|everybody|sab|tamam|سب|تمام"
_OFFICERS = "leaders|leader|officers|officer|rehnuma|ohdedar|رہنما|عہدیدار|عہدیداران|office bearers"
_TIERS: Mapping[str, str] = {
    "LSON": "lson|ایل ایس او این",
    "LSO": "lso|ایل ایس او",
    "VO": "vo|وی او",
    "CO": "co|سی او",
}
_BODIES: Mapping[str, str] = {
    "EC": "ec|executive|executive committee|ایگزیکٹو کمیٹی",
    "GB": "gb|general|general body|جنرل باڈی",
    ANY_BODY: _OFFICERS,
}
_SEXES: Mapping[str, str] = {
    "f": "women|woman|female|khawateen|aurtein|khatoon|خواتین|عورتیں|خاتون",
    "m": "men|man|male|mard|hazrat|مرد|حضرات",
}
_POSTS: Mapping[str, str] = {
    "President": "president|presidents|sadar|صدر|صدور",
    "Vice President": "vice president|vice presidents|vice|naib sadar|نائب صدر",
    "General Secretary": "general secretary|general secretaries|secretary|secretaries|"
    "jnrl secretary|سیکرٹری|سیکریٹری|جنرل سیکرٹری|جنرل سیکریٹری",
    "Joint Secretary": "joint secretary|joint secretaries|joint|جوائنٹ سیکرٹری|جوائنٹ سیکریٹری",
    "Finance Secretary": "finance secretary|finance secretaries|finance|treasurer|treasurers|"
    "فنانس سیکرٹری|فنانس سیکریٹری|خزانچی",
    "Press Secretary": "press secretary|press secretaries|press|پریس سیکرٹری|پریس سیکریٹری",
    "Manager": "manager|managers|مینیجر|منیجر",
    "Activist": "activist|activists|ایکٹیوسٹ",
}
_OUTSIDE: Mapping[str, str] = {
    ANY_KIND: "outside|outsiders|stakeholders|bahar|باہر",
    "department": "department|departments|mehkma|محکمہ|محکمے",
    "elected": "elected|mpa|mna|muntakhib|منتخب",
    "media": "media|journalists|sahafi|میڈیا|صحافی",
    "donor": "donor|donor agencies|donor agency|عطیہ دہندہ ادارے",
    "RSP": "rsp|rsps|آر ایس پی",
    "clinic": "clinic|clinics|hospital|hospitals|کلینک|ہسپتال",
    "other": "other|others|deegar|دیگر",
}
_LANGUAGES: Mapping[str, str] = {
    "ur": "urdu|اردو",
    "ur-Latn": "roman|roman urdu|رومن|رومن اردو",
    "sd": "sindhi|سندھی",
    "ps": "pashto|pushto|pakhto|پشتو",
    "en": "english|angrezi|انگریزی",
}
_FILLERS = (
    "under|of|in|at|below|inside|the|who|that|are|is|from|for|people|persons|members of|"
    "ke|ki|ka|ko|mein|mai|neeche|tehat|walay|wale|وہ|کے|کی|کا|کو|میں|نیچے|تحت|والے|والی|"
    "لوگ|speaking|readers|reading"
)

OWN_POSTS = frozenset({*CABINET, *(post for posts in OFFICERS.values() for post in posts)}) | {
    "Activist"
}
"""Offices of the network itself: nobody outside it is meant by them unless that is said."""

Phrase = tuple[str, ...]
"""The words of a phrase, each as `name_key` compares it."""


def _keyed(table: Mapping[str, str]) -> Iterator[tuple[Phrase, str]]:
    for value, phrases in table.items():
        for phrase in phrases.split("|"):
            yield tuple(name_key(phrase).split()), value


def _meanings() -> Mapping[Phrase, tuple[tuple[str, str], ...]]:
    found: dict[Phrase, tuple[tuple[str, str], ...]] = {}
    tables = (
        ("body", _BODIES),
        ("sex", _SEXES),
        ("post", _POSTS),
        ("outside", _OUTSIDE),
        ("language", _LANGUAGES),
    )
    for name, table in tables:
        for phrase, value in _keyed(table):
            found[phrase] = ((name, value),)
    for word in ("cabinet", "کابینہ", "kabina"):
        found[(name_key(word),)] = (("body", "EC"), ("is_cabinet", "yes"))
    for phrase, tier in _keyed(_TIERS):
        found[(*phrase[:-1], phrase[-1] + "s")] = (("body", tier),)
        for more in ("leaders", "leader", "officers", "officer", "عہدیدار", "رہنما"):
            found[(*phrase, name_key(more))] = (("body", tier),)
    return found


MEANINGS: Mapping[Phrase, tuple[tuple[str, str], ...]] = _meanings()
"""What each phrase says of a group: fields of a Term with their values."""
TIER_WORDS: Mapping[Phrase, str] = dict(_keyed(_TIERS))
"""A tier in the singular: part of a unit's name where one of that tier is named."""
EVERYONE: frozenset[Phrase] = frozenset(phrase for phrase, _ in _keyed({"all": _EVERYONE}))
FILLERS: frozenset[Phrase] = frozenset(phrase for phrase, _ in _keyed({"": _FILLERS}))
"""Words that people say between the others; alone they name nobody."""
QUIET: frozenset[Phrase] = frozenset(
    phrase
    for phrase, _ in _keyed(
        {
            "": "quiet|silent|no answer|khamosh|خاموش|quiet for|silent for"
            "|no answer for|کوئی جواب نہیں"
        }
    )
)
MONTHS: frozenset[str] = frozenset(map(name_key, ("month", "months", "mahine", "ماہ", "مہینے")))
GROUP_WORDS: frozenset[str] = frozenset(map(name_key, ("group", "groups", "گروپ")))
SKILL_WORDS: frozenset[str] = frozenset(map(name_key, ("skill", "skills", "hunar", "ہنر")))
UNIT_WORDS: frozenset[str] = frozenset(map(name_key, ("unit", "یونٹ")))
BLOOD_WORDS = r"(?:blood|khoon|خون)"
BLOODS: Mapping[str, str] = {name.casefold(): name for name in BLOOD_GROUPS}
UNION = r",|،|;|؛|(?<!\w)(?:and also|aur bhi|اور بھی)(?!\w)"
LESS = r"(?<!\w)(?:but not|except|minus|siwaye|siwae|magar na|سوائے|سواے|سواۓ|مگر نہ)(?!\w)"
LONGEST_PHRASE = max(map(len, (*MEANINGS, *EVERYONE, *FILLERS, *QUIET, *TIER_WORDS)))
KNOWN_TO_ALL = (
    "all, ec, gb, lsos, vos, cos, leaders, cabinet, women, men, presidents, secretaries, "
    "managers, outside, department, media, urdu, roman, quiet 6, skill NAME, group NAME, "
    "a unit's name, or a number like +923901234567"
)


LONGEST_NAME = 12
"""Words in the name of a unit, a group or a saved audience."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is compared, and as it was written."""

    key: str
    raw: str


def tokens(part: str) -> list[Token]:
    """The words of a group; one without a letter or digit has no key."""
    found = []
    for raw in part.split():
        bare = "".join(one for one in raw if unicodedata.category(one) != "Cf")
        keys = name_key(bare).split()
        found += [Token(key, raw) for key in keys] or ([Token("", raw)] if bare else [])
    return found


def is_reserved(name: str) -> bool:
    """Whether a group or an audience of this name could not be told from words of ours."""
    words = tuple(name_key(name).split())
    if not words or re.search(f"{UNION}|{LESS}", name.casefold()):
        return True
    if any(words in table for table in (MEANINGS, TIER_WORDS, EVERYONE, FILLERS, QUIET)):
        return True
    return words[0] in GROUP_WORDS | SKILL_WORDS | UNIT_WORDS
