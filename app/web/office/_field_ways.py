"""The ways in which a value of the minutes is shown in its field and read back from there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.domain.minutes import DecisionState, Owner, Words
from app.domain.written_dates import read_date
from app.web.office._pasted import plain_line, plain_text
from bots.fold import fold

_moment = re.compile(r"(.*\S)[\s,،]+([0-9]{1,2})[:.]([0-9]{2})").fullmatch
_words_apart = re.compile(r"[\s,،;/]+").split


@dataclass(frozen=True, slots=True)
class Reading:
    """How the fields are read: their language, the day of the meeting, known topics and owners."""

    tag: str
    day: date
    zone: ZoneInfo
    topics: Mapping[str, str]
    """Folded word to tag."""
    owners: Mapping[str, Owner]
    state: DecisionState = DecisionState.IN_HAND
    """How a new decision stands: committees recommend."""


def day_words(day: date | None) -> str:
    """A day as one types it: 20 Oct 2027, the same in every language."""
    return f"{day.day} {day:%b %Y}" if day else ""


def owner_key(owner: Owner) -> str:
    """What stands for an owner in a list to choose from; "=…" is one that is only words."""
    if owner.body or owner.unit_id:
        return f"{owner.body}|{owner.post}|{owner.unit_id or ''}"
    return next((f"={words}" for words in owner.words.values() if words), "")


def show_words(value: Words, reading: Reading) -> str:
    """The words in the language that is edited."""
    return value.get(reading.tag, "")


def read_line(told: str, old: Words, reading: Reading) -> Words:
    """One line in that language; the others stay."""
    return _said(old, reading.tag, plain_line(told))


def read_lines(told: str, old: Words, reading: Reading) -> Words:
    """Several lines in that language; the others stay."""
    return _said(old, reading.tag, plain_text(told))


def _said(old: Words, tag: str, told: str) -> Words:
    others = {known: words for known, words in old.items() if known != tag}
    return {**others, tag: told} if told else others


def show_plain(value: str, _reading: Reading) -> str:
    """As it is."""
    return str(value)


def read_plain(told: str, _old: str, _reading: Reading) -> str:
    """One line."""
    return plain_line(told)


def show_day(value: date | None, _reading: Reading) -> str:
    """As one types it."""
    return day_words(value)


def read_due(told: str, _old: date | None, reading: Reading) -> date | None:
    """A day from that of the meeting on."""
    found = read_date(plain_line(told), reading.day)
    if found is not None and found < reading.day:
        raise Refusal(
            "due_before", "{day} is before the meeting. Give a later day.", day=day_words(found)
        )
    return found


def show_moment(value: datetime | None, reading: Reading) -> str:
    """The day and the hour."""
    if value is None:
        return ""
    local = value.astimezone(reading.zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def read_moment(told: str, today: date, zone: ZoneInfo) -> datetime | None:
    """A day with its hour, as in 9 Nov 2025, 10:00; None for an empty field.

    Raises Refusal for what is no day or has no hour.
    """
    told = plain_line(told)
    if not told:
        return None
    found = _moment(told)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise Refusal(
            "hour",
            "{words} has no hour. Write the day and the hour: 9 Nov, 10:00.",
            words=told[:40],
        )
    day = read_date(found[1].rstrip(",،"), today)
    if day is None:
        return None
    return datetime.combine(day, time(int(found[2]), int(found[3])), zone)


def moment_in(told: str, _old: datetime | None, reading: Reading) -> datetime | None:
    """A day and an hour, from the day of the meeting on."""
    return read_moment(told, reading.day, reading.zone)


def show_topics(value: tuple[str, ...], _reading: Reading) -> str:
    """The tags."""
    return ", ".join(value)


def read_topics(told: str, old: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """The topics of these words, in any language."""
    whole = reading.topics.get(fold(told))
    if whole:
        return (whole,)
    found = []
    for word in filter(None, _words_apart(plain_line(told))):
        tag = reading.topics.get(fold(word)) or (word if word in old else "")
        if not tag:
            raise Refusal(
                "topic",
                "No topic is called {word}. Take one of these: {topics}.",
                word=word[:40],
                topics=", ".join(sorted(set(reading.topics.values()))),
            )
        found.append(tag)
    return tuple(dict.fromkeys(found))


def show_owner(value: Owner, _reading: Reading) -> str:
    """What stands for the owner in the list."""
    return owner_key(value)


def read_owner(told: str, old: Owner, reading: Reading) -> Owner:
    """The owner that was chosen."""
    if told == owner_key(old):
        return old
    if not told:
        return Owner()
    if told not in reading.owners:
        raise Refusal("owner", "No such post is known here. Choose one from the list.")
    return reading.owners[told]


def show_state(value: DecisionState, _reading: Reading) -> str:
    """The code of the state."""
    return value.value


def read_state(told: str, _old: DecisionState, _reading: Reading) -> DecisionState:
    """The state that was chosen."""
    try:
        return DecisionState(told)
    except ValueError:
        raise Refusal("state", "No decision stands like that. Choose from the list.") from None
