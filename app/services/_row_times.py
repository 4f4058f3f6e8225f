"""The times of texts that are put into the outbox without a fan-out: never in quiet hours."""

from datetime import datetime, timedelta
from typing import Any

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.domain.quiet_hours import is_quiet
from app.services.price_plan import first_moment
from app.store.networks import NetworkInfo


def row_times(
    network: NetworkInfo, kind: Kind, due: datetime, *, useful_for: timedelta, now: datetime
) -> dict[str, Any]:
    """The columns of a routine text made now that is due then."""
    waits = is_quiet(due, network.tz, network.quiet)
    first = first_moment(network, kind, due)
    return {
        "state": (State.HELD if waits else State.QUEUED).value,
        "reason": "quiet" if waits else "",
        "due_at": first,
        "expires_at": first + useful_for,
        "created_at": now,
        "updated_at": now,
    }
