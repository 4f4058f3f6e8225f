"""All tables in one place, so that migrations see them whatever the program has loaded."""

from app.store import (
    accounts,
    broadcasts,
    drafts,
    imports,
    inbound,
    journal,
    meetings,
    networks,
    outbox,
    people,
    receipts,
    routes,
    sessions,
    timetable,
)
from app.store.schema import metadata

NOUNS = (
    networks,
    imports,
    people,
    meetings,
    accounts,
    sessions,
    routes,
    inbound,
    broadcasts,
    drafts,
    outbox,
    receipts,
    timetable,
    journal,
)

__all__ = ["NOUNS", "metadata"]
