"""A small network in memory, always the same, to try a conversation without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from bots.ask import Fellow, LinkNote, More, Said
from bots.notes import (
    CardNote,
    DecisionNote,
    HolderNote,
    MeetingNote,
    MinutesNote,
    NewsNote,
    OwedNote,
    QuestionNote,
    RollNote,
    SheetNote,
    TicketNote,
)
from bots.sample_notes import TICKET_NO, card_in, holders_in, news_in, ticket_in
from bots.values import Entry

ZONE = timezone(timedelta(hours=5), "PKT")
NOW = datetime(2025, 10, 13, 9, 0, tzinfo=ZONE)
"""The moment at which the sample network is: the day after EC meeting 14."""
PEOPLE = (Fellow(1, "Amina Bibi"), Fellow(2, "Bilal Khan"))
"""Who shares the phone of the sample conversation."""

_ROWS = {
    "en": (
        ("Write to DC for Shahi-Laspa road repair", "Road letter to DC", "President, Gen Sec"),
        ("Send the list of girls out of school to the DEO", "Girls school list", "LSO Roshni"),
        ("Every LSO pays its yearly fee of Rs 500", "Fee Rs 500", "Finance Sec"),
        ("Repair the water pump at Laspa", "Pump Laspa", "LSO Umeed"),
    ),
    "ur-Latn": (
        ("Shahi-Laspa sarak ki marammat ke liye DC ko khat", "Sarak khat DC ko", "Sadar, Gen Sec"),
        ("School se bahar larkiyon ki list DEO ko", "Girls school list", "LSO Roshni"),
        ("Har LSO saalana fees Rs 500 de", "Fees Rs 500", "Finance Sec"),
        ("Laspa ke pani ke pump ki marammat", "Pump Laspa", "LSO Umeed"),
    ),
    "ur": (
        ("سڑک کی مرمت کے لیے ڈی سی کو خط", "سڑک خط", "صدر"),
        ("سکول سے باہر لڑکیوں کی فہرست ڈی ای او کو", "سکول فہرست", "LSO روشنی"),
        ("ہر LSO سالانہ فیس 500 دے", "فیس 500", "خزانچی"),
        ("لاسپہ کے پانی کے پمپ کی مرمت", "پمپ لاسپہ", "LSO امید"),
    ),
}
_FACTS = (
    (14, 1, date(2025, 10, 12), date(2025, 10, 20), "road"),
    (14, 2, date(2025, 10, 12), date(2025, 10, 25), "school"),
    (14, 3, date(2025, 10, 12), date(2025, 10, 31), "fees"),
    (12, 2, date(2025, 8, 10), None, "water"),
)
_STATUS = {"en": "in progress", "ur-Latn": "kaam jari", "ur": "جاری"}
_PRESENT = {14: 11, 12: 9}
_REFS = frozenset({41, 42})
_OWNER = PEOPLE[0].id
_OWED = ("14/1", "12/2")
_SHEETS = (12, 13)
_MEMBERS, _MEN = 15, 11
_CODE, _GROUP_CODE = "482915", "730164"


class SampleRegister:
    """Answers the questions of `bots.ask.Register` from what is written above."""

    def network_name(self, language: str) -> str:
        """The short name of the sample network."""
        return "میرخئی" if language == "ur" else "Mirkhai"

    def latest_minutes(self, language: str, *, registered: bool) -> MinutesNote | None:
        """Minutes 14."""
        return self.minutes(14, language, registered=registered)

    def minutes(self, meeting_no: int, language: str, *, registered: bool) -> MinutesNote | None:  # noqa: ARG002
        """Minutes 12 and 14."""
        decisions = tuple(d for d in _decisions(language) if d.meeting_no == meeting_no)
        if not decisions:
            return None
        return MinutesNote(meeting_no, "EC", decisions[0].on, _PRESENT[meeting_no], "", decisions)

    def decision(
        self,
        meeting_no: int,
        no: int,
        language: str,
        *,
        registered: bool,  # noqa: ARG002
    ) -> DecisionNote | None:
        """One of the four decisions."""
        found = (d for d in _decisions(language) if (d.meeting_no, d.no) == (meeting_no, no))
        return next(found, None)

    def recent_decisions(
        self,
        language: str,
        *,
        registered: bool,  # noqa: ARG002
        topic: str = "",
        words: str = "",  # noqa: ARG002
        limit: int = 3,
    ) -> Sequence[DecisionNote]:
        """The newest decisions, or those on a topic's tag."""
        tags = {(meeting_no, no): tag for meeting_no, no, _, _, tag in _FACTS}
        decisions = _decisions(language)
        return [d for d in decisions if not topic or tags[d.meeting_no, d.no] == topic][:limit]

    def next_meeting(self, language: str, *, registered: bool) -> MeetingNote | None:  # noqa: ARG002
        """EC meeting 15."""
        at = datetime(2025, 11, 9, 10, 0, tzinfo=ZONE)
        if language == "ur":
            return MeetingNote(15, "EC", at, "LSO روشنی شاہی", "سڑک، سکول، فیس")
        agenda = "road, school, fees" if language == "en" else "sarak, school, fees"
        return MeetingNote(15, "EC", at, "LSO Roshni, Shahi", agenda)

    def ref_is_ours(self, ref: int) -> bool:
        """Whether the sample network sent that Ref."""
        return ref in _REFS

    def missed_text(self, ref: int, phone: int) -> str:  # noqa: ARG002
        """Nobody misses anything here."""
        return ""

    def owed(
        self, code: str, people: Sequence[int], language: str, *, registered: bool
    ) -> OwedNote | None:
        """Amina owes decisions 14/1 and 12/2; the latter is done."""
        numbers = [int(part) if part.isdigit() else 0 for part in code.split("/")]
        if len(numbers) == 1:
            return None
        note = self.decision(numbers[0], numbers[1], language, registered=registered)
        if note is None:
            return None
        is_owed = code in _OWED and _OWNER in people
        return OwedNote(
            numbers[1], code, note.owner, note.status, code != "12/2", _OWNER if is_owed else None
        )

    def sheet(self, no: int, people: Sequence[int]) -> SheetNote | None:
        """Sheet 12 belongs on two boards of Amina's, sheet 13 on none."""
        if no not in _SHEETS:
            return None
        is_hers = no == _SHEETS[0] and _OWNER in people
        boards = (Entry("1"), Entry("2")) if is_hers else ()
        ids = (7, 8) if is_hers else ()
        return SheetNote(no, ids, boards, _OWNER if is_hers else None, date(2025, 10, 31))

    def questions(self, phone: int) -> Sequence[QuestionNote]:  # noqa: ARG002
        """None stands open."""
        return ()

    def fresh_code(self, phone: int) -> str:  # noqa: ARG002
        """Always the same one."""
        return _CODE

    def linkable(self, code: str, phone: int) -> LinkNote:  # noqa: ARG002
        """The code of Amina's phone, and one of a group of the EC."""
        if code == _CODE:
            return LinkNote(1, PEOPLE[0])
        return LinkNote(2, body="EC") if code == _GROUP_CODE else LinkNote()

    def more(self, phone: int) -> More | None:  # noqa: ARG002
        """Nothing goes on."""
        return None

    def was_shown_menu(self, phone: int) -> bool:  # noqa: ARG002
        """Nobody was."""
        return False

    def meeting_for(
        self,
        people: Sequence[int],
        language: str,
        *,
        about: int = 0,  # noqa: ARG002
    ) -> MeetingNote | None:
        """The one meeting to come, for whoever is known."""
        note = self.next_meeting(language, registered=True) if people else None
        return note and replace(note, id=15, called=tuple(people))

    def last_meeting_for(self, people: Sequence[int], language: str) -> MeetingNote | None:  # noqa: ARG002
        """EC meeting 14, for whoever is known."""
        if not people:
            return None
        return MeetingNote(14, "EC", datetime(2025, 10, 12, 10, 0, tzinfo=ZONE), "", "", 14)

    def last_language(self, phone: int) -> str:  # noqa: ARG002
        """No phone was answered before."""
        return ""

    def late_for(self, phone: int, people: Sequence[int], language: str) -> MeetingNote | None:  # noqa: ARG002
        """No notice was sent."""
        return None

    def calls(self, phone: int, people: Sequence[int]) -> Sequence[QuestionNote]:  # noqa: ARG002
        """No notice waits."""
        return ()

    def called(self, phone: int, people: Sequence[int]) -> Sequence[int]:  # noqa: ARG002
        """No notice asked."""
        return ()

    def answered(self, meeting_id: int, person_id: int) -> Said | None:  # noqa: ARG002
        """Nobody said more before."""
        return None

    def roll(self, people: Sequence[int], language: str) -> RollNote | None:  # noqa: ARG002
        """Amina takes the attendance of EC meeting 14: fifteen members, the last four women."""
        if _OWNER not in people:
            return None
        women = tuple(no > _MEN for no in range(1, _MEMBERS + 1))
        return RollNote(14, "EC", date(2025, 10, 12), women, _OWNER)

    def news(
        self,
        language: str,
        *,
        registered: bool,  # noqa: ARG002
        skip: int = 0,
        limit: int = 2,
    ) -> Sequence[NewsNote]:
        """Three pieces."""
        return news_in(language)[skip : skip + limit]

    def holders(self, words: str, people: Sequence[int], language: str) -> Sequence[HolderNote]:  # noqa: ARG002
        """The President and the General Secretary."""
        return holders_in(words, language)

    def card(self, words: str, people: Sequence[int], language: str) -> CardNote | None:
        """That of Shahi for whoever names it or is known, else that of the whole network."""
        return card_in(words, language, is_known=bool(people))

    def ticket(
        self,
        no: int,
        phone: int,  # noqa: ARG002
        people: Sequence[int],  # noqa: ARG002
        language: str,
    ) -> TicketNote | None:
        """R27, whoever asks."""
        return ticket_in(language) if no == TICKET_NO else None


def _decisions(language: str) -> list[DecisionNote]:
    tag = language if language in _ROWS else "en"
    return [
        DecisionNote(meeting_no, no, on, text, short, owner, due, _STATUS[tag])
        for (meeting_no, no, on, due, _), (text, short, owner) in zip(
            _FACTS, _ROWS[tag], strict=True
        )
    ]
