"""What the register tells: each thing that is asked for, in the words of one language."""

from dataclasses import dataclass
from datetime import date, datetime

from bots.values import Entry


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
    id: int = 0
    """Names it to the register."""
    called: tuple[int, ...] = ()
    """Who of those asked about belongs to the body."""


@dataclass(frozen=True, slots=True)
class RollNote:
    """A meeting whose attendance somebody may take, by the numbers of its attendance sheet."""

    id: int
    body: str
    on: date
    women: tuple[bool, ...]
    """For each number of the sheet, from 1 on, whether it is a woman."""
    host_id: int
    """Who of those on the phone may take it."""


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


@dataclass(frozen=True, slots=True)
class QuestionNote:
    """A question that stands open for a phone."""

    kind: str
    about: int
    note: str
    asked_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class NewsNote:
    """One piece of news, short enough for a text."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class HolderNote:
    """Who holds a post, and the office number by which they are reached; never their own."""

    post: str
    name: str
    office: str
    unit: str = ""
    """Whose officer it is; "" for the network's own."""


@dataclass(frozen=True, slots=True)
class CardNote:
    """The emergency numbers of a place; `checked_on` is when somebody last tried them."""

    place: str
    numbers: tuple[Entry, ...]
    """The number, and whose it is."""
    checked_on: date | None
    example: str = ""
    """A village that has a card of its own, where nobody knows which one is meant."""


@dataclass(frozen=True, slots=True)
class TicketNote:
    """How a report stands; `answer` is empty on a phone that may not get it."""

    no: int
    on: date
    short: str
    status: str
    owner: str
    answer: str
    due: date | None
    is_protected: bool
    is_nameless: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether no list of the office shows what is said about it."""
        return self.is_protected or self.is_nameless
