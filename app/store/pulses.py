"""The device behind each wire: how it was when it was last heard of, one row a wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, select
from sqlmodel import Field

from app.domain.messages import Pulse
from app.domain.storable import storable
from app.store.bulk import insert_into
from app.store.schema import Row, new_id, table_of


class DevicePulse(Row, table=True):
    """What a wire last told of the phone that carries it."""

    __tablename__ = "device_pulse"

    id: int = new_id()
    channel: str = Field(max_length=40, unique=True)
    seen_at: datetime | None = None
    """When the device was last heard of; nothing when it never was."""
    asked_at: datetime
    """When the wire last told anything of it."""
    battery: int | None = None
    is_charging: bool | None = None
    network: str = Field(default="", max_length=20)
    version: str = Field(default="", max_length=40)
    failed: int | None = None
    """How many texts it could not send in the hour before."""
    trouble: str = Field(default="", max_length=200)


device_pulse = table_of(DevicePulse)


def note(conn: Connection, pulse: Pulse, now: datetime) -> None:
    """Keep the newest pulse; one that heard nothing leaves what was heard before."""
    values: dict[str, Any] = {"asked_at": now, "trouble": storable(pulse.trouble)[:200]}
    if pulse.is_heard:
        values["seen_at"] = pulse.seen_at or now
        told = {
            "battery": pulse.battery,
            "is_charging": pulse.is_charging,
            "network": storable(pulse.network)[:20] or None,
            "version": storable(pulse.version)[:40] or None,
            "failed": pulse.failed,
        }
        values |= {name: value for name, value in told.items() if value is not None}
    row = {"channel": pulse.channel[:40], "network": "", "version": "", **values}
    statement = insert_into(conn.dialect.name, device_pulse).values(**row)
    if "seen_at" in values:
        # What a server heard may be older than what the phone has told us since.
        told_at, known_at = statement.excluded.seen_at, device_pulse.c.seen_at
        values["seen_at"] = case((known_at > told_at, known_at), else_=told_at)
    conn.execute(statement.on_conflict_do_update(index_elements=["channel"], set_=values))


_every = select(device_pulse).order_by(device_pulse.c.channel)


def every(conn: Connection) -> Sequence[Any]:
    """The last pulse of each wire that ever had one."""
    return conn.execute(_every).all()
