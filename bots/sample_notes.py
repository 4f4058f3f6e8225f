"""News, office holders, emergency cards and a report of the sample network."""

from collections.abc import Sequence
from datetime import date

from bots.notes import CardNote, HolderNote, NewsNote, TicketNote
from bots.values import Entry

OFFICE = "0944 111222"
"""The telephone of the sample office."""

_NEWS_ON = (date(2025, 10, 12), date(2025, 10, 8), date(2025, 9, 30))
_NEWS = {
    "en": (
        "Shahi road: letter handed to the DC",
        "Girls' school gets a teacher",
        "Laspa pump works again",
    ),
    "ur-Latn": (
        "Shahi sarak: khat DC ko de diya",
        "Girls school ko ustani mil gayi",
        "Laspa ka pump phir chal raha hai",
    ),
    "ur": ("شاہی سڑک کا خط DC کو", "سکول میں استانی", "لاسپہ پمپ چالو"),
}
_HOLDERS = (
    (("president", "sadar", "صدر"), ("President", "Sadar", "صدر"), "Rehmat Wali", "رحمت ولی"),
    (
        ("secretary", "سیکرٹری"),
        ("General Secretary", "General Secretary", "جنرل سیکرٹری"),
        "Nusrat Ansari",
        "نصرت",
    ),
)
_TONGUES = ("en", "ur-Latn", "ur")
_WHOSE = {
    "en": ("Rescue", "Ambulance", "Police", "On duty Sher Nawab"),
    "ur-Latn": ("Rescue", "Ambulance", "Police", "Duty par Sher Nawab"),
    "ur": ("ریسکیو", "ایمبولینس", "پولیس", "ڈیوٹی شیر نواب"),
}
_CHECKED = date(2025, 10, 1)
TICKET_NO = 27
_TICKET = {
    "en": ("Water pump at Laspa", "in hand", "Vice President"),
    "ur-Latn": ("Laspa ka pani ka pump", "kaam jari", "Naib Sadar"),
    "ur": ("لاسپہ کا پمپ", "کام جاری", "نائب صدر"),
}


def news_in(language: str) -> Sequence[NewsNote]:
    """All news, newest first."""
    return [NewsNote(*one) for one in zip(_NEWS_ON, _NEWS[_tag(language)], strict=True)]


def holders_in(words: str, language: str) -> Sequence[HolderNote]:
    """The President and the General Secretary, or the one whom the words name."""
    at = _TONGUES.index(_tag(language))
    named = [row for row in _HOLDERS if set(row[0]) & set(words.split())]
    return [
        HolderNote(row[1][at], row[3] if at == 2 else row[2], OFFICE) for row in named or _HOLDERS
    ]


def card_in(words: str, language: str, *, is_known: bool) -> CardNote:
    """The card of Shahi for those who name it or are known, else that of the whole network."""
    tag = _tag(language)
    whose = _WHOSE[tag]
    country = (Entry("1122", whose[0]), Entry("115", whose[1]), Entry("15", whose[2]))
    if is_known or {"shahi", "شاہی"} & set(words.split()):
        own = (country[0], Entry("0399 1234567", whose[3]), country[1])
        return CardNote("شاہی" if tag == "ur" else "LSO Roshni, Shahi", own, _CHECKED)
    return CardNote("", country, None, example="شاہی" if tag == "ur" else "SHAHI")


def _tag(language: str) -> str:
    if language in ("sd", "ps"):
        return "ur"
    return language if language in _TONGUES else "en"


def ticket_in(language: str) -> TicketNote:
    """The one report of the sample network, in that language or in English."""
    short, status, owner = _TICKET.get(language, _TICKET["en"])
    return TicketNote(
        TICKET_NO, date(2025, 10, 10), short, status, owner, "", date(2025, 10, 17), False
    )
