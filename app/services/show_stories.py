"""Show stories: the list, and one of them with where it went out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.unit_names import called
from app.services.keep_story import the_story
from app.store import newsletters, stories, units
from app.store.database import Connection, Database

PAGE = 50


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story as the office sees it."""

    id: int
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    captions: Mapping[str, str]
    topics: tuple[str, ...]
    unit_id: int | None
    unit: str
    local_unit: str
    state: str
    version: int
    author: str
    author_id: int | None
    approver: str
    approved_at: datetime | None
    updated_at: datetime
    newsletter_no: int | None
    """The issue in which it stands."""
    newsletter_id: int | None


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Some stories, newest first; `next` asks for those behind them."""

    lines: tuple[StoryLine, ...]
    next: int | None


async def list_stories(
    database: Database, network_id: int, *, before: int | None = None, state: str = ""
) -> StoryPage:
    """A page of stories, newest first; of one state where one is given."""
    return await database.read(_list, network_id, before, state)


async def read_story(database: Database, network_id: int, story_id: int) -> StoryLine:
    """One story; raises Refusal when it is not there."""
    return await database.read(_one, network_id, story_id)


def _list(conn: Connection, network_id: int, before: int | None, state: str) -> StoryPage:
    rows = stories.newest(conn, network_id, before=before, state=state, limit=PAGE + 1)
    lines = tuple(_line(conn, row) for row in _first(rows))
    return StoryPage(lines, lines[-1].id if len(rows) > PAGE else None)


def _first(rows: Sequence[Any]) -> Sequence[Any]:
    return rows[:PAGE]


def _one(conn: Connection, network_id: int, story_id: int) -> StoryLine:
    return _line(conn, the_story(conn, network_id, story_id))


def _line(conn: Connection, row: Any) -> StoryLine:
    unit = units.get(conn, row.network_id, row.unit_id) if row.unit_id else None
    issue = newsletters.issue_with(conn, row.network_id, "story", row.id)
    return StoryLine(
        id=row.id,
        titles=row.titles,
        texts=row.texts,
        captions=row.captions,
        topics=tuple(row.topics.split()),
        unit_id=row.unit_id,
        unit=called(unit.kind, unit.name) if unit else "",
        local_unit=unit.local_name if unit else "",
        state=row.state,
        version=row.version,
        author=row.author,
        author_id=row.author_id,
        approver=row.approver,
        approved_at=row.approved_at,
        updated_at=row.updated_at,
        newsletter_no=issue.no if issue else None,
        newsletter_id=issue.id if issue else None,
    )
