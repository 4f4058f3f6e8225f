"""Chats of a messenger: their addresses, and the codes that link them to people and bodies."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, delete, func, insert, select, text, update
from sqlmodel import Field

from app.store.addresses import address, consent
from app.store.bulk import insert_into
from app.store.inbound import inbound
from app.store.people import DENIED, person_address
from app.store.schema import Row, link, maybe_link, new_id, of_network, table_of

KIND = "telegram"
LINK_WRONG = "link_wrong"
"""The intent of a text whose code was of no use."""
LOOKED_BACK = 2_000
"""So many texts are looked at, however many came: no guesser holds the office up."""


class LinkCode(Row, table=True):
    """A code said to a phone, or to an officer, by which a chat proves whose it is."""

    __tablename__ = "link_code"
    __table_args__ = (
        Index("ix_link_code_digest", "network_id", "digest"),
        Index("ix_link_code_made_at", "network_id", "made_at"),
        Index(
            "ix_link_code_address_id",
            "address_id",
            sqlite_where=text("address_id IS NOT NULL"),
            postgresql_where=text("address_id IS NOT NULL"),
        ),
        Index(
            "ix_link_code_person_id",
            "person_id",
            sqlite_where=text("person_id IS NOT NULL"),
            postgresql_where=text("person_id IS NOT NULL"),
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    digest: str = Field(max_length=64)
    """SHA-256 over network and code: the code itself is not kept here."""
    address_id: int | None = maybe_link("address.id")
    """The phone to which it was said; none for a group's code."""
    person_id: int | None = maybe_link("person.id")
    """Who asked for it there."""
    body: str = Field(default="", max_length=12)
    """The body whose group it links."""
    made_by: str = Field(default="", max_length=80)
    """The officer who asked for a group's code."""
    made_at: datetime
    good_until: datetime
    used_at: datetime | None = None


link_code = table_of(LinkCode)


def chats_of(conn: Connection, network_id: int, ids: Iterable[str]) -> Mapping[str, Any]:
    """The addresses of these chats, by the id of the chat."""
    mine = select(address).where(
        address.c.network_id == network_id,
        address.c.kind == KIND,
        address.c.handle.in_(list(ids)),
    )
    return {row.handle: row for row in conn.execute(mine)}


def note_heard(conn: Connection, network_id: int, ids: Iterable[str], at: datetime) -> None:
    """Remember that these chats wrote; one that is new gets its address."""
    rows = [
        {
            "network_id": network_id,
            "kind": KIND,
            "handle": one,
            "reach": KIND,
            "created_at": at,
            "heard_at": at,
        }
        for one in sorted(set(ids))
    ]
    if rows:
        new = insert_into(conn.dialect.name, address)
        heard = new.on_conflict_do_update(
            index_elements=["network_id", "kind", "handle"], set_={"heard_at": at}
        )
        conn.execute(heard, rows)


def rename(conn: Connection, address_id: int, chat_id: str) -> None:
    """Give a group that moved its new id."""
    conn.execute(update(address).where(address.c.id == address_id).values(handle=chat_id))


def standing_before_bounce(conn: Connection, address_id: int) -> str:
    """What the newest records say that no bounce made: the standing of a chat that is back."""
    said = conn.execute(
        select(consent.c.purpose, consent.c.is_given)
        .where(consent.c.address_id == address_id, consent.c.source != "bounce")
        .order_by(consent.c.id.desc())
    )
    newest: dict[str, bool] = {}
    for row in said:
        newest.setdefault(row.purpose, row.is_given)
    if not newest:
        return "unknown"
    if newest.get("routine"):
        return "active"
    return "alerts" if newest.get("alert") else "stopped"


def set_unknown(conn: Connection, address_id: int) -> None:
    """Let a chat that is back stand as before anybody agreed to anything."""
    bounced = (address.c.id == address_id, address.c.standing == "bounced")
    conn.execute(update(address).where(*bounced).values(standing="unknown"))


def digest_of(network_id: int, code: str) -> str:
    """Under what a code is kept."""
    return hashlib.sha256(f"{network_id}:{code}".encode()).hexdigest()


def keep_code(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store a code that was said; an earlier one of the same body is good no more.

    A phone's earlier codes stay good: the newest may be one whose text was held back.
    """
    now = values["made_at"]
    if values["body"]:
        mine = (link_code.c.network_id == values["network_id"], link_code.c.good_until > now)
        same = link_code.c.body == values["body"]
        conn.execute(update(link_code).where(*mine, same).values(good_until=now))
    conn.execute(insert(link_code).values(**values))


def codes_since(
    conn: Connection, network_id: int, since: datetime, address_id: int | None = None
) -> int:
    """How many codes were said to phones of a network, or to one of them."""
    made = select(func.count()).where(
        link_code.c.network_id == network_id, link_code.c.made_at > since, link_code.c.body == ""
    )
    if address_id is not None:
        made = made.where(link_code.c.address_id == address_id)
    return int(conn.execute(made).scalar_one())


def good_code(conn: Connection, network_id: int, code: str, now: datetime) -> Any | None:
    """The row of a code that links something now."""
    mine = select(link_code).where(
        link_code.c.network_id == network_id,
        link_code.c.digest == digest_of(network_id, code),
        link_code.c.good_until > now,
        link_code.c.used_at.is_(None),
    )
    return conn.execute(mine.order_by(link_code.c.id.desc()).limit(1)).one_or_none()


def get_code(conn: Connection, network_id: int, code_id: int) -> Any | None:
    """The code with that id, if it is this network's."""
    mine = (link_code.c.id == code_id, link_code.c.network_id == network_id)
    return conn.execute(select(link_code).where(*mine)).one_or_none()


def use_code(conn: Connection, code_id: int, now: datetime) -> bool:
    """Use a code up; False when somebody was faster."""
    free = (link_code.c.id == code_id, link_code.c.used_at.is_(None), link_code.c.good_until > now)
    return bool(conn.execute(update(link_code).where(*free).values(used_at=now)).rowcount)


def wrong_since(
    conn: Connection, network_id: int, since: datetime, address_id: int | None = None
) -> int:
    """How many wrong codes a network heard, or one chat sent, among the newest texts."""
    newest = select(inbound.c.intent, inbound.c.received_at)
    if address_id is None:
        newest = newest.where(of_network(inbound, network_id))
    else:
        newest = newest.where(inbound.c.address_id == address_id)
    looked_at = newest.order_by(inbound.c.id.desc()).limit(LOOKED_BACK).subquery()
    wrong = select(func.count()).where(
        looked_at.c.intent == LINK_WRONG, looked_at.c.received_at > since
    )
    return int(conn.execute(wrong).scalar_one())


def chats_of_people(conn: Connection, network_id: int, people: Sequence[int]) -> list[int]:
    """The chats that are linked to these people."""
    theirs = (
        select(address.c.id)
        .join(person_address, person_address.c.address_id == address.c.id)
        .where(
            address.c.network_id == network_id,
            address.c.kind == KIND,
            address.c.heard_at.is_not(None),
            person_address.c.person_id.in_(list(people)),
            person_address.c.whose != DENIED,
        )
    )
    return sorted(set(conn.execute(theirs).scalars())) if people else []


def people_of(conn: Connection, address_id: int) -> list[int]:
    """Whose chat it is."""
    theirs = select(person_address.c.person_id).where(person_address.c.address_id == address_id)
    return list(conn.execute(theirs.order_by(person_address.c.person_id)).scalars())


def free(conn: Connection, address_ids: Sequence[int], people: Sequence[int] = ()) -> int:
    """Take people off these chats, everybody for none; gives how many links went."""
    gone = delete(person_address).where(person_address.c.address_id.in_(list(address_ids)))
    if people:
        gone = gone.where(person_address.c.person_id.in_(list(people)))
    conn.execute(
        update(address)
        .where(address.c.id.in_(list(address_ids)))
        .values(speaker_id=None, asked_at=None)
    )
    return conn.execute(gone).rowcount


def forget_codes(conn: Connection, address_ids: Sequence[int]) -> None:
    """Take out the codes that were said to these phones."""
    conn.execute(delete(link_code).where(link_code.c.address_id.in_(list(address_ids))))


def forget_codes_of(conn: Connection, person_id: int) -> None:
    """Take out the codes that a person asked for."""
    conn.execute(delete(link_code).where(link_code.c.person_id == person_id))
