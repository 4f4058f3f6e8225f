"""Add or change a body of the network: its name, its seats, its terms, the share of women."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import EXECUTIVE, GENERAL_BODY, KINDS, OUTSIDE_BODY
from app.services._seating import Clerk
from app.store import chat_groups, seats
from app.store.database import Connection, Database

MOST_SEATS = 10_000
MOST_MONTHS = 600
MOST_LETTERS = 120
ALWAYS_THERE = (GENERAL_BODY, EXECUTIVE)
RESERVED = frozenset({*(kind.upper() for kind in KINDS), OUTSIDE_BODY, "NEW"})
_code = re.compile(r"[A-Z0-9]{2,12}").fullmatch


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body of the network as it is to be. `code` is short and stands for it everywhere."""

    code: str
    name: str
    local_name: str = ""
    seats: int = 0
    seats_per_lso: int = 0
    term_months: int = 24
    women_percent: int = 0
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class BodyChange:
    """Which body changes, and those of its facts that do, by their names in `BodyFacts`."""

    code: str
    facts: Mapping[str, Any]


CHANGEABLE = tuple(name for name in BodyFacts.__dataclass_fields__ if name != "code")


async def add_body(
    database: Database, network_id: int, facts: BodyFacts, *, by: str, now: datetime
) -> str:
    """Add a committee or another body; gives its code. Raises Refusal for one that is there."""
    return await database.write(lambda conn: _add(Clerk(conn, network_id, by, now), facts))


async def change_body(
    database: Database, network_id: int, change: BodyChange, *, by: str, now: datetime
) -> None:
    """Change what is named of a body; raises Refusal for what cannot be."""
    await database.write(lambda conn: _change(Clerk(conn, network_id, by, now), change))


async def remove_body(
    database: Database, network_id: int, code: str, *, by: str, now: datetime
) -> None:
    """Take away a body in which nobody sits; General Body and Executive Committee stay."""
    await database.write(lambda conn: _remove(Clerk(conn, network_id, by, now), code))


def _add(clerk: Clerk, facts: BodyFacts) -> str:
    clerk.begin()
    code = facts.code.strip().upper()
    if not _code(code) or code in RESERVED:
        raise Refusal(
            "body_code",
            "The short name is 2 to 12 letters A to Z or digits, as in HEALTH, "
            "and not the name of a tier.",
        )
    if seats.body_named(clerk.conn, clerk.network_id, code) is not None:
        raise Refusal("body_there", "There is a body {code} already.", code=code)
    values = _checked({name: getattr(facts, name) for name in CHANGEABLE})
    seats.put_body(clerk.conn, {"network_id": clerk.network_id, "code": code, **values})
    clerk.write_down("body added", f"body {code}", values)
    return code


def _change(clerk: Clerk, change: BodyChange) -> None:
    clerk.begin()
    row = body_of(clerk.conn, clerk.network_id, change.code)
    values = _checked({name: value for name, value in change.facts.items() if name in CHANGEABLE})
    if row.code == GENERAL_BODY and values.get("seats_per_lso") == 0:
        raise Refusal("seats", "The General Body needs at least 1 seat of each LSO.")
    if not values:
        return
    seats.set_body(clerk.conn, row.id, values)
    clerk.write_down("body changed", f"body {row.code}", values)


def _remove(clerk: Clerk, code: str) -> None:
    clerk.begin()
    row = body_of(clerk.conn, clerk.network_id, code)
    if row.code in ALWAYS_THERE:
        raise Refusal("body_stays", "{body} is part of every network and stays.", body=row.name)
    if held := seats.held_in(clerk.conn, clerk.network_id, row.code):
        raise Refusal(
            "body_filled",
            "{n} seats of {body} are held now. End them first.",
            n=len(held),
            body=row.name,
        )
    seats.drop_body(clerk.conn, row.id)
    chat_groups.let_body_go(clerk.conn, clerk.network_id, row.code)
    clerk.write_down("body removed", f"body {row.code}", {"name": row.name})


def body_of(conn: Connection, network_id: int, code: str) -> Any:
    """The body with that code; raises Refusal when the network has none."""
    row = seats.body_named(conn, network_id, code[:40]) if code.strip() else None
    if row is None:
        raise Refusal("not_found", "There is no body {code} in this network.", code=code[:40])
    return row


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept; raises Refusal for those that cannot be."""
    found = dict(values)
    for name in ("name", "local_name"):
        if name in found:
            found[name] = _checked_name(found[name])
    if found.get("name") == "":
        raise Refusal("name_empty", "The body needs a name.")
    if not all(0 <= found.get(name, 0) <= MOST_SEATS for name in ("seats", "seats_per_lso")):
        raise Refusal("seats", "A body has 0 to {most} seats.", most=MOST_SEATS)
    if not 0 <= found.get("term_months", 0) <= MOST_MONTHS:
        raise Refusal("term", "A term has 0 to {most} months.", most=MOST_MONTHS)
    if not 0 <= found.get("women_percent", 0) <= 100:
        raise Refusal("women_percent", "The share of women is 0 to 100 percent.")
    return found


def _checked_name(words: str) -> str:
    name = " ".join(words.split())
    if len(name) > MOST_LETTERS:
        raise Refusal(
            "name_too_long",
            "The name has more than {most} letters. Shorten it.",
            most=MOST_LETTERS,
        )
    return name
