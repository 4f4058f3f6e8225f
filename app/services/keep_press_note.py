"""Keep a press note: as the press secretary edits it, until a second officer agrees."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import Words
from app.domain.prose import lines_of, texts_of, titles_of
from app.services._act import Deed
from app.services._private_numbers import refuse_private_numbers
from app.services.change_newsletter import take_back_plans
from app.services.keep_story import NewWords, Writer
from app.store import networks, press
from app.store.database import Connection, Database

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class PressFacts:
    """What a note says; `demands` has one demand a line, `contacts` the office, not a person."""

    on: date
    titles: Words
    texts: Words
    places: Words = field(default_factory=dict)
    demands: Words = field(default_factory=dict)
    speakers: Words = field(default_factory=dict)
    contacts: Words = field(default_factory=dict)
    captions: Words = field(default_factory=dict)


async def keep_press_note(  # noqa: PLR0913 -- who keeps what, and which one it replaces
    database: Database,
    network_id: int,
    facts: PressFacts,
    *,
    languages: Collection[str],
    by: Writer,
    now: datetime,
    note_id: int | None = None,
    version: int | None = None,
) -> int:
    """Store a note, or new words of one, and give its id.

    Raises Refusal for a note without title or text, a day that cannot be, a person's own number,
    and when the note was agreed to, is planned, or was changed since `version`.
    """
    values = _checked(facts, languages)
    change = NewWords(network_id, values, by, now, note_id, version)
    return await database.write(_keep, change)


async def drop_press_mail(
    database: Database, network_id: int, note_id: int, *, by: Writer, now: datetime
) -> None:
    """Take the plan of a note's mail back, so that the note can be changed."""

    def drop(conn: Connection) -> None:
        row = found_note(conn, network_id, note_id)
        take_back_plans(conn, (row.broadcast_id,), by.name, now)
        press.change(conn, row.id, broadcast_id=None)

    await database.write(drop)


def _checked(facts: PressFacts, languages: Collection[str]) -> dict[str, Any]:
    titles, texts = titles_of(facts.titles, languages), texts_of(facts.texts, languages)
    for tag in titles:
        if tag not in texts:
            raise Refusal("text_empty", "There is a {language} title without a text.", language=tag)
    for tag in texts:
        if tag not in titles:
            raise Refusal(
                "title_empty", "There is a {language} text without a title.", language=tag
            )
    if not EARLIEST <= facts.on < LATEST:
        raise Refusal(
            "day",
            "{day} cannot be the day of a press note. Give the day it comes out.",
            day=facts.on.isoformat(),
        )
    lines = {
        name: lines_of(getattr(facts, name), languages)
        for name in ("places", "speakers", "contacts", "captions")
    }
    demands = texts_of(facts.demands, languages)
    return {"on": facts.on, "titles": titles, "texts": texts, "demands": demands, **lines}


def _keep(conn: Connection, change: NewWords) -> int:
    networks.hold(conn, change.network_id)
    told = [one for one in change.values.values() if isinstance(one, dict)]
    said = [text for words in told for text in words.values()]
    refuse_private_numbers(conn, change.network_id, said)
    author = {"author": change.by.name, "author_id": change.by.id}
    deed = Deed(change.network_id, change.by.name, change.now)
    if change.id is None:
        values = {"network_id": change.network_id, "made_at": change.now, **author}
        made = press.add(conn, {**values, **change.values})
        deed.note(conn, "press note written", f"Press note {made}")
        return made
    row = found_open(conn, change.network_id, change.id)
    if change.version is not None and change.version != row.version:
        raise Refusal(
            "changed_meanwhile",
            "Somebody changed this press note since you opened it. Open it anew and look.",
        )
    press.change(conn, row.id, **change.values, **author, version=row.version + 1)
    deed.note(conn, "press note changed", f"Press note {row.id}", version=row.version + 1)
    return int(row.id)


def the_note(conn: Connection, network_id: int, note_id: int) -> Any:
    """A note of the network; raises Refusal when it is not there."""
    row = press.get(conn, network_id, note_id)
    if row is None:
        raise Refusal(
            "not_found", "There is no press note {id}. Look for it in the list.", id=note_id
        )
    return row


def found_note(conn: Connection, network_id: int, note_id: int) -> Any:
    """The same, locked."""
    networks.hold(conn, network_id)
    return the_note(conn, network_id, note_id)


def found_open(conn: Connection, network_id: int, note_id: int) -> Any:
    """The same, locked, which may still be changed; raises Refusal when it may not."""
    row = found_note(conn, network_id, note_id)
    if row.state != "draft":
        raise Refusal(
            "gone_out", "Press note {no} was agreed to. Write a new one to correct it.", no=row.no
        )
    if row.broadcast_id:
        raise Refusal(
            "taken",
            "The mail with this note waits for a second officer. Take it back, then change it.",
        )
    return row
