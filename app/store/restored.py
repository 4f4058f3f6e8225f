"""What a restored copy holds back: nothing of it goes out before a person says so."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, delete, func, not_, or_, select, update
from sqlalchemy.sql.dml import Update

from app.domain.messages import State
from app.store.addresses import address
from app.store.broadcasts import broadcast
from app.store.fan_out import lane_allows
from app.store.outbox import outbox, stands
from app.store.sessions import session
from app.store.settle import RESTORED


def hold_back(conn: Connection, now: datetime) -> tuple[int, int]:
    """Hold what waits in a copy and doubt what was being sent; gives how many of each.

    What was in doubt already keeps the mark too: a look-up that finds it unsent holds it.
    """
    waiting = or_(stands(State.QUEUED), stands(State.HELD))
    open_ends = or_(stands(State.SENDING), stands(State.UNCERTAIN))
    marked = {"reason": RESTORED, "updated_at": now}
    held = conn.execute(update(outbox).where(waiting).values(state=State.HELD.value, **marked))
    doubted = conn.execute(
        update(outbox)
        .where(open_ends)
        .values(state=State.UNCERTAIN.value, lease_until_us=None, **marked)
    )
    return held.rowcount, doubted.rowcount


def sign_everybody_out(conn: Connection) -> None:
    """End the sessions of a copy: whoever held one then may hold none now."""
    conn.execute(delete(session))


def outbox_restored_count(conn: Connection, network_id: int) -> int:
    """How many texts of a network a restore holds back until a person lets them go."""
    return int(
        conn.execute(
            select(func.count()).select_from(outbox).where(*_held_back(network_id))
        ).scalar_one()
    )


def release(conn: Connection, network_id: int, now: datetime, *, limit: int) -> dict[State, int]:
    """Let up to `limit` held texts of a network go; gives where they went, empty at the end.

    What is past its valid-until expires; what was called back or whose phone wrote STOP
    meanwhile is cancelled; the rest is queued, due now or at its own later time.
    """
    ids = _next(conn, network_id, limit)
    called_back = select(broadcast.c.id).where(broadcast.c.state == "cancelled")
    stopped = select(address.c.id).where(
        address.c.id == outbox.c.address_id, not_(lane_allows(outbox.c.lane, address.c.standing))
    )
    unwanted = or_(outbox.c.broadcast_id.in_(called_back), stopped.exists())
    due = case((outbox.c.due_at > now, outbox.c.due_at), else_=now)
    found: dict[State, int] = {}
    for state, reason, condition, more in (
        (State.EXPIRED, "too late", outbox.c.expires_at <= now, {}),
        (State.CANCELLED, "stopped", unwanted, {}),
        (State.QUEUED, "", None, {"due_at": due, "lease_token": None}),
    ):
        statement = _of(ids, condition).values(
            state=state.value, reason=reason, updated_at=now, **more
        )
        if n := conn.execute(statement).rowcount:
            found[state] = n
    return found


def drop(conn: Connection, network_id: int, now: datetime, *, limit: int) -> dict[State, int]:
    """Cancel up to `limit` held texts of a network; gives how many, empty at the end."""
    ids = _next(conn, network_id, limit)
    statement = _of(ids, None).values(
        state=State.CANCELLED.value, reason="dropped after a restore", updated_at=now
    )
    n = conn.execute(statement).rowcount
    return {State.CANCELLED: n} if n else {}


Step = Callable[..., dict[State, int]]
"""Either of the two: what a person may say to what is held back."""


def _held_back(network_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        stands(State.HELD),
        outbox.c.reason == RESTORED,
        outbox.c.network_id == network_id,
    )


def _next(conn: Connection, network_id: int, limit: int) -> list[int]:
    held = select(outbox.c.id).where(*_held_back(network_id))
    return list(conn.execute(held.order_by(outbox.c.id).limit(limit).with_for_update()).scalars())


def _of(ids: list[int], condition: ColumnElement[bool] | None) -> Update:
    """An update of those of these rows that are still held and, when given, are so."""
    statement = update(outbox).where(outbox.c.id.in_(ids), stands(State.HELD))
    return statement if condition is None else statement.where(condition)
