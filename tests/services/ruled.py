"""Rules of meetings as tests keep them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.domain.recurrence import read_rule
from app.services.keep_series import NewSeries, keep_series
from app.store import networks, seats
from app.store.meetings import meeting
from app.store.networks import NetworkInfo
from tests.factories import Office

SECOND_SUNDAY = NewSeries("EC", read_rule("second Sunday"), time(10), date(2026, 11, 1))
BY = "Nusrat"


async def ruled(office: Office, **changes: Any) -> int:
    """A rule of the Executive Committee: the second Sunday at ten, unless told otherwise."""
    new = replace(SECOND_SUNDAY, **changes)
    return await keep_series(office.database, office.id, new, by=BY, now=office.now)


async def bodies(office: Office) -> None:
    """The General Body and the Executive Committee, which some tests make by themselves."""
    for code, name in (("EC", "Executive Committee"), ("GB", "General Body")):
        if await office.database.read(seats.body_named, office.id, code) is None:
            values = {"network_id": office.id, "code": code, "name": name, "local_name": ""}
            await office.database.write(seats.put_body, values)


async def info(office: Office) -> NetworkInfo:
    return await office.database.read(networks.by_id, office.id)


async def book(office: Office) -> list[Any]:
    """The network's meetings in the order of their days."""
    statement = select(meeting).where(meeting.c.network_id == office.id).order_by(meeting.c.at)
    return list(await office.database.read(lambda conn: conn.execute(statement).all()))


async def told(office: Office, tz: str = "Asia/Karachi") -> list[str]:
    """Each meeting as `15 Sun 13 Dec 10:00 planned`, on the clocks there."""
    zone = ZoneInfo(tz)
    return [
        f"{one.label} {one.at.astimezone(zone):%a %-d %b %H:%M} {one.state}"
        for one in await book(office)
    ]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
