"""Read how often something comes again from the words in which people say it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain._rule_parts import LAST, Parts, Unit, checked
from app.domain._rule_words import (
    EACH_OF,
    KNOWN,
    PHRASES,
    UNIT_OF,
    WEEK_OR_SATURDAY,
    Kind,
)
from app.domain.errors import Refusal
from app.domain.search_key import normal

MOST_LETTERS = 120
SATURDAY = 5
MOST_NTH = 5
_number = re.compile(r"([0-9]{1,3})(st|nd|rd|th)?").fullmatch


@dataclass(frozen=True, slots=True)
class Token:
    """One word and what it does."""

    kind: Kind
    value: int = 0
    unit: Unit | None = None
    word: str = ""


def read_parts(words: str) -> Parts:
    """What the words say; raises Refusal for what is no rule or can be meant in two ways."""
    plain = f" {normal(words[:MOST_LETTERS])} "
    for phrase, word in PHRASES.items():
        plain = plain.replace(f" {phrase} ", f" {word} ")
    if not plain.strip() or len(words) > MOST_LETTERS:
        raise _unclear(words)
    reading = _Reading(words, _settled([_token(word, words) for word in plain.split()]))
    return reading.parts()


def _token(word: str, words: str) -> Token:
    if found := _number(word):
        kind = Kind.NTH if found[2] else Kind.NUMBER
        return Token(kind, int(found[1]), word=word)
    if word in KNOWN:
        kind, value = KNOWN[word]
        return Token(kind, value, word=word)
    if word in UNIT_OF:
        return Token(Kind.UNIT, unit=UNIT_OF[word], word=word)
    if word in EACH_OF:
        unit, every = EACH_OF[word]
        return Token(Kind.EACH, every, unit, word)
    raise Refusal(
        "rule",
        "{word} is not understood in {words}. Write it as in: second Sunday, every two weeks, "
        "15 of every month.",
        word=repr(word[:40]),
        words=repr(words[:60]),
    )


def _settled(tokens: list[Token]) -> list[Token]:
    """Hafta after a number in order, or before ko, is Saturday; a number before a day counts it."""
    found: list[Token] = []
    for here, token in enumerate(tokens):
        after = tokens[here + 1] if here + 1 < len(tokens) else Token(Kind.NONE)
        is_nth = bool(found) and found[-1].kind is Kind.NTH and not _is_each(found, tokens)
        if token.word in WEEK_OR_SATURDAY and (is_nth or after.kind is Kind.ON):
            found.append(Token(Kind.WEEKDAY, SATURDAY, word=token.word))
        else:
            found.append(token)
    return found


def _is_each(before: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether "every second week" stands there, of no month: weeks are counted, not Saturdays."""
    is_of_month = any(one.unit == "MONTHLY" or one.kind is Kind.MONTH for one in tokens)
    return len(before) > 1 and before[-2].kind is Kind.EVERY and not is_of_month


class _Reading:
    """The words on their way to a rule."""

    def __init__(self, words: str, tokens: Sequence[Token]) -> None:
        self.words, self.tokens = words, tokens
        self.every = 1
        self.every_of: Unit | None = None
        """Of what `every` counts; None while it is each one."""
        self.units: set[Unit] = set()
        self.waiting: list[int] = []
        """Numbers in order whose day is still to be named."""
        self.counted: list[int] = []
        """Those of the last weekday: they hold for the next one too, unless that has its own."""
        self.weekdays: list[tuple[int, int]] = []
        self.month_days: list[int] = []
        self.months: list[int] = []

    def parts(self) -> Parts:
        """The rule; raises Refusal for words that do not go together."""
        for here, token in enumerate(self.tokens):
            self._take(here, token)
        self.month_days += self.waiting
        unit = self._unit()
        self._check(unit)
        return checked(
            Parts(
                unit,
                self.every,
                tuple(self.weekdays),
                tuple(self.month_days),
                tuple(self.months),
            )
        )

    def _take(self, here: int, token: Token) -> None:
        if token.kind is Kind.MONTH:
            self.months.append(token.value)
        elif token.kind is Kind.WEEKDAY:
            self._take_weekday(token.value)
        elif token.kind in (Kind.NTH, Kind.NUMBER, Kind.OTHER):
            self._take_number(here, token)
        elif token.kind is Kind.EACH:
            self._each(token.value, token.unit)
        elif token.kind is Kind.UNIT:
            self._take_unit(here, token)

    def _take_weekday(self, day: int) -> None:
        if self.waiting:
            self.counted, self.waiting = self.waiting, []
        self.weekdays += [(nth, day) for nth in self.counted or [0]]

    def _take_number(self, here: int, token: Token) -> None:
        before, after = self._at(here - 1), self._at(here + 1)
        if self._counts_units(token, before, after):
            self._each(_step(token), after.unit)
        elif after.kind is Kind.WEEKDAY:
            self._take_before_weekday(token, is_each=before.kind is Kind.EVERY)
        elif token.kind is Kind.OTHER:
            raise _unclear(self.words)
        else:
            self.waiting.append(token.value)

    def _counts_units(self, token: Token, before: Token, after: Token) -> bool:
        """Whether it says that every so many weeks pass: 2 weeks, every second week."""
        if after.kind is not Kind.UNIT:
            return False
        if token.kind is not Kind.NTH:
            return True
        is_day = after.unit == "DAILY" and self._is_of_month()
        return before.kind is Kind.EVERY and token.value > 1 and not is_day

    def _take_before_weekday(self, token: Token, *, is_each: bool) -> None:
        """Every second Sunday is every other one; the second Sunday is one of its month."""
        is_other = token.kind is Kind.OTHER
        if not is_other and not (is_each and token.value > 1 and not self._is_of_month()):
            self.waiting.append(token.value)
        elif token.kind is Kind.NTH and token.value > 2:
            raise Refusal(
                "two_ways",
                "{words} can be meant in two ways. Write every {no} weeks, or the day of every "
                "month.",
                words=repr(self.words[:60]),
                no=token.value,
            )
        elif self._is_of_month():
            raise _unclear(self.words)
        else:
            self._each(_step(token), "WEEKLY")

    def _take_unit(self, here: int, token: Token) -> None:
        before = self._at(here - 1)
        is_counted = before.kind in (Kind.NUMBER, Kind.OTHER, Kind.NTH)
        if token.unit == "DAILY" and not (before.kind is Kind.EVERY or is_counted):
            return
        is_last_day = token.unit == "DAILY" and before.kind is Kind.NTH and bool(self.waiting)
        if token.unit is not None and not is_last_day:
            self.units.add(token.unit)

    def _each(self, every: int, unit: Unit | None) -> None:
        if unit is None or self.every_of not in (None, unit):
            raise _unclear(self.words)
        self.every, self.every_of = every, unit
        self.units.add(unit)

    def _at(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else Token(Kind.NONE)

    def _is_of_month(self) -> bool:
        far: tuple[Unit, ...] = ("MONTHLY", "YEARLY")
        return any(one.unit in far or one.kind is Kind.MONTH for one in self.tokens)

    def _unit(self) -> Unit:
        if self.months or "YEARLY" in self.units:
            return "YEARLY"
        if "MONTHLY" in self.units or self.month_days or any(nth for nth, _ in self.weekdays):
            return "MONTHLY"
        if "WEEKLY" in self.units or self.weekdays:
            return "WEEKLY"
        if "DAILY" in self.units:
            return "DAILY"
        raise _unclear(self.words)

    def _check(self, unit: Unit) -> None:
        others = self.units - {unit} - ({"MONTHLY"} if unit == "YEARLY" else set())
        if others or self.every_of not in (None, unit):
            raise _unclear(self.words)
        if any(nth not in (*range(MOST_NTH + 1), LAST) for nth, _ in self.weekdays):
            raise _unclear(self.words)
        if unit == "MONTHLY" and not self.month_days and not any(n for n, _ in self.weekdays):
            raise Refusal(
                "which_day",
                "Say which day of the month: second Sunday, last Friday, 15 of every month.",
            )
        is_repeated = any(one.kind is Kind.EVERY for one in self.tokens) or self.units
        if self.month_days and not is_repeated:
            raise _unclear(self.words)


def _unclear(words: str) -> Refusal:
    return Refusal(
        "rule",
        "{words} does not say when it comes again. Write it as in: second Sunday, every two "
        "weeks, last Friday, 15 of every month.",
        words=repr(words[:60]),
    )


def _step(token: Token) -> int:
    """How many units from one time to the next."""
    return 2 if token.kind is Kind.OTHER else token.value
