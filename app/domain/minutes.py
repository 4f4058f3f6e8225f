"""The written record of one meeting: what the General Secretary types once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Words = Mapping[str, str]
"""The same words by language tag; a language that is missing is filled by the fallback chain."""


class Presence(StrEnum):
    """Whether somebody who belongs to a body came to its meeting."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class DecisionState(StrEnum):
    """Where a decision stands; committees recommend, the Executive or General Body approves."""

    RECOMMENDED = "recommended"
    APPROVED = "approved"
    IN_HAND = "in hand"
    DONE = "done"
    LAPSED = "lapsed"
    DROPPED = "dropped"


CLOSED = frozenset({DecisionState.DONE, DecisionState.LAPSED, DecisionState.DROPPED})
"""States in which nobody is reminded any more."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The post that a decision is given to: of a body, or of one unit's officers.

    `words` are what people read; they stand alone where the owner is no post that is known.
    """

    words: Words = field(default_factory=dict)
    body: str = ""
    post: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was spoken about; `carried` is the open decision (`13/2`) it goes back to."""

    title: Words = field(default_factory=dict)
    said: Words = field(default_factory=dict)
    carried: str = ""
    restricted: str = ""
    """Why it is not for the public; empty when it is."""


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One decision as it is written down; `no` counts within the meeting (2 of `14/2`)."""

    no: int
    texts: Words = field(default_factory=dict)
    shorts: Words = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    owner: Owner = field(default_factory=Owner)
    due: date | None = None
    state: DecisionState = DecisionState.IN_HAND
    restricted: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionEntry:
    """One resolution: a demand to a post outside, which goes out as a dated letter."""

    no: int
    titles: Words = field(default_factory=dict)
    texts: Words = field(default_factory=dict)
    addressee: Words = field(default_factory=dict)
    """The post as the letter names it: Deputy Commissioner, Mirkhai."""
    seat_id: int | None = None
    """The seat outside whose holder gets it, where the directory has one."""
    reply_due: date | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is typed of a meeting, apart from who came."""

    language: str = ""
    """The tag in which it is written first."""
    chair: str = ""
    recitation: str = ""
    confirms: str = ""
    """The label of the meeting whose minutes were confirmed in this one."""
    items: tuple[Item, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    resolutions: tuple[ResolutionEntry, ...] = ()
    finance: Words = field(default_factory=dict)
    next_at: datetime | None = None
    next_venue: Words = field(default_factory=dict)
    thanks: str = ""
    summaries: Words = field(default_factory=dict)
    """The text to members, one segment a language, where it was written by hand."""
    restricted: str = ""
    """Why the whole minutes are not for the public; empty when they are."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who belongs to the body, or a guest (`person_id` is None), and whether they came."""

    name: str
    presence: Presence
    person_id: int | None = None
    local_name: str = ""
    sex: str = ""
    post: str = ""
    unit_id: int | None = None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting with its record as it stands."""

    meeting_id: int
    body: str
    no: int
    label: str
    at: datetime
    state: str
    venue: Words
    agenda: Words
    quorum: int
    """How many must be present; 0 when the body has no such rule."""
    record: Record
    attendees: tuple[Attendee, ...]
    version: int
    """Counts each time it is kept; who keeps must have seen the newest."""
    revision: int
    """Counts each time it is published; 0 before."""
    published_at: datetime | None
    confirmed_at: datetime | None
    is_changed: bool
    """Whether it was changed since it was published."""
    present_told: int = 0
    """How many were there where nobody was marked, only counted; likewise the women."""
    women_told: int = 0

    @property
    def present(self) -> int:
        """How many were there, guests apart."""
        if not self.attendees:
            return self.present_told
        return sum(self._was_there(one) for one in self.attendees)

    @property
    def women(self) -> int:
        """How many of them were women."""
        if not self.attendees:
            return self.women_told
        return sum(self._was_there(one) and one.sex == "f" for one in self.attendees)

    @staticmethod
    def _was_there(one: Attendee) -> bool:
        return one.presence is Presence.PRESENT and one.person_id is not None
