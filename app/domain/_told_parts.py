"""Read one part of what was told as JSON: each value by its kind, every fault with its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line, clean_lines
from app.domain.storable import LARGEST_ID
from app.domain.written_dates import EARLIEST, LATEST

MOST_LANGUAGES = 40
_tag = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}").fullmatch
_topic = re.compile(r"[\w-]{1,20}").fullmatch
MOST_TOPICS = 5
CODE = "not_readable"


@dataclass(frozen=True, slots=True)
class Part:
    """One JSON object; `where` says in a sentence which (`decision 2`)."""

    told: Mapping[str, Any]
    where: str
    keys: Sequence[str]

    def __post_init__(self) -> None:
        """Refuse what is no object, and keys that nothing reads: they would be lost silently."""
        if not isinstance(self.told, Mapping):
            raise Refusal(CODE, "{place} must be an object with names.", place=self.where)
        for key in self.told:
            if key not in self.keys:
                raise Refusal(
                    "unknown_part",
                    "{place} is nothing that minutes have. Here they have: {names}.",
                    place=self._place(str(key)[:40]),
                    names=", ".join(self.keys),
                )

    def line(self, name: str, most: int) -> str:
        """Words in one line."""
        return self._text(name, self.told.get(name, ""), most, clean_line)

    def lines(self, name: str, most: int) -> str:
        """Words that may have line breaks."""
        return self._text(name, self.told.get(name, ""), most, clean_lines)

    def tag(self, name: str) -> str:
        """A language tag, or none."""
        tag = self.line(name, 20)
        if tag and not _tag(tag):
            raise Refusal(
                CODE,
                "{place} names no language. Write a tag, as ur or ur-Latn.",
                place=self._place(name),
            )
        return tag

    def words(self, name: str, most: int, *, lines: bool = False) -> dict[str, str]:
        """The same words by language; languages without words are left out."""
        told = self.told.get(name) or {}
        if not isinstance(told, Mapping) or len(told) > MOST_LANGUAGES:
            raise Refusal(
                CODE, "{place} must hold words by language, as ur and en.", place=self._place(name)
            )
        for tag in told:
            if not isinstance(tag, str) or not _tag(tag) or len(tag) > 20:
                raise Refusal(
                    CODE,
                    "{place} names no language. Write a tag, as ur or ur-Latn.",
                    place=self._place(name),
                )
        clean = clean_lines if lines else clean_line
        read = {tag: self._text(name, text, most, clean) for tag, text in told.items()}
        return {tag: text for tag, text in read.items() if text}

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        value = self.told.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Refusal(
                CODE,
                "{place} must be a number from {least} to {most}.",
                place=self._place(name),
                least=least,
                most=most,
            )
        return value

    def maybe_id(self, name: str) -> int | None:
        """An id, or none."""
        return None if self.told.get(name) is None else self.number(name, 1, LARGEST_ID)

    def choice(self, name: str, among: Sequence[str], default: str) -> str:
        """One of these words."""
        value = self.told.get(name, default)
        if value not in among:
            raise Refusal(
                CODE,
                "{place} must be one of: {names}.",
                place=self._place(name),
                names=", ".join(among),
            )
        return str(value)

    def day(self, name: str) -> date | None:
        """A day as 2026-03-14, or none."""
        value = self.told.get(name)
        if value in (None, ""):
            return None
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            raise Refusal(
                CODE, "{place} is no day. Write it as 2026-03-14.", place=self._place(name)
            ) from None
        self._in_time(name, day)
        return day

    def moment(self, name: str) -> datetime | None:
        """A day with time and zone, or none."""
        value = self.told.get(name)
        if value in (None, ""):
            return None
        try:
            when = datetime.fromisoformat(str(value))
        except ValueError:
            raise self._no_time(name) from None
        if when.tzinfo is None:
            raise self._no_time(name)
        self._in_time(name, when)
        return when

    def topics(self, name: str) -> tuple[str, ...]:
        """Tags of topics, each once."""
        told = self.told.get(name) or []
        if not isinstance(told, list | tuple) or len(told) > MOST_TOPICS:
            raise self._too_many(name, MOST_TOPICS)
        if not all(isinstance(one, str) and _topic(one) for one in told):
            raise Refusal(CODE, "{place} must be single words, as water.", place=self._place(name))
        return tuple(dict.fromkeys(told))

    def part(self, name: str, keys: Sequence[str]) -> "Part":
        """The object inside with that name; an empty one where there is none."""
        return Part(self.told.get(name) or {}, self.where, keys)

    def parts(self, name: str, one: str, keys: Sequence[str], most: int) -> list["Part"]:
        """The objects of a list, each named by its place."""
        told = self.told.get(name) or []
        if not isinstance(told, list | tuple):
            raise self._too_many(name, most)
        if len(told) > most:
            raise self._too_many(name, most)
        return [Part(value, f"{one} {place}", keys) for place, value in enumerate(told, 1)]

    def _text(self, name: str, value: object, most: int, clean: Callable[[str], str]) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Refusal(CODE, "{place} must be words.", place=self._place(name))
        text = clean(value[: 20 * most]) if len(value) < 20 * most else value
        if len(text) > most:
            raise Refusal(
                "too_long",
                "{place} has {count} letters; at most {most} fit. Shorten it.",
                place=self._place(name),
                count=len(text),
                most=most,
            )
        return text

    def _in_time(self, name: str, when: date) -> None:
        if not EARLIEST.year <= when.year <= LATEST.year:
            raise Refusal(
                CODE,
                "{place} must lie between the years {first} and {last}.",
                place=self._place(name),
                first=EARLIEST.year,
                last=LATEST.year,
            )

    def _no_time(self, name: str) -> Refusal:
        return Refusal(
            CODE,
            "{place} is no time with its zone. Write it as 2026-03-14T10:00+05:00.",
            place=self._place(name),
        )

    def _too_many(self, name: str, most: int) -> Refusal:
        return Refusal(
            CODE, "{place} must be a list of at most {most}.", place=self._place(name), most=most
        )

    def _place(self, name: str) -> str:
        return f"{self.where}, {name}"
