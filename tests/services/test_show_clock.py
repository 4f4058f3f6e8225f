"""The accountability clock: days from the meeting to its minutes, and until each LSO was told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.services.show_clock import BodyClock, Clock, LsoClock, MeetingClock, Span, show_clock
from app.store import people
from app.store.addresses import address
from app.store.broadcasts import broadcast
from app.store.database import Connection
from app.store.meetings import attendance, meeting, minutes, minutes_revision
from app.store.outbox import outbox
from app.store.publications import publication
from tests.factories import Office

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def add(conn: Connection, table: Any, **values: Any) -> int:
    return conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()


def held(
    conn: Connection, network_id: int, body: str, no: int, ago: int, *published: int, **more: Any
) -> int:
    """A meeting so many days ago, published so many days after it, each time anew."""
    at = days_ago(ago)
    facts = {"network_id": network_id, "body": body, "no": no, "label": str(no), "at": at}
    meeting_id = add(conn, meeting, **facts, **{"state": "held", **more})
    times = [at + timedelta(days=days) for days in published]
    last = times[-1] if times else None
    ids = {"network_id": network_id, "meeting_id": meeting_id, "published_at": last}
    minutes_id = add(conn, minutes, **ids)
    for revision, time in enumerate(times, 1):
        row = {"minutes_id": minutes_id, "no": revision, "published_at": time}
        conn.execute(insert(minutes_revision).values(network_id=network_id, content={}, **row))
    return meeting_id


async def clock(office: Office, span: Span | None = None) -> Clock:
    return await show_clock(office.database, office.id, span, now=NOW)


def _meetings(conn: Connection, network_id: int) -> list[int]:
    held(conn, network_id, "GB", 1, 500, 1)  # more than a year ago
    held(conn, network_id, "EC", 3, 20, 2, state="adjourned")
    held(conn, network_id, "EC", 4, -5, state="planned")
    return [
        held(conn, network_id, "EC", 1, 100, 3, 30),  # a later revision does not count
        held(conn, network_id, "EC", 2, 60, 8),
        held(conn, network_id, "EC", 5, 10),
        held(conn, network_id, "HEALTH", 1, 9, 0),
    ]


async def test_the_days_to_the_minutes_are_those_made_by_hand(office: Office) -> None:
    ids = await office.database.write(_meetings, office.id)
    found = await clock(office)
    assert found.bodies == (
        BodyClock("EC", 3, 2, 5.5, 8, 10),
        BodyClock("HEALTH", 1, 1, 0.0, 0, 0),
    )
    assert [(one.body, one.label, one.days) for one in found.meetings] == [
        ("HEALTH", "1", 0),
        ("EC", "5", 10),
        ("EC", "2", 8),
        ("EC", "1", 3),
    ]
    assert found.meetings[-1] == MeetingClock(
        ids[0], "EC", "1", date(2026, 8, 13), date(2026, 8, 16), 3
    )
    assert found.meetings[1].published_on is None
    assert (found.since, found.until) == (date(2025, 11, 20), date(2026, 11, 21))


async def test_only_the_days_asked_for_count_and_never_more_than_a_year(office: Office) -> None:
    await office.database.write(_meetings, office.id)
    found = await clock(office, Span(date(2026, 9, 1), date(2026, 10, 1)))
    assert [one.label for one in found.meetings] == ["2"]
    whole = await clock(office, Span(date(1990, 1, 1), date(2999, 1, 1)))
    assert (whole.since, whole.until) == (date(2025, 11, 20), date(2026, 11, 21))
    nothing = await clock(office, Span(date(2030, 1, 1)))
    assert (nothing.meetings, nothing.bodies) == ((), ())


async def test_each_lso_knows_when_it_came_and_when_it_was_told(office: Office) -> None:
    roshni = await office.unit("Roshni", local_name="روشنی")
    azm = await office.unit("Azm")
    dosti = await office.unit("Dosti", kind="VO", parent_id=roshni)
    await office.database.write(_tell, office, roshni, azm, dosti)
    found = await clock(office)
    assert found.lsos == (
        LsoClock(azm, "Azm", "", came=0, stayed_away=1, told=0, untold=3, median_days=None),
        # Told of the first by its VO after 4 days, of the second itself after 7.
        LsoClock(
            roshni, "Roshni", "روشنی", came=2, stayed_away=0, told=2, untold=1, median_days=5.5
        ),
    )
    other = await Office.open(office.database, office.now, "other")
    assert (await clock(other)).lsos == ()


def _tell(conn: Connection, office: Office, roshni: int, azm: int, dosti: int) -> None:
    first, second, *_ = _meetings(conn, office.id)
    for meeting_id, unit_id, presence in (
        (first, roshni, "absent"),
        (first, dosti, "present"),
        (first, azm, "excused"),
        (second, roshni, "present"),
    ):
        row = {"network_id": office.id, "meeting_id": meeting_id, "unit_id": unit_id}
        facts = {"name": "x", "sex": "f", "presence": presence, "marked_at": NOW}
        conn.execute(insert(attendance).values(**row, **facts))
    for n, (meeting_id, ago, unit_id, state) in enumerate(
        (
            (first, 96, dosti, "delivered"),
            (first, 90, roshni, "sent"),
            (first, 99, azm, "undelivered"),
            (second, 53, roshni, "sent"),
        )
    ):
        _text(conn, office, n, (meeting_id, ago, unit_id, state))


def _text(conn: Connection, office: Office, n: int, told: tuple[int, int, int, str]) -> None:
    meeting_id, ago, unit_id, state = told
    mine, at = {"network_id": office.id}, days_ago(ago)
    person_id = add(conn, people.person, **mine, name="x", unit_id=unit_id)
    phone = add(
        conn,
        address,
        **mine,
        msisdn=f"+92390{n:07d}",
        reach="demo",
        standing="active",
        created_at=at,
    )
    link = {"person_id": person_id, "address_id": phone, "whose": "own"}
    conn.execute(insert(people.person_address).values(**link))
    of = add(conn, publication, **mine, meeting_id=meeting_id, revision=1, created_at=at)
    facts = {"kind": "notice", "audience": "all", "state": "running", "created_at": at}
    sent = add(conn, broadcast, **mine, publication_id=of, ref=n + 1, **facts)
    times = {"due_at": at, "started_at": at, "created_at": at, "updated_at": NOW}
    row = {"address_id": phone, "route_id": office.routes["sim"], "broadcast_id": sent}
    add(conn, outbox, **mine, **row, dedupe_key=str(n), lane=1, state=state, **times)
