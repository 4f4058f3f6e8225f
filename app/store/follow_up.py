"""Follow-up of decisions: which are open and late, who owns them, what owners said of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    Select,
    bindparam,
    func,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.domain.follow_up import REMINDED
from app.domain.institution import CABINET, EXECUTIVE
from app.store.bulk import insert_into
from app.store.meetings import decision, meeting, minutes
from app.store.people import person
from app.store.schema import Row, link, loose_link, maybe_link, new_id, number, table_of
from app.store.seats import seat
from app.store.units import unit

LEADING = ("President", "Chairperson", "Convener", "Manager")
"""Who speaks for a body or unit that is named without a post."""
WAITS = "state = 'waiting'"


class DecisionReport(Row, table=True):
    """What the owner of a decision said of it by text; it counts once it is confirmed."""

    __tablename__ = "decision_report"
    __table_args__ = (
        Index("ix_decision_report_state", "network_id", "state", "id"),
        Index("ix_decision_report_of", "decision_id", "id"),
        Index(
            "ix_decision_report_waiting",
            "decision_id",
            "address_id",
            unique=True,
            sqlite_where=text(WAITS),
            postgresql_where=text(WAITS),
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    decision_id: int = link("decision.id")
    address_id: int = link("address.id", index=True)
    inbound_id: int | None = maybe_link("inbound.id")
    person_id: int | None = loose_link("person.id", index=True)
    """Who on that phone holds the owner post."""
    said: str = Field(max_length=12)
    """`done` or `in hand`."""
    note: str = Field(default="", max_length=300)
    """The words behind it."""
    state: str = Field(default="waiting", max_length=10)
    """`waiting`, `confirmed` or `refused`."""
    language: str = Field(default="", max_length=20)
    at: datetime
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime | None = None


decision_report = table_of(DecisionReport)


def _open(network_id: int) -> Select[Any]:
    """Decisions of published minutes that have a date and are neither closed nor only advice."""
    return (
        select(
            decision.c.id,
            decision.c.no,
            decision.c.due,
            decision.c.status,
            decision.c.owner,
            decision.c.owner_body,
            decision.c.owner_post,
            decision.c.owner_unit_id,
            decision.c.is_restricted,
            meeting.c.body,
            meeting.c.label,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
        )
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .outerjoin(unit, unit.c.id == decision.c.owner_unit_id)
        .where(
            decision.c.network_id == network_id,
            minutes.c.published_at.is_not(None),
            decision.c.status.in_(sorted(REMINDED)),
            decision.c.due.is_not(None),
        )
    )


def due_until(conn: Connection, network_id: int, until: date) -> Sequence[Any]:
    """Open decisions whose date is that day or before it, the oldest date first."""
    mine = _open(network_id).where(decision.c.due <= until)
    return conn.execute(mine.order_by(decision.c.due, decision.c.id)).all()


def still_open(conn: Connection, network_id: int, decision_id: int) -> Any | None:
    """One of them; None when it was closed, has no date, or is another network's."""
    return conn.execute(_open(network_id).where(decision.c.id == decision_id)).one_or_none()


def numbered(conn: Connection, network_id: int, label: str, no: int) -> Sequence[Any]:
    """Published decisions of that number, newest meeting first: several bodies may use one."""
    return conn.execute(
        select(
            decision.c.id,
            decision.c.no,
            decision.c.status,
            decision.c.owner,
            decision.c.owner_body,
            decision.c.owner_post,
            decision.c.owner_unit_id,
            (decision.c.is_restricted | minutes.c.is_restricted).label("is_restricted"),
            meeting.c.label,
        )
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == network_id,
            minutes.c.published_at.is_not(None),
            func.upper(meeting.c.label) == label.upper(),
            decision.c.no == number(no),
        )
        .order_by(meeting.c.at.desc(), decision.c.id.desc())
    ).all()


def holders(conn: Connection, network_id: int, owed: Any) -> Sequence[Any]:
    """Who holds the owner post of a decision now: person, seat, names; nobody where it is vacant.

    A unit without a post is owed for by those who lead it; an office of the cabinet without a
    body is one of the Executive Committee.
    """
    body, post, unit_id = owed.owner_body, owed.owner_post, owed.owner_unit_id
    if not body and unit_id is None:
        body = EXECUTIVE if post in CABINET else ""
    if not body and unit_id is None:
        return ()
    mine = (
        select(
            seat.c.id.label("seat_id"),
            seat.c.person_id,
            person.c.name,
            person.c.local_name,
            person.c.language,
        )
        .join(person, person.c.id == seat.c.person_id)
        .where(seat.c.network_id == network_id, seat.c.left_on.is_(None))
        .where(seat.c.post == post if post else seat.c.post.in_(LEADING))
    )
    if body:
        mine = mine.where(seat.c.body == body)
    if unit_id is not None:
        mine = mine.where(seat.c.unit_id == unit_id)
    return conn.execute(mine.order_by(seat.c.id)).all()


def put(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a report; one of the same phone that waits already takes the new words instead."""
    new = insert_into(conn.dialect.name, decision_report).values(**values)
    names = ("said", "note", "inbound_id", "person_id", "language", "at")
    statement = new.on_conflict_do_update(
        index_elements=["decision_id", "address_id"],
        index_where=text(WAITS),
        set_={name: new.excluded[name] for name in names},
    )
    return int(conn.execute(statement.returning(decision_report.c.id)).scalar_one())


def _reports(network_id: int) -> Select[Any]:
    return (
        select(
            decision_report,
            decision.c.no,
            decision.c.due,
            decision.c.status,
            decision.c.owner,
            meeting.c.body,
            meeting.c.label,
            person.c.name,
            person.c.local_name,
        )
        .join(decision, decision.c.id == decision_report.c.decision_id)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .outerjoin(person, person.c.id == decision_report.c.person_id)
        .where(decision_report.c.network_id == network_id)
    )


def waiting(conn: Connection, network_id: int, *, after: int, limit: int) -> Sequence[Any]:
    """Reports that wait for the General Secretary, oldest first."""
    mine = _reports(network_id).where(
        decision_report.c.state == "waiting", decision_report.c.id > after
    )
    return conn.execute(mine.order_by(decision_report.c.id).limit(limit)).all()


def waiting_count(conn: Connection, network_id: int) -> int:
    """How many reports wait."""
    mine = (decision_report.c.network_id == network_id, decision_report.c.state == "waiting")
    return int(conn.execute(select(func.count()).where(*mine)).scalar_one())


def get(conn: Connection, network_id: int, report_id: int) -> Any | None:
    """One report with its decision; None for one that is not there or another network's."""
    mine = _reports(network_id).where(decision_report.c.id == report_id)
    return conn.execute(mine).one_or_none()


def decide(conn: Connection, report_id: int, values: Mapping[str, Any]) -> bool:
    """Write down what became of a report that waits; False when somebody was quicker."""
    mine = (decision_report.c.id == report_id, decision_report.c.state == "waiting")
    done = conn.execute(update(decision_report).where(*mine).values(**values))
    return bool(done.rowcount)


def last_reports(conn: Connection, decision_ids: Collection[int]) -> Mapping[int, Any]:
    """The newest report about each of these decisions."""
    rows = conn.execute(
        select(decision_report)
        .where(decision_report.c.decision_id.in_(bindparam("ids", expanding=True)))
        .order_by(decision_report.c.id),
        {"ids": list(decision_ids)},
    )
    return {row.decision_id: row for row in rows}
