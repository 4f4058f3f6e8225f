"""What is sent to the doors of reports of problems, and the reports that a network has."""

from datetime import datetime
from typing import Any

from app.services.file_ticket import WalkIn, file_walk_in
from app.services.show_tickets import LISTS
from app.store import tickets
from app.store.database import Database

Requests = dict[str, list[dict[str, Any]]]
KINDS = ("ticket_no", "shut_ticket_no", "again_ticket_no", "hidden_ticket_no")
"""One that waits, one to be closed, one to be opened again, one to be protected."""


async def build_tickets(
    database: Database, network_id: int, first: int, topic: str, now: datetime
) -> dict[str, int]:
    """A report of each kind under a number that no other network uses."""
    found = {}
    for at, name in enumerate(KINDS):
        told = WalkIn(f"The pump of {topic} is broken, {name}")
        filed = await file_walk_in(database, network_id, told, by="test", now=now)
        state = "closed" if name == "again_ticket_no" else "open"
        values = {"no": first + 11 * at, "state": state}
        await database.write(
            lambda conn, one=filed.ticket_id, new=values: tickets.change(conn, one, **new)
        )
        found[name] = first + 11 * at
    return found


def to_the_tickets_api(them: Any) -> Requests:
    theirs, named = them.api, {"network": them.slug}
    doors = "/api/v1/tickets"
    one = f"{doors}/{{ticket_no}}"
    told = {"text": f"Pump of {them.topic}"}
    spoken = {"text": "By telephone.", "is_spoken": True}
    shut, again = {"ticket_no": "shut_ticket_no"}, {"ticket_no": "again_ticket_no"}
    return {
        f"GET {doors}": [{}, *({"params": {"which": one}} for one in LISTS), {"params": named}],
        f"GET {one}": [{}, {"params": named}],
        f"POST {doors}": [
            {"json": {**told, "unit_id": theirs.unit_id}},
            {"json": {**told, "unit": theirs.unit}},
            {"json": {**told, "person_id": theirs.person_id}},
            {"json": {**told, **named}},
        ],
        f"POST {one}": [
            {"json": {"note": "seen"}},
            {"json": {"note": "seen", **named}},
            {"json": {"unit_id": theirs.unit_id}},
            {"json": {"owner_post": "President", "owner_unit_id": theirs.unit_id}},
        ],
        f"POST {one}/answer": [{"json": spoken}],
        f"POST {one}/closing": [{"json": {}, "at": shut}],
        f"POST {one}/reopening": [{"json": {}, "at": again}],
    }


def to_the_tickets_pages(them: Any) -> Requests:
    theirs, door = them.pages, "/office/tickets"
    form = {"text": f"Pump of {them.topic}", "unit": theirs.unit}
    shut, again = {"ticket_no": "shut_ticket_no"}, {"ticket_no": "again_ticket_no"}
    hidden = {"ticket_no": "hidden_ticket_no"}
    return {
        f"GET {door}": [{}, *({"params": {"which": one}} for one in LISTS)],
        f"GET {door}/{{ticket_no}}": [{}],
        f"POST {door}/new": [{"data": form}, {"data": {**form, "unit": str(theirs.unit_id)}}],
        f"POST {door}/{{ticket_no}}": [
            {"data": {"do": "change", "note": "seen"}},
            {"data": {"do": "change", "unit": theirs.unit}},
            {"data": {"do": "change", "unit": str(theirs.place_id)}},
            {"data": {"do": "change", "owner": "President", "owner_unit": theirs.unit}},
            {"data": {"do": "hand", "owner_unit": str(theirs.unit_id)}},
            {"data": {"do": "spoken", "text": "By telephone."}},
            {"data": {"do": "close"}, "at": shut},
            {"data": {"do": "reopen"}, "at": again},
            {"data": {"do": "protect"}, "at": hidden},
        ],
    }
