"""Tickets: each problem that a member reported, with its owner, its clock and its history."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    Select,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.domain.tickets import WAITING, owner_called
from app.store import networks
from app.store.askers import Asker
from app.store.people import DENIED, person, person_address
from app.store.schema import Row, link, loose_link, maybe_link, new_id, number, table_of
from app.store.units import unit
from bots.notes import TicketNote

_LARGEST = 999_999
WAITS = sorted(state.value for state in WAITING)
_has_text = text("inbound_id IS NOT NULL")


class Ticket(Row, table=True):
    """One report of a problem; its number counts up in its network without gaps."""

    __table_args__ = (
        UniqueConstraint("network_id", "no"),
        Index("ix_ticket_state", "network_id", "state", "due"),
        Index(
            "ix_ticket_inbound_id",
            "inbound_id",
            unique=True,
            sqlite_where=_has_text,
            postgresql_where=_has_text,
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    no: int
    address_id: int | None = maybe_link("address.id", index=True)
    """Where the answer goes; of a nameless report it is shown to nobody."""
    inbound_id: int | None = loose_link("inbound.id")
    person_id: int | None = loose_link("person.id", index=True)
    unit_id: int | None = loose_link("unit.id", index=True)
    text: str
    language: str = Field(default="", max_length=20)
    source: str = Field(max_length=10)
    """`text`, `inbox` (a text that an officer turned into one) or `office` (somebody came)."""
    teller: str = Field(default="", max_length=200)
    """Who came to the office, in an officer's words."""
    is_protected: bool = False
    """It speaks of abuse or violence: few may read it."""
    is_nameless: bool = False
    """Whoever wrote it wants to stay unknown."""
    owner_body: str = Field(default="", max_length=12)
    owner_post: str = Field(default="", max_length=60)
    owner_unit_id: int | None = loose_link("unit.id", index=True)
    state: str = Field(default="open", max_length=10)
    due: date
    answer: str = Field(default="")
    """The newest answer, as it went to the phone or was given by word of mouth."""
    opened_at: datetime
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    to_president_at: datetime | None = None
    to_rsp_at: datetime | None = None


class TicketStep(Row, table=True):
    """One line of a report's history; append-only."""

    __tablename__ = "ticket_step"
    __table_args__ = (Index("ix_ticket_step_of", "ticket_id", "id"),)

    id: int = new_id()
    ticket_id: int = link("ticket.id")
    at: datetime
    by: str = Field(default="", max_length=80)
    """The officer; "" for the member, and for what happens by itself."""
    step: str = Field(max_length=20)
    note: str = Field(default="")
    is_told: bool = False
    """Whether a text about it went to the member."""


ticket = table_of(Ticket)
ticket_step = table_of(TicketStep)


def add(conn: Connection, values: Mapping[str, Any]) -> tuple[int, int]:
    """Store a report under the next number of its network; gives its id and that number."""
    network_id = values["network_id"]
    networks.hold(conn, network_id)
    last = select(func.max(ticket.c.no)).where(ticket.c.network_id == network_id)
    no = int(conn.execute(last).scalar_one() or 0) + 1
    new = insert(ticket).values(**values, no=no).returning(ticket.c.id)
    return int(conn.execute(new).scalar_one()), no


def note_step(conn: Connection, values: Mapping[str, Any]) -> None:
    """Write one line into a report's history."""
    conn.execute(insert(ticket_step).values(**values))


def change(conn: Connection, ticket_id: int, **values: Any) -> None:
    """Set these columns of a report."""
    conn.execute(update(ticket).where(ticket.c.id == ticket_id).values(**values))


def of_text(conn: Connection, network_id: int, inbound_id: int) -> Any | None:
    """The report that was made of that text."""
    mine = (ticket.c.network_id == network_id, ticket.c.inbound_id == number(inbound_id))
    return conn.execute(select(ticket).where(*mine)).one_or_none()


def same_of_phone(
    conn: Connection, network_id: int, address_id: int, words: str, since: datetime
) -> Any | None:
    """The report with just these words that came from that phone a little while ago."""
    mine = (
        ticket.c.network_id == network_id,
        ticket.c.address_id == address_id,
        ticket.c.text == words,
        ticket.c.opened_at >= since,
    )
    return conn.execute(select(ticket).where(*mine).limit(1)).one_or_none()


def hold(conn: Connection, network_id: int, no: int) -> Any | None:
    """The report of that number, locked until the commit."""
    mine = (ticket.c.network_id == network_id, ticket.c.no == number(no))
    return conn.execute(select(ticket).where(*mine).with_for_update()).one_or_none()


def shown(network_id: int) -> Select[Any]:
    """Reports of a network with the names of their unit, owner and person."""
    owner_unit = unit.alias("owner_unit")
    return (
        select(
            ticket,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("unit_local_name"),
            owner_unit.c.kind.label("owner_kind"),
            owner_unit.c.name.label("owner_unit"),
            person.c.name.label("person"),
            person.c.local_name.label("local_person"),
        )
        .outerjoin(unit, unit.c.id == ticket.c.unit_id)
        .outerjoin(owner_unit, owner_unit.c.id == ticket.c.owner_unit_id)
        .outerjoin(person, person.c.id == ticket.c.person_id)
        .where(ticket.c.network_id == network_id)
    )


def numbered(conn: Connection, network_id: int, no: int) -> Any | None:
    """The report of that number with the names of its unit, owner and person."""
    return conn.execute(shown(network_id).where(ticket.c.no == number(no))).one_or_none()


def steps_of(conn: Connection, ticket_id: int) -> Sequence[Any]:
    """The history of a report, oldest first."""
    mine = select(ticket_step).where(ticket_step.c.ticket_id == ticket_id)
    return conn.execute(mine.order_by(ticket_step.c.id)).all()


def asked(
    conn: Connection, asker: Asker, no: int, address_id: int, people: Sequence[int]
) -> TicketNote | None:
    """The report with that number, if it came from this phone or one of these people.

    What is protected or nameless only the phone that it came from is told of.
    """
    if not 0 < no <= _LARGEST:
        return None
    row = numbered(conn, asker.network_id, no)
    if row is None:
        return None
    is_phone = row.address_id is not None and row.address_id == address_id
    is_hidden = row.is_protected or row.is_nameless
    is_person = row.person_id is not None and row.person_id in people
    if not is_phone and (is_hidden or not is_person):
        return None
    may_answer = not row.is_protected or _is_private(conn, address_id, row.person_id)
    return TicketNote(
        no=row.no,
        on=row.opened_at.astimezone(asker.zone).date(),
        short="" if is_hidden else row.text,
        status=asker.status(row.state),
        owner=owner_words(row, asker.languages),
        answer=row.answer if may_answer else "",
        due=row.due if row.state in WAITS else None,
        is_protected=row.is_protected,
        is_nameless=row.is_nameless,
    )


def _is_private(conn: Connection, address_id: int, person_id: int | None) -> bool:
    """Whether this phone is that person's alone; nobody else reads what goes there."""
    links = conn.execute(
        select(person_address).where(
            person_address.c.address_id == address_id, person_address.c.whose != DENIED
        )
    ).all()
    mine = [one for one in links if one.person_id == person_id and one.is_private]
    return bool(mine) and len(links) == 1


def owner_words(row: Any, languages: Sequence[str]) -> str:
    """Who owns a report, as the first of these languages calls the office."""
    post = owner_called(row.owner_post, *languages)
    return f"{row.owner_kind} {row.owner_unit} {post}".strip() if row.owner_unit else post


def person_on(conn: Connection, address_id: int) -> int | None:
    """Who uses a phone, when it is only one."""
    links = select(person_address.c.person_id).where(
        person_address.c.address_id == address_id, person_address.c.whose != DENIED
    )
    found = conn.execute(links.limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def empty_for(conn: Connection, address_ids: Collection[int]) -> int:
    """Blank the reports that came from these phones; number, dates and states stay counted."""
    theirs = ticket.c.address_id.in_(list(address_ids))
    ids = select(ticket.c.id).where(theirs)
    conn.execute(update(ticket_step).where(ticket_step.c.ticket_id.in_(ids)).values(note=""))
    blank = {"text": "", "teller": "", "answer": "", "person_id": None, "address_id": None}
    return conn.execute(update(ticket).where(theirs).values(**blank)).rowcount
