"""Periodic runs and listeners: who does what now, so that no two processes do it twice."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, update
from sqlmodel import Field

from app.store.bulk import insert_new
from app.store.schema import Row, big, db_now_us, table_of

SECOND_US = 1_000_000


class PeriodicRun(Row, table=True):
    """One slot of one job, claimed in the transaction of its work."""

    __tablename__ = "periodic_run"

    job: str = Field(max_length=40, primary_key=True)
    slot: str = Field(max_length=40, primary_key=True)
    worker: str = Field(max_length=60)
    at: datetime


class Listener(Row, table=True):
    """The one process that listens on a wire now; its claim runs out unless renewed."""

    channel: str = Field(max_length=40, primary_key=True)
    worker: str = Field(default="", max_length=60)
    until_us: int = big()


periodic_run = table_of(PeriodicRun)
listener = table_of(Listener)


def claim_slot(conn: Connection, job: str, slot: str, *, worker: str, now: datetime) -> bool:
    """Whether this process is the one that runs the job in this slot."""
    statement = insert_new(conn, periodic_run, ("job", "slot")).values(
        job=job, slot=slot, worker=worker, at=now
    )
    return conn.execute(statement.returning(periodic_run.c.job)).first() is not None


def forget_runs(conn: Connection, before: datetime) -> int:
    """Drop the record of runs older than that; gives how many."""
    return conn.execute(delete(periodic_run).where(periodic_run.c.at < before)).rowcount


def own_listener(conn: Connection, channel: str, worker: str, *, lease_s: float) -> bool:
    """Take or renew the right to listen on a wire; False while another process has it."""
    conn.execute(insert_new(conn, listener, ("channel",)).values(channel=channel, until_us=0))
    statement = (
        update(listener)
        .where(
            listener.c.channel == channel,
            or_(listener.c.worker == worker, listener.c.until_us < db_now_us()),
        )
        .values(worker=worker, until_us=db_now_us() + int(lease_s * SECOND_US))
        .returning(listener.c.channel)
    )
    return conn.execute(statement).first() is not None


def leave_listener(conn: Connection, channel: str, worker: str) -> None:
    """Give the right to listen back at once."""
    conn.execute(
        update(listener)
        .where(listener.c.channel == channel, listener.c.worker == worker)
        .values(until_us=0)
    )
