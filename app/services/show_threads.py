"""Show the threads that wait for a person: danger first, then whoever waits longest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.domain.errors import Refusal
from app.domain.msisdn import mask
from app.services._chats import shown_sender, without_code
from app.services._holders import local_names_of, names_of
from app.store import talk, thread_desk, threads
from app.store.database import Connection, Database
from app.store.threads import Place, Sought

Whose = Literal["all", "mine", "free", "danger"]
WHOSE: tuple[Whose, ...] = ("all", "danger", "mine", "free")
_cursor = re.compile(r"([dn])([0-9]{1,18})").fullmatch


@dataclass(frozen=True, slots=True)
class WaitingThread:
    """One phone whose texts wait; a sender that is no phone has one for each text."""

    address_id: int | None
    text_id: int
    """The text that is shown: the newest, or the newest that speaks of danger."""
    text: str
    """"" for what only those may read who deal with the report that it became."""
    is_hidden: bool
    intent: str
    is_danger: bool
    names: str
    unit: str
    number: str
    """Masked."""
    count: int
    """So many of its texts wait."""
    since: datetime
    """When the first of them came."""
    assignee_id: int | None
    assignee: str
    answered_by: str
    """Which officer answered this phone last."""
    answered_at: datetime | None
    local_names: str = ""
    local_unit: str = ""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Threads in the order in which they want an answer; `next` leads to the page behind."""

    threads: tuple[WaitingThread, ...]
    next: str | None
    counts: Mapping[str, int]
    """How many wait: `all`, `mine`, `free`, `danger`."""


async def show_threads(  # noqa: PLR0913 -- each narrows the same list
    database: Database,
    network_id: int,
    *,
    whose: Whose = "all",
    account_id: int | None = None,
    after: str | None = None,
    limit: int = 30,
) -> ThreadPage:
    """A page of the threads that wait; `account_id` says who `mine` is.

    Raises Refusal for a page that is not known.
    """
    place = _place(after)
    sought = Sought(
        account_id=(account_id or 0) if whose == "mine" else None,
        is_free=whose == "free",
        is_danger=whose == "danger",
    )

    def show(conn: Connection) -> ThreadPage:
        found = threads.waiting(conn, network_id, sought, after=place, limit=limit + 1)
        shown = found[:limit]
        following = _cursor_of(shown[-1]) if len(found) > limit else None
        counts = threads.counts(conn, network_id, account_id)
        return ThreadPage(_lines(conn, shown), following, counts)

    return await database.read(show)


def _place(after: str | None) -> Place | None:
    if after is None:
        return None
    found = _cursor(after)
    if found is None:
        raise Refusal("cursor", "This page of the list is not known. Begin at the first.")
    return Place(found[1] == "d", int(found[2]))


def _cursor_of(row: Any) -> str:
    return f"{'d' if row.danger_id is not None else 'n'}{row.first_id}"


def _lines(conn: Connection, rows: Any) -> tuple[WaitingThread, ...]:
    phones = [row.address_id for row in rows if row.address_id is not None]
    people, desks = talk.holders(conn, phones), thread_desk.of_threads(conn, phones)
    ids = {one for row in rows for one in (row.first_id, row.danger_id or row.newest_id)}
    texts = threads.texts(conn, sorted(ids))
    return tuple(
        _line(row, texts, people.get(row.address_id, ()), desks.get(row.address_id)) for row in rows
    )


def _line(row: Any, texts: Mapping[int, Any], people: Sequence[Any], desk: Any) -> WaitingThread:
    shown = texts[row.danger_id or row.newest_id]
    is_hidden = bool(shown.is_hidden)
    number = mask(shown.sender) if row.address_id else shown_sender(shown.sender)
    return WaitingThread(
        address_id=row.address_id,
        text_id=shown.id,
        text="" if is_hidden else without_code(shown.text),
        is_hidden=is_hidden,
        intent=shown.intent,
        is_danger=row.danger_id is not None,
        names="" if is_hidden else names_of(people),
        unit="" if is_hidden else next((one.unit for one in people if one.unit), ""),
        number=number,
        count=row.count,
        since=texts[row.first_id].received_at,
        assignee_id=desk.account_id if desk else None,
        assignee=(desk.assignee or "") if desk else "",
        answered_by=desk.answered_by if desk else "",
        answered_at=desk.answered_at if desk else None,
        local_names="" if is_hidden else local_names_of(people),
        local_unit="" if is_hidden else next((one.local_unit for one in people if one.unit), ""),
    )
