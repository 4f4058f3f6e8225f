"""Make a newsletter: what was agreed and went out in none yet, gathered into one issue."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.prose import topics_of
from app.domain.unit_names import called
from app.services._act import Deed
from app.services._newsletter_words import headlines_of
from app.services.keep_story import Writer
from app.store import meetings, networks, newsletter_sources, newsletters, units
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.newsletter_sources import Wanted

Period = Literal["weekly", "monthly", "hand"]
LOOKS_BACK: Mapping[str, timedelta] = {
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
    "hand": timedelta(days=31),
}
"""How old the news of a first issue may be."""
LOOKS_AHEAD: Mapping[str, timedelta] = {
    "weekly": timedelta(days=14),
    "monthly": timedelta(days=45),
    "hand": timedelta(days=45),
}
MOST_OF_A_KIND = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What a newsletter shall be about; without topics and unit, all of the network."""

    period: Period = "hand"
    topics: tuple[str, ...] = ()
    unit_id: int | None = None
    since: date | None = None
    """From which day on, for a first issue or to reach further back."""
    audience: str = ""
    """Whom it goes to, in words; nobody by text or mail where it is empty."""

    @property
    def choice(self) -> str:
        """Topics and unit as one word: newsletters of one choice never repeat an item."""
        unit = f"unit {self.unit_id}" if self.unit_id is not None else ""
        return " ".join([*sorted(self.topics), unit]).strip()


@dataclass(frozen=True, slots=True)
class Gathered:
    """One thing that would stand in an issue."""

    kind: str
    source_id: int
    code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    notes: Mapping[str, str]
    at: datetime | None
    due: date | None = None


async def gather(
    database: Database, network_id: int, wish: Wish, *, now: datetime
) -> tuple[Gathered, ...]:
    """What a newsletter made now would hold; nothing is stored."""
    return await database.read(_gather, network_id, checked(wish), now)


async def make_newsletter(  # noqa: PLR0913 -- who makes which, in which words
    database: Database,
    network_id: int,
    wish: Wish,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> int:
    """Make an issue and give its id; while one of the same choice waits, it takes in what is new.

    Raises Refusal when there is nothing new: an empty newsletter is not made.
    """
    return await database.write(_make, network_id, checked(wish), catalogue, by, now)


def checked(wish: Wish) -> Wish:
    """The wish with its words in order; raises Refusal for what can be no topic."""
    return replace(wish, topics=topics_of(wish.topics), audience=wish.audience.strip()[:500])


def _make(  # noqa: PLR0913, PLR0917 -- as above
    conn: Connection,
    network_id: int,
    wish: Wish,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> int:
    networks.hold(conn, network_id)
    network = networks.by_id(conn, network_id)
    found = _gather(conn, network_id, wish, now)
    draft = newsletters.draft_of(conn, network_id, wish.choice)
    if not found and draft is None:
        raise _nothing(_since(conn, network, wish, now), network)
    if draft is None:
        values = _values(conn, network, wish, by, now)
        newsletter_id = newsletters.add(conn, values)
    elif draft.broadcast_id or draft.mail_broadcast_id:
        raise Refusal(
            "taken",
            "Newsletter {no} is planned and waits for a second officer. "
            "Take its plan back before anything enters it.",
            no=draft.no,
        )
    else:
        newsletter_id = draft.id
    place = len(newsletters.items_of(conn, newsletter_id))
    newsletters.add_items(
        conn,
        [_row(network_id, newsletter_id, wish, place + n, one) for n, one in enumerate(found)],
    )
    if found:
        _finish(conn, network, newsletter_id, catalogue)
        Deed(network_id, by.name, now).note(
            conn, "newsletter made", f"Newsletter {newsletter_id}", items=len(found)
        )
    return newsletter_id


def _finish(
    conn: Connection, network: NetworkInfo, newsletter_id: int, catalogue: Catalogue
) -> None:
    """Give an issue the headlines of what stands in it now."""
    row = newsletters.get(conn, network.id, newsletter_id)
    if row is None:
        return
    items = newsletters.items_of(conn, newsletter_id)
    newsletters.change(
        conn,
        newsletter_id,
        headlines=headlines_of(items, row.no, network, catalogue),
        version=row.version + 1,
    )


def check_unit(conn: Connection, network_id: int, wish: Wish) -> None:
    """Raise a Refusal when the wish names a unit that is not of this network."""
    if wish.unit_id is not None and units.get(conn, network_id, wish.unit_id) is None:
        raise Refusal("not_found", "There is no unit {id} in this network.", id=wish.unit_id)


def _values(
    conn: Connection, network: NetworkInfo, wish: Wish, by: Writer, now: datetime
) -> dict[str, Any]:
    return {
        "network_id": network.id,
        "period": wish.period,
        "choice": wish.choice,
        "topics": f" {' '.join(wish.topics)} " if wish.topics else "",
        "unit_id": wish.unit_id,
        "since": _since(conn, network, wish, now),
        "audience": wish.audience,
        "author": by.name,
        "author_id": by.id,
        "made_at": now,
    }


def _row(
    network_id: int, newsletter_id: int, wish: Wish, place: int, one: Gathered
) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "newsletter_id": newsletter_id,
        "choice": wish.choice,
        "place": place,
        "kind": one.kind,
        "source_id": one.source_id,
        "code": one.code,
        "titles": dict(one.titles),
        "texts": dict(one.texts),
        "notes": dict(one.notes),
        "at": one.at,
        "due": one.due,
    }


def _since(conn: Connection, network: NetworkInfo, wish: Wish, now: datetime) -> datetime:
    """From when on: as far back as the issues before, or as asked if that is further."""
    found = newsletters.first_since(conn, network.id, wish.choice) or now - LOOKS_BACK[wish.period]
    if wish.since is None:
        return found
    asked = datetime.combine(wish.since, time(), ZoneInfo(network.tz)).astimezone(UTC)
    return min(found, asked)


def _nothing(since: datetime, network: NetworkInfo) -> Refusal:
    day = network.day_at(since)
    return Refusal(
        "nothing_new",
        "Nothing new since {day}: no decision, no story, no meeting to come. "
        "No newsletter was made.",
        day=day.isoformat(),
    )


def _gather(conn: Connection, network_id: int, wish: Wish, now: datetime) -> tuple[Gathered, ...]:
    check_unit(conn, network_id, wish)
    network = networks.by_id(conn, network_id)
    wanted = Wanted(
        network_id=network_id,
        choice=wish.choice,
        topics=wish.topics,
        unit_id=wish.unit_id,
        since=_since(conn, network, wish, now),
        until=now,
        limit=MOST_OF_A_KIND,
    )
    coming: tuple[Gathered, ...] = ()
    if not wish.topics:
        until = now + LOOKS_AHEAD[wish.period]
        rows = newsletter_sources.meetings_to_come(conn, wanted, now, until)
        coming = tuple(_meeting(row) for row in rows)
    return (*_decisions(conn, wanted), *_stories(conn, wanted), *coming)


def _decisions(conn: Connection, wanted: Wanted) -> tuple[Gathered, ...]:
    rows = newsletter_sources.decisions(conn, wanted)
    words = meetings.words_of(conn, [row.id for row in rows]) if rows else {}
    return tuple(
        Gathered(
            kind="decision",
            source_id=row.id,
            code=f"{row.label}/{row.no}",
            titles={tag: one.short for tag, one in words.get(row.id, {}).items() if one.short},
            texts={tag: one.text for tag, one in words.get(row.id, {}).items() if one.text},
            notes=row.owner,
            at=row.at,
            due=row.due,
        )
        for row in rows
    )


def _stories(conn: Connection, wanted: Wanted) -> tuple[Gathered, ...]:
    found = []
    for row in newsletter_sources.stories(conn, wanted):
        unit = units.get(conn, wanted.network_id, row.unit_id) if row.unit_id else None
        name = called(unit.kind, unit.name)[:30] if unit else ""
        found.append(Gathered("story", row.id, name, row.titles, row.texts, row.captions, None))
    return tuple(found)


def _meeting(row: Any) -> Gathered:
    code = f"{row.body} {row.label}"
    return Gathered("meeting", row.id, code, {}, row.agenda, row.venue, row.at)
