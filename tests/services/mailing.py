"""Mail in the tests of services: an office with a mail wire, mailboxes, and letters that wait."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.letters import Letter
from app.domain.messages import Lane, Mo, State
from app.services.keep_letter import keep_letter
from app.services.receive_mo import Desk, Received, receive_mos
from app.store import addresses
from app.store.addresses import address
from app.store.outbox import outbox
from tests.factories import Office, catalogue, vocabulary, wire

MAIL = "mail"
LETTER = Letter("LSO Mirkhai: karwai 14", "Salam. {unsubscribe}", "<p>Salam</p>", "ur")


async def with_mail(office: Office) -> Office:
    """The office with a mail wire beside the simulator."""
    reaches = frozenset({"email"})
    await office.wires(wire(), wire(MAIL, kind="smtp", reaches=reaches, price_micro=0))
    return office


async def mailbox(office: Office, handle: str, standing: str = "active") -> int:
    """The id of a mail address that may be written to."""
    values = {"network_id": office.id, "kind": "email", "handle": handle, "created_at": office.now}
    address_id = await office.database.write(addresses.ensure_handle, values)
    await stand(office, address_id, standing)
    return address_id


async def stand(office: Office, address_id: int, standing: str) -> None:
    changed = update(address).where(address.c.id == address_id).values(standing=standing)
    await office.database.write(lambda conn: conn.execute(changed) and None)


async def post(
    office: Office, *address_ids: int, letter: Letter = LETTER, **more: Any
) -> list[int]:
    """Put the letter to these addresses into the outbox; gives the ids."""
    return await office.database.write(_post, office, address_ids, letter, more)


def _post(
    conn: Connection,
    office: Office,
    address_ids: Sequence[int],
    letter: Letter,
    more: Mapping[str, Any],
) -> list[int]:
    document_id = keep_letter(conn, office.id, letter, office.now)
    ids = []
    for address_id in address_ids:
        row = {
            "network_id": office.id,
            "address_id": address_id,
            "route_id": office.routes[MAIL],
            "document_id": document_id,
            "dedupe_key": f"p{address_id}:{document_id}",
            "lane": int(Lane.NORMAL),
            "state": State.QUEUED.value,
            "due_at": office.now,
            "created_at": office.now,
            "updated_at": office.now,
            **more,
        }
        made = conn.execute(insert(outbox).values(**row).returning(outbox.c.id))
        ids.append(int(made.scalar_one()))
    return ids


async def hear(office: Office, *mos: Mo) -> list[Received]:
    """Mails as the wire heard them, through the whole of receiving."""
    desk = Desk(catalogue(), vocabulary(), {MAIL: office.slug})
    return await receive_mos(office.database, mos, desk=desk, now=office.now)


def mo(sender: str, text: str, n: int = 1, **more: Any) -> Mo:
    """One mail; its first line is what is read as a keyword."""
    line = text.partition("\n")[0]
    raw = {"subject": "Karwai", "message_id": f"q{n}@member.example", "thread": "p@member.example"}
    given = {"raw": raw, "line": line, **more}
    return Mo(MAIL, f"q{n}@member.example", sender, "office@mirkhai.example", text, **given)


async def row_of(office: Office, address_id: int) -> Any:
    """The address as it stands."""
    one = select(address).where(address.c.id == address_id)
    return await office.database.read(lambda conn: conn.execute(one).one())


async def records(office: Office, address_id: int) -> list[Any]:
    """What was recorded for the address, newest first."""
    return list(await office.database.read(addresses.consents_of, [address_id]))
