"""The guard against loops and bills: how many automatic answers one phone may cause.

Answers go up to a number in ten minutes and a number in a day; to texts that say nothing new
(not understood, or the same words again) far fewer. What a text asks is done all the same; only
the answer is left out. Short codes and names of senders are never answered at all, elsewhere.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=10)
IDLE_IN_WINDOW = 3
"""Answers in ten minutes to texts that are not understood or repeated."""
ANY_IN_WINDOW = 12
A_DAY = 40
SAME_AT_ONCE = timedelta(minutes=2)
"""The same words again within that time are a slip of the thumb or a machine: one answer does."""
STRANGERS_A_DAY = 200
"""Answers a day to all phones together that are on no list."""


class Silence(StrEnum):
    """Why a text gets no automatic answer."""

    REPEATED = "repeated"
    IDLE = "idle"
    MANY = "many"
    DAY = "day"
    OURS = "ours"
    """It is a text of our own that came back."""
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that went: when, and whether its text said nothing new."""

    at: datetime
    is_idle: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What a phone has caused so far, as far as it still counts."""

    answers: tuple[Answered, ...] = ()
    """Those of the last ten minutes."""
    day: date | None = None
    on_day: int = 0
    last_words: str = ""
    """`fingerprint` of its last text."""
    last_at: datetime | None = None
    last_answer: str = ""
    """`fingerprint` of the last answer to it: a machine may send it back."""
    silent_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """A text as the guard sees it; `day` is the network's, `words` its `fingerprint`."""

    words: str
    is_idle: bool
    at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer may go (`why` is None), and what the phone's past is afterwards.

    `is_news` is True for the first text of a silence that the office should hear of.
    """

    why: Silence | None
    past: Past
    is_news: bool = False


def fingerprint(folded: str) -> str:
    """The words of a text, short enough to be kept; "" for a text without words."""
    return hashlib.sha256(folded.encode()).hexdigest()[:16] if folded else ""


def judge(past: Past, came: Came) -> Verdict:
    """Whether this text may be answered, and the past with it."""
    kept = tuple(one for one in past.answers if came.at - one.at < WINDOW)
    on_day = past.on_day if past.day == came.day else 0
    is_same = bool(came.words) and came.words == past.last_words and past.last_at is not None
    gap = came.at - past.last_at if past.last_at is not None else WINDOW
    is_repeat = is_same and gap < WINDOW
    is_idle = came.is_idle or is_repeat
    why = _silence(kept, on_day, is_idle=is_idle, is_at_once=is_repeat and gap < SAME_AT_ONCE)
    now = replace(
        past, answers=kept, day=came.day, on_day=on_day, last_words=came.words, last_at=came.at
    )
    if came.words and came.words == past.last_answer:
        return _silent(Silence.OURS, now)
    if why is Silence.REPEATED:
        return Verdict(why, now)
    if why is not None:
        return _silent(why, now)
    answered = (*kept, Answered(came.at, is_idle))
    return Verdict(None, replace(now, answers=answered, on_day=on_day + 1))


def _silent(why: Silence, past: Past) -> Verdict:
    """A silence; the office hears of it once a day."""
    at, since = past.last_at, past.silent_since
    if at is not None and since is not None and at - since < timedelta(days=1):
        return Verdict(why, past)
    return Verdict(why, replace(past, silent_since=at), is_news=True)


def _silence(
    answers: tuple[Answered, ...], on_day: int, *, is_idle: bool, is_at_once: bool
) -> Silence | None:
    if on_day >= A_DAY:
        return Silence.DAY
    if len(answers) >= ANY_IN_WINDOW:
        return Silence.MANY
    if is_at_once and answers:
        return Silence.REPEATED
    if is_idle and sum(one.is_idle for one in answers) >= IDLE_IN_WINDOW:
        return Silence.IDLE
    return None
