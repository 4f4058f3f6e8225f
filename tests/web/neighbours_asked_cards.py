"""What is sent to the doors of emergency cards and settings, and the numbers that a network has."""

from datetime import datetime
from typing import Any

from app.services.keep_card import LineFacts, add_line
from app.store.database import Database

Requests = dict[str, list[dict[str, Any]]]


async def build_cards(
    database: Database, network_id: int, topic: str, now: datetime
) -> dict[str, int]:
    """A number on the network's card, and one that is to be taken off."""
    facts = LineFacts("other", "0944 411222", words={"en": topic[:30]})
    ids = [await add_line(database, network_id, facts, by="test", now=now) for _ in range(2)]
    return {"line_id": ids[0], "gone_line_id": ids[1]}


def to_the_cards_api(them: Any) -> Requests:
    theirs, named, door = them.api, {"network": them.slug}, "/api/v1/emergency"
    line = {"kind": "rescue", "number": "1122"}
    return {
        f"GET {door}": [{}, {"params": named}],
        f"POST {door}": [
            {"json": {**line, "unit_id": theirs.unit_id}},
            {"json": {**line, "unit": theirs.unit}},
            {"json": {"kind": "leader", "person_id": theirs.person_id}},
            {"json": {**line, **named}},
        ],
        f"POST {door}/{{line_id}}": [{"json": line}, {"json": {**line, **named}}],
        f"POST {door}/{{line_id}}/check": [{"json": {}}, {"json": named}],
        f"POST {door}/{{line_id}}/removal": [{"json": {}, "at": {"line_id": "gone_line_id"}}],
        "GET /api/v1/settings": [{}, {"params": named}],
        "POST /api/v1/settings": [{"json": {"stranger_answers": 100, **named}}],
    }


def to_the_cards_pages(them: Any) -> Requests:
    theirs, door = them.pages, "/office/emergency"
    form = {"kind": "rescue", "number": "1122"}
    return {
        f"GET {door}": [{}],
        f"GET {door}/new": [{"params": {"unit": theirs.unit_id}}],
        f"GET {door}/{{line_id}}": [{}],
        f"POST {door}/new": [
            {"data": {**form, "unit": theirs.unit}},
            {"data": {**form, "unit": str(theirs.unit_id)}},
            {"data": {**form, "unit": "x", "unit_was": "x", "unit_id": str(theirs.unit_id)}},
            {"data": {"kind": "leader", "person": theirs.person}},
        ],
        f"POST {door}/{{line_id}}": [
            {"data": form},
            {"data": {"do": "remove"}, "at": {"line_id": "gone_line_id"}},
        ],
        f"POST {door}/{{line_id}}/check": [{}],
        "POST /office/settings": [{"data": {"stranger_answers": "100"}}],
    }
