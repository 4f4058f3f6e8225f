"""What is sent to the doors of instalments, and those that a network has."""

from datetime import datetime, timedelta
from typing import Any

from app.services.keep_instalments import NewInstalment, add_instalment
from app.store.database import Database

Requests = dict[str, list[dict[str, Any]]]


async def build_instalments(
    database: Database, network_id: int, person_id: int, topic: str, now: datetime
) -> dict[str, int]:
    """One that is to be paid, and one that is to be taken off the list."""
    ids = [
        await add_instalment(
            database,
            network_id,
            NewInstalment(person_id, now.date() + timedelta(days=days), topic[:30]),
            by="test",
            now=now,
        )
        for days in (10, 20)
    ]
    return {"instalment_id": ids[0], "gone_instalment_id": ids[1]}


def to_the_instalments_api(them: Any) -> Requests:
    theirs, named, door = them.api, {"network": them.slug}, "/api/v1/instalments"
    one = {"who": theirs.person, "due": "3 Dec 2026", "label": "seed"}
    rows = f"name,phone,due,for\n{theirs.person},,3 Dec 2026,seed\n,{theirs.number},3 Dec,seed\n"
    gone = {"instalment_id": "gone_instalment_id"}
    return {
        f"GET {door}": [{}, {"params": named}],
        f"POST {door}": [{"json": one}, {"json": {**one, **named}}],
        f"POST {door}/list": [{"json": {"text": rows}}, {"json": {"text": rows, **named}}],
        f"POST {door}/{{instalment_id}}/paid": [{"json": {}}, {"json": named}],
        f"POST {door}/{{instalment_id}}/removal": [{"json": {}, "at": gone}],
    }


def to_the_instalments_pages(them: Any) -> Requests:
    theirs, door = them.pages, "/office/instalments"
    return {
        f"GET {door}": [{}],
        f"POST {door}": [{"data": {"who": theirs.person, "due": "3 Dec 2026", "label": "seed"}}],
        f"POST {door}/list": [{"data": {"rows": f"{theirs.person},,3 Dec 2026,seed"}}],
        f"POST {door}/{{instalment_id}}": [
            {"data": {"do": "paid"}},
            {"data": {"do": "remove"}, "at": {"instalment_id": "gone_instalment_id"}},
        ],
    }
