"""Show the wires: which work, which are in trouble, and when each was last used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.store import pulses, today
from app.store.database import Connection, Database

SILENT_AFTER = timedelta(hours=1)
"""A phone that was not heard of for so long is said to be silent."""
LOW_BATTERY = 25


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """The phone behind a wire, as it last told; None: it does not say."""

    seen_at: datetime | None
    asked_at: datetime
    battery: int | None
    is_charging: bool | None
    network: str
    version: str
    failed: int | None
    trouble: str

    @property
    def is_low(self) -> bool:
        """Whether its battery runs out."""
        is_little = self.battery is not None and self.battery < LOW_BATTERY
        return is_little and self.is_charging is not True

    def is_silent(self, now: datetime) -> bool:
        """Whether it has not been heard of for too long."""
        return self.seen_at is None or now - self.seen_at > SILENT_AFTER


@dataclass(frozen=True, slots=True)
class WireHealth:
    """One open or troubled wire."""

    name: str
    kind: str
    is_open: bool
    trouble: str
    """What is wrong, in words; "" when it works."""
    is_paused: bool
    """Whether it rests now because a gateway asked for it or failed again and again."""
    last_at: datetime | None
    """When this network's last text went out or came in over it, if that was not long ago."""
    last_day: date | None
    """The last day on which this network used it (UTC); None when it never did."""
    waiting: int
    """Texts of this network that are queued for it."""
    device: DeviceHealth | None = None
    """The phone behind it, where the wire has one that tells of itself."""


async def show_wires(database: Database, network_id: int) -> tuple[WireHealth, ...]:
    """Every wire that is open or in trouble, with what this network has on it."""
    return await database.read(wires_of, network_id)


def wires_of(conn: Connection, network_id: int) -> tuple[WireHealth, ...]:
    """The wires in the order in which they were configured."""
    sent, heard = today.last_sent(conn, network_id), today.last_heard(conn, network_id)
    days, queued = today.last_days(conn, network_id), today.queued(conn, network_id)
    told = devices_of(conn)
    return tuple(
        WireHealth(
            name=row.name,
            kind=row.kind,
            is_open=row.is_open,
            trouble=row.trouble,
            is_paused=bool(row.is_paused),
            last_at=max(filter(None, (sent.get(row.id), heard.get(row.name))), default=None),
            last_day=days.get(row.id),
            waiting=queued.get(row.id, 0),
            device=told.get(row.name),
        )
        for row in today.wires(conn)
    )


def devices_of(conn: Connection) -> Mapping[str, DeviceHealth]:
    """The phones behind the wires, by the name of the wire."""
    return {row.channel: device_of(row) for row in pulses.every(conn)}


def device_of(row: Any) -> DeviceHealth:
    """The phone as its last pulse left it."""
    return DeviceHealth(
        seen_at=row.seen_at,
        asked_at=row.asked_at,
        battery=row.battery,
        is_charging=row.is_charging,
        network=row.network,
        version=row.version,
        failed=row.failed,
        trouble=row.trouble,
    )
