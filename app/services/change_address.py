"""Change how a person is reached: add, link, unlink; say that a number is right or wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Phrase, Refusal
from app.domain.handles import KINDS, read_handle
from app.domain.msisdn import read_number
from app.domain.storable import storable
from app.services._act import Deed
from app.services.change_person import found_person
from app.store import addresses, outbox, people
from app.store.database import Connection, Database

WHOSE = ("own", "family", "neighbour", "office")


@dataclass(frozen=True, slots=True)
class NewAddress:
    """An address as it was told, in any spelling.

    `whose` is one of WHOSE; "" means own, or family when others are on it already. `is_private`
    says whether private content may go there; None: only where it is their own and nobody else's.
    """

    raw: str
    kind: str = "msisdn"
    whose: str = ""
    is_private: bool | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of it: `problem` is what to know of the number, "" when there is nothing.

    `shared_with` are the ids of others on the same address; nothing private goes there then.
    """

    address_id: int
    reach: str
    problem: str
    shared_with: tuple[int, ...]
    is_new: bool


async def add_address(  # noqa: PLR0913 -- where, whose, what, by whom, when
    database: Database, network_id: int, person_id: int, new: NewAddress, *, by: str, now: datetime
) -> Linked:
    """Link a person to an address, which is made when it is not there yet.

    A number that others have is one number: it is linked, and all on it count as sharing it.
    Raises Refusal for what is no address.
    """
    return await database.write(_add, Deed(network_id, by, now), person_id, new)


async def change_link(  # noqa: PLR0913 -- as above
    database: Database,
    network_id: int,
    person_id: int,
    address_id: int,
    *,
    whose: str,
    is_private: bool,
    by: str,
    now: datetime,
) -> None:
    """Say whose the address is, and whether private content for this person may go there."""
    facts = {"whose": whose, "is_private": is_private}
    deed = Deed(network_id, by, now)
    await database.write(_change, deed, person_id, address_id, facts)


async def take_away(  # noqa: PLR0913 -- as above
    database: Database, network_id: int, person_id: int, address_id: int, *, by: str, now: datetime
) -> None:
    """Take an address away from a person; the address and its consent stay."""
    await database.write(_take_away, Deed(network_id, by, now), person_id, address_id)


async def mark_wrong(
    database: Database, network_id: int, address_id: int, *, by: str, now: datetime
) -> None:
    """Note that whoever has this number is not who was meant: nothing goes there any more."""
    await database.write(_mark_wrong, Deed(network_id, by, now), address_id)


async def confirm_number(
    database: Database, network_id: int, address_id: int, *, by: str, now: datetime
) -> None:
    """Let a number of an unknown prefix be texted: somebody has made sure of it."""
    await database.write(_confirm, Deed(network_id, by, now), address_id)


def found_address(conn: Connection, network_id: int, address_id: int) -> Any:
    """The address of that network, locked; raises Refusal when there is none."""
    row = addresses.get(conn, network_id, address_id)
    if row is None:
        raise Refusal("not_found", "There is no such phone on the list.")
    return row


def link_address(
    conn: Connection, person_id: int, new: NewAddress, *, network_id: int, now: datetime
) -> Linked:
    """`add_address` inside a transaction that is open already; the journal is the caller's."""
    found_person(conn, network_id, person_id)
    if new.whose not in ("", *WHOSE):
        raise Refusal("whose", "Say whose it is: own, family, neighbour or office.")
    address_id, reach, problem = _ensured(conn, network_id, new, now)
    # Locked: two who are given one phone at once must see each other.
    found_address(conn, network_id, address_id)
    on_it = people.links_of(conn, [address_id])
    others = tuple(one.person_id for one in on_it if one.person_id != person_id)
    is_new = len(others) == len(on_it)
    whose = new.whose or ("family" if others else "own")
    is_private = new.is_private if new.is_private is not None else whose == "own" and not others
    if is_new and others:
        people.make_shared(conn, address_id)
    if is_new or new.whose or new.is_private is not None:
        people.put_link(conn, person_id, address_id, whose=whose, is_private=is_private)
    return Linked(address_id, reach, problem, others, is_new)


def _ensured(
    conn: Connection, network_id: int, new: NewAddress, now: datetime
) -> tuple[int, str, str]:
    """The address with its reach and what to know of it."""
    raw = storable(new.raw).strip()
    if new.kind not in KINDS:
        raise Refusal("kind", "Say what it is: msisdn, email, telegram or whatsapp.")
    if new.kind != "msisdn":
        values = {"network_id": network_id, "kind": new.kind, "created_at": now}
        handle = read_handle(new.kind, raw)
        return addresses.ensure_handle(conn, {**values, "handle": handle}), new.kind, ""
    number = read_number(raw)
    if number.msisdn is None:
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)
    row = addresses.ensure_address(conn, network_id, number.msisdn, number.reach, now)
    confirmed = number.reach == "held" and row.reach != "held"
    return row.id, row.reach, "" if confirmed else number.problem or ""


def _add(conn: Connection, deed: Deed, person_id: int, new: NewAddress) -> Linked:
    linked = link_address(conn, person_id, new, network_id=deed.network_id, now=deed.now)
    if linked.is_new:
        detail = {"address": linked.address_id, "kind": new.kind}
        shared = {"shared_with": len(linked.shared_with)} if linked.shared_with else {}
        deed.note(conn, "phone linked", f"person {person_id}", **detail, **shared)
    return linked


def _change(
    conn: Connection, deed: Deed, person_id: int, address_id: int, facts: Mapping[str, Any]
) -> None:
    if facts["whose"] not in WHOSE:
        raise Refusal("whose", "Say whose it is: own, family, neighbour or office.")
    link = _found_link(conn, deed.network_id, person_id, address_id)
    if all(getattr(link, name) == value for name, value in facts.items()):
        return
    people.put_link(conn, person_id, address_id, **facts)
    detail = {"address": address_id, **facts}
    deed.note(conn, "phone changed", f"person {person_id}", **detail)


def _found_link(conn: Connection, network_id: int, person_id: int, address_id: int) -> Any:
    found_person(conn, network_id, person_id)
    link = people.link_of(conn, person_id, address_id)
    if link is None:
        raise Refusal("not_found", "This person has no such phone.")
    return link


def _take_away(conn: Connection, deed: Deed, person_id: int, address_id: int) -> None:
    _found_link(conn, deed.network_id, person_id, address_id)
    people.unlink(conn, person_id, address_id)
    people.forget_speaker(conn, person_id, address_id)
    deed.note(conn, "phone taken away", f"person {person_id}", address=address_id)


def _mark_wrong(conn: Connection, deed: Deed, address_id: int) -> None:
    row = found_address(conn, deed.network_id, address_id)
    if row.standing == "wrong":
        return
    if row.standing == "stopped":
        raise Refusal(
            "stopped",
            "This phone has stopped all messages; nothing goes there anyhow. "
            "Take it away from the person instead.",
        )
    addresses.record_standing(
        conn, deed.network_id, [address_id], "wrong", source="office", by=deed.by, at=deed.now
    )
    outbox.cancel_for_address(conn, [address_id], keep_urgent=False, now=deed.now)
    deed.note(conn, "number wrong", f"address {address_id}")


def _confirm(conn: Connection, deed: Deed, address_id: int) -> None:
    found_address(conn, deed.network_id, address_id)
    if not addresses.confirm(conn, address_id):
        raise Refusal("not_held", "This number does not wait for anybody to look at it.")
    deed.note(conn, "number confirmed", f"address {address_id}")
