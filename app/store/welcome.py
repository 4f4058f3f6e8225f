"""Whom the network has never texted although they agreed: they get one text of welcome."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from app.domain.messages import Lane
from app.store.addresses import address, consent
from app.store.broadcasts import broadcast
from app.store.outbox import outbox
from app.store.people import person, person_address

KEY = "welcome:a"
"""What begins the key of a welcome: one for an address, for ever."""


def _never_texted(network_id: int) -> tuple[ColumnElement[bool], ...]:
    """Agreed to all messages on paper, and nothing but answers has ever gone there."""
    ours = and_(outbox.c.address_id == address.c.id, outbox.c.lane != int(Lane.REPLY))
    asked = and_(consent.c.address_id == address.c.id, consent.c.source == "sms")
    on_it = person_address.c.address_id == address.c.id
    return (
        address.c.network_id == network_id,
        address.c.standing == "active",
        ~select(outbox.c.id).where(ours).correlate(address).exists(),
        ~select(consent.c.id).where(asked).correlate(address).exists(),
        select(person_address.c.person_id).where(on_it).correlate(address).exists(),
    )


def waiting(
    conn: Connection,
    network_id: int,
    *,
    reaches: Sequence[str],
    only: Sequence[int] | None = None,
) -> Sequence[Any]:
    """Addresses that were never texted, by id: id, reach and the language that is read there.

    The language is the phone's own choice, else that of the first person on it. With `only` they
    are some of those ids, and locked until the commit.
    """
    spoken = (
        select(person.c.language)
        .join(person_address, person_address.c.person_id == person.c.id)
        .where(person_address.c.address_id == address.c.id)
        .order_by(person.c.language == "", person.c.rank, person.c.id)
        .limit(1)
        .correlate(address)
        .scalar_subquery()
    )
    language = func.coalesce(func.nullif(address.c.language, ""), spoken, "")
    statement = (
        select(address.c.id, address.c.reach, language.label("language"))
        .where(*_never_texted(network_id), address.c.reach.in_(list(reaches)))
        .order_by(address.c.id)
    )
    if only is None:
        return conn.execute(statement).all()
    # A STOP under way is waited for, or waits for us and then cancels our rows.
    mine = statement.where(address.c.id.in_(list(only))).with_for_update(read=True, of=address)
    return conn.execute(mine).all()


def imported_with(conn: Connection, network_id: int, import_id: int) -> list[int]:
    """The addresses of the people who came in with one list."""
    statement = (
        select(person_address.c.address_id)
        .join(person, person.c.id == person_address.c.person_id)
        .where(person.c.network_id == network_id, person.c.import_id == import_id)
        .distinct()
    )
    return list(conn.execute(statement).scalars())


def add_to_totals(
    conn: Connection, broadcast_id: int, *, texts: int, segments: int, price_micro: int
) -> None:
    """Count what was put into the outbox."""
    more = {
        "people": texts,
        "addresses": texts,
        "segments": segments,
        "price_micro": price_micro,
    }
    conn.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id)
        .values({name: broadcast.c[name] + value for name, value in more.items()})
    )
