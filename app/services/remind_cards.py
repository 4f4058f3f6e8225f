"""Remind of emergency cards that nobody tried for 90 days: one text to whoever looks after them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.cards import REMIND_EVERY, STALE_AFTER
from app.domain.unit_names import called
from app.services._notice import Notice, put_notice
from app.services.approve_broadcast import fan_out_broadcast
from app.store import card_owners, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from bots.values import Value

USEFUL_FOR = timedelta(days=7)
MOST_NAMED = 3
"""So many cards are named in a text; the page shows all."""


async def remind_cards(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Ask the owners of stale cards, in all networks, to try them; gives how many were asked.

    An owner is asked at most once in 30 days, for all their cards together. One whom no text
    may reach is tried again on the next day; the page of today shows the cards meanwhile.
    """
    sent = 0
    for network in await database.read(networks.every):
        for owner_id in await database.read(_owners, network.id, network.day_at(now)):
            made = await database.write(_notify, network, catalogue, owner_id, now)
            if made is not None:
                await fan_out_broadcast(database, made, now=now)
                sent += 1
    return sent


def _owners(conn: Connection, network_id: int, today: date) -> list[int]:
    """Who has a stale card and was not asked lately."""
    return list(_by_owner(conn, network_id, today))


def _by_owner(conn: Connection, network_id: int, today: date) -> Mapping[int, Sequence[Any]]:
    rows = card_owners.stale(conn, network_id, today - STALE_AFTER)
    owners = card_owners.leaders(conn, network_id, [row.unit_id for row in rows])
    found: dict[int, list[Any]] = {}
    for row in rows:
        if row.unit_id in owners:
            found.setdefault(owners[row.unit_id], []).append(row)
    return {owner: cards for owner, cards in found.items() if not _was_asked(cards, today)}


def _was_asked(cards: Sequence[Any], today: date) -> bool:
    asked = [card.reminded_on for card in cards if card.reminded_on is not None]
    return bool(asked) and today - max(asked) < REMIND_EVERY


def _notify(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, owner_id: int, now: datetime
) -> int | None:
    """Write the text as a broadcast; None when it is not needed any more or reaches nobody."""
    today = network.day_at(now)
    cards = _by_owner(conn, network.id, today).get(owner_id)
    if not cards:
        return None
    notice = Notice(
        key=f"cards:{owner_id}:{today.isoformat()}",
        audience="cards+owner",
        template="cards_stale",
        person_ids=[owner_id],
        expires_at=now + USEFUL_FOR,
        values=lambda tag, is_local: _values(cards, tag, is_local=is_local),
        action="card reminder sent",
        detail={"cards": [card.unit_id for card in cards]},
    )
    made = put_notice(conn, network, catalogue, notice, now)
    if made is not None:
        unit_ids = [card.unit_id for card in cards]
        card_owners.mark_reminded(conn, network.id, unit_ids, today)
    return made


def _values(cards: Sequence[Any], tag: str, *, is_local: bool) -> Mapping[str, Value]:
    """What the text says: whose cards, where units have them."""
    del tag
    named = [card for card in cards if card.unit_id is not None][:MOST_NAMED]
    names = [
        called(card.kind, card.local_name if is_local and card.local_name else card.name)
        for card in named
    ]
    return {"places": ("\u060c " if is_local else ", ").join(names)}
