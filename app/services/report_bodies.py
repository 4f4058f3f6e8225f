"""Report on bodies: seats filled and empty, terms that end, the share of women, overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from app.domain.institution import GENERAL_BODY
from app.domain.offices import tier_of
from app.domain.terms import LEADS, lead_of
from app.domain.unit_names import called
from app.services.change_body import body_of
from app.services.show_posts import PostLine, body_posts, shown
from app.store import body_report, posts, seats, term_notices
from app.store.database import Connection, Database

MOST_ENDING = 200
"""So many terms that end are listed; the rest comes up as these are renewed."""


@dataclass(frozen=True, slots=True)
class VacantIn:
    """How many seats of a body a unit has not filled."""

    unit_id: int
    unit_name: str
    vacant: int


@dataclass(frozen=True, slots=True)
class BodyFigures:
    """One body in numbers.

    `women_needed` is the by-law figure over all its seats (over those filled, where the number
    of seats is not fixed), rounded up; `women_missing` is what lacks to it.
    """

    code: str
    name: str
    local_name: str
    seats: int
    seats_per_lso: int
    filled: int
    vacant: int
    women: int
    women_percent: int
    women_needed: int
    women_missing: int
    women_share: int
    """Of the seats that are filled, in percent, rounded down."""
    term_months: int
    ends_on: date | None
    is_over: bool
    vacant_in: tuple[VacantIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """A term that ends soon or is past; `ref` is that of the text about it, if one went out."""

    line: PostLine
    stage: str
    """`past`, `30` or `60`: the days within which it ends."""
    ref: int | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """One of the offices that a person holds."""

    seat_id: int
    body: str
    post: str
    unit_name: str
    tier: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """One person who leads twice: at two tiers (`tiers`), or in one body (`body`)."""

    person_id: int
    name: str
    local_name: str
    kind: str
    offices: tuple[OfficeHeld, ...]


@dataclass(frozen=True, slots=True)
class BodiesReport:
    """All bodies of a network, and what needs somebody."""

    bodies: tuple[BodyFigures, ...]
    ending: tuple[Ending, ...]
    overlaps: tuple[Overlap, ...]
    outside_general_body: tuple[tuple[int, str, str], ...]
    """Who sits in the Executive Committee without a General Body seat: id, name, local name."""


@dataclass(frozen=True, slots=True)
class BodyReport:
    """One body: its figures, its seats, its terms that end."""

    figures: BodyFigures
    lines: tuple[PostLine, ...]
    ending: tuple[Ending, ...]


async def report_bodies(database: Database, network_id: int, *, today: date) -> BodiesReport:
    """The figures of all bodies, the terms that end, and who holds offices at two tiers."""
    return await database.read(_report, network_id, today)


async def report_body(database: Database, network_id: int, code: str, *, today: date) -> BodyReport:
    """One body with its seats; raises Refusal when there is none of that code."""

    def read(conn: Connection) -> BodyReport:
        row = body_of(conn, network_id, code)
        figures = _Figures(conn, network_id, today).of(row)
        lines = body_posts(conn, network_id, row.code, today)
        soon = [line for line in lines if _stage(line) and line.seat_id is not None]
        ending = _endings(conn, network_id, sorted(soon, key=_last_day))
        return BodyReport(figures, lines, ending)

    return await database.read(read)


def notice_key(seat_id: int, ends_on: date, lead: int) -> str:
    """The natural key of the one notice that a term gets so many days before its end."""
    return f"term{seat_id}.{ends_on.isoformat()}.{lead}"


def _report(conn: Connection, network_id: int, today: date) -> BodiesReport:
    figures = _Figures(conn, network_id, today)
    until = today + timedelta(days=max(LEADS))
    ids = body_report.ending(conn, network_id, until, MOST_ENDING)
    by_id = {line.seat_id: line for line in shown(conn, posts.these(conn, network_id, ids), today)}
    outside = body_report.executives_outside(conn, network_id)
    return BodiesReport(
        bodies=tuple(figures.of(row) for row in seats.bodies(conn, network_id)),
        ending=_endings(conn, network_id, [by_id[one] for one in ids]),
        overlaps=_overlaps(body_report.offices_twice(conn, network_id)),
        outside_general_body=tuple((row.id, row.name, row.local_name) for row in outside),
    )


class _Figures:
    """Reads once what the figures of all bodies need."""

    def __init__(self, conn: Connection, network_id: int, today: date) -> None:
        self._today = today
        self._filled = body_report.filled(conn, network_id)
        self._nominated = posts.nominated(conn, network_id)
        self._lsos = [
            row
            for row in posts.units_with_offices(conn, network_id)
            if row.kind == "LSO" and row.status == "member"
        ]

    def of(self, row: Any) -> BodyFigures:
        """The figures of one body."""
        filled, women = self._filled.get(row.code, (0, 0))
        quota = row.seats_per_lso if row.code == GENERAL_BODY else 0
        total = row.seats or quota * len(self._lsos)
        vacant_in = self._vacant_in(quota)
        vacant = sum(one.vacant for one in vacant_in) if vacant_in else max(0, total - filled)
        needed = -(-row.women_percent * max(total, filled) // 100)
        return BodyFigures(
            code=row.code,
            name=row.name,
            local_name=row.local_name,
            seats=total,
            seats_per_lso=quota,
            filled=filled,
            vacant=vacant,
            women=women,
            women_percent=row.women_percent,
            women_needed=needed,
            women_missing=max(0, needed - women),
            women_share=women * 100 // filled if filled else 0,
            term_months=row.term_months,
            ends_on=row.ends_on,
            is_over=row.ends_on is not None and row.ends_on < self._today,
            vacant_in=vacant_in,
        )

    def _vacant_in(self, quota: int) -> tuple[VacantIn, ...]:
        return tuple(
            VacantIn(row.id, called(row.kind, row.name), quota - held)
            for row in self._lsos
            if (held := self._nominated.get(row.id, 0)) < quota
        )


def _last_day(line: PostLine) -> tuple[date, int]:
    return line.ends_on or date.max, line.seat_id or 0


def _stage(line: PostLine) -> str:
    """Within how many days a term ends; "" when that is far off or it has no end."""
    if line.days_left is None:
        return ""
    if line.days_left < 0:
        return "past"
    lead = lead_of(line.days_left)
    return str(lead) if lead is not None else ""


def _endings(conn: Connection, network_id: int, lines: Sequence[PostLine]) -> tuple[Ending, ...]:
    keys = {
        (line.seat_id, lead): notice_key(line.seat_id, line.ends_on, lead)
        for line in lines
        if line.seat_id is not None and line.ends_on is not None
        for lead in LEADS
    }
    sent = term_notices.notices_with(conn, network_id, keys.values()) if keys else {}
    found = []
    for line in lines:
        told = [sent[key] for lead in LEADS if (key := keys[line.seat_id or 0, lead]) in sent]
        last = told[-1] if told else None
        found.append(Ending(line, _stage(line), last and last.ref, last and last.approved_at))
    return tuple(found)


def _overlaps(rows: Sequence[Any]) -> tuple[Overlap, ...]:
    """Who leads at two tiers, and who holds two offices in one body."""
    found = []
    for person_id, group in groupby(rows, key=lambda row: row.person_id):
        theirs = list(group)
        for kind, offices in _conflicts([_office(row) for row in theirs]).items():
            first = theirs[0]
            found.append(Overlap(person_id, first.name, first.local_name, kind, offices))
    return tuple(found)


def _office(row: Any) -> OfficeHeld:
    unit_name = called(row.kind, row.unit_name) if row.kind else ""
    return OfficeHeld(row.id, row.body, row.post, unit_name, tier_of(row.body))


def _conflicts(offices: Sequence[OfficeHeld]) -> Mapping[str, tuple[OfficeHeld, ...]]:
    """The offices that stand against each other, by kind of conflict.

    Plain seats in the General Body and the Executive Committee are the way up for officers of
    an LSO and never come here; committees advise only, and have no tier.
    """
    found: dict[str, tuple[OfficeHeld, ...]] = {}
    leading = tuple(one for one in offices if one.tier)
    if len({one.tier for one in leading}) > 1:
        found["tiers"] = leading
    counts = {body: [one for one in offices if one.body == body] for body in _bodies(offices)}
    twice = tuple(one for held in counts.values() if len(held) > 1 for one in held)
    if twice:
        found["body"] = twice
    return found


def _bodies(offices: Sequence[OfficeHeld]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.body for one in offices))
