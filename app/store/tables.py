"""All tables in one place, so that migrations see them whatever the program has loaded."""

from app.store import (
    accounts,
    broadcasts,
    imports,
    inbound,
    journal,
    meetings,
    networks,
    outbox,
    people,
    receipts,
    routes,
    timetable,
)
from app.store.schema import metadata

NOUNS = (
    networks,
    imports,
    people,
    meetings,
    accounts,
    routes,
    inbound,
    broadcasts,
    outbox,
    receipts,
    timetable,
    journal,
)

__all__ = ["NOUNS", "metadata"]
