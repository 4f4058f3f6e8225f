"""Draft a press note: from the public decisions and resolutions of a meeting, in two languages."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.offices import WORDS
from app.domain.prose import MOST_LINE, MOST_TEXT, MOST_TITLE
from app.services._act import Deed
from app.services._minutes_desk import the_meeting
from app.services._newsletter_words import Reader
from app.services._press_words import PRESS_LANGUAGES, drafted, title_of
from app.services.keep_story import Writer
from app.store import meetings, networks, press, resolutions, seats, units
from app.store.database import Connection, Database

MOST_POINTS = 3
"""Decisions that the title names."""
SPEAKERS = ("Press Secretary", "General Secretary", "President")
"""Who speaks to the press, the first whose post is filled."""


async def draft_press_note(  # noqa: PLR0913 -- who drafts which, in which words
    database: Database,
    network_id: int,
    meeting_id: int,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> int:
    """Draft the note of a meeting and give its id; while one of that meeting waits, that one.

    Nothing restricted enters it. Raises Refusal when there is no such meeting, and when its
    minutes are not published or not for the public.
    """
    return await database.write(_draft, network_id, meeting_id, catalogue, by, now)


def _draft(  # noqa: PLR0913, PLR0917 -- as above
    conn: Connection,
    network_id: int,
    meeting_id: int,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> int:
    networks.hold(conn, network_id)
    meeting = the_meeting(conn, network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting_id)
    if written is None or written.published_at is None or written.is_restricted:
        raise Refusal(
            "not_public",
            "{meeting} has no public minutes. A note to the press is made from public minutes.",
            meeting=f"{meeting.body} {meeting.label}",
        )
    known = press.of_meeting(conn, network_id, meeting_id)
    if known is not None and known.state == "draft":
        return int(known.id)
    network = networks.by_id(conn, network_id)
    values = {
        "network_id": network_id,
        "meeting_id": meeting_id,
        "on": network.day_at(now),
        "author": by.name,
        "author_id": by.id,
        "made_at": now,
        **_words(conn, meeting, written, network, catalogue),
    }
    note_id = press.add(conn, values)
    Deed(network_id, by.name, now).note(conn, "press note drafted", f"Press note {note_id}")
    return note_id


def _words(
    conn: Connection, meeting: Any, written: Any, network: Any, catalogue: Catalogue
) -> dict[str, dict[str, str]]:
    rows = meetings.decisions(conn, network.id, registered=False, minutes_id=written.id, limit=100)
    told = meetings.words_of(conn, [row.id for row in rows]) if rows else {}
    texts = [{tag: one.text for tag, one in told.get(row.id, {}).items()} for row in rows]
    shorts = [{tag: one.short for tag, one in told.get(row.id, {}).items()} for row in rows]
    demands = resolutions.standing(conn, network.id, meeting.id)
    body = seats.body_named(conn, network.id, meeting.body)
    speaker, root = press.speaker_of(conn, network.id, SPEAKERS), units.root(conn, network.id)
    found: dict[str, dict[str, str]] = {
        name: {} for name in ("titles", "texts", "demands", "places", "speakers", "contacts")
    }
    for reader in (Reader(tag, network, catalogue) for tag in PRESS_LANGUAGES):
        who = _speaker(speaker, reader)
        points = [text for text in map(reader.pick, shorts) if text]
        decided = [text for text in map(reader.pick, texts) if text]
        first = next((reader.pick(one.titles) for one in demands if one.titles), "")
        title = first or title_of(reader, meeting, body, points[:MOST_POINTS])
        _put(found["titles"], reader, title, MOST_TITLE)
        text = drafted(reader, meeting, body, written, decided, who)
        _put(found["texts"], reader, text, MOST_TEXT)
        _put(found["demands"], reader, _lines(demands, reader.pick), MOST_TEXT)
        _put(found["places"], reader, _place(root, reader), MOST_LINE)
        _put(found["speakers"], reader, who, MOST_LINE)
        contact = reader.says("note_office", name=reader.name)
        _put(found["contacts"], reader, contact, MOST_LINE)
    return found


def _put(words: dict[str, str], reader: Reader, text: str, most: int) -> None:
    if text:
        words[reader.tag] = text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _lines(demands: Sequence[Any], pick: Callable[[Any], str]) -> str:
    return "\n".join(" ".join((pick(one.texts) or pick(one.titles)).split()) for one in demands)


def _speaker(row: Any | None, reader: Reader) -> str:
    """Name and post of who speaks, in the script of the note."""
    if row is None:
        return ""
    is_local = reader.is_rtl
    name = row.local_name if is_local and row.local_name else row.name
    post = (row.local_post if is_local else "") or WORDS.get(reader.tag, {}).get(row.post, row.post)
    return f"{name}{reader.comma}{post}"


def _place(root: Any | None, reader: Reader) -> str:
    if root is None:
        return reader.short_name()
    is_local = reader.is_rtl
    local = root.local_place or root.local_name
    place = str(local if is_local and local else root.place or root.name)
    return place.removeprefix(f"{root.kind} ")
