"""The words of the conversation: who speaks, what was meant, what is answered, what is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bots.notes import (
    CardNote,
    DecisionNote,
    HolderNote,
    MeetingNote,
    MinutesNote,
    NewsNote,
    OwedNote,
    QuestionNote,
    SheetNote,
    TicketNote,
)
from bots.values import Entry, Value


class Certainty(StrEnum):
    """How a text was understood."""

    EXACT = "exact"
    FOLDED = "folded"
    FUZZY = "fuzzy"
    NONE = "none"


class Effect(StrEnum):
    """What a reply changes besides being sent; the service carries it out first."""

    NONE = "none"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    ALERTS_ONLY = "alerts_only"
    SET_LANGUAGE = "set_language"
    TO_INBOX = "to_inbox"
    ASK_TO_JOIN = "ask_to_join"
    """`Reply.name` asks to be put on the list."""
    WRONG_NUMBER = "wrong_number"
    ASK_WHO = "ask_who"
    """It was asked which of several people on this phone is texting."""
    DECISION_TOLD = "decision_told"
    """The owner of decision `Reply.about` said how it stands (the intent), with `Reply.note`."""
    SHEET_HANGS = "sheet_hangs"
    """Somebody who keeps boards proved that a sheet hangs there: `Reply.about` names where."""
    MEETING_ANSWERED = "meeting_answered"
    """Somebody comes, or does not (the intent), to the meeting `Reply.about`."""
    REPORT = "report"
    """The text, or `Reply.note` of it, is a report of a problem: it gets an R-number."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A text understood: the intent, its argument in Western digits, how surely, in what writing.

    `language` is the tag of the writing that the words belong to ("" when nothing tells).
    """

    intent: str
    argument: str | None
    certainty: Certainty
    language: str
    topic: str = ""
    """The tag of the topic that the argument names (`water` for "pani"), "" when none."""
    name: str = ""
    """The name that the argument holds, in the letters in which it was written."""
    note: str = ""
    """The words behind a report, as they were written."""
    is_danger: bool = False
    """Whether the text speaks of danger to life: a person must see it at once."""


@dataclass(frozen=True, slots=True)
class Fellow:
    """One of the people on a phone; `local_name` is theirs in the local script, if any."""

    id: int
    name: str
    local_name: str = ""
    is_private: bool = False
    """Whether what nobody else may read can go to this phone for this person."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is texting, as far as the conversation may know.

    `language` is the tag to answer in; `is_registered` opens what is not public.
    """

    language: str
    is_registered: bool
    now: datetime
    """The present moment in the network's zone, to say "tomorrow" and "next" rightly."""
    people: tuple[Fellow, ...] = ()
    """Who is known to be on this phone, always in the same order."""
    speaking: int | None = None
    """The id of the one among several who said last that it is they who text."""
    is_asked: bool = False
    """Whether the question who it is stands open."""
    is_stopped: bool = False
    """Whether this phone stopped all messages, or said that it is the wrong number."""
    phone: int = 0
    """Names the phone to the register; 0 for a sender that has none."""
    is_group: bool = False
    """Whether several people read along, as in a group of a chat: nothing private goes there."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question put to one phone; it stands until it is answered or `until` has come.

    `kind` is `report` (what is the problem?), `place` (which village?), `meeting` (will you
    come?), or what a later keyword needs; `about` is the id of what is asked about.
    """

    kind: str
    until: datetime
    about: int = 0
    note: str = ""
    """What was said before the question and counts with the answer."""


@dataclass(frozen=True, slots=True)
class More:
    """Where a list goes on: the ask that it answers, and how many lines were told already."""

    intent: str
    argument: str
    topic: str
    told: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Published minutes as a document."""

    meeting_no: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer by template name and values, rendered later in `language`.

    An empty `template` means: say nothing. With `Effect.SET_LANGUAGE`, `language` is the tag that
    was chosen.
    """

    intent: str
    template: str
    language: str
    values: Mapping[str, Value] = field(default_factory=dict)
    effect: Effect = Effect.NONE
    speaker_id: int | None = None
    """Which of several people on the phone has spoken, when that is known."""
    name: str = ""
    """Who asks to join."""
    about: tuple[int, ...] = ()
    """What is reported about, by the ids that the register gave."""
    told_by: int | None = None
    """Who on the phone has the right to report it."""
    note: str = ""
    is_danger: bool = False
    """Whether the text that is answered speaks of danger to life."""
    opens: Question | None = None
    """A question that the phone may answer from now on with a bare text."""
    more: More | None = None
    """How MORE goes on after this answer; None when nothing is left."""
    buttons: tuple[Entry, ...] = ()
    """What to send next, for wires that show buttons: the text to send, and what stands on it."""
    paper: Paper | None = None
    """A document that goes with the answer over a wire that can carry one."""


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

    def owed(
        self, code: str, people: Sequence[int], language: str, *, registered: bool
    ) -> OwedNote | None:
        """The decision with that code (`14/2`), if they owe it or this asker may read it."""

    def sheet(self, no: int, people: Sequence[int]) -> SheetNote | None:
        """The sheet with that number, and where these people hang it."""

    def questions(self, phone: int) -> Sequence[QuestionNote]:
        """The questions that stand open for this phone, oldest first."""

    def more(self, phone: int) -> More | None:
        """How the last list that this phone was told goes on; None when it has ended or is old."""

    def was_shown_menu(self, phone: int) -> bool:
        """Whether this phone was answered with the menu in the last 24 hours."""

    def meeting_for(self, people: Sequence[int], language: str) -> MeetingNote | None:
        """The next meeting to which one of these people belongs."""

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


Answer = Callable[[Ask, Speaker, Register], Reply]


@dataclass(frozen=True, slots=True)
class Keyword:
    """One thing a member can ask for: its own file in `bots/keywords/`.

    `templates` are the source texts by template name, in plain English (syntax: `bots.wording`); a
    language folder overrides them. `help_line` is the few words shown in the menu beside `digit`
    ("" for a keyword without a digit). `words` are its own source words by language tag; language
    folders add to them.
    """

    intent: str
    digit: str
    help_line: str
    templates: Mapping[str, str]
    answer: Answer
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
