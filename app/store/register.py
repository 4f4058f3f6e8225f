"""The register of minutes and decisions as the conversation asks it (fills `bots.ask.Register`)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.store import (
    boards,
    broadcasts,
    chat_links,
    conversations,
    digest_lists,
    emergency_cards,
    follow_up,
    meeting_answers,
    meetings,
    news,
    office_holders,
    rolls,
    tickets,
)
from app.store.askers import Asker
from app.store.calls import Calls
from app.store.decision_search import decisions_about
from app.store.networks import NetworkInfo
from app.store.public_register import Reader
from app.store.telling import Telling, Tongues
from bots.ask import LinkNote, More, Said
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
from bots.values import Entry

T = TypeVar("T")
__all__ = ["StoreRegister", "Tongues"]

_LARGEST = 999_999


class StoreRegister:
    """Answers from one open transaction; asks the database each question only once.

    Texts that arrive together are answered together, and most ask the same thing.
    """

    def __init__(
        self,
        conn: Connection,
        network: NetworkInfo,
        tongues: Tongues,
        now: datetime,
    ) -> None:
        """Bind to one network and one moment."""
        self._conn = conn
        self._network = network
        self._chain = tongues.chain
        self._status = tongues.status
        self._now = now
        self._zone = ZoneInfo(network.tz)
        self._told = Telling(tongues, self._zone, now)
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._calls = Calls(conn, network.id, now)

    def expect(self, people: Iterable[int]) -> None:
        """Tell who may ask soon: what is asked of one of them is asked of all at once."""
        self._calls.expect(people)

    def _once(self, question: tuple[Any, ...], ask: Callable[[], T]) -> T:
        if question not in self._answers:
            self._answers[question] = ask()
        answer: T = self._answers[question]
        return answer

    def network_name(self, language: str) -> str:
        """The short name of the network in that writing."""
        return self._network.short_name(self._chain(language))

    def latest_minutes(self, language: str, *, registered: bool) -> MinutesNote | None:
        """The newest published minutes that this asker may read."""
        return self._once(
            ("minutes", language, registered, None),
            lambda: self._minutes(None, language, registered=registered),
        )

    def minutes(self, meeting_no: int, language: str, *, registered: bool) -> MinutesNote | None:
        """The published minutes of that meeting number."""
        return self._once(
            ("minutes", language, registered, meeting_no),
            lambda: self._minutes(meeting_no, language, registered=registered),
        )

    def decision(
        self, meeting_no: int, no: int, language: str, *, registered: bool
    ) -> DecisionNote | None:
        """One decision of published minutes."""
        found = self.minutes(meeting_no, language, registered=registered)
        notes = found.decisions if found else ()
        return next((note for note in notes if note.no == no), None)

    def recent_decisions(
        self, language: str, *, registered: bool, topic: str = "", words: str = "", limit: int = 3
    ) -> Sequence[DecisionNote]:
        """The newest decisions, or those on that topic or with those words, best first."""
        return self._once(
            ("recent", language, registered, topic, words, limit),
            lambda: self._notes(self._recent(registered, topic, words, limit), language),
        )

    def _recent(self, registered: bool, topic: str, words: str, limit: int) -> Sequence[Any]:
        if not topic and not words:
            return meetings.decisions(
                self._conn, self._network.id, registered=registered, limit=limit
            )
        reader = Reader(self._network.id, is_public=not registered)
        return decisions_about(self._conn, reader, words, topic, limit)

    def next_meeting(self, language: str, *, registered: bool) -> MeetingNote | None:
        """The first meeting still to come; its day is public."""
        del registered
        return self._once(("next", language), lambda: self._next_meeting(language))

    def ref_is_ours(self, ref: int) -> bool:
        """Whether an approved text of this network bears that Ref."""
        return self._once(
            ("ref", ref), lambda: broadcasts.ref_was_sent(self._conn, self._network.id, ref)
        )

    def missed_text(self, ref: int, phone: int) -> str:
        """The text with that Ref when this phone was left out of it for the digest; else ""."""
        return digest_lists.body_missed(self._conn, self._network.id, ref, phone) or ""

    def owed(
        self, code: str, people: Sequence[int], language: str, *, registered: bool
    ) -> OwedNote | None:
        """The decision with that code: one of those on the phone before the newest of all."""
        label, _, number = code.partition("/")
        no = int(number or 0)
        if not 0 < no <= _LARGEST:
            return None
        rows = follow_up.numbered(self._conn, self._network.id, label, no)
        for row in rows:
            held = follow_up.holders(self._conn, self._network.id, row) if people else ()
            owner = next((one for one in people if one in {h.person_id for h in held}), None)
            if owner is not None:
                return self._told.owed(row, owner, language)
        found = next((row for row in rows if registered or not row.is_restricted), None)
        return self._told.owed(found, None, language) if found is not None else None

    def sheet(self, no: int, people: Sequence[int]) -> SheetNote | None:
        """The sheet with that number, and where these people hang it."""
        found = None
        if 0 < no <= _LARGEST:
            found = boards.sheet_numbered(self._conn, self._network.id, no)
        if found is None:
            return None
        rows = boards.kept_by(self._conn, self._network.id, found.id, people) if people else ()
        return SheetNote(
            no=found.no,
            hanging_ids=tuple(row.id for row in rows),
            boards=tuple(Entry(str(row.board_no)) for row in rows),
            keeper_id=next((row.keeper_id for row in rows), None),
            until=found.valid_until,
        )

    def questions(self, phone: int) -> Sequence[QuestionNote]:
        """The questions that stand open for this phone, oldest first."""
        return conversations.questions(self._conn, phone, self._now)

    def fresh_code(self, phone: int) -> str:
        """Six digits by which a chat can be linked from this phone."""
        return chat_links.fresh_code(self._conn, self._network.id, phone, self._now)

    def linkable(self, code: str, phone: int) -> LinkNote:
        """What this code, typed in that chat, would link."""
        return chat_links.linkable(self._conn, self._network.id, code, phone, self._now)

    def more(self, phone: int) -> More | None:
        """How the last list that this phone was told goes on."""
        return conversations.more(self._conn, phone, self._now)

    def was_shown_menu(self, phone: int) -> bool:
        """Whether this phone was answered with the menu in the last 24 hours."""
        return conversations.was_shown_menu(self._conn, phone, self._now)

    def last_language(self, phone: int) -> str:
        """The language in which this phone was answered last."""
        return conversations.last_language(self._conn, phone)

    def meeting_for(
        self, people: Sequence[int], language: str, *, about: int = 0
    ) -> MeetingNote | None:
        """The next meeting to which one of these people belongs, or the one with that id."""
        found = self._calls.to_come(people)
        wanted = (one for one in found if not about or one[0].id == about)
        row, called = next(wanted, (None, ()))
        return self._told.meeting(row, language, called) if row is not None else None

    def last_meeting_for(self, people: Sequence[int], language: str) -> MeetingNote | None:
        """The newest meeting that is over of a body to which one of these people belongs."""
        row = self._calls.last_held(people)
        return self._told.meeting(row, language) if row is not None else None

    def late_for(self, phone: int, people: Sequence[int], language: str) -> MeetingNote | None:
        """The meeting just over that the newest notice on this phone asked about."""
        row = self._calls.late(phone, people)
        return self._told.meeting(row, language) if row is not None else None

    def calls(self, phone: int, people: Sequence[int]) -> Sequence[QuestionNote]:
        """The meetings for which a notice on this phone waits for a yes or a no."""
        return self._calls.waiting(phone, people)

    def called(self, phone: int, people: Sequence[int]) -> Sequence[int]:
        """The meetings to come of which a notice asked this phone, or that they answered."""
        return self._calls.called(phone, people)

    def answered(self, meeting_id: int, person_id: int) -> Said | None:
        """What somebody who comes said besides."""
        row = meeting_answers.said_by(self._conn, meeting_id, [person_id]).get(person_id)
        if row is None or row.answer != meeting_answers.COMING:
            return None
        return Said(row.needs_transport, row.with_child)

    def roll(self, people: Sequence[int], language: str) -> RollNote | None:
        """The meeting of these days whose attendance one of these people may take."""
        del language
        return rolls.roll_for(self._conn, self._network, people, self._now)

    def news(
        self, language: str, *, registered: bool, skip: int = 0, limit: int = 2
    ) -> Sequence[NewsNote]:
        """Published news, newest first."""
        del registered
        return self._once(
            ("news", language, skip, limit),
            lambda: news.newest(self._conn, self._asker(language), skip, limit),
        )

    def holders(self, words: str, people: Sequence[int], language: str) -> Sequence[HolderNote]:
        """Who holds the posts that these folded words name."""
        return office_holders.named(self._conn, self._asker(language), words, people)

    def card(self, words: str, people: Sequence[int], language: str) -> CardNote | None:
        """The emergency numbers of the village that these folded words name, else of theirs."""
        return emergency_cards.card_for(self._conn, self._asker(language), words, people)

    def ticket(
        self, no: int, phone: int, people: Sequence[int], language: str
    ) -> TicketNote | None:
        """The report with that number, if it came from this phone or one of these people."""
        return tickets.asked(self._conn, self._asker(language), no, phone, people)

    def _asker(self, language: str) -> Asker:
        return Asker(
            network_id=self._network.id,
            languages=tuple(self._chain(language)),
            status=lambda name: self._status(name, language),
            zone=self._zone,
            now=self._now,
        )

    def _minutes(
        self, meeting_no: int | None, language: str, *, registered: bool
    ) -> MinutesNote | None:
        row = meetings.published(self._conn, self._network.id, registered=registered, no=meeting_no)
        if row is None:
            return None
        decisions = meetings.decisions(
            self._conn, self._network.id, registered=registered, minutes_id=row.id
        )
        return MinutesNote(
            meeting_no=row.no,
            body=row.body,
            on=row.at.astimezone(self._zone).date(),
            present=row.present,
            summary=self._told.said(row.summaries, language),
            decisions=tuple(self._notes(decisions, language)),
        )

    def _notes(self, rows: Sequence[Any], language: str) -> list[DecisionNote]:
        words = meetings.words_of(self._conn, [row.id for row in rows]) if rows else {}
        return [self._told.decision(row, words.get(row.id, {}), language) for row in rows]

    def _next_meeting(self, language: str) -> MeetingNote | None:
        row = meetings.next_meeting(self._conn, self._network.id, self._now)
        return self._told.meeting(row, language) if row is not None else None
