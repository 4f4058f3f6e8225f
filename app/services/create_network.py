"""Create a network: its names, zone, language and quiet hours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.errors import Refusal
from app.store import journal, networks, seats
from app.store.database import Connection, Database

MOST_LETTERS = 8
LONGEST_NAME = 120
_SLUG = re.compile(r"(?=.{1,40}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*").fullmatch
_CURRENCY = re.compile("[A-Z]{3}").fullmatch


@dataclass(frozen=True, slots=True)
class NewNetwork:
    """What a network starts with; `short_names` begin its texts, by language tag."""

    slug: str
    name: str
    tz: str = "Asia/Karachi"
    language: str = "ur-Latn"
    currency: str = "PKR"
    short_names: Mapping[str, str] = field(default_factory=dict)
    quiet_from: time = time(20, 0)
    quiet_until: time = time(9, 0)


async def create_network(database: Database, new: NewNetwork, *, by: str, now: datetime) -> int:
    """Store a network and give its id; raises Refusal for a taken slug or an unknown zone."""
    _check(new)
    return await database.write(_create, new, by, now)


def _check(new: NewNetwork) -> None:
    if not _SLUG(new.slug):
        raise Refusal(
            "slug", "The short address is at most 40 small Latin letters, digits and hyphens."
        )
    if not 0 < len(new.name.strip()) <= LONGEST_NAME:
        raise Refusal(
            "name", "Give the network a name of at most {most} letters.", most=LONGEST_NAME
        )
    if not _CURRENCY(new.currency):
        raise Refusal("currency", "The currency is three capital letters, as in PKR (ISO 4217).")
    try:
        ZoneInfo(new.tz)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refusal(
            "zone", "{zone} is no time zone. Write one like Asia/Karachi.", zone=repr(new.tz)
        ) from None
    for tag, name in new.short_names.items():
        if not 0 < len(name) <= MOST_LETTERS:
            raise Refusal(
                "short_name",
                "The short name ({language}) has 1 to {most} letters.",
                language=tag,
                most=MOST_LETTERS,
            )


def _create(conn: Connection, new: NewNetwork, by: str, now: datetime) -> int:
    if networks.by_slug(conn, new.slug) is not None:
        raise Refusal("taken", "There is a network {name} already.", name=repr(new.slug))
    short = new.slug.replace("-", " ").title().replace(" ", "")[:MOST_LETTERS]
    network_id = networks.add(
        conn,
        {
            "slug": new.slug,
            "name": new.name.strip(),
            "tz": new.tz,
            "language": new.language,
            "currency": new.currency,
            "short_names": dict(new.short_names) or {"en": short},
            "quiet_from": new.quiet_from,
            "quiet_until": new.quiet_until,
            "created_at": now,
        },
    )
    seats.give_first_bodies(conn, network_id)
    journal.append(
        conn,
        {
            "network_id": network_id,
            "at": now,
            "actor": by,
            "action": "network created",
            "subject": new.slug,
            "detail": {},
        },
    )
    return network_id
