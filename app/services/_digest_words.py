"""The words of a digest: as many of the texts that a phone missed as one segment names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.catalogue import Catalogue
from app.domain.digest import gist
from app.domain.language import RIGHT_TO_LEFT, chain, choose
from app.store.networks import NetworkInfo
from bots.values import Entry, Value

TEMPLATE = "digest"
ROOMS = (45, 32, 22, 14, 9)
"""Letters for each gist; the largest room is taken in which one segment names them all."""
MOST_REFS = 20
"""One segment never holds more."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A text that a phone did not get."""

    ref: int
    bodies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DigestWords:
    """The digests of one network; phones that missed the same get the same words."""

    network: NetworkInfo
    catalogue: Catalogue
    ref: int
    _made: dict[tuple[str, tuple[int, ...]], tuple[str, str]] = field(default_factory=dict)

    def of(self, language: str, missed: Sequence[Missed]) -> tuple[str, str]:
        """The tag of the writing and the text."""
        key = (language, tuple(one.ref for one in missed))
        if key not in self._made:
            self._made[key] = self._written(language, missed)
        return self._made[key]

    def _written(self, language: str, missed: Sequence[Missed]) -> tuple[str, str]:
        wanted = language or self.network.language
        # Once to learn in which writing there are words: the gists must be in the same one.
        tag = self._said(wanted, (), missed)[0]
        for room in ROOMS:
            items = self._items(tag, missed, room)
            found = self._said(tag, items, missed)
            if _names(found[1], [one.ref for one in missed], items):
                return found
        for shown in range(min(len(missed), MOST_REFS), 0, -1):
            found = self._said(tag, (), missed, shown)
            if _has(found[1], missed[shown - 1].ref):
                break
        return found

    def _items(self, tag: str, missed: Sequence[Missed], room: int) -> tuple[Entry, ...]:
        tags = chain(tag, self.catalogue.languages, self.network.language)
        short = self.network.short_name(tags)
        stop = "؛" if tag in RIGHT_TO_LEFT else ";"
        gists = [gist(_read(one.bodies, tags), one.ref, short, room) for one in missed]
        last = len(missed) - 1
        return tuple(
            Entry(f"{one.ref})", words + (stop if at < last else ""))
            for at, (one, words) in enumerate(zip(missed, gists, strict=True))
        )

    def _said(
        self, tag: str, items: tuple[Entry, ...], missed: Sequence[Missed], shown: int = 1
    ) -> tuple[str, str]:
        """Without items the second form, which names only Refs."""
        tags = chain(tag, self.catalogue.languages, self.network.language)
        values: dict[str, Value] = {
            "network": self.network.short_name(tags),
            "ref": self.ref,
            "items": items or (Entry("", "-" * 200),),
            "codes": tuple(Entry(f"{one.ref}") for one in missed[:shown]) or (Entry("..."),),
            "more": max(len(missed) - shown, 0) or "",
            "example": f"REF {missed[0].ref}" if missed else "REF ...",
        }
        text = self.catalogue.render(TEMPLATE, values, tag)
        return text.language, text.text


def _read(bodies: Mapping[str, str], tags: tuple[str, ...]) -> str:
    tag = choose(bodies, tags) or next(iter(bodies), "")
    return bodies.get(tag, "")


def _names(text: str, refs: Sequence[int], items: Sequence[Entry]) -> bool:
    """Whether all stand there with the words that were given: lists are cut from their end."""
    return all(
        f"{ref})" in text and item.words in text for ref, item in zip(refs, items, strict=True)
    )


def _has(text: str, ref: int) -> bool:
    return re.search(rf"(?<!\d){ref}(?!\d)", text.rpartition("Ref")[0]) is not None


def missed_of(rows: Sequence[Any]) -> dict[int, Missed]:
    """What `digest_lists.names` found, by the id of the broadcast."""
    found: dict[int, Missed] = {}
    for row in rows:
        known = found.get(row.id)
        bodies = {**(known.bodies if known else {}), row.language: row.body}
        found[row.id] = Missed(row.ref, bodies)
    return found
