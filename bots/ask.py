"""The words of the conversation: who speaks, what was meant, what is answered, what is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bots.follow_up import More, Paper, Question
from bots.people import NOTHING_BESIDES, Fellow, LinkNote, Said
from bots.register import Register
from bots.values import Entry, Value

__all__ = [
    "Answer",
    "Ask",
    "Certainty",
    "Effect",
    "Fellow",
    "Keyword",
    "LinkNote",
    "More",
    "Paper",
    "Question",
    "Register",
    "Reply",
    "Said",
    "Speaker",
]


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
    ATTENDANCE_TAKEN = "attendance_taken"
    """The host told who came to the meeting `Reply.about`: `Reply.numbers` of its sheet."""
    LINK_CODE = "link_code"
    """A code was said to a phone: `Reply.note` is it, `Reply.told_by` who asked there."""
    LINK_CHAT = "link_chat"
    """A chat proved whose it is, with the code whose row is `Reply.about`."""
    UNLINK = "unlink"
    """The chats of the people `Reply.about`, or the chat itself, are nobody's any more."""
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
    about: int = 0
    """The id of what an open question that the text answers is about."""
    answers: str = ""
    """The kind of the open question that the text answers, "" when it stands for itself."""
    told: int = 0
    """How many lines of the list were told before: above 0 after MORE."""
    after: str = ""
    """The code of the last line that was told, after which MORE goes on."""
    said: Said = NOTHING_BESIDES
    """What a yes or a no to a meeting says besides."""


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
    is_chat: bool = False
    """Whether it is a chat of a messenger, and no telephone."""
    is_mail: bool = False
    """Whether it is a mailbox, and no telephone."""
    has_chosen: bool = False
    """Whether somebody chose `language` for this very phone."""


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
    closes: tuple[str, ...] = ()
    """The kinds of open questions of this phone that the text has answered."""
    buttons: tuple[Entry, ...] = ()
    """What to send next, for wires that show buttons: the text to send, and what stands on it."""
    paper: Paper | None = None
    """A document that goes with the answer over a wire that can carry one."""
    is_hidden: bool = False
    """Whether no list shows the text and its answer: they belong to what few may read."""
    is_protected: bool = False
    """Whether the text speaks of abuse or violence."""
    is_nameless: bool = False
    """Whether its writer wants to stay unknown."""
    said: Said = NOTHING_BESIDES
    """What is written down of a meeting besides the yes or the no."""
    numbers: tuple[int, ...] = ()
    """Of the attendance sheet: who is present."""


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
