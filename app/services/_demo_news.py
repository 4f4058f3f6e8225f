"""The demo's stories, four monthly newsletters and six press notes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.unit_names import called
from app.services.approve_newsletter import approve_newsletter
from app.services.approve_press_note import approve_press_note
from app.services.approve_story import Agreeing, approve_story
from app.services.draft_press_note import draft_press_note
from app.services.keep_story import StoryFacts, Writer, keep_story
from app.services.make_newsletter import Wish, make_newsletter
from app.services.send_press_note import Given, note_given
from app.services.show_newsletters import list_newsletters
from app.services.show_register import list_meetings
from app.store import newsletters, posts, press, stories
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

ISSUES_AGO = (95, 65, 35, 4)
"""Days before the demo is made on which a newsletter came out."""
NOTES = 6
GIVEN = (("whatsapp", "Radio Mirkhai"), ("print", "Daily Mirkhai"), ("whatsapp", "Press club"))
SECOND = 0
"""The account of the second officer, whose number nothing keeps."""


async def tell_demo(  # noqa: PLR0913 -- for whom, from which words, in whose name
    database: Database,
    network: NetworkInfo,
    entries: Sequence[Mapping[str, Any]],
    *,
    catalogue: Catalogue,
    by: str,
    now: datetime,
) -> None:
    """Stories, newsletters and press notes, where there are none yet."""
    press_room = _PressRoom(database, network, catalogue, by, now)
    if not await database.read(stories.newest, network.id, before=None, limit=1):
        await press_room.write_stories(entries)
    if not await database.read(newsletters.newest, network.id, limit=1):
        await press_room.make_issues()
    if not await database.read(press.newest, network.id, before=None, limit=1):
        await press_room.write_notes()


class _PressRoom:
    def __init__(
        self, database: Database, network: NetworkInfo, catalogue: Catalogue, by: str, now: datetime
    ) -> None:
        self._database, self._network, self._catalogue = database, network, catalogue
        self._writer, self._now = Writer(by), now

    async def write_stories(self, entries: Sequence[Mapping[str, Any]]) -> None:
        units = await self._database.read(_lsos, self._network.id)
        for one in entries:
            at = self._now - timedelta(days=one["days_ago"])
            facts = StoryFacts(
                titles=one["title"],
                texts=one["text"],
                captions=one.get("caption", {}),
                topics=tuple(one["topics"]),
                unit_id=units.get(called("LSO", one["unit"])),
            )
            ids = (self._database, self._network.id)
            story_id = await keep_story(
                *ids, facts, languages=self._catalogue.languages, by=self._writer, now=at
            )
            if not one.get("waits", False):
                await approve_story(*ids, story_id, by=self._agreeing(1), now=at)

    async def make_issues(self) -> None:
        for days in ISSUES_AGO:
            at = self._now - timedelta(days=days)
            try:
                newsletter_id = await make_newsletter(
                    self._database,
                    self._network.id,
                    Wish(period="monthly"),
                    catalogue=self._catalogue,
                    by=self._writer,
                    now=at,
                )
            except Refusal:
                continue
            page = await list_newsletters(self._database, self._network.id)
            version = next(one.version for one in page.lines if one.id == newsletter_id)
            await approve_newsletter(
                self._database,
                self._network.id,
                newsletter_id,
                catalogue=self._catalogue,
                by=self._agreeing(version),
                now=at,
            )

    async def write_notes(self) -> None:
        """The newest is a draft, the one before was agreed to, the others went to somebody."""
        page = await list_meetings(self._database, self._network.id, public=True)
        held = [one for one in page.lines if one.has_minutes and one.decisions][:NOTES]
        for no, meeting in enumerate(reversed(held)):
            at = min(meeting.at + timedelta(days=7), self._now)
            ids = (self._database, self._network.id)
            note_id = await draft_press_note(
                *ids, meeting.id, catalogue=self._catalogue, by=self._writer, now=at
            )
            if no == len(held) - 1:
                continue
            await approve_press_note(*ids, note_id, by=self._agreeing(1), now=at)
            if no < len(held) - 2:
                way, whom = GIVEN[no % len(GIVEN)]
                given = Given(way, whom, "ur")
                await note_given(*ids, note_id, given, by=self._writer, now=at)

    def _agreeing(self, version: int) -> Agreeing:
        return Agreeing(self._writer.name, SECOND, version)


def _lsos(conn: Connection, network_id: int) -> dict[str, int]:
    rows = posts.units_with_offices(conn, network_id)
    return {called(row.kind, row.name): row.id for row in rows if row.kind == "LSO"}
