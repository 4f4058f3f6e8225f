"""Show what has to be followed up: late decisions with their owners, and reports that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.follow_up import AGAIN_EVERY, BEFORE, lead_of, reminder_key
from app.domain.routing import REACHES
from app.domain.unit_names import called
from app.store import follow_up, meetings, posts, reminders
from app.store.database import Connection, Database

SOON = timedelta(days=7)
"""Decisions that are due within so many days are listed too."""
MOST_LINES = 300
MOST_REMINDERS = 40
"""So many of the last reminders of a decision are looked for."""
MOST_REPORTS = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds the owner post; `is_reached` says whether a text can go to them."""

    person_id: int
    name: str
    local_name: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The last that was reported of a decision."""

    said: str
    note: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowLine:
    """One open decision; `days_late` is 0 or less while its date has not passed."""

    decision_id: int
    code: str
    body: str
    label: str
    texts: Mapping[str, str]
    due: date
    days_late: int
    status: str
    owner: Mapping[str, str]
    owner_post: str
    unit: str
    holders: tuple[Holder, ...]
    reminder_ref: int | None
    reminded_at: datetime | None
    last: Told | None

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the post: then nobody is reminded but the General Secretary."""
        return not self.holders

    @property
    def is_unreached(self) -> bool:
        """Whether it is held, but no text reaches the holder."""
        return bool(self.holders) and not any(one.is_reached for one in self.holders)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that waits for the General Secretary."""

    id: int
    decision_id: int
    code: str
    body: str
    label: str
    texts: Mapping[str, str]
    due: date | None
    status: str
    said: str
    note: str
    name: str
    local_name: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Late decisions, the latest first; those due soon; those without a reachable owner."""

    late: tuple[FollowLine, ...]
    soon: tuple[FollowLine, ...]
    ownerless: tuple[FollowLine, ...]
    """Among the late and those that a reminder is due for: the General Secretary's own list."""
    reports: tuple[ReportLine, ...]
    waiting: int
    """How many reports wait in all."""


async def show_follow_up(
    database: Database, network_id: int, *, today: date, after: int = 0
) -> FollowUp:
    """What has to be followed up; `after` is the last report of the page before."""
    return await database.read(_show, network_id, today, after)


def _show(conn: Connection, network_id: int, today: date, after: int) -> FollowUp:
    rows = follow_up.due_until(conn, network_id, today + SOON)[:MOST_LINES]
    lines = _Lines(conn, network_id, today, rows).all()
    late = tuple(one for one in lines if one.days_late > 0)
    due = [one for one in lines if one.days_late >= -BEFORE]
    reports = follow_up.waiting(conn, network_id, after=after, limit=MOST_REPORTS)
    return FollowUp(
        late=late,
        soon=tuple(one for one in lines if one.days_late <= 0),
        ownerless=tuple(one for one in due if one.is_vacant or one.is_unreached),
        reports=_reports(conn, reports),
        waiting=follow_up.waiting_count(conn, network_id),
    )


class _Lines:
    """Reads once for all lines what stands beside a decision."""

    def __init__(self, conn: Connection, network_id: int, today: date, rows: Sequence[Any]) -> None:
        self._rows, self._today = rows, today
        ids = [row.id for row in rows]
        self._words = meetings.words_of(conn, ids) if ids else {}
        self._told = follow_up.last_reports(conn, ids) if ids else {}
        self._keys = {row.id: _keys(row, today) for row in rows}
        keys = [key for mine in self._keys.values() for key in mine]
        self._sent = reminders.sent(conn, network_id, keys) if keys else {}
        owners: dict[tuple[Any, ...], Sequence[Any]] = {}
        for row in rows:
            if _post(row) not in owners:
                owners[_post(row)] = follow_up.holders(conn, network_id, row)
        self._owners = owners
        people = {one.person_id for held in owners.values() for one in held}
        self._phones = posts.phones(conn, people) if people else {}

    def all(self) -> list[FollowLine]:
        """The lines, the latest first."""
        return [self._line(row) for row in self._rows]

    def _line(self, row: Any) -> FollowLine:
        words = self._words.get(row.id, {})
        sent = [self._sent[key] for key in self._keys[row.id] if key in self._sent]
        told = self._told.get(row.id)
        last = max(sent, key=lambda one: one.approved_at, default=None)
        return FollowLine(
            decision_id=row.id,
            code=f"{row.label}/{row.no}",
            body=row.body,
            label=row.label,
            texts={tag: one.text for tag, one in words.items() if one.text},
            due=row.due,
            days_late=(self._today - row.due).days,
            status=row.status,
            owner=row.owner,
            owner_post=row.owner_post,
            unit=called(row.unit_kind, row.unit_name) if row.unit_kind else "",
            holders=tuple(self._holder(one) for one in self._owners[_post(row)]),
            reminder_ref=last.ref if last else None,
            reminded_at=last.approved_at if last else None,
            last=Told(told.said, told.note, told.state, told.at) if told else None,
        )

    def _holder(self, one: Any) -> Holder:
        phone = self._phones.get(one.person_id)
        is_reached = phone is not None and phone.standing == "active" and phone.reach in REACHES
        return Holder(one.person_id, one.name, one.local_name, is_reached)


def _post(row: Any) -> tuple[Any, ...]:
    return row.owner_body, row.owner_post, row.owner_unit_id


def _keys(row: Any, today: date) -> list[str]:
    """The keys of all reminders that the decision can have had for its date."""
    lead = lead_of(row.due, today)
    later = range(1, 0 if lead is None else lead + 1, AGAIN_EVERY)
    leads = [-BEFORE, *later][-MOST_REMINDERS:]
    return [reminder_key(row.id, row.due, one) for one in leads]


def _reports(conn: Connection, rows: Sequence[Any]) -> tuple[ReportLine, ...]:
    words = meetings.words_of(conn, [row.decision_id for row in rows]) if rows else {}
    return tuple(_report(row, words.get(row.decision_id, {})) for row in rows)


def _report(row: Any, words: Mapping[str, Any]) -> ReportLine:
    return ReportLine(
        id=row.id,
        decision_id=row.decision_id,
        code=f"{row.label}/{row.no}",
        body=row.body,
        label=row.label,
        texts={tag: one.text for tag, one in words.items() if one.text},
        due=row.due,
        status=row.status,
        said=row.said,
        note=row.note,
        name=row.name or "",
        local_name=row.local_name or "",
        language=row.language,
        at=row.at,
    )
