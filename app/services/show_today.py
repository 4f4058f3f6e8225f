"""Show today: what waits for this officer, what is going out, and how money and wires stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.services._chats import shown_sender, without_code
from app.services._holders import local_names_of, names_of
from app.services.list_broadcasts import Going, Officer, Planned, SentLately, broadcasts_of
from app.services.show_cards import stale_cards
from app.services.show_wires import WireHealth, wires_of
from app.store import broadcasts, joining, meetings, networks, talk, today
from app.store.database import Connection, Database

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """Uncertain texts of one broadcast; `broadcast_id` and `ref` are None for replies."""

    broadcast_id: int | None
    ref: int | None
    outbox_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Texts that may have been sent or not."""

    count: int
    of: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A text that waits for a person; `who` is a name, or a masked number."""

    id: int
    address_id: int | None
    who: str
    text: str
    intent: str
    at: datetime
    is_danger: bool = False
    is_hidden: bool = False
    """Only those who deal with the report that it became may read it: `text` and `who` are ""."""
    local_who: str = ""
    """`who` in the script of the network."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """How many texts wait for a person, and the newest five; those of danger before all others."""

    count: int
    newest: tuple[InboxLine, ...]


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The first meeting still to come; `venue` by language tag."""

    body: str
    label: str
    no: int
    at: datetime
    venue: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Decisions past their date, neither done nor dropped; the oldest is named."""

    count: int
    code: str
    """Of the oldest: `9/1`; "" when there is none."""
    body: str
    label: str
    no: int
    days_late: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of office that end within 60 days, or ended; `days` until the first of them ends."""

    count: int
    days: int


@dataclass(frozen=True, slots=True)
class Today:
    """The first page of the office."""

    at: datetime
    tz: str
    to_approve: tuple[Planned, ...]
    own_waiting: tuple[Planned, ...]
    going: tuple[Going, ...]
    sent: tuple[SentLately, ...]
    uncertain: Uncertain
    inbox: Inbox
    restored: int
    """Texts that a restored backup holds until a person says yes."""
    next_meeting: NextMeeting | None
    overdue: Overdue
    terms: Terms
    asking: int
    """People who asked by text to join and wait for an answer."""
    spent_micro: int
    """Planned price of what was approved this month."""
    cap_micro: int
    """0 means no cap is set."""
    currency: str
    wires: tuple[WireHealth, ...]
    stale_cards: int = 0
    """Emergency cards with a number that nobody tried for 90 days."""


async def show_today(
    database: Database, network_id: int, *, account_id: int | None, may_approve: bool, now: datetime
) -> Today:
    """What an officer asks first. `to_approve` leaves out what they wrote themselves."""
    return await database.read(_show, network_id, Officer(account_id, may_approve), now)


def _show(conn: Connection, network_id: int, officer: Officer, now: datetime) -> Today:
    network = networks.by_id(conn, network_id)
    local = now.astimezone(ZoneInfo(network.tz))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    listed = broadcasts_of(conn, network, officer, now)
    return Today(
        at=now,
        tz=network.tz,
        to_approve=listed.to_approve,
        own_waiting=listed.own_waiting,
        going=listed.going,
        sent=listed.sent,
        uncertain=_uncertain(conn, network_id),
        inbox=_inbox(conn, network_id),
        restored=today.restored(conn, network_id),
        next_meeting=_next_meeting(conn, network_id, now),
        overdue=_overdue(conn, network_id, local.date()),
        terms=_terms(conn, network_id, local.date()),
        asking=joining.waiting_count(conn, network_id),
        spent_micro=broadcasts.spent_since(conn, network_id, month),
        cap_micro=network.monthly_cap_micro,
        currency=network.currency,
        wires=wires_of(conn, network_id),
        stale_cards=stale_cards(conn, network_id, local.date()),
    )


def _uncertain(conn: Connection, network_id: int) -> Uncertain:
    rows = today.uncertain(conn, network_id)
    found: dict[tuple[int | None, int | None], list[int]] = {}
    for row in rows:
        found.setdefault((row.broadcast_id, row.ref), []).append(row.id)
    of = (Doubt(broadcast_id, ref, tuple(ids)) for (broadcast_id, ref), ids in found.items())
    return Uncertain(len(rows), tuple(of))


def _inbox(conn: Connection, network_id: int) -> Inbox:
    rows = today.inbox_newest(conn, network_id, NEWEST)
    holders = talk.holders(conn, [row.address_id for row in rows if row.address_id is not None])
    newest = (
        InboxLine(
            id=row.id,
            address_id=row.address_id,
            who="" if row.is_hidden else _who(row, holders, names_of),
            local_who="" if row.is_hidden else _who(row, holders, local_names_of),
            text="" if row.is_hidden else without_code(row.text),
            intent=row.intent,
            at=row.received_at,
            is_danger=row.is_danger,
            is_hidden=row.is_hidden,
        )
        for row in rows
    )
    return Inbox(today.inbox_count(conn, network_id), tuple(newest))


def _who(
    row: Any, holders: Mapping[int, Sequence[Any]], named: Callable[[Sequence[Any]], str]
) -> str:
    return named(holders.get(row.address_id, ())) or shown_sender(row.sender)


def _next_meeting(conn: Connection, network_id: int, now: datetime) -> NextMeeting | None:
    row = meetings.next_meeting(conn, network_id, now)
    if row is None:
        return None
    return NextMeeting(body=row.body, label=row.label, no=row.no, at=row.at, venue=row.venue)


def _overdue(conn: Connection, network_id: int, on: date) -> Overdue:
    count, row = today.overdue(conn, network_id, on)
    if row is None:
        return Overdue(count=0, code="", body="", label="", no=0, days_late=0)
    code = f"{row.label}/{row.no}"
    return Overdue(count, code, row.body, row.label, row.no, (on - row.due).days)


def _terms(conn: Connection, network_id: int, on: date) -> Terms:
    count, first = today.terms_ending(conn, network_id, on)
    return Terms(count, (first - on).days if first else 0)
