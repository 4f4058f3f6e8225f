"""The port to the records: the questions that a member may ask of them."""

from collections.abc import Sequence
from typing import Protocol

from bots.follow_up import More
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
from bots.people import LinkNote, Said


class Register(Protocol):
    """The questions that a member may ask; `language` is a tag, answered by fallback chain."""

    def network_name(self, language: str) -> str:
        """The short name (at most 8 letters) in that writing."""

    def latest_minutes(self, language: str, *, registered: bool) -> MinutesNote | None:
        """The newest published minutes that this asker may read."""

    def minutes(self, meeting_no: int, language: str, *, registered: bool) -> MinutesNote | None:
        """The published minutes of that meeting number."""

    def decision(
        self, meeting_no: int, no: int, language: str, *, registered: bool
    ) -> DecisionNote | None:
        """One decision of published minutes."""

    def recent_decisions(
        self, language: str, *, registered: bool, topic: str = "", words: str = "", limit: int = 3
    ) -> Sequence[DecisionNote]:
        """The newest decisions, or those on a topic (its tag) or with these folded words."""

    def next_meeting(self, language: str, *, registered: bool) -> MeetingNote | None:
        """The first meeting still to come."""

    def ref_is_ours(self, ref: int) -> bool:
        """Whether a text with that Ref was really sent by this network."""

    def missed_text(self, ref: int, phone: int) -> str:
        """The text with that Ref when this phone was left out of it for the digest; else ""."""

    def owed(
        self, code: str, people: Sequence[int], language: str, *, registered: bool
    ) -> OwedNote | None:
        """The decision with that code (`14/2`), if they owe it or this asker may read it."""

    def sheet(self, no: int, people: Sequence[int]) -> SheetNote | None:
        """The sheet with that number, and where these people hang it."""

    def questions(self, phone: int) -> Sequence[QuestionNote]:
        """The questions that stand open for this phone, oldest first."""

    def fresh_code(self, phone: int) -> str:
        """Six digits by which a chat can be linked from this phone; "" when it had enough."""

    def linkable(self, code: str, phone: int) -> LinkNote:
        """What this code, typed in that chat, would link; nothing for a wrong one."""

    def more(self, phone: int) -> More | None:
        """How the last list that this phone was told goes on; None when it has ended or is old."""

    def was_shown_menu(self, phone: int) -> bool:
        """Whether this phone was answered with the menu in the last 24 hours."""

    def meeting_for(
        self, people: Sequence[int], language: str, *, about: int = 0
    ) -> MeetingNote | None:
        """The next meeting to which one of these people belongs, or the one with that id."""

    def last_meeting_for(self, people: Sequence[int], language: str) -> MeetingNote | None:
        """The newest meeting that is over of a body to which one of these people belongs."""

    def last_language(self, phone: int) -> str:
        """The tag of the language in which this phone was answered last, "" before that."""

    def late_for(self, phone: int, people: Sequence[int], language: str) -> MeetingNote | None:
        """The meeting just over that the newest notice on this phone asked about."""

    def calls(self, phone: int, people: Sequence[int]) -> Sequence[QuestionNote]:
        """The meetings for which a notice on this phone waits for a yes or a no."""

    def called(self, phone: int, people: Sequence[int]) -> Sequence[int]:
        """The ids of meetings to come of which a notice asked this phone, or they answered."""

    def answered(self, meeting_id: int, person_id: int) -> Said | None:
        """What somebody who comes said besides; None while they have not said that they come."""

    def roll(self, people: Sequence[int], language: str) -> RollNote | None:
        """The meeting of these days whose attendance one of these people may take."""

    def news(
        self, language: str, *, registered: bool, skip: int = 0, limit: int = 2
    ) -> Sequence[NewsNote]:
        """Published news, newest first."""

    def holders(self, words: str, people: Sequence[int], language: str) -> Sequence[HolderNote]:
        """Who holds the posts that these folded words name; the chief posts for no words."""

    def card(self, words: str, people: Sequence[int], language: str) -> CardNote | None:
        """The emergency numbers of the village that these folded words name, else of theirs."""

    def ticket(
        self, no: int, phone: int, people: Sequence[int], language: str
    ) -> TicketNote | None:
        """The report with that number, if it came from this phone or one of these people."""
