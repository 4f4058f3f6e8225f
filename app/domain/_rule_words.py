"""The words in which people say rules, in English, Urdu and Roman Urdu, and what each means."""

from collections.abc import Iterator
from enum import StrEnum

from app.domain._rule_parts import LAST, Unit
from app.domain.search_key import normal


class Kind(StrEnum):
    """What a word does in a rule."""

    NTH = "nth"
    NUMBER = "number"
    WEEKDAY = "weekday"
    MONTH = "month"
    UNIT = "unit"
    EVERY = "every"
    OTHER = "other"
    """Each second one: every other, ek chhor kar."""
    EACH = "each"
    """A unit that is an adverb and so comes each time: weekly, daily."""
    ON = "on"
    """Says that a day stands before it, as ko in hafte ko: on Saturday."""
    NONE = "none"


_NTHS = {
    1: "first 1st pehla pehli pehle pahla pahli pahle pehlay phela پہلا پہلی پہلے",
    2: "second 2nd doosra doosri doosre dusra dusri dusre dosra dosri dosre دوسرا دوسری دوسرے",
    3: "third 3rd teesra teesri teesre tisra tisri tisre tesra tesri tesre تیسرا تیسری تیسرے",
    4: "fourth 4th forth chautha chauthi chauthe chotha chothi chothe چوتھا چوتھی چوتھے",
    5: "fifth 5th panchwan panchwin panchwen panchvan panchwa پانچواں پانچویں",
    LAST: "last final aakhri akhri aakhiri akhiri akhri آخری اخری",
}
_NUMBERS = {
    1: "one ek aik ایک",
    2: "two do دو",
    3: "three teen tin تین",
    4: "four char chaar چار",
    5: "five panch paanch پانچ",
    6: "six chhe che chay چھ چھے",
    7: "seven saat سات",
    8: "eight aath آٹھ",
    10: "ten das دس",
    12: "twelve bara barah بارہ",
    15: "fifteen pandra pandrah پندرہ",
}
_WEEKDAYS = (
    "monday mondays mon peer pir somwar پیر سوموار",
    "tuesday tuesdays tue tues mangal منگل",
    "wednesday wednesdays wed budh budhwar بدھ",
    "thursday thursdays thu thur thurs jumerat jumeraat jumarat jumeirat جمعرات",
    "friday fridays fri juma jumma jummah jumah جمعہ جمعے جمعۃ",
    "saturday saturdays sat sanichar saneechar sanicher سنیچر",
    "sunday sundays sun itwar itwaar atwar اتوار",
)
_MONTHS = (
    "january jan janvari janwari جنوری",
    "february feb farvari farwari فروری",
    "march mar مارچ",
    "april apr aprail اپریل",
    "may مئی",
    "june jun joon جون",
    "july jul julai جولائی",
    "august aug agast اگست",
    "september sep sept sitambar ستمبر",
    "october oct aktoobar اکتوبر",
    "november nov navambar نومبر",
    "december dec disambar دسمبر",
)
_UNITS: dict[Unit, str] = {
    "DAILY": "day days din dino dinon roz دن دنوں روز",
    "WEEKLY": "week weeks hafta hafte hafton haftay ہفتہ ہفتے ہفتوں",
    "MONTHLY": "month months mahina mahine mahinay mahinon maheena maheene mah ماہ مہینہ مہینے"
    " مہینوں",
    "YEARLY": "year years saal sal saalon سال سالوں",
}
_EACH: dict[str, tuple[Unit, int]] = {
    **dict.fromkeys(("daily", "rozana", "روزانہ"), ("DAILY", 1)),
    **dict.fromkeys(("weekly", "haftawar", "ہفتہوار"), ("WEEKLY", 1)),
    **dict.fromkeys(("fortnight", "fortnightly", "biweekly"), ("WEEKLY", 2)),
    **dict.fromkeys(("monthly", "mahana", "mahwar", "ماہانہ", "ماہوار"), ("MONTHLY", 1)),
    **dict.fromkeys(("quarter", "quarterly"), ("MONTHLY", 3)),
    "halfyearly": ("MONTHLY", 6),
    **dict.fromkeys(("yearly", "annual", "annually", "salana", "سالانہ"), ("YEARLY", 1)),
}
_EVERY = "every each har ہر"
_OTHER = "other alternate"
_ON = "ko کو"
_NOTHING = (
    "on the of in a an at and or to for after its it is"
    " ka ki ke kay mein mai me par pe aur tareekh tarikh tareek date baad bad wala wali wale"
    " کا کی کے میں پر اور تاریخ بعد والا والی والے"
)
PHRASES = {
    normal(phrase): normal(word)
    for phrase, word in {
        "ek chhor kar": "other",
        "ek chhod kar": "other",
        "ek chor kar": "other",
        "aik chhor kar": "other",
        "ایک چھوڑ کر": "other",
        "ہفتہ وار": "weekly",
        "bi weekly": "fortnightly",
        "half yearly": "halfyearly",
        "سہ ماہی": "quarterly",
        "شش ماہی": "halfyearly",
        "seh mahi": "quarterly",
        "or its last day": "",
        "kam hon to aakhri din": "",
        "کم ہوں تو آخری دن": "",
    }.items()
}
"""What several words say together, and the word that stands for it."""


def _readings() -> Iterator[tuple[str, Kind, int]]:
    for kind, table in ((Kind.NTH, _NTHS), (Kind.NUMBER, _NUMBERS)):
        for value, words in table.items():
            yield words, kind, value
    for value, words in enumerate(_WEEKDAYS):
        yield words, Kind.WEEKDAY, value
    for value, words in enumerate(_MONTHS, 1):
        yield words, Kind.MONTH, value
    yield _EVERY, Kind.EVERY, 0
    yield _OTHER, Kind.OTHER, 0
    yield _ON, Kind.ON, 0
    yield _NOTHING, Kind.NONE, 0


KNOWN: dict[str, tuple[Kind, int]] = {
    normal(word): (kind, value) for words, kind, value in _readings() for word in words.split()
}
"""What each word is, in the plain form of `normal`."""
UNIT_OF: dict[str, Unit] = {
    normal(word): unit for unit, words in _UNITS.items() for word in words.split()
}
EACH_OF = {normal(word): meaning for word, meaning in _EACH.items()}
WEEK_OR_SATURDAY = frozenset(map(normal, ("hafta", "hafte", "haftay", "ہفتہ", "ہفتے")))
"""The one word of Urdu for both."""
