"""All that is kept of a number or mailbox and of whoever has nothing else, taken out for good."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Text,
    and_,
    cast,
    delete,
    func,
    not_,
    or_,
    select,
    update,
)

from app.domain.messages import State
from app.store import thread_desk
from app.store.addresses import address, consent
from app.store.broadcasts import broadcast, broadcast_text, recipient
from app.store.conversations import forget
from app.store.drafts import draft
from app.store.follow_up import decision_report
from app.store.groups import membership, saved_audience
from app.store.imports import import_batch, import_change, import_row
from app.store.inbound import inbound
from app.store.joining import join_request
from app.store.outbox import attempt, outbox, stands
from app.store.people import person, person_address
from app.store.receipts import receipt
from app.store.seats import seat

GONE = "forgotten"
"""What stands where the number stood; with the row's id behind it, so that it is unique."""


def addresses_with(
    conn: Connection, network_ids: Sequence[int], msisdn: str, *, locked: bool
) -> Sequence[Any]:
    """Every address that is this number, as a phone or over WhatsApp; or this mailbox."""
    same = or_(address.c.msisdn == msisdn, address.c.handle == msisdn)
    if "@" in msisdn:
        same = and_(address.c.kind == "email", func.lower(address.c.handle) == msisdn.lower())
    theirs = select(address).where(address.c.network_id.in_(list(network_ids)), same)
    ordered = theirs.order_by(address.c.id)
    return conn.execute(ordered.with_for_update() if locked else ordered).all()


def people_on(conn: Connection, address_ids: Sequence[int]) -> list[int]:
    """Who is linked to these addresses."""
    on_it = select(person_address.c.person_id).where(person_address.c.address_id.in_(address_ids))
    return list(conn.execute(on_it.distinct().order_by(person_address.c.person_id)).scalars())


def has_more(conn: Connection, person_id: int, but: Sequence[int]) -> bool:
    """Whether somebody has another address than these, or holds a seat now."""
    others = select(person_address.c.address_id).where(
        person_address.c.person_id == person_id, person_address.c.address_id.not_in(but)
    )
    seats = select(seat.c.id).where(seat.c.person_id == person_id, seat.c.left_on.is_(None))
    return any(conn.execute(one.limit(1)).first() is not None for one in (others, seats))


def is_being_sent(conn: Connection, address_ids: Sequence[int]) -> bool:
    """Whether a text to one of these addresses is with a wire at this moment."""
    sending = select(outbox.c.id).where(outbox.c.address_id.in_(address_ids), stands(State.SENDING))
    return conn.execute(sending.limit(1)).first() is not None


def unlink(conn: Connection, address_ids: Sequence[int]) -> None:
    """Nobody is on these addresses any more, and those who were keep no notes."""
    mine = person_address.c.address_id.in_(address_ids)
    on_it = select(person_address.c.person_id).where(mine)
    conn.execute(update(person).where(person.c.id.in_(on_it)).values(notes=""))
    conn.execute(delete(person_address).where(mine))
    thread_desk.drop(conn, address_ids)


def empty_texts(
    conn: Connection,
    address_ids: Sequence[int],
    number: tuple[Sequence[int], str],
    now: datetime,
) -> dict[str, int]:
    """Blank the words of all texts from and to these addresses; gives how many there were.

    `number` is it with its networks. What still waited is cancelled. Ids of the gateways stay: a
    repeat must be seen to be one.
    """
    sent = outbox.c.address_id.in_(address_ids)
    ids = select(outbox.c.id).where(sent)
    conn.execute(update(attempt).where(attempt.c.outbox_id.in_(ids)).values(detail=""))
    conn.execute(update(receipt).where(receipt.c.outbox_id.in_(ids)).values(raw={}))
    open_states = or_(stands(State.QUEUED), stands(State.HELD), stands(State.UNCERTAIN))
    ended = {"state": State.CANCELLED, "reason": GONE, "updated_at": now}
    conn.execute(update(outbox).where(sent, open_states).values(**ended))
    out = conn.execute(update(outbox).where(sent, outbox.c.body != "").values(body="")).rowcount
    network_ids, msisdn = number
    theirs = inbound.c.network_id.in_(list(network_ids)) & (inbound.c.sender == msisdn)
    came = or_(inbound.c.address_id.in_(address_ids), theirs)
    told = decision_report.c.address_id.in_(address_ids)
    conn.execute(update(decision_report).where(told).values(note="", person_id=None))
    blank = {"text": "", "raw": {}, "sender": GONE, "needs_person": False}
    kept = conn.execute(
        update(inbound).where(came, inbound.c.sender != GONE).values(**blank)
    ).rowcount
    return {"texts_out": out, "texts_in": kept}


def drop_requests(conn: Connection, address_ids: Sequence[int]) -> int:
    """Take out requests to join and open questions from there; gives how many requests."""
    theirs = delete(join_request).where(join_request.c.address_id.in_(address_ids))
    forget(conn, address_ids)
    return conn.execute(theirs).rowcount


def blank_audiences(
    conn: Connection, network_ids: Sequence[int], address_ids: Sequence[int], msisdn: str
) -> None:
    """Take the number out of the words in which audiences were chosen, and private texts to it."""
    alone = (
        select(recipient.c.broadcast_id)
        .group_by(recipient.c.broadcast_id)
        .having(func.count() == 1, func.min(recipient.c.address_id).in_(address_ids))
    )
    to_it = select(broadcast.c.id).where(
        broadcast.c.network_id.in_(list(network_ids)),
        broadcast.c.audience.contains(msisdn, autoescape=True),
    )
    only = (broadcast_text.c.broadcast_id.in_(to_it), broadcast_text.c.broadcast_id.in_(alone))
    conn.execute(update(broadcast_text).where(*only).values(body=""))
    for table, words in (
        (broadcast, broadcast.c.audience),
        (saved_audience, saved_audience.c.words),
    ):
        named = words.contains(msisdn, autoescape=True)
        theirs = table.c.network_id.in_(list(network_ids))
        without = func.replace(words, msisdn, GONE)
        conn.execute(update(table).where(theirs, named).values({words.name: without}))
    plain = func.lower(_as_text(draft.c.fields)).contains(_core(msisdn), autoescape=True)
    conn.execute(delete(draft).where(draft.c.network_id.in_(list(network_ids)), plain))


def traces_in_lists(
    conn: Connection, network_ids: Sequence[int], msisdn: str, person_ids: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Ids of the rows of lists, and of what lists changed, that hold the number or its people."""
    batches = select(import_batch.c.id).where(import_batch.c.network_id.in_(list(network_ids)))
    rows = select(import_row.c.id).where(
        import_row.c.batch_id.in_(batches),
        or_(
            _holds(import_row.c.raw, msisdn),
            _holds(import_row.c.cells, msisdn),
            import_row.c.person_id.in_(person_ids),
        ),
    )
    groups = select(membership.c.id).where(membership.c.person_id.in_(person_ids))
    named = {"person": person_ids, "membership": conn.execute(groups).scalars().all()}
    changes = select(import_change.c.id).where(
        import_change.c.batch_id.in_(batches),
        or_(
            *(
                (import_change.c.table_name == table)
                & _as_text(import_change.c.key).in_([json.dumps({"id": [one]}) for one in ids])
                for table, ids in named.items()
            )
        ),
    )
    return list(conn.execute(rows).scalars()), list(conn.execute(changes).scalars())


def drop_traces(conn: Connection, row_ids: Sequence[int], change_ids: Sequence[int]) -> None:
    """Take out those rows of lists and changes; an undo leaves the forgotten as they are."""
    for table, ids in ((import_row, row_ids), (import_change, change_ids)):
        if ids:
            conn.execute(delete(table).where(table.c.id.in_(ids)))


def keep_refusal(conn: Connection, address_id: int) -> None:
    """Of this address only the number stays, and the newest records that it refused."""
    newest = (
        select(func.max(consent.c.id))
        .where(consent.c.address_id == address_id)
        .group_by(consent.c.purpose)
    )
    kept = conn.execute(newest).scalars().all()
    gone = (consent.c.address_id == address_id, not_(consent.c.id.in_(kept)))
    conn.execute(delete(consent).where(*gone))
    bare = update(consent).where(consent.c.address_id == address_id)
    conn.execute(bare.values(basis="", recorded_by=""))
    _empty(conn, address_id)


def drop_number(conn: Connection, address_id: int) -> None:
    """Of this address nothing stays but a row without a number, which old texts refer to."""
    conn.execute(delete(consent).where(consent.c.address_id == address_id))
    _empty(
        conn,
        address_id,
        kind="msisdn",
        msisdn=f"{GONE}{address_id}",
        handle=None,
        reach="none",
        standing="unknown",
    )


def _empty(conn: Connection, address_id: int, **more: Any) -> None:
    nobody = {"language": "", "speaker_id": None, "asked_at": None, **more}
    conn.execute(update(address).where(address.c.id == address_id).values(**nobody))


def _as_text(column: Column[JSON]) -> ColumnElement[str]:
    return cast(column, Text)


def _core(sought: str) -> str:
    """What of a number or mailbox stands in JSON however it was typed."""
    return json.dumps(sought.lower())[1:-1] if "@" in sought else sought[3:]


def _holds(column: Column[Any], msisdn: str) -> ColumnElement[bool]:
    """Whether a JSON value holds the number's own digits, with or without gaps, in any script.

    A mailbox is looked for as it is written, in small or large letters.
    """
    if "@" in msisdn:
        return func.lower(_as_text(column)).contains(_core(msisdn), autoescape=True)
    bare: ColumnElement[Any] = _as_text(column)
    for sign in (" ", "-", "(", ")", "."):
        bare = func.replace(bare, sign, "")
    digits = msisdn.removeprefix("+92")
    written = [digits] + [
        json.dumps("".join(chr(zero + int(digit)) for digit in digits))[1:-1]
        for zero in (0x6F0, 0x660)
    ]
    return or_(*(bare.contains(one, autoescape=True) for one in written))
