"""What the register and the wires add up to in a stretch of time: counts, each by one question."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, or_, select

from app.domain.minutes import CLOSED, DecisionState, Presence
from app.store.addresses import address, consent
from app.store.broadcasts import broadcast
from app.store.meetings import (
    attendance,
    decision,
    decision_step,
    meeting,
    minutes,
    minutes_revision,
)
from app.store.outbox import outbox
from app.store.people import DENIED, person, person_address
from app.store.publication_reach import GOT
from app.store.publications import publication
from app.store.resolutions import resolution
from app.store.routes import route, route_day
from app.store.units import unit

OWN_WISH = ("sms", "mail", "chat", "office")
"""Where it is the people themselves who stop; a mail server's word is not theirs."""
_CLOSED = sorted(state.value for state in CLOSED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time of one network: the hours, the first day, and the last one."""

    network_id: int
    start: datetime
    end: datetime
    """The first hour that is no longer in it."""
    first: date
    last: date


def meetings_in(conn: Connection, at: Stretch) -> Sequence[Any]:
    """The meetings of that time with the figures and the first publishing of their minutes."""
    first_published = (
        select(func.min(minutes_revision.c.published_at))
        .where(minutes_revision.c.minutes_id == minutes.c.id)
        .correlate(minutes)
        .scalar_subquery()
    )
    published = case(
        (minutes.c.published_at.is_(None), None),
        else_=func.coalesce(first_published, minutes.c.published_at),
    )
    statement = (
        select(
            meeting.c.id,
            meeting.c.body,
            meeting.c.label,
            meeting.c.at,
            meeting.c.state,
            func.coalesce(minutes.c.present, 0).label("present"),
            func.coalesce(minutes.c.women, 0).label("women"),
            minutes.c.published_at.is_not(None).label("is_published"),
            published.label("first_published_at"),
        )
        .outerjoin(minutes, minutes.c.meeting_id == meeting.c.id)
        .where(_is_in(at))
        .order_by(meeting.c.at, meeting.c.id)
    )
    return conn.execute(statement).all()


def _is_in(at: Stretch) -> ColumnElement[bool]:
    mine = meeting.c.network_id == at.network_id
    return and_(mine, meeting.c.at >= at.start, meeting.c.at < at.end)


def present_at(
    conn: Connection, meeting_ids: Collection[int]
) -> Mapping[int, tuple[int, int, int]]:
    """How many were present, women and men at each meeting that was marked; guests apart."""
    statement = (
        select(attendance.c.meeting_id, attendance.c.sex, func.count())
        .where(
            attendance.c.meeting_id.in_(bindparam("ids", expanding=True)),
            attendance.c.presence == Presence.PRESENT.value,
            or_(attendance.c.person_id.is_not(None), attendance.c.unit_id.is_not(None)),
        )
        .group_by(attendance.c.meeting_id, attendance.c.sex)
    )
    found: dict[int, tuple[int, int, int]] = {}
    for meeting_id, sex, n in conn.execute(statement, {"ids": list(meeting_ids)}):
        present, women, men = found.get(meeting_id, (0, 0, 0))
        found[meeting_id] = (present + n, women + n * (sex == "f"), men + n * (sex == "m"))
    return found


def marks_of(conn: Connection, meeting_ids: Collection[int]) -> Sequence[Any]:
    """Of which unit who came to which of these meetings: meeting, unit, presence."""
    statement = (
        select(attendance.c.meeting_id, attendance.c.unit_id, attendance.c.presence)
        .where(
            attendance.c.meeting_id.in_(bindparam("ids", expanding=True)),
            attendance.c.unit_id.is_not(None),
        )
        .distinct()
    )
    return conn.execute(statement, {"ids": list(meeting_ids)}).all()


def first_told(conn: Connection, meeting_ids: Collection[int]) -> Sequence[Any]:
    """When the first person of each unit had the minutes of these meetings by text or mail."""
    moment = func.coalesce(outbox.c.started_at, outbox.c.updated_at)
    statement = (
        select(
            publication.c.meeting_id,
            person.c.unit_id,
            func.min(moment, type_=outbox.c.updated_at.type).label("first_at"),
        )
        .join(broadcast, broadcast.c.publication_id == publication.c.id)
        .join(outbox, outbox.c.broadcast_id == broadcast.c.id)
        .join(person_address, person_address.c.address_id == outbox.c.address_id)
        .join(person, person.c.id == person_address.c.person_id)
        .where(
            publication.c.meeting_id.in_(bindparam("ids", expanding=True)),
            outbox.c.state.in_([state.value for state in GOT]),
            person_address.c.whose != DENIED,
            person.c.unit_id.is_not(None),
        )
        .group_by(publication.c.meeting_id, person.c.unit_id)
    )
    return conn.execute(statement, {"ids": list(meeting_ids)}).all()


def units_of(conn: Connection, network_id: int) -> Sequence[Any]:
    """Every unit of a network with the one that it stands under."""
    statement = select(unit.c.id, unit.c.parent_id, unit.c.kind, unit.c.name, unit.c.local_name)
    return conn.execute(statement.where(unit.c.network_id == network_id).order_by(unit.c.id)).all()


def _status_at(end: datetime) -> ColumnElement[Any]:
    """Where a decision stood then: its last step before; without any step what it says itself."""
    steps = decision_step.c.decision_id == decision.c.id
    last = (
        select(decision_step.c.status)
        .where(steps, decision_step.c.at < end)
        .order_by(decision_step.c.id.desc())
        .limit(1)
        .correlate(decision)
        .scalar_subquery()
    )
    later = select(decision_step.c.id).where(steps).correlate(decision).exists()
    open_yet = case((later, DecisionState.IN_HAND.value), else_=decision.c.status)
    return func.coalesce(last, open_yet)


def decision_counts(conn: Connection, at: Stretch, day: date) -> tuple[int, int, int]:
    """Decisions taken in that time, done in it, and open past their date on that day."""
    done = DecisionState.DONE.value
    is_new = meeting.c.at >= at.start
    was_open = or_(is_new, _status_at(at.start) != done)
    is_late = and_(decision.c.due < day, _status_at(at.end).not_in(_CLOSED))
    statement = (
        select(
            _times(is_new),
            _times(and_(_status_at(at.end) == done, was_open)),
            _times(is_late),
        )
        .select_from(decision)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == at.network_id,
            minutes.c.published_at.is_not(None),
            meeting.c.at < at.end,
        )
    )
    taken, finished, late = conn.execute(statement).one()
    return int(taken), int(finished), int(late)


def _times(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def resolution_counts(conn: Connection, at: Stretch, day: date) -> tuple[int, int, int, int]:
    """Resolutions passed in that time, sent, answered; and those whose answer is late."""
    no_answer = or_(resolution.c.replied_on.is_(None), resolution.c.replied_on > at.last)
    is_late = and_(resolution.c.sent_on <= at.last, resolution.c.reply_due < day, no_answer)
    statement = (
        select(
            _times(meeting.c.at >= at.start),
            _times(resolution.c.sent_on.between(at.first, at.last)),
            _times(resolution.c.replied_on.between(at.first, at.last)),
            _times(is_late),
        )
        .select_from(resolution)
        .join(minutes, minutes.c.id == resolution.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            resolution.c.network_id == at.network_id,
            minutes.c.published_at.is_not(None),
            meeting.c.at < at.end,
        )
    )
    passed, sent, answered, late = conn.execute(statement).one()
    return int(passed), int(sent), int(answered), int(late)


def wire_counts(conn: Connection, at: Stretch) -> Sequence[Any]:
    """How many texts each wire took in that time and what they cost: name, kind, used, spent."""
    statement = (
        select(
            route.c.name,
            route.c.kind,
            route.c.currency,
            func.sum(route_day.c.used).label("used"),
            func.sum(route_day.c.spent_micro).label("spent_micro"),
        )
        .join(route, route.c.id == route_day.c.route_id)
        .where(
            route_day.c.network_id == at.network_id,
            route_day.c.day.between(at.first, at.last),
            route_day.c.used > 0,
        )
        .group_by(route.c.id, route.c.name, route.c.kind, route.c.currency)
        .order_by(route.c.name)
    )
    return conn.execute(statement).all()


def stopped_count(conn: Connection, at: Stretch) -> int:
    """How many phones and addresses stopped all messages in that time by their own wish."""
    statement = (
        select(func.count(consent.c.address_id.distinct()))
        .join(address, address.c.id == consent.c.address_id)
        .where(
            consent.c.network_id == at.network_id,
            # Who stops notices only chose danger alerts; a wrong number is nobody's wish.
            consent.c.purpose == "alert",
            consent.c.is_given.is_(False),
            consent.c.source.in_(OWN_WISH),
            consent.c.at >= at.start,
            consent.c.at < at.end,
            address.c.standing != "wrong",
        )
    )
    return int(conn.execute(statement).scalar_one())
