"""Answers: what an officer writes back to one phone, each once by a key of its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from app.store.bulk import insert_new
from app.store.inbound import inbound
from app.store.outbox import outbox


def last_heard(conn: Connection, address_id: int) -> Any | None:
    """The newest text that came in from a phone, with the wire that brought it (`channel`)."""
    mine = select(inbound).where(inbound.c.address_id == address_id)
    return conn.execute(mine.order_by(inbound.c.id.desc()).limit(1)).one_or_none()


def put(conn: Connection, values: Mapping[str, Any]) -> int | None:
    """Store an answer and give its id; None when one with its dedupe key is there already."""
    statement = insert_new(conn, outbox, ("network_id", "dedupe_key")).values(**values)
    row = conn.execute(statement.returning(outbox.c.id)).first()
    return None if row is None else int(row.id)


def put_once(conn: Connection, values: Mapping[str, Any]) -> bool:
    """The same; False when it is there already."""
    return put(conn, values) is not None
