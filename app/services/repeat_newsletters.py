"""Repeat newsletters: keep which are made every week or month, and make those that are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.keep_story import Writer
from app.services.make_newsletter import Wish, check_unit, checked, make_newsletter
from app.store import networks, newsletters
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Rule:
    """That a newsletter is made by itself; `said` tells what came of it the last time."""

    id: int
    choice: str
    period: str
    topics: tuple[str, ...]
    unit_id: int | None
    audience: str
    next_on: date
    said: str


async def keep_rule(
    database: Database, network_id: int, wish: Wish, *, by: Writer, now: datetime
) -> None:
    """Make a newsletter of that choice every week or month from now on, or no more (`hand`).

    Raises Refusal: topic for what can be none, not_found for a unit that is not of this network.
    """
    wish = checked(wish)

    def keep(conn: Connection) -> None:
        networks.hold(conn, network_id)
        check_unit(conn, network_id, wish)
        network = networks.by_id(conn, network_id)
        if wish.period == "hand":
            newsletters.drop_rule(conn, network_id, wish.choice)
        else:
            newsletters.put_rule(conn, _values(network_id, wish, by, network.day_at(now)))
        Deed(network_id, by.name, now).note(conn, "newsletter rule kept", wish.period)

    await database.write(keep)


async def list_rules(database: Database, network_id: int) -> tuple[Rule, ...]:
    """Which newsletters are made by themselves."""
    rows = await database.read(newsletters.rules, network_id)
    return tuple(_rule(row) for row in rows)


async def repeat_newsletters(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Make every newsletter that is due; gives how many. An empty one is not made, and says so."""
    made = 0
    for row in await database.read(newsletters.rules):
        network = await database.read(networks.by_id, row.network_id)
        today = network.day_at(now)
        if row.next_on > today:
            continue
        said = ""
        try:
            await make_newsletter(
                database,
                row.network_id,
                Wish(row.period, tuple(row.topics.split()), row.unit_id, None, row.audience),
                catalogue=catalogue,
                by=Writer(row.author, row.author_id),
                now=now,
            )
            made += 1
        except Refusal as fault:
            said = str(fault)[:200]
        await database.write(_told, row.id, said, next_after(row.period, today))
    return made


def next_after(period: str, day: date) -> date:
    """The next day on which one is made: a week on, or the first of the next month."""
    if period == "weekly":
        return day + timedelta(days=7)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _told(conn: Connection, rule_id: int, said: str, next_on: date) -> None:
    newsletters.change_rule(conn, rule_id, said=said, next_on=next_on)


def _values(network_id: int, wish: Wish, by: Writer, today: date) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "choice": wish.choice,
        "topics": f" {' '.join(wish.topics)} " if wish.topics else "",
        "unit_id": wish.unit_id,
        "period": wish.period,
        "audience": wish.audience,
        "next_on": next_after(wish.period, today),
        "author": by.name,
        "author_id": by.id,
    }


def _rule(row: Any) -> Rule:
    return Rule(
        id=row.id,
        choice=row.choice,
        period=row.period,
        topics=tuple(row.topics.split()),
        unit_id=row.unit_id,
        audience=row.audience,
        next_on=row.next_on,
        said=row.said,
    )
