"""Assign a thread: an officer takes a phone's texts upon themselves, hands them on, gives back."""

from dataclasses import dataclass

from app.domain.errors import Refusal
from app.domain.permissions import ALLOWED, Act, Post
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.store import accounts, talk, thread_desk
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Answerer:
    """An officer who can be asked to look after a thread."""

    id: int
    name: str
    post: str


async def assign_thread(
    database: Database, deed: Deed, address_id: int, account_id: int | None
) -> None:
    """Put a phone's thread on an officer's desk, or with None on nobody's; safe to repeat.

    Raises Refusal for a phone that is not this network's, and for somebody who may not answer.
    """
    await database.write(_assign, deed, address_id, account_id)


def _assign(conn: Connection, deed: Deed, address_id: int, account_id: int | None) -> None:
    is_id = 0 < address_id <= LARGEST_ID
    if not is_id or talk.phone(conn, deed.network_id, address_id) is None:
        raise Refusal("not_found", "There is no such phone in this network. Open it from a list.")
    if account_id is not None and account_id not in {one.id for one in _able(conn, deed)}:
        raise Refusal(
            "no_officer", "Nobody of that account can answer here. Choose one from the list."
        )
    row = thread_desk.hold(conn, deed.network_id, address_id, deed.now)
    if row.account_id == account_id:
        return
    thread_desk.change(conn, address_id, {"account_id": account_id, "by": deed.by, "at": deed.now})
    action = "thread given back" if account_id is None else "thread assigned"
    deed.note(conn, action, f"phone {address_id}", officer=account_id)


async def show_answerers(database: Database, network_id: int) -> tuple[Answerer, ...]:
    """Who of the office may answer members, by name."""
    return await database.read(_answerers, network_id)


def _able(conn: Connection, deed: Deed) -> tuple[Answerer, ...]:
    return _answerers(conn, deed.network_id)


def _answerers(conn: Connection, network_id: int) -> tuple[Answerer, ...]:
    return tuple(
        Answerer(row.id, row.name, row.post)
        for row in accounts.of_network(conn, network_id)
        if Post(row.post) in ALLOWED[Act.ANSWER]
    )
