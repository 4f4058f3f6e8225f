"""Show reports of problems: lists of them, and one with its history; protected ones to few."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.msisdn import mask
from app.domain.permissions import ALLOWED, Act, Post, require
from app.domain.tickets import days_late
from app.domain.unit_names import called
from app.services._holders import local_names_of, names_of
from app.services.change_ticket import LARGEST_NO
from app.store import addresses, talk, ticket_lists, tickets
from app.store.database import Connection, Database

LISTS = ("open", "overdue", "answered", "closed", "all", "protected")
MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at the reports of which network, and what day it is there."""

    network_id: int
    post: Post
    today: date

    @property
    def sees_protected(self) -> bool:
        """Whether they may read reports of abuse."""
        return self.post in ALLOWED[Act.SEE_PROTECTED]


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One report; `who` is a name or a masked number, "" where it is not known or not told."""

    no: int
    text: str
    state: str
    owner_post: str
    owner_unit: str
    unit_id: int | None
    unit: str
    local_unit: str
    who: str
    address_id: int | None
    person_id: int | None
    source: str
    opened_at: datetime
    due: date
    days_late: int
    is_to_rsp: bool
    is_protected: bool
    is_nameless: bool
    local_who: str = ""
    """`who` in the script of the network."""

    @property
    def number(self) -> str:
        """As people write it: R27."""
        return f"R{self.no}"


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Lines, newest first; `next` is the number below which the next page begins.

    `protected` is how many protected ones wait, 0 for whoever may not read them.
    """

    lines: tuple[TicketLine, ...]
    next: int | None
    open: int
    overdue: int
    protected: int


@dataclass(frozen=True, slots=True)
class TicketStep:
    """One line of a history; `by` is "" for the member and for what happens by itself."""

    at: datetime
    by: str
    step: str
    note: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class TicketView:
    """One report with its history, oldest first; `may_text`: a text can go to who reported."""

    line: TicketLine
    language: str
    teller: str
    owner_unit_id: int | None
    answer: str
    answered_at: datetime | None
    closed_at: datetime | None
    may_text: bool
    steps: tuple[TicketStep, ...]


async def list_tickets(
    database: Database, looking: Looking, *, which: str = "open", before: int | None = None
) -> TicketPage:
    """A page of reports; protected ones stand in the list `protected` alone.

    Raises Refusal: which, not_allowed.
    """
    if which not in LISTS:
        raise Refusal(
            "which",
            "There is no list {which}. Known are: {known}.",
            which=which[:20],
            known=", ".join(LISTS),
        )
    if which == "protected":
        require(looking.post, Act.SEE_PROTECTED)
    return await database.read(_list, looking, which, before)


def _list(conn: Connection, looking: Looking, which: str, before: int | None) -> TicketPage:
    rows = ticket_lists.listing(
        conn,
        looking.network_id,
        which=which,
        today=looking.today,
        before=before,
        limit=MOST_LINES + 1,
    )
    shown = rows[:MOST_LINES]
    numbers = _numbers(conn, looking.network_id, shown)
    plain = ticket_lists.count(conn, looking.network_id, looking.today, is_protected=False)
    return TicketPage(
        lines=tuple(_line(row, looking.today, numbers) for row in shown),
        next=shown[-1].no if len(rows) > len(shown) else None,
        open=plain.open,
        overdue=plain.overdue,
        protected=_protected(conn, looking),
    )


def _protected(conn: Connection, looking: Looking) -> int:
    if not looking.sees_protected:
        return 0
    found = ticket_lists.count(conn, looking.network_id, looking.today, is_protected=True)
    return int(found.open)


def _numbers(conn: Connection, network_id: int, rows: Any) -> Mapping[int, tuple[str, str]]:
    """Who is on the phones of these reports: names, else the masked number."""
    ids = [row.address_id for row in rows if row.address_id is not None and not row.is_nameless]
    on = talk.holders(conn, ids)
    known = {key: (names_of(found), local_names_of(found)) for key, found in on.items()}
    for one in ids:
        if one not in known:
            number = mask(addresses.number_of(conn, network_id, one) or "")
            known[one] = (number, number)
    return known


def _line(row: Any, today: date, numbers: Mapping[int, tuple[str, str]]) -> TicketLine:
    is_known = not row.is_nameless
    on_phone = numbers.get(row.address_id, ("", ""))
    return TicketLine(
        no=row.no,
        text=row.text,
        state=row.state,
        owner_post=row.owner_post,
        owner_unit=called(row.owner_kind, row.owner_unit) if row.owner_unit else "",
        unit_id=row.unit_id,
        unit=called(row.unit_kind, row.unit_name) if row.unit_name else "",
        local_unit=row.unit_local_name or "",
        who=(row.person or row.teller or on_phone[0]) if is_known else "",
        local_who=(row.local_person or row.person or row.teller or on_phone[1]) if is_known else "",
        address_id=row.address_id if is_known else None,
        person_id=row.person_id if is_known else None,
        source=row.source,
        opened_at=row.opened_at,
        due=row.due,
        days_late=days_late(row.state, row.due, today),
        is_to_rsp=row.to_rsp_at is not None,
        is_protected=row.is_protected,
        is_nameless=row.is_nameless,
    )


async def show_ticket(database: Database, looking: Looking, no: int) -> TicketView:
    """One report; raises Refusal: not_found, not_allowed."""
    return await database.read(_show, looking, no)


def _show(conn: Connection, looking: Looking, no: int) -> TicketView:
    row = tickets.numbered(conn, looking.network_id, no) if 0 < no <= LARGEST_NO else None
    if row is None:
        raise Refusal("not_found", "There is no such report here. Open it from the list.")
    if row.is_protected:
        require(looking.post, Act.SEE_PROTECTED)
    return TicketView(
        line=_line(row, looking.today, _numbers(conn, looking.network_id, [row])),
        language=row.language,
        teller="" if row.is_nameless else row.teller,
        owner_unit_id=row.owner_unit_id,
        answer=row.answer,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        may_text=row.address_id is not None,
        steps=tuple(
            TicketStep(one.at, one.by, one.step, one.note, one.is_told)
            for one in tickets.steps_of(conn, row.id)
        ),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many reports wait, and how many are late; `protected` for few eyes."""

    open: int
    overdue: int
    oldest: int | None
    protected: int


def waiting_of(conn: Connection, looking: Looking) -> Waiting:
    """What the first page says of reports."""
    plain = ticket_lists.count(conn, looking.network_id, looking.today, is_protected=False)
    return Waiting(plain.open, plain.overdue, plain.oldest, _protected(conn, looking))


async def count_waiting(database: Database, looking: Looking) -> Waiting:
    """The same, for whoever has no transaction open."""
    return await database.read(waiting_of, looking)
