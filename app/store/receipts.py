"""Receipts: stored first, each once, then joined to their text; states only move forward."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Index,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlmodel import Field

from app.domain.messages import Dlr, State, advance
from app.domain.storable import storable
from app.store.bulk import insert_new, rows_from, rows_value
from app.store.outbox import attempt, outbox
from app.store.routes import route
from app.store.schema import UTC_TIME, Row, big, maybe_link, new_id, table_of

_OUR_REF = re.compile(r"([0-9]{1,19})\.([0-9]{1,19})").fullmatch


class Receipt(Row, table=True):
    """What a gateway said of a text, in its own words and in ours."""

    __table_args__ = (
        UniqueConstraint("channel", "event_key"),
        Index(
            "ix_receipt_loose",
            "channel",
            "external_id",
            sqlite_where=text("outbox_id IS NULL"),
            postgresql_where=text("outbox_id IS NULL"),
        ),
    )

    id: int = new_id()
    channel: str = Field(max_length=40)
    event_key: str = Field(max_length=160)
    external_id: str = Field(max_length=80)
    ref: str = Field(default="", max_length=60)
    outbox_id: int | None = maybe_link("outbox.id", index=True)
    word: str = Field(max_length=40)
    state: str = Field(default="", max_length=12)
    """Empty for a word that we do not know: kept, and nothing changes."""
    code: str = Field(default="", max_length=40)
    price_micro: int = big()
    currency: str = Field(default="", max_length=3)
    raw: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    standing: str = Field(default="", max_length=8)
    """What it says of the address itself: `bounced`, `stopped`, or nothing."""
    received_at: datetime


receipt = table_of(Receipt)


def kept(dlr: Dlr) -> Dlr:
    """The receipt as it is stored: every text of a length and with signs that a database takes."""
    return replace(
        dlr,
        event_key=storable(dlr.event_key)[:160],
        external_id=storable(dlr.external_id)[:80],
        ref=storable(dlr.ref)[:60],
        word=storable(dlr.word)[:40],
        code=storable(dlr.code)[:40],
        currency=storable(dlr.currency)[:3],
        raw={storable(key): storable(value) for key, value in dlr.raw.items()},
    )


def record(conn: Connection, dlrs: Sequence[Dlr], now: datetime) -> Mapping[tuple[str, str], int]:
    """Store receipts that are new (and `kept`); gives their ids by (channel, event key)."""
    if not dlrs:
        return {}
    rows = [
        {
            "channel": dlr.channel,
            "event_key": dlr.event_key,
            "external_id": dlr.external_id,
            "ref": dlr.ref,
            "word": dlr.word,
            "state": dlr.state.value if dlr.state else "",
            "code": dlr.code,
            "price_micro": dlr.price_micro or 0,
            "currency": dlr.currency,
            "raw": dict(dlr.raw),
            "standing": dlr.standing,
            "received_at": now,
        }
        for dlr in sorted(dlrs, key=lambda one: (one.channel, one.event_key))
    ]
    statement = insert_new(conn, receipt, ("channel", "event_key")).returning(
        receipt.c.id, receipt.c.channel, receipt.c.event_key
    )
    return {(row.channel, row.event_key): row.id for row in conn.execute(statement, rows)}


def about_addresses(conn: Connection, receipt_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """(text, standing, words) of those of these that found their text and tell of its address."""
    telling = (
        select(receipt.c.outbox_id, receipt.c.standing, receipt.c.word, receipt.c.code)
        .where(
            receipt.c.id.in_(list(receipt_ids)),
            receipt.c.outbox_id.is_not(None),
            receipt.c.standing != "",
        )
        .order_by(receipt.c.id)
    )
    return [
        (row.outbox_id, row.standing, f"{row.word} {row.code}".strip())
        for row in conn.execute(telling)
    ]


def loose(conn: Connection, *, limit: int) -> Sequence[int]:
    """Receipts that belong to no text yet: they came before their text was settled."""
    return list(
        conn.execute(
            select(receipt.c.id)
            .where(receipt.c.outbox_id.is_(None))
            .order_by(receipt.c.id.desc())
            .limit(limit)
        ).scalars()
    )


def match(conn: Connection, receipt_ids: Sequence[int], now: datetime) -> int:
    """Join receipts to their texts by our ref or the gateway's id and move the texts forward.

    Gives how many found their text. In whatever order and number they come, the end is the same.
    """
    found = _found(conn, receipt_ids)
    if not found:
        return 0
    standing = {
        row.id: (State(row.state), row.external_id)
        for row in conn.execute(
            select(outbox.c.id, outbox.c.state, outbox.c.external_id)
            .where(outbox.c.id.in_({row.outbox_id for row in found}))
            .order_by(outbox.c.id)
            .with_for_update()
        )
    }
    moved: dict[int, dict[str, Any]] = {}
    for row in found:
        before, external_id = standing[row.outbox_id]
        after = advance(before, State(row.state)) if row.state else before
        external_id = external_id or row.external_id
        standing[row.outbox_id] = (after, external_id)
        move = moved.setdefault(row.outbox_id, {"id": row.outbox_id, "code": None})
        move |= {"state": after.value, "external_id": external_id}
        if after is not before:
            move["code"] = row.code
    _move(conn, list(moved.values()), now)
    _own(conn, {row.id: row.outbox_id for row in found})
    return len(found)


def _found(conn: Connection, receipt_ids: Sequence[int]) -> Sequence[Any]:
    """The receipts with the text that each belongs to, oldest first."""
    rows = conn.execute(
        select(receipt).where(receipt.c.id.in_(list(receipt_ids))).order_by(receipt.c.id)
    ).all()
    by_ref = _by_ref(conn, rows)
    by_id = _by_external_id(conn, [row for row in rows if row.id not in by_ref])
    owners = {**by_id, **by_ref}
    return [_Owned(row, owners[row.id]) for row in rows if row.id in owners]


class _Owned:
    """A receipt with the text that it belongs to."""

    def __init__(self, row: Any, outbox_id: int) -> None:
        self.id, self.state, self.code = row.id, row.state, row.code
        self.external_id, self.outbox_id = row.external_id, outbox_id


def split_ref(ref: str) -> tuple[int, int] | None:
    """Our own reference "id.token" as two numbers; None when it is none of ours."""
    found = _OUR_REF(ref)
    if found is None:
        return None
    outbox_id, token = int(found[1]), int(found[2])
    return (outbox_id, token) if max(outbox_id, token) < 2**63 else None


def _by_ref(conn: Connection, rows: Sequence[Any]) -> Mapping[int, int]:
    """By our own reference: it must name a try that was really made over this wire."""
    refs = {row.id: (row.channel, *pair) for row in rows if (pair := split_ref(row.ref))}
    if not refs:
        return {}
    tries = conn.execute(
        select(route.c.name, attempt.c.outbox_id, attempt.c.token)
        .join(outbox, outbox.c.id == attempt.c.outbox_id)
        .join(route, route.c.id == outbox.c.route_id)
        .where(attempt.c.outbox_id.in_({outbox_id for _, outbox_id, _ in refs.values()}))
    )
    made = {tuple(row) for row in tries}
    return {receipt_id: ref[1] for receipt_id, ref in refs.items() if ref in made}


def _by_external_id(conn: Connection, rows: Sequence[Any]) -> Mapping[int, int]:
    wanted = {(row.channel, row.external_id) for row in rows if row.external_id}
    if not wanted:
        return {}
    owners = {
        (row.name, row.external_id): row.id
        for row in conn.execute(
            select(outbox.c.id, outbox.c.external_id, route.c.name)
            .join(route, route.c.id == outbox.c.route_id)
            .where(tuple_(route.c.name, outbox.c.external_id).in_(list(wanted)))
        )
    }
    pairs = ((row.id, owners.get((row.channel, row.external_id))) for row in rows)
    return {receipt_id: owner for receipt_id, owner in pairs if owner is not None}


def _move(conn: Connection, moved: Sequence[Mapping[str, Any]], now: datetime) -> None:
    rows = rows_from(
        conn.dialect.name,
        "moved",
        {"id": BigInteger(), "state": Text(), "external_id": Text(), "code": Text()},
    )
    conn.execute(
        update(outbox)
        .where(outbox.c.id == rows.c.id)
        .values(
            state=rows.c.state,
            external_id=func.nullif(rows.c.external_id, ""),
            reason=func.coalesce(rows.c.code, outbox.c.reason),
            updated_at=bindparam("now", type_=UTC_TIME),
        ),
        {"moved": rows_value(moved), "now": now},
    )


def _own(conn: Connection, owners: Mapping[int, int]) -> None:
    rows = rows_from(conn.dialect.name, "owners", {"id": BigInteger(), "owner": BigInteger()})
    value = rows_value([{"id": key, "owner": owner} for key, owner in owners.items()])
    conn.execute(
        update(receipt).where(receipt.c.id == rows.c.id).values(outbox_id=rows.c.owner),
        {"owners": value},
    )
