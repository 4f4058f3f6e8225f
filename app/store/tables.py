"""All tables in one place, so that migrations see them whatever the program has loaded."""

from app.store import (
    accounts,
    addresses,
    broadcasts,
    drafts,
    groups,
    imports,
    inbound,
    joining,
    journal,
    meetings,
    networks,
    outbox,
    people,
    receipts,
    routes,
    seats,
    sessions,
    timetable,
    units,
)
from app.store.schema import metadata

NOUNS = (
    networks,
    units,
    imports,
    people,
    addresses,
    seats,
    groups,
    meetings,
    accounts,
    sessions,
    routes,
    inbound,
    joining,
    broadcasts,
    drafts,
    outbox,
    receipts,
    timetable,
    journal,
)

__all__ = ["NOUNS", "metadata"]
