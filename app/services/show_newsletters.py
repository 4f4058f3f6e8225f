"""Show newsletters: to the office as they stand, to everybody those that went out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.sheets import NewsletterSheet
from app.domain.unit_names import called
from app.services._newsletter_words import (
    Reader,
    languages_of,
    name_of,
    newsletter_sheet,
    text_to_copy,
)
from app.services.change_newsletter import the_newsletter
from app.services.price_plan import Plan, shown
from app.store import broadcasts, networks, newsletter_sources, newsletters, units
from app.store.database import Connection, Database

PAGE = 25
FEED = 20


@dataclass(frozen=True, slots=True)
class IssueItem:
    """One thing in an issue; `kind` is `decision`, `story` or `meeting`."""

    id: int
    kind: str
    source_id: int
    code: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    notes: Mapping[str, str]
    at: datetime | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Issue:
    """One newsletter with what stands in it."""

    id: int
    no: int
    period: str
    topics: tuple[str, ...]
    unit_id: int | None
    unit: str
    titles: Mapping[str, str]
    leads: Mapping[str, str]
    headlines: Mapping[str, str]
    texts: Mapping[str, str]
    """What is copied into Telegram; before it is agreed to, as it would be."""
    audience: str
    state: str
    version: int
    author: str
    author_id: int | None
    approver: str
    made_at: datetime
    approved_at: datetime | None
    items: tuple[IssueItem, ...]
    plans: tuple[Plan, ...] = ()
    text_id: int | None = None
    mail_id: int | None = None

    def of(self, kind: str) -> tuple[IssueItem, ...]:
        """What stands in it of that kind."""
        return tuple(one for one in self.items if one.kind == kind)


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Some issues, newest first; `next` asks for those behind them."""

    lines: tuple[Issue, ...]
    next: int | None


async def list_newsletters(
    database: Database, network_id: int, *, before: int | None = None
) -> IssuePage:
    """A page of issues for the office."""
    return await database.read(_list, network_id, before, False, PAGE)


async def list_archive(
    database: Database, network_id: int, *, before: int | None = None, limit: int = PAGE
) -> IssuePage:
    """A page of the issues that everybody may read, each without what was closed since."""
    return await database.read(_list, network_id, before, True, limit)


async def read_newsletter(
    database: Database, network_id: int, newsletter_id: int, *, catalogue: Catalogue
) -> Issue:
    """One issue for the office, with its plans; raises Refusal when it is not there."""
    return await database.read(_office, network_id, newsletter_id, catalogue)


async def read_archive(database: Database, network_id: int, no: int) -> Issue:
    """The issue with that number as everybody may read it; raises Refusal."""
    return await database.read(_public, network_id, no)


async def sheet_of(
    database: Database, network_id: int, newsletter_id: int, tag: str, *, catalogue: Catalogue
) -> NewsletterSheet:
    """The issue as it is printed in that language; raises Refusal when it is not there."""

    def sheet(conn: Connection) -> NewsletterSheet:
        row = the_newsletter(conn, network_id, newsletter_id)
        network = networks.by_id(conn, network_id)
        items = newsletters.items_of(conn, row.id)
        if row.state == "approved":
            items = _still_open(conn, items)
        return newsletter_sheet(row, items, Reader(tag, network, catalogue))

    if tag not in catalogue.languages:
        raise Refusal("language", "There is no language {language} here.", language=repr(tag[:20]))
    return await database.read(sheet)


def _list(
    conn: Connection, network_id: int, before: int | None, is_public: bool, limit: int
) -> IssuePage:
    rows = newsletters.newest(conn, network_id, before=before, approved=is_public, limit=limit + 1)
    lines = tuple(_issue(conn, row, is_public=is_public) for row in rows[:limit])
    return IssuePage(lines, lines[-1].no if len(rows) > limit else None)


def _office(conn: Connection, network_id: int, newsletter_id: int, catalogue: Catalogue) -> Issue:
    row = the_newsletter(conn, network_id, newsletter_id)
    issue = _issue(conn, row, is_public=False)
    network = networks.by_id(conn, network_id)
    items = newsletters.items_of(conn, row.id)
    readers = [Reader(tag, network, catalogue) for tag in languages_of(items, network, catalogue)]
    texts = row.texts or {one.tag: text_to_copy(row, items, one) for one in readers}
    ids = [one for one in (row.broadcast_id, row.mail_broadcast_id) if one is not None]
    plans = tuple(shown(conn, broadcasts.get(conn, one)) for one in ids)
    return _with(issue, row, texts, plans)


def _with(issue: Issue, row: Any, texts: Mapping[str, str], plans: tuple[Plan, ...]) -> Issue:
    values = {name: getattr(issue, name) for name in Issue.__slots__}
    values |= {"texts": texts, "plans": plans}
    values |= {"text_id": row.broadcast_id, "mail_id": row.mail_broadcast_id}
    return Issue(**values)


def _public(conn: Connection, network_id: int, no: int) -> Issue:
    row = newsletters.numbered(conn, network_id, no)
    if row is None:
        raise Refusal("not_found", "There is no newsletter {no}. Look in the list.", no=no)
    return _issue(conn, row, is_public=True)


def _issue(conn: Connection, row: Any, *, is_public: bool) -> Issue:
    items: Sequence[Any] = newsletters.items_of(conn, row.id)
    if is_public:
        items = _still_open(conn, items)
    unit = units.get(conn, row.network_id, row.unit_id) if row.unit_id else None
    return Issue(
        id=row.id,
        no=row.no,
        period=row.period,
        topics=tuple(row.topics.split()),
        unit_id=row.unit_id,
        unit=called(unit.kind, unit.name) if unit else "",
        titles=row.titles,
        leads=row.leads,
        headlines=row.headlines,
        texts={} if is_public else row.texts,
        audience="" if is_public else row.audience,
        state=row.state,
        version=row.version,
        author="" if is_public else row.author,
        author_id=row.author_id,
        approver="" if is_public else row.approver,
        made_at=row.made_at,
        approved_at=row.approved_at,
        items=tuple(
            IssueItem(
                id=one.id,
                kind=one.kind,
                source_id=one.source_id,
                code=one.code,
                titles=one.titles,
                texts=one.texts,
                notes=one.notes,
                at=one.at,
                due=one.due,
            )
            for one in items
        ),
    )


def _still_open(conn: Connection, items: Sequence[Any]) -> list[Any]:
    """Those that anybody may read now: a decision restricted since, or a story held, is gone."""
    of_kind = {
        kind: newsletter_sources.open_sources(
            conn, kind, [one.source_id for one in items if one.kind == kind]
        )
        for kind in ("decision", "story")
    }
    return [one for one in items if one.kind == "meeting" or one.source_id in of_kind[one.kind]]


__all__ = [
    "FEED",
    "Issue",
    "IssueItem",
    "IssuePage",
    "list_archive",
    "list_newsletters",
    "name_of",
    "read_archive",
    "read_newsletter",
    "sheet_of",
]
