"""What stands on each sheet of paper, in one language: words that are chosen already.

Who prints fills one of these; `app.printing.render` lays it out. `tag` is the language of the
words and chooses font, direction and the words of the layout. Dates stay dates: the layout says
them in both calendars.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Paper = Literal["a3", "a4"]
Form = Literal["pdf", "png", "docx", "txt"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who speaks, at the head of every sheet."""

    network: str
    place: str = ""
    phone: str = ""
    """The number of the office, to which a missed call is a question."""
    email: str = ""
    hijri_offset: int = 0
    """Days by which the moon was sighted later (or earlier) than the Umm al-Qura calendar."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the post, and the name where it is known."""

    post: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """One notice for the boards, to be read from where one stands."""

    tag: str
    head: Letterhead
    no: str
    title: str
    paragraphs: tuple[str, ...]
    dated: date
    valid_until: date | None = None
    ref: str = ""
    signer: Signer = Signer("")


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Who came from one LSO, in numbers."""

    name: str
    women: int = 0
    men: int = 0
    excused: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Attendant:
    """One who was there, as the book lists her."""

    name: str
    post: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One thing that was spoken about."""

    title: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPart:
    """One decision: its number (`14/2`), its sentence, who does it until when."""

    code: str
    text: str
    owner: str = ""
    due: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class ResolutionPart:
    """One resolution as the minutes say it."""

    code: str
    title: str
    text: str = ""
    addressee: str = ""
    reply_due: date | None = None


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """The pages of one meeting for the Minutes Book."""

    tag: str
    head: Letterhead
    body: str
    """The name of the body, not its short form."""
    label: str
    held_on: date
    code: str = ""
    """The body's short form, for the name of the file."""
    time: str = ""
    venue: str = ""
    chair: str = ""
    recitation: str = ""
    confirms: str = ""
    """The label of the meeting whose minutes were confirmed."""
    quorum: int = 0
    counts: tuple[GroupCount, ...] = ()
    present: tuple[Attendant, ...] = ()
    guests: tuple[str, ...] = ()
    items: tuple[ItemPart, ...] = ()
    decisions: tuple[DecisionPart, ...] = ()
    resolutions: tuple[ResolutionPart, ...] = ()
    finance: str = ""
    next_on: date | None = None
    next_time: str = ""
    next_venue: str = ""
    thanks: str = ""
    confirmed_on: date | None = None
    is_draft: bool = False
    signers: tuple[Signer, ...] = ()
    """President and General Secretary; the layout names these two where it is empty."""


@dataclass(frozen=True, slots=True)
class PressSheet:
    """A note to the press: half a page, third person, who speaks named with the post."""

    tag: str
    head: Letterhead
    place: str
    """Where the note comes from: the dateline says it first."""
    dated: date
    title: str
    paragraphs: tuple[str, ...]
    demands: tuple[str, ...] = ()
    caption: str = ""
    contact: str = ""
    issuer: str = ""
    """Whose note it is, for the closing line; the network where it is empty."""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One story of a newsletter."""

    title: str
    paragraphs: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ComingPart:
    """One meeting or day to come."""

    on: date
    what: str
    time: str = ""
    venue: str = ""


@dataclass(frozen=True, slots=True)
class NewsletterSheet:
    """One issue of the newsletter, in two columns."""

    tag: str
    head: Letterhead
    no: str
    dated: date
    title: str = ""
    lead: str = ""
    decisions: tuple[DecisionPart, ...] = ()
    stories: tuple[StoryPart, ...] = ()
    coming: tuple[ComingPart, ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter from the network to an office outside, as a resolution goes out."""

    tag: str
    head: Letterhead
    no: str
    dated: date
    addressee: str
    """The post as the letter names it; lines are kept."""
    subject: str
    paragraphs: tuple[str, ...]
    ref: str = ""
    reply_due: date | None = None
    copies: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True, slots=True)
class CallPart:
    """Somebody to call: `phone` as it may stand on paper, `why` in words."""

    name: str
    post: str = ""
    unit: str = ""
    phone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CallSheet:
    """What is read out about a meeting, and to whom: without `calls` it is the script alone."""

    tag: str
    head: Letterhead
    body: str
    label: str
    dated: date
    held_on: date
    time: str
    script: str
    seconds: int
    code: str = ""
    """The body's short form, for the name of the file."""
    venue: str = ""
    calls: tuple[CallPart, ...] | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """Who belongs, numbered, with room to sign: the numbers are those that a host may text."""

    tag: str
    head: Letterhead
    body: str
    label: str
    dated: date
    held_on: date
    time: str
    people: tuple[Attendant, ...]
    code: str = ""
    venue: str = ""
    quorum: int = 0


Sheet = (
    NoticeSheet
    | MinutesSheet
    | PressSheet
    | NewsletterSheet
    | LetterSheet
    | CallSheet
    | AttendanceSheet
)
