"""Show instalments: who pays back what when, what was told of it, and whom no text reaches."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.store import instalments, posts
from app.store.database import Connection, Database

MOST = 500
KEPT_FOR = timedelta(days=30)
"""So long what was paid is still shown."""


@dataclass(frozen=True, slots=True)
class InstalmentLine:
    """One instalment in the list."""

    id: int
    person_id: int
    name: str
    local_name: str
    unit: str
    local_unit: str
    kind: str
    """That of the unit."""
    due_on: date
    days: int
    """Days until it is due; below 0 when the day has passed."""
    label: str
    paid_on: date | None
    told_at: datetime | None
    """When the newest reminder of it was made."""
    has_private_phone: bool
    """Whether a reminder may go; whoever has none is told by somebody who comes by."""


@dataclass(frozen=True, slots=True)
class Instalments:
    """The list, the first due first, and what it comes to."""

    lines: tuple[InstalmentLine, ...]
    open: int
    late: int
    unreached: int
    """Due in the next week, or late, without a private phone."""


async def list_instalments(database: Database, network_id: int, *, today: date) -> Instalments:
    """What is not paid yet, and what was paid in the last month."""
    return await database.read(_listed, network_id, today)


def _listed(conn: Connection, network_id: int, today: date) -> Instalments:
    rows = instalments.listed(conn, network_id, since=today - KEPT_FOR, limit=MOST)
    phones = posts.phones(conn, {row.person_id for row in rows}, is_private=True)
    lines = tuple(_line(row, today, phones.get(row.person_id)) for row in rows)
    unpaid = [one for one in lines if one.paid_on is None]
    soon = [one for one in unpaid if one.days <= KEPT_FOR.days // 4]
    return Instalments(
        lines=lines,
        open=instalments.count(conn, network_id),
        late=sum(one.days < 0 for one in unpaid),
        unreached=sum(not one.has_private_phone for one in soon),
    )


def _line(row: Any, today: date, phone: Any) -> InstalmentLine:
    told = [at for at in (row.told_before_at, row.told_on_day_at) if at is not None]
    return InstalmentLine(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        unit=row.unit or "",
        local_unit=row.local_unit or "",
        kind=row.kind or "",
        due_on=row.due_on,
        days=(row.due_on - today).days,
        label=row.label,
        paid_on=row.paid_on,
        told_at=max(told, default=None),
        has_private_phone=phone is not None
        and phone.kind != "email"
        and phone.standing == "active",
    )
