"""The words of the conversation: who speaks, what was meant, what is answered, what is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: the code is never cut, the words may be."""

    code: str
    words: str = ""


Value = str | int | date | datetime | tuple[Entry, ...]
"""What a template may be filled with; only words may be cut, never numbers, dates and codes."""


@dataclass(frozen=True, slots=True)
class Fellow:
    """One of the people on a phone; `local_name` is theirs in the local script, if any."""

    id: int
    name: str
    local_name: str = ""


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


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """One decision, in the words of one language."""

    meeting_no: int
    no: int
    on: date
    text: str
    short: str
    """A few words for the list in one segment."""
    owner: str
    due: date | None
    status: str


@dataclass(frozen=True, slots=True)
class MinutesNote:
    """The published minutes of one meeting, in the words of one language."""

    meeting_no: int
    body: str
    on: date
    present: int
    summary: str
    """One segment, ready to send, without the leading name; "" when none was written."""
    decisions: tuple[DecisionNote, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """A meeting to come; `at` is aware, in the network's zone."""

    meeting_no: int
    body: str
    at: datetime
    venue: str
    agenda: str


@dataclass(frozen=True, slots=True)
class OwedNote:
    """One decision as somebody reports on it; `owner_id` is who of those on the phone owes it."""

    id: int
    code: str
    owner: str
    status: str
    is_open: bool
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A sheet for the notice boards, with the boards of those on the phone where it belongs."""

    no: int
    hanging_ids: tuple[int, ...]
    boards: tuple[Entry, ...]
    keeper_id: int | None
    until: date | None


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
