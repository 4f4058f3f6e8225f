"""Keep awareness items: what is written, who looked whether it is still true, and when.

Only items that somebody reviewed in the last twelve months go out. Whoever wrote the words last
cannot be the one who reviews them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue, Starter
from app.domain.errors import Refusal
from app.domain.names import name_key
from app.services._act import Deed
from app.services.keep_standing import check_words
from app.services.keep_story import Writer
from app.store import awareness, networks
from app.store.database import Connection, Database

REVIEWED_FOR = timedelta(days=365)
STARTERS = "awareness"
"""The series of the items that ship with the product."""
LONGEST_KEY = 40


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One item: what the office calls it, its words by language, and where it is known from."""

    key: str
    texts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    series: str = STARTERS


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who looked at the words; `seen` is the moment of their last change as it was shown."""

    name: str
    account_id: int | None
    seen: str


def reviewed_since(today: date) -> date:
    """The first day whose reviews still count."""
    return today - REVIEWED_FOR


async def keep_item(  # noqa: PLR0913 -- what is kept, where, by whom
    database: Database,
    network_id: int,
    item: ItemWords,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
    item_id: int | None = None,
) -> int:
    """Store an item, or change one; gives its id. New words have to be reviewed again.

    Raises Refusal and changes nothing: for words that could not go out, without a source, and
    for a name that the series has already.
    """

    def keep(conn: Connection) -> int:
        networks.hold(conn, network_id)
        old = found_item(conn, network_id, item_id) if item_id is not None else None
        values = _checked(conn, network_id, item, catalogue, old)
        deed = Deed(network_id, by.name, now)
        if old is None:
            place = awareness.next_place(conn, network_id, values["series"])
            more = {"network_id": network_id, "place": place}
            made = awareness.add(conn, {**values, **more, **_unreviewed(by, now)})
            deed.note(conn, "awareness item kept", f"item {made}")
            return made
        if any(getattr(old, name) != value for name, value in values.items()):
            awareness.change(conn, old.id, **values, **_unreviewed(by, now))
            deed.note(conn, "awareness item changed", f"item {old.id}")
        return int(old.id)

    return await database.write(keep)


async def review_item(
    database: Database, network_id: int, item_id: int, *, by: Reviewer, now: datetime
) -> None:
    """Say that the words are true today; they go out for twelve months from now.

    Raises Refusal for words that were changed since they were shown, and to whoever wrote them.
    """

    def review(conn: Connection) -> None:
        networks.hold(conn, network_id)
        row = found_item(conn, network_id, item_id)
        if by.account_id is None:
            raise Refusal("not_allowed", "Only an officer with an account of their own can review.")
        if row.changed_at.isoformat() != by.seen:
            raise Refusal("changed", "The words were changed since you read them. Read them again.")
        if row.writer_id == by.account_id:
            raise Refusal("own_text", "You wrote these words: another officer must review them.")
        today = networks.by_id(conn, network_id).day_at(now)
        awareness.change(conn, row.id, reviewed_on=today, reviewed_by=by.name, is_retired=False)
        Deed(network_id, by.name, now).note(conn, "awareness item reviewed", f"item {row.id}")

    await database.write(review)


async def retire_item(
    database: Database, network_id: int, item_id: int, *, by: str, now: datetime
) -> None:
    """Let an item go out no more; a review brings it back. Safe to repeat."""

    def retire(conn: Connection) -> None:
        networks.hold(conn, network_id)
        row = found_item(conn, network_id, item_id)
        if row.is_retired:
            return
        awareness.change(conn, row.id, is_retired=True, reviewed_on=None, reviewed_by="")
        Deed(network_id, by, now).note(conn, "awareness item retired", f"item {row.id}")

    await database.write(retire)


async def add_starters(
    database: Database, network_id: int, starters: Sequence[Starter], *, by: str, now: datetime
) -> int:
    """Bring in the items that ship with the product and are not there yet; gives how many.

    Nobody has reviewed them: none goes out before somebody of the office does.
    """

    def add(conn: Connection) -> int:
        networks.hold(conn, network_id)
        added = 0
        for place, one in enumerate(starters, 1):
            values = {"key": one.key, "texts": dict(one.texts), "source": one.source}
            more = {"network_id": network_id, "series": STARTERS, "place": place}
            added += awareness.add_new(conn, {**values, **more, "changed_at": now})
        if added:
            deed = Deed(network_id, by, now)
            deed.note(conn, "awareness items brought in", STARTERS, items=added)
        return added

    return await database.write(add)


def found_item(conn: Connection, network_id: int, item_id: int) -> Any:
    """The item of a network, locked; raises Refusal when there is none."""
    row = awareness.get(conn, network_id, item_id, locked=True)
    if row is None:
        raise Refusal("not_found", "There is no such item.")
    return row


def _unreviewed(by: Writer, now: datetime) -> dict[str, Any]:
    return {"reviewed_on": None, "reviewed_by": "", "writer_id": by.id, "changed_at": now}


def _checked(
    conn: Connection, network_id: int, item: ItemWords, catalogue: Catalogue, old: Any
) -> dict[str, Any]:
    key, series = (name_key(words)[:LONGEST_KEY] for words in (item.key, item.series))
    texts = {tag: text.strip() for tag, text in item.texts.items() if text.strip()}
    source = " ".join(item.source.split())[:200]
    if not key or not series:
        raise Refusal("name", "Give it a name by which the office knows it.")
    if not texts:
        raise Refusal("text_empty", "The text is empty. Write what is to be sent.")
    if not source:
        raise Refusal("source", "Say where this is known from: an office, a law, a leaflet.")
    check_words(texts, networks.by_id(conn, network_id), catalogue)
    twin = awareness.by_key(conn, network_id, series, key)
    if twin is not None and (old is None or twin.id != old.id):
        raise Refusal("twice", "The series has an item called {name} already.", name=repr(key))
    return {"key": key, "series": series, "texts": texts, "source": source}
