"""Read one group of an audience: every word narrows it, whatever their order."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any, TypeVar

from app.domain import audience_words as words
from app.domain.audience_terms import Known, Place, Term, health_is_for_few
from app.domain.audience_words import LONGEST_NAME, tokens
from app.domain.errors import Phrase, Refusal

MOST_MONTHS = 120
MOST_WAYS = 64
"""Ways to read several unit names of one group; more are not tried."""
T = TypeVar("T")
_number = re.compile(r"\+\d{8,15}").fullmatch
_blood = re.compile(rf"(?<!\w){words.BLOOD_WORDS}\s+(ab|a|b|o)\s*([+-])(?!\w)")


def read_term(part: str, known: Known, *, is_less: bool = False) -> Term:
    """The people that one group's words name; raises Refusal for a word that is not known."""
    text = " ".join(part.split())
    if _number(text):
        return Term(msisdn=text, is_less=is_less)
    reader = _Reader(known, text)
    return replace(reader.read(), is_less=is_less)


class _Reader:
    """Walks over the words and keeps what each says."""

    def __init__(self, known: Known, text: str) -> None:
        self._known, self._text = known, text
        self._found: dict[str, Any] = {}
        self._mentions: list[tuple[Place, ...]] = []
        self._tiers: list[str] = []
        self._says = False
        text = _blood.sub(self._take_blood, text)
        self._tokens = tokens(text)

    def read(self) -> Term:
        """All its words as one Term."""
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        if not self._says:
            raise Refusal(
                "audience_says_nothing",
                "{words} names nobody. Say who, or “all”.",
                words=repr(self._text),
            )
        unit_id = self._unit()
        for tier in self._tiers:
            self._set("body", tier)
        if "is_cabinet" in self._found:
            self._found["is_cabinet"] = True
        return Term(unit_id=unit_id, **self._found)

    def _step(self, at: int) -> int:
        """Take what begins at that word; gives where the next begins."""
        if taken := self._name(at) or self._office(at) or self._led(at):
            return taken
        for end in range(min(len(self._tokens), at + words.LONGEST_PHRASE), at, -1):
            phrase = self._keys(at, end)
            if self._phrase(phrase):
                return self._months(end) if phrase in words.QUIET else end
        raise self._unknown(at)

    def _phrase(self, phrase: tuple[str, ...]) -> bool:
        if phrase in words.FILLERS:
            return True
        if phrase in words.MEANINGS:
            for name, value in words.MEANINGS[phrase]:
                self._set(name, value)
        elif phrase in words.TIER_WORDS:
            self._tiers.append(words.TIER_WORDS[phrase])
        elif phrase not in words.EVERYONE and phrase not in words.QUIET:
            return False
        self._says = True
        return True

    def _name(self, at: int) -> int | None:
        """A unit, a group or a saved audience whose name is longer than any phrase of ours."""
        known = self._known
        unit, group = self._tiered(at), self._longest(known.groups, at)
        saved = self._longest(known.saved, at)
        ends = [one[1] for one in (unit, group, saved) if one is not None]
        if not ends or self._phrase_end(at) >= max(ends):
            return None
        end = max(ends)
        best = [one for one in (unit, group, saved) if one is not None and one[1] == end]
        if len(best) > 1:
            raise self._two_kinds(at, end)
        if unit is not None and unit[1] == end:
            self._mentions.append(unit[0])
            self._says = True
        elif group is not None and group[1] == end:
            self._group(group[0])
        elif saved is not None:
            self._set("within", saved[0])
        return end

    def _office(self, at: int) -> int | None:
        """A body or a post of this network whose name is longer than any phrase of ours."""
        for table, name in ((self._known.bodies, "body"), (self._known.posts, "post")):
            one = self._longest(table, at)
            if one is not None and one[1] > self._phrase_end(at):
                self._set(name, one[0])
                return one[1]
        return None

    def _tiered(self, at: int) -> tuple[tuple[Place, ...], int] | None:
        """A unit's name that begins here, with its tier before it where it has one."""
        plain = self._longest(self._known.units, at)
        for phrase, tier in words.TIER_WORDS.items():
            start = at + len(phrase)
            if self._keys(at, start) != phrase:
                continue
            named = self._longest(self._known.units, start)
            places = tuple(p for p in named[0] if p.kind == tier) if named else ()
            if named and places and (plain is None or named[1] > plain[1]):
                plain = places, named[1]
        return plain

    def _phrase_end(self, at: int) -> int:
        """Where the longest phrase of ours that begins here ends."""
        for end in range(min(len(self._tokens), at + words.LONGEST_PHRASE), at, -1):
            phrase = self._keys(at, end)
            if phrase in words.MEANINGS or phrase in words.TIER_WORDS or phrase in words.EVERYONE:
                return end
        return at

    def _led(self, at: int) -> int | None:
        """A name or a number that a word of ours announces: `group NAME`, `skill NAME`."""
        key = self._tokens[at].key
        if key in words.GROUP_WORDS:
            group = self._after(self._known.groups, at, "group", "group")
            self._group(group[0])
            return group[1]
        if key in words.SKILL_WORDS:
            skill = self._after(self._known.skills, at, "skill", "skill")
            self._set("skill", skill[0])
            return skill[1]
        if key in words.UNIT_WORDS and (unit := self._longest(self._known.units, at + 1)):
            self._mentions.append(unit[0])
            self._says = True
            return unit[1]
        return None

    def _after(self, table: Mapping[str, T], at: int, kind: str, code: str) -> tuple[T, int]:
        found = self._longest(table, at + 1)
        if found is None:
            raise Refusal(
                f"audience_unknown_{code}",
                "No {kind} is called {words}.",
                kind=Phrase(kind),
                words=repr(" ".join(token.raw for token in self._tokens[at + 1 :])),
            )
        return found

    def _group(self, group: Any) -> None:
        if group.is_health and not self._known.sees_health:
            raise health_is_for_few()
        self._set("group_id", group.group_id)

    def _take_blood(self, found: re.Match[str]) -> str:
        if not self._known.sees_health:
            raise health_is_for_few()
        self._set("blood", words.BLOODS[found[1] + found[2]])
        return " "

    def _months(self, at: int) -> int:
        """The number behind `quiet`, and the word `months` behind that."""
        number = self._tokens[at].key if at < len(self._tokens) else ""
        months = int(number) if number.isdecimal() and len(number) < 4 else 0
        if not 1 <= months <= MOST_MONTHS:
            raise Refusal(
                "audience_months",
                "Say for how many months nobody answered, 1 to {most}: quiet 6.",
                most=MOST_MONTHS,
            )
        self._set("quiet_months", months)
        behind = at + 1
        is_told = behind < len(self._tokens) and self._tokens[behind].key in words.MONTHS
        return behind + 1 if is_told else behind

    def _unit(self) -> int | None:
        """The one unit that its unit names mean together: the lowest of a chain in the tree."""
        bound = self._bind_tiers()
        if not bound:
            return None
        found: dict[int, Place] = {}
        ways = list(product(*bound)) if prod(map(len, bound)) <= MOST_WAYS else []
        for way in ways:
            lowest = max(way, key=lambda place: len(place.above))
            others = {place.unit_id for place in way} - {lowest.unit_id}
            if others <= set(lowest.above):
                found[lowest.unit_id] = lowest
        if len(found) == 1:
            return next(iter(found))
        named = " · ".join(sorted({place.said for one in bound for place in one}))
        if not found:
            raise Refusal(
                "audience_clash",
                "{words} names units that do not lie under each other: {units}. "
                "Put a comma between two groups.",
                words=repr(self._text),
                units=named,
            )
        raise Refusal(
            "audience_ambiguous",
            "{words} is the name of {count} units. Say which: {ways}.",
            words=repr(self._text),
            count=len(found),
            ways=" · ".join(place.way or place.said for place in list(found.values())[:8]),
        )

    def _bind_tiers(self) -> list[tuple[Place, ...]]:
        """The units meant; a tier in the singular belongs to the name of a unit of that tier."""
        bound = list(self._mentions)
        for tier in list(self._tiers):
            for no, places in enumerate(bound):
                fit = tuple(place for place in places if place.kind == tier)
                if fit:
                    bound[no] = fit
                    self._tiers.remove(tier)
                    break
        return bound

    def _set(self, name: str, value: Any) -> None:
        self._says = True
        if self._found.setdefault(name, value) != value:
            raise Refusal(
                "audience_clash",
                "{words} names two kinds of {kind}. Put a comma between two groups.",
                words=repr(self._text),
                kind=Phrase(_KINDS.get(name, name)),
            )

    def _keys(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(token.key for token in self._tokens[start:end])

    def _longest(self, table: Mapping[str, T], at: int) -> tuple[T, int] | None:
        """The longest name of the table that begins at that word, and where it ends."""
        if not table:
            return None
        for end in range(min(len(self._tokens), at + LONGEST_NAME), at, -1):
            key = " ".join(self._keys(at, end))
            if key in table:
                return table[key], end
        return None

    def _two_kinds(self, at: int, end: int) -> Refusal:
        name = " ".join(self._keys(at, end))
        return Refusal(
            "audience_ambiguous_name",
            "{name} is both a group or audience and a unit. Say “group {name}” or “unit {name}”.",
            name=name,
        )

    def _unknown(self, at: int) -> Refusal:
        return Refusal(
            "audience_unknown",
            "No group is called {word}. Known are: {known}.",
            word=repr(self._tokens[at].raw),
            known=words.KNOWN_TO_ALL,
        )


_KINDS = {
    "group_id": "group",
    "within": "audience",
    "quiet_months": "months",
    "outside": "body",
}
