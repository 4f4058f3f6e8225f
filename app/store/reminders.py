"""Reminders of decisions: which of them one text to an owner was the reminder of."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlmodel import Field

from app.store import term_notices
from app.store.broadcasts import broadcast
from app.store.schema import Row, link, table_of


class DecisionReminder(Row, table=True):
    """One reminder of one decision that went out in a text that may name several."""

    __tablename__ = "decision_reminder"

    key: str = Field(max_length=60, primary_key=True)
    """As `app.domain.follow_up.reminder_key` makes it."""
    broadcast_id: int = link("broadcast.id", index=True, primary_key=True)


decision_reminder = table_of(DecisionReminder)


def note(conn: Connection, broadcast_id: int, keys: Collection[str]) -> None:
    """Write down that this text was the reminder that these keys mean."""
    rows = [{"key": key, "broadcast_id": broadcast_id} for key in keys]
    conn.execute(insert(decision_reminder), rows)


def sent(conn: Connection, network_id: int, keys: Collection[str]) -> Mapping[str, Any]:
    """The first text with each of these reminders: its Ref and when it was approved."""
    statement = (
        select(decision_reminder.c.key, broadcast.c.ref, broadcast.c.approved_at)
        .join(broadcast, broadcast.c.id == decision_reminder.c.broadcast_id)
        .where(
            broadcast.c.network_id == network_id,
            decision_reminder.c.key.in_(bindparam("keys", expanding=True)),
        )
        .order_by(broadcast.c.id.desc())
    )
    named = {row.key: row for row in conn.execute(statement, {"keys": list(keys)})}
    return {**named, **term_notices.notices_with(conn, network_id, keys)}
