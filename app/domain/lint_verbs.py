"""Who asks whom for what, by nearness: English asks before the thing, our languages after it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain import lint_words
from app.domain.lint_words import listener
from app.domain.look_alikes import Plain

_FAR, _NEAR = 6, 3
"""How many words may stand between the thing and the word that asks for it."""
_PAUSE = 6
"""A full stop counts like so many words: an order in the next sentence is about something else."""

Listener = Callable[[str], "list[tuple[int, int]]"]

_tokens = re.compile(r"[^\W\d_]+|\d+").finditer
_stop = re.compile(r"[.!?؟;؛](?=\s|$)|\n").search
_comma = re.compile(r"[,،.!?؟;؛]|\s-+\s").search

_send_first, _tell_first = listener(lint_words.SEND_FIRST), listener(lint_words.TELL_FIRST)
_send_last, _tell_last = listener(lint_words.SEND_LAST), listener(lint_words.TELL_LAST)
_short_tell = listener(lint_words.SHORT_TELL)
_transfer_first, _pay = listener(lint_words.TRANSFER_FIRST), listener(lint_words.PAY)
_pay_first = listener(lint_words.PAY_FIRST)
_everyone, _sums = listener(lint_words.EVERYONE), listener(lint_words.MONEY, lint_words.FEES)
_never, _passed_over = listener(lint_words.NEVER), listener(lint_words.PASSED_OVER)
_givers, _objects = listener(lint_words.GIVERS), listener(lint_words.OBJECTS)
_counts = listener(lint_words.COUNTS)
_never_after = listener(lint_words.NEVER_AFTER)


@dataclass(frozen=True, slots=True)
class Span:
    """Words by their place in the line, both ends included."""

    first: int
    last: int

    def overlaps(self, other: "Span") -> bool:
        """Do they share a word."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Verb(Span):
    """A word that asks; `leads`: before the thing. `kind`: send, tell, transfer or pay."""

    leads: bool
    kind: str


class Line:
    """The words of a text in one row, with the pauses between them."""

    def __init__(self, plain: Plain) -> None:
        """Read the words of the plain spelling."""
        found = list(_tokens(plain.text))
        self._plain = plain
        self._at = [match.span() for match in found]
        self.words = [match[0] for match in found]
        self._line = " ".join(self.words)
        self._index: dict[int, int] = {}
        self._pauses, self._parts = [0], [0]
        start = 0
        for number, word in enumerate(self.words):
            self._index[start] = self._index[start + len(word)] = number
            start += len(word) + 1
            self._measure(number)

    def _measure(self, number: int) -> None:
        if not number:
            return
        gap = self._plain.text[self._at[number - 1][1] : self._at[number][0]]
        is_abbreviated = gap.startswith(".") and self.words[number].isdigit()
        pause = _PAUSE if _stop(gap) and not is_abbreviated else 0
        self._pauses.append(self._pauses[-1] + pause)
        self._parts.append(self._parts[-1] + bool(_comma(gap) and not is_abbreviated))

    def spans(self, listen: Listener) -> list[Span]:
        """Where the listener's phrases stand."""
        return [Span(self._index[start], self._index[end]) for start, end in listen(self._line)]

    def place(self, number: int) -> int:
        """Where a word begins in the original text."""
        return self._plain.places[self._at[number][0]]

    def shown(self, first: int, last: int) -> str:
        """The words from first to last as they stand in the original text."""
        return self._plain.shown(self._at[first][0], self._at[last][1])

    def between(self, one: Span, other: Span) -> int:
        """How many words stand between two spans, pauses counted."""
        return other.first - one.last - 1 + self._pauses[other.first] - self._pauses[one.last]

    def same_part(self, one: Span, other: Span) -> bool:
        """No comma and no full stop between them."""
        return self._parts[one.last] == self._parts[other.first]

    def ends_part(self, number: int) -> bool:
        """Is this the last word before a comma, a full stop or the end."""
        return number + 1 == len(self.words) or self._parts[number] < self._parts[number + 1]

    def follows(self, one: Span, other: Span, most: int) -> bool:
        """Does the other come after it, with fewer than `most` words between."""
        return other.first > one.last and self.between(one, other) < most

    def long_number_after(self, one: Span) -> Span | None:
        """An account's or telephone's number within eight words."""
        for number in range(one.last + 1, min(one.last + 9, len(self.words))):
            if self.words[number].isdigit() and len(self.words[number]) >= 7:
                return Span(number, number)
        return None

    def asked(self, thing: Span, verbs: Sequence[Verb]) -> Verb | None:
        """The word that asks to send or tell this."""
        return self._nearest(thing, verbs, {"send", "tell"})

    def sent(self, thing: Span, verbs: Sequence[Verb]) -> Verb | None:
        """The word that asks to send or transfer this money."""
        return self._nearest(thing, verbs, {"send", "transfer"}, is_money=True)

    def paid(self, thing: Span, verbs: Sequence[Verb]) -> Verb | None:
        """The word that asks to pay this, in whatever way."""
        return self._nearest(thing, verbs, {"send", "transfer", "pay"}, is_money=True)

    def _nearest(
        self, thing: Span, verbs: Sequence[Verb], kinds: set[str], *, is_money: bool = False
    ) -> Verb | None:
        wanted = (
            verb
            for verb in verbs
            if verb.kind in kinds
            and not (is_money and verb.leads and verb.kind == "send")
            and not verb.overlaps(thing)
            and self._belongs(thing, verb)
        )
        return min(wanted, key=lambda verb: abs(verb.first - thing.first), default=None)

    def _belongs(self, thing: Span, verb: Verb) -> bool:
        pair = (verb, thing) if verb.first < thing.first else (thing, verb)
        words = self.between(*pair)
        if verb.leads != (verb.first < thing.first):
            return verb.kind != "tell" and words <= _NEAR and self.same_part(*pair)
        if verb.kind in {"tell", "pay"}:
            return words <= _NEAR and self.same_part(*pair)
        return words <= _FAR


def verbs_of(line: Line) -> list[Verb]:
    """Every word that asks for something, but for those that say "never" or ask for a number."""
    short = [span for span in line.spans(_short_tell) if line.ends_part(span.last)]
    found = [
        *_as_verbs(line.spans(_send_first), leads=True, kind="send"),
        *_as_verbs(line.spans(_tell_first), leads=True, kind="tell"),
        *_as_verbs(line.spans(_transfer_first), leads=True, kind="transfer"),
        *_as_verbs(line.spans(_send_last), leads=False, kind="send"),
        *_as_verbs([*line.spans(_tell_last), *short], leads=False, kind="tell"),
        *_as_verbs(line.spans(_pay), leads=False, kind="pay"),
        *_as_verbs(line.spans(_pay_first), leads=True, kind="pay"),
    ]
    ear = _Ear(line, found)
    return [verb for verb in found if not ear.is_harmless(verb)]


def _as_verbs(spans: Sequence[Span], *, leads: bool, kind: str) -> list[Verb]:
    return [Verb(span.first, span.last, leads, kind) for span in spans]


class _Ear:
    """Hears what is said around a verb."""

    def __init__(self, line: Line, verbs: Sequence[Verb]) -> None:
        self._line = line
        self._never = self._places(_never)
        self._after = self._places(_never_after)
        self._passed_over = self._places(_passed_over)
        self._passed_over.update(n for v in verbs for n in range(v.first, v.last + 1))
        self._givers = self._places(_givers)
        self._objects, self._everyone = self._places(_objects), self._places(_everyone)
        self._amounts = self._places(_sums) | self._places(_counts)

    def _places(self, listen: Listener) -> set[int]:
        return {n for span in self._line.spans(listen) for n in range(span.first, span.last + 1)}

    def is_harmless(self, verb: Verb) -> bool:
        """Denied, done by somebody else, or about a number, an answer or the neighbours."""
        return self._is_denied(verb) or self._is_theirs(verb) or self._has_object(verb)

    def _is_denied(self, verb: Verb) -> bool:
        if not verb.leads and self._beside(verb.last + 1) in self._after:
            return True
        at = verb.first - 1
        while at >= max(0, verb.first - 2 * _FAR) and self._line.same_part(Span(at, at), verb):
            if at in self._never:
                return True
            if at not in self._passed_over:
                return False
            at -= 1
        return False

    def _is_theirs(self, verb: Verb) -> bool:
        return verb.kind == "transfer" and verb.first - 1 in self._givers

    def _has_object(self, verb: Verb) -> bool:
        at = self._beside(verb.last + 1 if verb.leads else verb.first - 1)
        if at in self._objects or (verb.kind == "tell" and at in self._everyone):
            return True
        if at is None:
            return False
        beyond = at + 1 if verb.leads else at - 1
        word = self._line.words[at]
        if word in {"d", "m", "ref"} and verb.leads:
            return True
        return word.isdigit() and len(word) <= 2 and beyond not in self._amounts

    def _beside(self, at: int) -> int | None:
        return at if 0 <= at < len(self._line.words) else None
