"""The places of units in the tree, to find one by the names on the way down to it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from app.domain.institution import KINDS
from app.domain.names import name_key
from app.domain.unit_names import bare_key, read_called


class Place(Protocol):
    """A unit as the tree knows it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def parent_id(self) -> int | None:
        """The unit it stands under."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def name_key(self) -> str:
        """The key of its name."""

    @property
    def local_key(self) -> str:
        """The key of its local name; "" for none."""


class UnitPaths:
    """Units by where they stand; one that is added later is found too."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Remember these units."""
        self._kinds: dict[int, str] = {}
        self._under: dict[tuple[int | None, str], list[int]] = {}
        self.root: int | None = None
        for one in places:
            self.add(one.id, one.parent_id, one.kind, (one.name_key, one.local_key))

    def add(self, id: int, parent_id: int | None, kind: str, keys: Sequence[str]) -> None:
        """Remember one more."""
        self._kinds[id] = kind
        if kind == KINDS[0]:
            self.root = id
        both = {*keys, *(bare_key(kind, key) for key in keys)}
        for key in both - {""}:
            self._under.setdefault((parent_id, key), []).append(id)

    def kind_of(self, id: int) -> str | None:
        """The kind of a unit; None for one that is not there."""
        return self._kinds.get(id)

    def at(self, path: Sequence[str]) -> int | None:
        """The unit at the end of these names, from the top; of two alike the higher tier."""
        here: int | None = None
        for depth, words in enumerate(path):
            parents = (None, self.root) if depth == 0 else (here,)
            found = self._named(parents, words)
            if found is None:
                return None
            here = found
        return here

    def _named(self, parents: Sequence[int | None], words: str) -> int | None:
        kind, name = read_called(words)
        both = {(kind, name_key(name)), ("", name_key(words))}
        fits = [
            one
            for parent in dict.fromkeys(parents)
            for kind, key in both
            for one in self._under.get((parent, key), ())
            if kind in ("", self._kinds[one])
        ]
        return min(fits, key=lambda one: (KINDS.index(self._kinds[one]), one), default=None)
