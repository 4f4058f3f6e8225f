"""The units of a network by their names, as a list names them; with those that a list makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from app.domain.institution import TIERS
from app.domain.names import name_key
from app.domain.unit_names import called
from app.services._told import told
from app.services._wanted import Trouble

SUGGESTED = 3
ALIKE = 70
"""From here on, of a hundred, a name is like enough to be suggested."""
MOST_SUGGESTIONS = 300
"""Different unknown names of a list that are compared with all others; the rest go without."""
MOST_LETTERS = 120
_KNOWN_CURE = "Write it as in the list of units, or add the unit first."


@dataclass(slots=True)
class UnitKnown:
    """One unit; `id` is negative for one that the list makes, until it is stored."""

    id: int
    parent: "UnitKnown | None"
    kind: str
    name: str
    is_new: bool = False

    @property
    def called(self) -> str:
        """VO Dosti."""
        return called(self.kind, self.name)

    def of_kind(self, kind: str) -> "UnitKnown | None":
        """This unit or the one above it of that tier."""
        here: UnitKnown | None = self
        while here is not None and here.kind != kind:
            here = here.parent
        return here

    def is_under(self, other: "UnitKnown") -> bool:
        """Whether the other one stands somewhere above."""
        here = self.parent
        while here is not None and here is not other:
            here = here.parent
        return here is not None


class UnitNames:
    """Finds the unit that a row means, or says why there is none."""

    def __init__(self, rows: Sequence[Any], *, makes_units: bool) -> None:
        self._makes = makes_units
        self.by_id = {row.id: UnitKnown(row.id, None, row.kind, row.name) for row in rows}
        self._by_key: dict[str, list[UnitKnown]] = {}
        self._found: dict[tuple[tuple[str, str], ...], UnitKnown | Trouble] = {}
        self._suggested = 0
        self._last_new = 0
        for row in rows:
            one = self.by_id[row.id]
            one.parent = self.by_id.get(row.parent_id)
            for key in {row.name_key or name_key(row.name), row.local_key} - {""}:
                self._by_key.setdefault(key, []).append(one)
        self._names = [(one.name, one) for one in self.by_id.values()]
        self.made: list[UnitKnown] = []
        """Units that the list makes and that are not stored yet."""

    def find(self, units: tuple[tuple[str, str], ...]) -> UnitKnown | Trouble | None:
        """The unit that a row means; None when it names none."""
        if not units:
            return None
        found = self._found.get(units)
        if found is None:
            found = self._found[units] = self._search(units)
        return found

    def _search(self, units: tuple[tuple[str, str], ...]) -> UnitKnown | Trouble:
        above = self.find(units[:-1])
        if isinstance(above, Trouble):
            return above
        tier, name = units[-1]
        candidates = self._candidates(tier, name)
        if above is not None:
            candidates = [one for one in candidates if one.is_under(above)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            ways = "; ".join(_way(one) for one in candidates[:SUGGESTED])
            return Trouble(
                told(
                    "{count} units are called {name}: {ways}.",
                    count=len(candidates),
                    name=name,
                    ways=ways,
                ),
                told("Write its kind before the name, or name the unit above it in a column."),
            )
        return self._make(tier, name, above) if self._makes else self._unknown(name)

    def _candidates(self, tier: str, name: str) -> list[UnitKnown]:
        key = name_key(name)
        found = list(self._by_key.get(key, ()))
        if tier:
            kind = tier.upper()
            found += self._by_key.get(name_key(f"{kind} {name}"), ())
            exact = [one for one in found if one.kind == kind]
            # A heading may be wrong about the tier; a cell that says it is not.
            found = exact if exact or tier == kind else found
        return list({one.id: one for one in found}.values())

    def _make(self, tier: str, name: str, above: UnitKnown | None) -> UnitKnown | Trouble:
        if len(name) > MOST_LETTERS:
            return Trouble(
                told("The name of the unit is longer than 120 letters."), told("Shorten it.")
            )
        kind = tier.upper() or _next_tier(above)
        parent = above or (self._root() if kind == "LSO" else None)
        one = UnitKnown(self._new_id(), parent, kind, name, is_new=True)
        self.made.append(one)
        self.by_id[one.id] = one
        self._by_key.setdefault(name_key(name), []).append(one)
        return one

    def _new_id(self) -> int:
        self._last_new -= 1
        return self._last_new

    def _root(self) -> UnitKnown | None:
        return next((one for one in self.by_id.values() if one.kind == TIERS[0]), None)

    def _unknown(self, name: str) -> Trouble:
        near = self._near(name)
        if near:
            cure = told("Is it {names}? " + _KNOWN_CURE, names=" / ".join(near))
        else:
            cure = told(_KNOWN_CURE)
        return Trouble(told("There is no unit '{name}'.", name=name[:MOST_LETTERS]), cure)

    def _near(self, name: str) -> list[str]:
        self._suggested += 1
        if self._suggested > MOST_SUGGESTIONS:
            return []
        found = process.extract(
            name,
            [one for one, _ in self._names],
            scorer=fuzz.WRatio,
            limit=SUGGESTED,
            score_cutoff=ALIKE,
        )
        return [self._names[at][1].called for _, _, at in found]

    def stored(self, ids: Mapping[int, int]) -> None:
        """Give the units that were stored their ids."""
        for one in self.made:
            one.id = ids[one.id]
            self.by_id[one.id] = one
        self.made = []


def _next_tier(above: UnitKnown | None) -> str:
    if above is None or above.kind not in TIERS:
        return "LSO"
    return TIERS[min(TIERS.index(above.kind) + 1, len(TIERS) - 1)]


def _way(one: UnitKnown) -> str:
    return one.called if one.parent is None else f"{one.called} ({one.parent.called})"
