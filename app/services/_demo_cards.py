"""The demo's emergency cards: the network's and those of three LSOs, some long untried."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.services.keep_card import LineFacts, add_line
from app.services.set_network import NetworkSettings, set_network
from app.store import emergency_cards, posts, seats
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

OFFICE_PHONE = "0390 0000001"
NETWORK: tuple[tuple[str, str, Mapping[str, str], int], ...] = (
    ("rescue", "1122", {}, 12),
    ("ambulance", "115", {}, 12),
    ("police", "15", {}, 12),
    (
        "other",
        "1700",
        {"en": "PDMA flood help", "ur": "پی ڈی ایم اے", "ur-Latn": "PDMA sailab"},
        40,
    ),
)
"""Kind, number, words, and how many days ago somebody tried it."""
HOSPITALS: tuple[tuple[str, int], ...] = (
    ("0390 0000115", 20),
    ("0390 0000116", 75),
    ("0390 0000117", 110),
)
"""Of three LSOs; the last has to be tried again."""


async def give_demo_cards(
    database: Database, network: NetworkInfo, *, by: str, now: datetime
) -> None:
    """Cards and the number of the office, where there are none yet."""
    if await database.read(emergency_cards.lines, network.id):
        return
    settings = NetworkSettings(office_phone=OFFICE_PHONE)
    await set_network(database, network.id, settings, by=by, now=now)
    tried: dict[int, int] = {}
    for kind, number, words, days in NETWORK:
        facts = LineFacts(kind, number, words=words)
        tried[await add_line(database, network.id, facts, by=by, now=now)] = days
    lsos = (await database.read(_lsos, network.id))[: len(HOSPITALS)]
    for (unit_id, leader_id), (number, days) in zip(lsos, HOSPITALS, strict=False):
        lines = [LineFacts("hospital", number, unit_id=unit_id)]
        if leader_id is not None:
            lines.append(LineFacts("leader", unit_id=unit_id, person_id=leader_id))
        for facts in lines:
            tried[await add_line(database, network.id, facts, by=by, now=now)] = days
    await database.write(_try, tried, network.day_at(now), by)


def _lsos(conn: Connection, network_id: int) -> list[tuple[int, int | None]]:
    """Each LSO with its President, in the order in which they were written down."""
    rows = [row for row in posts.units_with_offices(conn, network_id) if row.kind == "LSO"]
    rows.sort(key=lambda row: row.id)
    held: list[tuple[int, Any]] = [
        (row.id, seats.held_in(conn, network_id, "LSO", row.id, "President")) for row in rows
    ]
    return [(unit_id, found[0].person_id if found else None) for unit_id, found in held]


def _try(conn: Connection, tried: Mapping[int, int], today: date, by: str) -> None:
    for line_id, days in tried.items():
        day = today - timedelta(days=days)
        emergency_cards.change(conn, [line_id], checked_on=day, checked_by=by)
