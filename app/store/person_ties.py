"""What else says something of a person: seats, groups, links, requests; cut or moved together."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from app.store import (
    attendance,
    chats,
    emergency_cards,
    instalments,
    meeting_answers,
    notices,
    resolutions,
)
from app.store.addresses import address
from app.store.boards import board, hanging
from app.store.follow_up import decision_report
from app.store.groups import health_consent, membership, people_group
from app.store.imports import import_batch, import_row
from app.store.inbound import inbound
from app.store.joining import join_request
from app.store.people import person_address
from app.store.seats import seat
from app.store.tickets import ticket

OPEN_BATCHES = ("draft", "keeping")


def held_seats(conn: Connection, person_id: int) -> int:
    """How many seats a person holds now."""
    held = select(func.count()).where(seat.c.person_id == person_id, seat.c.left_on.is_(None))
    return int(conn.execute(held).scalar_one())


def cut(conn: Connection, person_id: int) -> None:
    """Take out all that hangs on a person, so that they can be taken out themselves."""
    resolutions.let_seats_go(conn, person_id=person_id)
    for table in (seat, membership, health_consent, person_address):
        conn.execute(delete(table).where(table.c.person_id == person_id))
    for column in (join_request.c.person_id, address.c.speaker_id):
        conn.execute(update(column.table).where(column == person_id).values({column.name: None}))
    attendance.cut(conn, person_id)
    chats.forget_codes_of(conn, person_id)
    meeting_answers.drop(conn, person_id=person_id)
    notices.drop_person(conn, person_id)
    emergency_cards.drop(conn, person_id=person_id)
    instalments.cut(conn, person_id)
    _in_open_lists(conn, person_id, None)


def seats(conn: Connection, person_id: int) -> Sequence[Any]:
    """All the seats of a person, oldest first."""
    mine = select(seat).where(seat.c.person_id == person_id)
    return conn.execute(mine.order_by(seat.c.id)).all()


def change_seat(conn: Connection, seat_id: int, **values: Any) -> None:
    """Set these columns of a seat."""
    conn.execute(update(seat).where(seat.c.id == seat_id).values(**values))


def drop_seat(conn: Connection, seat_id: int) -> None:
    """Take out a seat that stands twice."""
    resolutions.let_seats_go(conn, seat_id=seat_id)
    conn.execute(delete(seat).where(seat.c.id == seat_id))


def memberships(conn: Connection, person_id: int) -> Sequence[Any]:
    """The groups that a person is in, with what each knows of them."""
    mine = (
        select(
            membership,
            people_group.c.name.label("group"),
            people_group.c.local_name.label("local_group"),
            people_group.c.kind.label("kind"),
            people_group.c.ends_on,
        )
        .join(people_group, people_group.c.id == membership.c.group_id)
        .where(membership.c.person_id == person_id)
        .order_by(people_group.c.name_key)
    )
    return conn.execute(mine).all()


def change_membership(conn: Connection, membership_id: int, **values: Any) -> None:
    """Set these columns of a membership."""
    conn.execute(update(membership).where(membership.c.id == membership_id).values(**values))


def drop_membership(conn: Connection, membership_id: int) -> None:
    """Take out a membership that stands twice."""
    conn.execute(delete(membership).where(membership.c.id == membership_id))


def links(conn: Connection, person_id: int) -> Sequence[Any]:
    """The addresses of a person as linked."""
    return conn.execute(select(person_address).where(person_address.c.person_id == person_id)).all()


def move_rest(conn: Connection, from_id: int, to_id: int) -> None:
    """Let what cannot stand twice be another person's: requests, voice, consent, boards."""
    for column in (
        join_request.c.person_id,
        address.c.speaker_id,
        health_consent.c.person_id,
        inbound.c.speaker_id,
        decision_report.c.person_id,
        ticket.c.person_id,
        board.c.keeper_id,
        hanging.c.proved_by_id,
    ):
        conn.execute(update(column.table).where(column == from_id).values({column.name: to_id}))
    attendance.move(conn, from_id, to_id)
    chats.forget_codes_of(conn, from_id)
    meeting_answers.move(conn, from_id, to_id)
    notices.move_person(conn, from_id, to_id)
    emergency_cards.move(conn, from_id, to_id)
    instalments.move(conn, from_id, to_id)
    _in_open_lists(conn, from_id, to_id)


def _in_open_lists(conn: Connection, person_id: int, other_id: int | None) -> None:
    """Lists that are not kept yet name people by id without a foreign key."""
    open_ones = select(import_batch.c.id).where(import_batch.c.state.in_(OPEN_BATCHES))
    conn.execute(
        update(import_row)
        .where(import_row.c.batch_id.in_(open_ones), import_row.c.person_id == person_id)
        .values(person_id=other_id)
    )
