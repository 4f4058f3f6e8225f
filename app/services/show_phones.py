"""Show the simulated phones: what was typed on each, what arrived there, how it was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from app.domain import gsm
from app.domain.storable import storable
from app.services._calls import TODAY
from app.services._holders import local_names_of, names_of
from app.store import addresses, networks, talk
from app.store.database import Connection, Database

Kind = Literal["in", "out", "call"]


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A line on the screen of a simulated phone: `in` was typed there, `out` arrived there.

    `call` is a missed call that was given there, without any text.
    """

    kind: Kind
    text: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the answer to the last typed text weighs; `units` as its encoding counts them."""

    segments: int
    units: int
    price_micro: int
    currency: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A simulated phone, lines oldest first."""

    msisdn: str
    address_id: int | None
    names: str
    unit: str
    posts: tuple[str, ...]
    language: str
    whose: str
    standing: str
    """"" when the number is in no list."""
    lines: tuple[PhoneLine, ...]
    typed: str
    """The last text that was typed; "" when none, and for a missed call."""
    understood: str
    """The intent it was understood as."""
    answer: Answer | None
    """The answer to it, once it has arrived."""
    local_names: str = ""
    local_unit: str = ""


async def phone_screens(
    database: Database, network_id: int, *, numbers: Sequence[str], limit: int = 20
) -> tuple[Screen, ...]:
    """The simulated phones of these numbers (E.164), in that order, with their newest texts."""
    return await database.read(_screens, network_id, [storable(one) for one in numbers], limit)


def _screens(
    conn: Connection, network_id: int, numbers: Sequence[str], limit: int
) -> tuple[Screen, ...]:
    language = networks.by_id(conn, network_id).language
    known = addresses.addresses_of(conn, network_id, numbers)
    holders = talk.holders(conn, [row.id for row in known.values()])
    posts = talk.posts(conn, [one.id for found in holders.values() for one in found[:1]])
    empty = Screen(
        msisdn="",
        address_id=None,
        names="",
        unit="",
        posts=(),
        language=language,
        whose="",
        standing="",
        lines=(),
        typed="",
        understood="",
        answer=None,
    )
    screens = []
    for number in numbers:
        screen, row = replace(empty, msisdn=number), known.get(number)
        if row is not None:
            screen = _with_people(screen, row, holders.get(row.id, ()), posts)
            screen = _with_texts(conn, screen, row.id, limit)
        screens.append(screen)
    return tuple(screens)


def _with_people(
    screen: Screen, row: Any, found: Sequence[Any], posts: Mapping[int, Sequence[str]]
) -> Screen:
    first = found[0] if found else None
    spoken = (one.language for one in found if one.language)
    return replace(
        screen,
        address_id=row.id,
        names=names_of(found),
        local_names=local_names_of(found),
        unit=first.unit if first else "",
        local_unit=first.local_unit if first else "",
        posts=tuple(posts.get(first.id, ())) if first else (),
        language=row.language or next(spoken, screen.language),
        whose=first.whose if first else "",
        standing=row.standing,
    )


def _with_texts(conn: Connection, screen: Screen, address_id: int, limit: int) -> Screen:
    typed = talk.typed(conn, address_id, limit)
    arrived = talk.arrived(conn, address_id, limit)
    lines = [
        PhoneLine("call" if is_call(row) else "in", row.text, "", row.received_at)
        for row in reversed(typed)
    ]
    lines += [
        PhoneLine("out", row.text, row.language, row.started_at or row.created_at)
        for row in reversed(arrived)
    ]
    # Sorting keeps the order of equals: a text comes before the answer of the same moment.
    lines = sorted(lines, key=lambda line: line.at)[-limit:]
    last = typed[0] if typed else None
    answers = (row for row in arrived if last is not None and row.inbound_id == last.id)
    return replace(
        screen,
        lines=tuple(lines),
        typed=last.text if last else "",
        understood=last.intent if last else "",
        answer=_answer(next(answers, None)),
    )


def is_call(row: Any) -> bool:
    """Whether what came in was a missed call: it has no words and asks for today."""
    return row.intent == TODAY and not row.text


def _answer(row: Any | None) -> Answer | None:
    if row is None:
        return None
    return Answer(row.segments, gsm.units(row.text), row.price_micro, row.currency)


async def suggest_phones(database: Database, network_id: int) -> list[str]:
    """Up to three demo numbers that may be texted, in different languages, officers first."""
    return await database.read(_suggest, network_id)


def _suggest(conn: Connection, network_id: int) -> list[str]:
    rows = talk.demo_phones(conn, network_id, networks.by_id(conn, network_id).language)
    first_of_each = [row.msisdn for row in rows if row.number == 1]
    others = [row.msisdn for row in rows if row.number > 1]
    return (first_of_each + others)[: talk.PHONES]
