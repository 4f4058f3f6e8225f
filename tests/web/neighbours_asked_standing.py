"""What is sent to the doors of texts that go again, and those that a network has."""

from datetime import date, datetime
from typing import Any

from app.catalogue import read_starters
from app.domain.recurrence import read_rule
from app.services.keep_awareness import add_starters
from app.services.keep_standing import Consenter, Wish, approve_standing, keep_standing
from app.services.keep_story import Writer
from app.services.show_standing import list_items, read_standing
from app.store import accounts
from app.store.database import Database
from tests.factories import catalogue

Requests = dict[str, list[dict[str, Any]]]
WAITS, RUNS, STOPS = ({"standing_id": f"{word}_standing_id"} for word in ("asked", "run", "gone"))
ITEM, READ, GONE = ({"item_id": f"{word}_awareness_id"} for word in ("kept", "read", "gone"))
SEEN = "2026-11-21T07:00:00+00:00"
"""When all items of these tests were written, those of either network."""
RULE = str(read_rule("every Sunday"))


async def build_standing(
    database: Database, network_id: int, topic: str, now: datetime
) -> dict[str, Any]:
    """Texts that go again, one for each thing that may be done with them, and items."""
    found: dict[str, Any] = {}
    for word in ("standing_id", "asked_standing_id", "run_standing_id", "gone_standing_id"):
        wish = Wish(f"Fees of {topic}", "all", RULE, "10:00", {"en": f"Fees of {topic}"})
        found[word] = await keep_standing(
            database,
            network_id,
            wish,
            catalogue=catalogue(),
            by=Writer("test"),
            now=now,
        )
    shown, _ = await read_standing(database, network_id, found["run_standing_id"], now=now)
    found["standing_hash"] = shown.hash
    officer = (await database.read(accounts.of_network, network_id))[0]
    by = Consenter(officer.name, officer.id, shown.hash)
    await approve_standing(database, network_id, found["run_standing_id"], by=by, now=now)
    await add_starters(database, network_id, read_starters(), by="test", now=now)
    items = await list_items(database, network_id, now=now)
    first = len(items) // 3 * (found["standing_id"] > 4)
    words = ("kept_awareness_id", "read_awareness_id", "gone_awareness_id")
    ids = {word: items[first + n].id for n, word in enumerate(words)}
    return {**found, **ids}


def to_the_standing_api(them: Any) -> Requests:
    theirs, named = them.api, {"network": them.slug}
    door, items = "/api/v1/standing", "/api/v1/awareness"
    one, item = f"{door}/{{standing_id}}", f"{items}/{{item_id}}"
    text = {"name": "Fees", "audience": "gb", "rule": RULE, "clock": "10:00"}
    text["texts"] = {"en": "Fees."}
    words = {"key": "wells", "texts": {"en": "Boil."}, "source": "x"}
    seen = {"seen": SEEN}
    return {
        f"GET {door}": [{}, {"params": named}],
        f"GET {one}": [{}, {"params": named}],
        f"POST {door}": [{"json": {**text, **more}} for more in ({}, named)],
        f"POST {one}": [{"json": {**text, **more}} for more in ({}, named)],
        f"POST {one}/approval": at([{"json": {"hash": theirs.standing_hash}}], **WAITS),
        f"POST {one}/left-out": at([{"json": {"on": "2026-11-22"}}], **RUNS),
        f"POST {one}/stop": at([{"json": {}}, {"json": named}], **STOPS),
        f"GET {items}": [{}, {"params": named}],
        f"POST {items}": [{"json": {**words, "key": "api", **named}}],
        f"POST {items}/starters": [{"json": {}}, {"json": named}],
        f"POST {item}": at([{"json": {**words, "key": "api kept"}}], **ITEM),
        f"POST {item}/review": at([{"json": seen}, {"json": {**seen, **named}}], **READ),
        f"POST {item}/retire": at([{"json": {}}, {"json": named}], **GONE),
    }


def to_the_standing_pages(them: Any) -> Requests:
    theirs, door, items = them.pages, "/office/standing", "/office/awareness"
    one, item = f"{door}/{{standing_id}}", f"{items}/{{item_id}}"
    text = {"name": "Fees", "audience": "gb", "rule": RULE, "clock": "10:00", "texts_en": "Fees."}
    words = {"series": "awareness", "source": "x", "texts_en": "Boil."}
    return {
        f"GET {one}": [{}],
        f"GET {one}/change": [{}],
        f"GET {item}": at([{}], **READ),
        f"POST {door}/new": forms(text),
        f"POST {one}/change": forms(text),
        f"POST {one}/approval": at(forms({"hash": theirs.standing_hash}), **WAITS),
        f"POST {one}/left-out": at(forms({"on": date(2026, 11, 22).isoformat()}), **RUNS),
        f"POST {one}/stop": at(forms({}), **STOPS),
        f"POST {items}/starters": forms({}),
        f"POST {items}/new": forms({**words, "key": "page"}),
        f"POST {item}": at(forms({**words, "key": "page kept"}), **ITEM),
        f"POST {item}/review": at(forms({"seen": SEEN}), **READ),
        f"POST {item}/retire": at(forms({}), **GONE),
    }


def forms(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": one} for one in fields]


def at(requests: list[dict[str, Any]], **places: str) -> list[dict[str, Any]]:
    return [{**request, "at": places} for request in requests]
