"""Fall back to SMS: what a chat refuses, or does not take for ten minutes, goes to the phone.

Each person gets a broadcast once there, whatever became of it in the chat: the row for the phone
bears the key that the broadcast itself would give it. Answers stay in the chat that asked. A text
whose fate is not known is never sent again this way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.domain.messages import Lane, State
from app.domain.routing import Offer, choose
from app.services.price_plan import offers
from app.store import fall_backs, networks
from app.store.database import Connection, Database
from app.store.settle import Result

PATIENCE = timedelta(minutes=10)
MOST_TRIES = 8
"""Tries that fail one after the other for ten minutes."""
AT_ONCE = 200


async def fall_back(database: Database, *, now: datetime) -> int:
    """Send by SMS what a messenger did not take for ten minutes; gives how many texts."""
    if not await database.read(_stuck, now, 1):
        return 0
    return await database.write(_fall_back, now)


def _stuck(conn: Connection, now: datetime, limit: int) -> Sequence[Any]:
    return fall_backs.stuck(conn, since=now - PATIENCE, tries=MOST_TRIES, now=now, limit=limit)


def _fall_back(conn: Connection, now: datetime) -> int:
    rows = _stuck(conn, now, AT_ONCE)
    return _Desk(conn, now).instead(rows) if rows else 0


def after_results(conn: Connection, results: Sequence[Result], now: datetime) -> int:
    """Send by SMS what chats have just refused; of a chat that is gone also what waits for it."""
    refused = [one.id for one in results if one.state is State.REJECTED]
    rows = list(fall_backs.refused(conn, refused, now)) if refused else []
    gone = {one.id for one in results if one.is_gone}
    chats = sorted({row.address_id for row in rows if row.id in gone})
    if chats:
        rows.extend(fall_backs.waiting_for(conn, chats, now))
    return _Desk(conn, now).instead(rows) if rows else 0


def for_chat(conn: Connection, address_id: int, now: datetime) -> int:
    """Send by SMS what waits for a chat that has blocked us."""
    rows = fall_backs.waiting_for(conn, [address_id], now)
    return _Desk(conn, now).instead(rows) if rows else 0


class _Desk:
    """One transaction's view of wires and budgets."""

    def __init__(self, conn: Connection, now: datetime) -> None:
        self._conn, self._now = conn, now
        self._offers: Mapping[str, Offer] = choose(offers(conn))
        self._caps = {one.id: one.broadcast_cap_micro for one in networks.every(conn)}

    def instead(self, rows: Sequence[Any]) -> int:
        """Queue these texts for phones; one without any stays where it is."""
        return sum(self._one(row) for row in rows)

    def _one(self, row: Any) -> int:
        is_urgent = row.lane == Lane.URGENT
        found = fall_backs.phones(
            self._conn, row.address_id, is_urgent=is_urgent, is_private=row.is_private
        )
        phones = [one for one in found if one.reach in self._offers and self._is_paid(row, one)]
        if not phones:
            return 0
        if row.state != State.REJECTED and not fall_backs.give_up(self._conn, row.id, self._now):
            return 0
        return sum(self._put(row, one) for one in phones)

    def _is_paid(self, row: Any, phone: Any) -> bool:
        """Whether the broadcast's budget, if there is one, allows this text too."""
        cap = self._caps.get(row.network_id, 0)
        if not cap:
            return True
        price = row.segments * self._offers[phone.reach].price_micro
        return bool(fall_backs.cost_of(self._conn, row.broadcast_id) + price <= cap)

    def _put(self, row: Any, phone: Any) -> int:
        offer = self._offers[phone.reach]
        values = {
            "address_id": phone.id,
            "route_id": offer.route_id,
            "price_micro": row.segments * offer.price_micro,
            "currency": offer.currency,
            "due_at": self._now,
            "created_at": self._now,
            "updated_at": self._now,
        }
        return int(fall_backs.put_instead(self._conn, row, values))
