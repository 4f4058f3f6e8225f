"""Find people: by a name in any script, a post or a unit, or by a number however it is spelt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Refusal
from app.domain.msisdn import read_number
from app.domain.names import name_key
from app.domain.storable import storable
from app.services.show_person import masked
from app.store import person_search
from app.store.database import Connection, Database
from app.store.person_search import Wanted

MOST = 100
FEWEST_DIGITS = 4
"""Fewer digits would find half the list."""
MOST_WORDS = 6
_ends_so = re.compile(r"[0-9]+").fullmatch
_signs = re.compile(r"[\s()+*•.-]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """Where somebody can be reached, masked, and what may go there."""

    address_id: int
    kind: str
    shown: str
    whose: str
    is_private: bool
    reach: str
    standing: str


@dataclass(frozen=True, slots=True)
class Post:
    """An office that somebody holds."""

    body: str
    post: str
    local_post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Found:
    """One person in a list of results."""

    id: int
    name: str
    local_name: str
    sex: str
    language: str
    unit_id: int | None
    unit: str
    local_unit: str
    posts: tuple[Post, ...]
    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of results; `next` is the cursor of the next one, `total` counts all pages."""

    people: tuple[Found, ...]
    next: int | None
    total: int


async def find_people(
    database: Database, network_id: int, words: str, *, after: int | None = None, limit: int = 50
) -> FoundPage:
    """The people whom every one of these words fits, by name; all people where there are none.

    A whole number in any spelling, or its last four digits or more, finds by number. `after` is
    the cursor of the page before. Raises Refusal for too few digits.
    """
    return await database.read(_find, network_id, words, after, max(1, min(limit, MOST)))


def _find(
    conn: Connection, network_id: int, words: str, after: int | None, limit: int
) -> FoundPage:
    wanted = _wanted(network_id, storable(words))
    place = None
    if after is not None:
        place = person_search.place_of(conn, network_id, after)
        if place is None:
            raise Refusal("cursor", "The list has changed meanwhile. Begin at its first page.")
    rows = person_search.found(conn, wanted, after=place, limit=limit + 1)
    page = rows[:limit]
    return FoundPage(
        people=_described(conn, page),
        next=page[-1].id if len(rows) > limit else None,
        total=person_search.count(conn, wanted),
    )


def _wanted(network_id: int, words: str) -> Wanted:
    number = read_number(words)
    if number.msisdn is not None:
        return Wanted(network_id, msisdn=number.msisdn)
    digits = _plain_digits(words)
    if digits:
        if len(digits) < FEWEST_DIGITS:
            raise Refusal(
                "digits",
                "{count} digits fit too many numbers. Write the last {fewest} or more.",
                count=len(digits),
                fewest=FEWEST_DIGITS,
            )
        return Wanted(network_id, digits=digits)
    known = [word for word in words.split() if name_key(word)]
    return Wanted(network_id, words=tuple(known[:MOST_WORDS]))


def _plain_digits(words: str) -> str:
    """The digits, in Western ones, if nothing else was typed; else ""."""
    bare = _signs.sub("", words)
    if not bare.isdecimal():
        return ""
    return "".join(str(int(digit)) for digit in bare) if not _ends_so(bare) else bare


def _described(conn: Connection, rows: Sequence[Any]) -> tuple[Found, ...]:
    ids = [row.id for row in rows]
    phones: dict[int, list[Phone]] = {}
    for row in person_search.phones_of(conn, ids):
        phones.setdefault(row.person_id, []).append(phone_of(row))
    posts: dict[int, list[Post]] = {}
    for row in person_search.seats_of(conn, ids, past=False):
        one = Post(row.body, row.post, row.local_post, row.unit or "")
        posts.setdefault(row.person_id, []).append(one)
    return tuple(
        Found(
            id=row.id,
            name=row.name,
            local_name=row.local_name,
            sex=row.sex,
            language=row.language,
            unit_id=row.unit_id,
            unit=row.unit or "",
            local_unit=row.local_unit or "",
            posts=tuple(posts.get(row.id, ())),
            phones=tuple(phones.get(row.id, ())),
        )
        for row in rows
    )


def phone_of(row: Any) -> Phone:
    """An address with its link as it is shown: never whole."""
    return Phone(
        address_id=row.address_id,
        kind=row.kind,
        shown=masked(row.kind, row.msisdn, row.handle),
        whose=row.whose,
        is_private=row.is_private,
        reach=row.reach,
        standing=row.standing,
    )
