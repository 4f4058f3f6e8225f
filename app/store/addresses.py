"""Addresses: the phones and mailboxes that texts go to, and the consent given for each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Connection,
    Index,
    UniqueConstraint,
    bindparam,
    case,
    func,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.store.bulk import insert_new
from app.store.schema import Row, link, maybe_link, new_id, table_of

STANDINGS = ("unknown", "active", "alerts", "stopped", "wrong", "bounced")
"""`unknown` has never consented; `alerts` takes life-danger texts only."""


class Address(Row, table=True):
    """Where a text can go: a phone number or another wire's name for somebody, whoever holds it."""

    __table_args__ = (
        UniqueConstraint("network_id", "msisdn"),
        UniqueConstraint("network_id", "kind", "handle"),
        Index(
            "ix_address_speaker",
            "speaker_id",
            sqlite_where=text("speaker_id IS NOT NULL"),
            postgresql_where=text("speaker_id IS NOT NULL"),
        ),
        CheckConstraint("(msisdn IS NULL) = (kind <> 'msisdn')", name="kind"),
        CheckConstraint(
            "standing IN (" + ", ".join(f"'{word}'" for word in STANDINGS) + ")", name="standing"
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    kind: str = Field(default="msisdn", max_length=8)
    """`msisdn`, `email`, `telegram` or `whatsapp`."""
    msisdn: str | None = Field(default=None, max_length=20)
    """The phone number in E.164 of the kind `msisdn`."""
    handle: str | None = Field(default=None, max_length=200)
    """What names somebody on the other kinds: an e-mail address, a Telegram id, a number."""
    reach: str = Field(max_length=8)
    """`real`, `demo`, `test`, `held` (unknown prefix, waits for a person), `none` (call only);
    for the other kinds the kind itself."""
    standing: str = Field(default="unknown", max_length=8)
    """What the newest consent record says; changed only together with such a record."""
    language: str = Field(default="", max_length=20)
    """The writing that this phone asked for; overrides the person's."""
    speaker_id: int | None = maybe_link("person.id")
    """Who of several people on this phone said last that it is they who text."""
    asked_at: datetime | None = None
    """When it was asked who texts from this phone; asked once."""
    heard_at: datetime | None = None
    """When a chat wrote to us last; a messenger takes texts only to chats that ever did."""
    created_at: datetime


class Consent(Row, table=True):
    """One record of consent given or taken back; append-only."""

    __table_args__ = (Index("ix_consent_address_id", "address_id", "purpose", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id")
    purpose: str = Field(max_length=10)
    """`routine` (notices and news) or `alert` (danger to life)."""
    is_given: bool
    source: str = Field(max_length=20)
    """`sms`, `chat` (their own text there), `mail` (their own mail or its unsubscribe button),
    `bounce` (a mail server's word, or a messenger's of a chat), `import`, `office` (a paper form,
    a visit), `demo`."""
    basis: str = Field(default="", max_length=200)
    recorded_by: str = Field(default="", max_length=80)
    at: datetime


address = table_of(Address)
consent = table_of(Consent)


def spoken_name() -> ColumnElement[str]:
    """The number of an address, or its name on another wire, as a text from there would bear it."""
    name = case(
        (address.c.kind == "telegram", literal("tg:") + func.coalesce(address.c.handle, "")),
        else_=address.c.handle,
    )
    return func.coalesce(address.c.msisdn, name)


_PURPOSES: Mapping[str, Mapping[str, bool]] = {
    "active": {"routine": True, "alert": True},
    "alerts": {"routine": False, "alert": True},
    "stopped": {"routine": False, "alert": False},
    "wrong": {"routine": False, "alert": False},
    "bounced": {"routine": False, "alert": False},
}

_addresses_of = select(address).where(
    address.c.network_id == bindparam("network_id"),
    address.c.msisdn.in_(bindparam("msisdns", expanding=True)),
)


def addresses_of(conn: Connection, network_id: int, msisdns: Iterable[str]) -> Mapping[str, Any]:
    """The address rows of these numbers, by number."""
    wanted = {"network_id": network_id, "msisdns": list(set(msisdns))}
    return {row.msisdn: row for row in conn.execute(_addresses_of, wanted)}


def add_addresses(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store addresses that are not there yet; those that are stay as they are."""
    if rows:
        ordered = sorted(rows, key=lambda row: row["msisdn"])
        conn.execute(insert_new(conn, address, ("network_id", "msisdn")), ordered)


def record_standing(  # noqa: PLR0913 -- a consent record has that many facts
    conn: Connection,
    network_id: int,
    address_ids: Sequence[int],
    standing: str,
    *,
    source: str,
    basis: str = "",
    by: str = "",
    at: datetime,
) -> None:
    """Append the consent records behind `standing` and let the addresses follow them."""
    records = [
        {
            "network_id": network_id,
            "address_id": address_id,
            "purpose": purpose,
            "is_given": is_given,
            "source": source,
            "basis": basis,
            "recorded_by": by,
            "at": at,
        }
        for address_id in address_ids
        for purpose, is_given in _PURPOSES[standing].items()
    ]
    if records:
        conn.execute(insert(consent), records)
        conn.execute(
            update(address).where(address.c.id.in_(list(address_ids))).values(standing=standing)
        )


def set_language(conn: Connection, address_id: int, language: str) -> None:
    """Remember the writing that this phone asked for."""
    conn.execute(update(address).where(address.c.id == address_id).values(language=language))


def ensure_address(
    conn: Connection, network_id: int, msisdn: str, reach: str, now: datetime
) -> Any:
    """The address row of a number, made when it is not there."""
    add_addresses(
        conn,
        [{"network_id": network_id, "msisdn": msisdn, "reach": reach, "created_at": now}],
    )
    return addresses_of(conn, network_id, [msisdn])[msisdn]


def has_consent(conn: Connection, address_id: int) -> bool:
    """Whether any consent, given or taken back, was ever recorded for this address."""
    statement = select(consent.c.id).where(consent.c.address_id == address_id).limit(1)
    return conn.execute(statement).first() is not None


def get(conn: Connection, network_id: int, address_id: int) -> Any | None:
    """The address with that id, if it is this network's, locked until the commit."""
    mine = select(address).where(address.c.id == address_id, address.c.network_id == network_id)
    return conn.execute(mine.with_for_update()).one_or_none()


def ensure_handle(conn: Connection, values: Mapping[str, Any]) -> int:
    """The id of the address of another kind than a number, made when it is not there.

    `values` are `network_id`, `kind`, `handle` and `created_at`.
    """
    named = {name: values[name] for name in ("network_id", "kind", "handle")}
    new = insert_new(conn, address, tuple(named)).values(**values, reach=values["kind"])
    conn.execute(new)
    same = [address.c[name] == value for name, value in named.items()]
    return int(conn.execute(select(address.c.id).where(*same)).scalar_one())


def mailboxes_of(conn: Connection, network_id: int, handles: Iterable[str]) -> Mapping[str, Any]:
    """The addresses of these mail senders, by what was asked, capitals or not."""
    wanted = {handle.lower(): handle for handle in handles}
    mine = select(address).where(
        address.c.network_id == network_id,
        address.c.kind == "email",
        func.lower(address.c.handle).in_(list(wanted)),
    )
    newest_first = conn.execute(mine.order_by(address.c.id.desc()))
    found = {row.handle.lower(): row for row in newest_first}
    return {handle: found[low] for low, handle in wanted.items() if low in found}


def mailbox(conn: Connection, address_id: int, *, locked: bool = False) -> Any | None:
    """The address with that id, if it is one of mail."""
    one = select(address).where(address.c.id == address_id, address.c.kind == "email")
    return conn.execute(one.with_for_update() if locked else one).one_or_none()


def silent_mail(conn: Connection, network_id: int) -> list[int]:
    """The ids of a network's mail addresses for which nobody has said yes or no."""
    silent = select(address.c.id).where(
        address.c.network_id == network_id,
        address.c.kind == "email",
        address.c.standing == "unknown",
    )
    return list(conn.execute(silent.order_by(address.c.id)).scalars())


def confirm(conn: Connection, address_id: int) -> bool:
    """Let a number of an unknown prefix be texted from now on; False when it did not wait."""
    held = update(address).where(address.c.id == address_id, address.c.reach == "held")
    return bool(conn.execute(held.values(reach="real")).rowcount)


def consents_of(conn: Connection, address_ids: Iterable[int]) -> Sequence[Any]:
    """What was recorded for these addresses, newest first."""
    mine = select(consent).where(consent.c.address_id.in_(list(address_ids)))
    return conn.execute(mine.order_by(consent.c.id.desc())).all()


def newest_consent(conn: Connection, address_id: int) -> Any | None:
    """What was recorded last for an address, of either purpose."""
    mine = select(consent).where(consent.c.address_id == address_id)
    return conn.execute(mine.order_by(consent.c.id.desc()).limit(1)).one_or_none()


def number_of(conn: Connection, network_id: int, address_id: int) -> str | None:
    """The number of an address, or its name on another wire, if it is this network's."""
    return conn.execute(
        select(func.coalesce(address.c.msisdn, address.c.handle)).where(
            address.c.network_id == network_id, address.c.id == address_id
        )
    ).scalar_one_or_none()


def numbers(conn: Connection, network_id: int | None = None) -> list[str]:
    """Exactly the numbers that may be texted by their form, whatever their consent, in order."""
    statement = select(address.c.msisdn).where(address.c.reach.in_(("real", "demo", "test")))
    if network_id is not None:
        statement = statement.where(address.c.network_id == network_id)
    return list(conn.execute(statement.order_by(address.c.msisdn)).scalars())


def standings(conn: Connection, network_id: int) -> Sequence[tuple[int, str]]:
    """The id and standing of every phone of a network that may be texted by its form."""
    statement = select(address.c.id, address.c.standing).where(
        address.c.network_id == network_id, address.c.reach.in_(("real", "demo", "test"))
    )
    return [(row.id, row.standing) for row in conn.execute(statement.order_by(address.c.id))]
