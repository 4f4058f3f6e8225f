"""How rows of the record are told to a member: in the words of one language, by its zone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.minutes import CLOSED
from bots.notes import DecisionNote, MeetingNote, OwedNote

OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Tongues:
    """How languages stand to each other, and what they call a decision's status.

    `chain` gives the languages to try for a tag, in order; `status` says a status in a language.
    """

    chain: Callable[[str], Sequence[str]]
    status: Callable[[str, str], str]


class Telling:
    """Tells rows by the languages of one network, at one moment."""

    def __init__(self, tongues: Tongues, zone: ZoneInfo, now: datetime) -> None:
        """Bind to the languages, the zone and the moment."""
        self._tongues, self._zone, self._now = tongues, zone, now

    def owed(self, row: Any, owner_id: int | None, language: str) -> OwedNote:
        """One decision as somebody reports on it."""
        return OwedNote(
            id=row.id,
            code=f"{row.label}/{row.no}",
            owner=self.said(row.owner, language),
            status=self._tongues.status(row.status, language),
            is_open=row.status not in CLOSED,
            owner_id=owner_id,
        )

    def said(self, words: Mapping[str, str], language: str) -> str:
        """The words in the first language of the chain that has them."""
        for tag in self._tongues.chain(language):
            if words.get(tag):
                return words[tag]
        return ""

    def decision(self, row: Any, words: Mapping[str, Any], language: str) -> DecisionNote:
        """One decision with its texts in each language."""
        texts = {tag: word.text for tag, word in words.items()}
        shorts = {tag: word.short for tag, word in words.items()}
        return DecisionNote(
            meeting_no=row.meeting_no,
            no=row.no,
            on=row.at.astimezone(self._zone).date(),
            text=self.said(texts, language),
            short=self.said(shorts, language),
            owner=self.said(row.owner, language),
            due=row.due,
            status=self._tongues.status(self._standing(row), language),
        )

    def _standing(self, row: Any) -> str:
        """Where a decision stands; an open one whose date has passed is overdue."""
        today = self._now.astimezone(self._zone).date()
        is_late = row.due is not None and row.due < today and row.status not in CLOSED
        return OVERDUE if is_late else str(row.status)

    def meeting(self, row: Any, language: str, called: tuple[int, ...] = ()) -> MeetingNote:
        """A meeting, with who of those asked about belongs to its body."""
        return MeetingNote(
            id=row.id,
            meeting_no=row.no,
            body=row.body,
            at=row.at.astimezone(self._zone),
            venue=self.said(row.venue, language),
            agenda=self.said(row.agenda, language),
            called=called,
        )
