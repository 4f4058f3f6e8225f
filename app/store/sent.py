"""What was sent: the approved broadcasts of a network, page by page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.store.accounts import account
from app.store.broadcasts import broadcast


def approved(conn: Connection, network_id: int, *, before: int | None, limit: int) -> Sequence[Any]:
    """Approved broadcasts with the approver's name, newest Ref first, from below that Ref."""
    statement = (
        select(broadcast, account.c.name.label("approver"))
        .outerjoin(account, account.c.id == broadcast.c.approver_id)
        .where(broadcast.c.network_id == network_id, broadcast.c.approved_at.is_not(None))
        .order_by(broadcast.c.ref.desc())
    )
    if before is not None:
        statement = statement.where(broadcast.c.ref < before)
    return conn.execute(statement.limit(limit)).all()
