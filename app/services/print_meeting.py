"""Print for a meeting to come: notice, script to read aloud, call list, attendance sheet."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.language import chain
from app.domain.sheets import (
    AttendanceSheet,
    Attendant,
    CallPart,
    CallSheet,
    NoticeSheet,
    Sheet,
    Signer,
)
from app.domain.unit_names import called
from app.printing.render import Printed
from app.printing.words import SheetWords, words_of
from app.services._act import Deed
from app.services._export_files import written_number
from app.services._minutes_desk import the_meeting
from app.services._paper_desk import PaperDesk, paper_desk
from app.services.meeting_calls import Call, list_calls
from app.services.print_minutes import meeting_named
from app.services.print_sheet import Order, print_sheet
from app.services.read_aloud import AloudFacts, Script, script_of
from app.services.take_attendance import in_order
from app.store import attendance, notices, seats, units
from app.store.database import Connection, Database

KINDS = ("meeting", "aloud", "calls", "attendance")
TITLES = {
    "cancelled": "meeting_off",
    "postponed": "meeting_postponed",
    "moved": "meeting_moved",
}
MEMBER = "Member"
NBSP = "\u00a0"
OFF_TEXTS = {"cancelled": "off_text", "postponed": "postponed_text"}


@dataclass(frozen=True, slots=True)
class Moment:
    """On which day it is printed, with which words."""

    catalogue: Catalogue
    today: date


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a meeting in one language."""

    id: int
    code: str
    label: str
    at: datetime
    """On the clocks there."""
    body: str
    venue: str
    agenda: str
    ref: str
    what: str
    """`cancelled`, `postponed`, `moved`, or "" for one that people are called to."""
    quorum: int


@dataclass(frozen=True, slots=True)
class _Table:
    desk: PaperDesk
    told: Told
    catalogue: Catalogue
    today: date

    @property
    def say(self) -> SheetWords:
        return words_of(self.desk.tag)

    def post(self, post: str) -> str:
        """What an office is called; a plain seat has a name too."""
        return self.say("member") if post == MEMBER else self.desk.post(post)

    def clock(self) -> str:
        """The hour as people there say it: subah 10 baje."""
        said = self.catalogue.write_date(self.told.at, self.desk.tag)
        day = self.catalogue.write_date(self.told.at.date(), self.desk.tag)
        return said.partition(day)[2].strip() or f"{self.told.at:%H:%M}"


async def print_meeting(
    database: Database, network_id: int, asked: tuple[str, str], order: Order, moment: Moment
) -> Printed:
    """One of KINDS for a meeting (`EC 14`, or its id).

    Raises Refusal: not_found, over for a meeting that took place or whose day is past.
    """
    kind, which = asked
    table = await database.read(_table, network_id, which, order, moment)
    make: Mapping[str, Callable[..., Any]] = {"calls": _calls, "attendance": _attendance}
    if kind in make:
        sheet: Sheet = await make[kind](database, network_id, table)
    else:
        sheet = notice_of(table) if kind == "meeting" else _script_sheet(table)
    return await print_sheet(sheet, order)


async def script_for(
    database: Database, network_id: int, which: str, order: Order, moment: Moment
) -> Script:
    """What is read aloud of a meeting; raises Refusal as `print_meeting` does."""
    return _script(await database.read(_table, network_id, which, order, moment))


async def print_calls(  # noqa: PLR0913 -- the call list of a meeting, by whom
    database: Database,
    network_id: int,
    which: str,
    order: Order,
    moment: Moment,
    *,
    by: str,
    now: datetime,
) -> Printed:
    """The call list with men's whole numbers; that somebody took it is written down.

    Only for who may see numbers. A woman's number never stands on paper: she is called from the
    office. Raises Refusal as `print_meeting` does.
    """
    table = await database.read(_table, network_id, which, order, moment)
    sheet = await _calls(database, network_id, table, with_numbers=True)
    deed = Deed(network_id, by, now)
    count = len(sheet.calls or ())
    subject = f"{table.told.code} {table.told.label}"
    await database.write(lambda conn: deed.note(conn, "call list taken", subject, people=count))
    return await print_sheet(sheet, order)


def notice_of(table: _Table) -> NoticeSheet:
    """The sheet for the boards; it hangs until the day of the meeting."""
    say, told, head = table.say, table.told, table.desk.head
    title = say(TITLES.get(told.what, "meeting_of"), body=told.body, no=told.label)
    when = f"{say.weekday_both(told.at.date(), head.hijri_offset)}\n{table.clock()}"
    paragraphs = [when]
    if told.what in OFF_TEXTS:
        paragraphs.append(say(OFF_TEXTS[told.what]))
    else:
        agenda = f"{say('agenda')}: {told.agenda}" if told.agenda else ""
        name = "answer_by_text" if head.phone else "answer_office"
        paragraphs += [told.venue, agenda, say(name, phone=head.phone.replace(" ", NBSP))]
    return NoticeSheet(
        tag=table.desk.tag,
        head=head,
        no=f"{told.code} {told.label}",
        title=title,
        paragraphs=tuple(one for one in paragraphs if one),
        dated=table.today,
        valid_until=told.at.date(),
        ref=told.ref,
        signer=Signer(say("general_secretary")),
    )


def _table(conn: Connection, network_id: int, which: str, order: Order, moment: Moment) -> _Table:
    meeting_id = meeting_named(conn, network_id, which)
    row = the_meeting(conn, network_id, meeting_id)
    desk = paper_desk(conn, network_id, order.tag, order.phone)
    if not desk.head.phone:
        desk = replace(desk, head=replace(desk.head, phone=desk.network.office_phone))
    at = desk.local(row.at)
    if row.state in {"held", "adjourned"} or at.date() < moment.today:
        raise Refusal(
            "over",
            "{meeting} was on {day}. What is printed here is for a meeting to come.",
            meeting=f"{row.body} {row.label}",
            day=at.date().isoformat(),
        )
    body = seats.body_named(conn, network_id, row.body)
    sent = notices.notices_of(conn, meeting_id)
    what = row.state if row.state in OFF_TEXTS else ""
    if not what and any(one.revision and one.lead == 0 for one in sent):
        what = "moved"
    told = Told(
        id=meeting_id,
        code=row.body,
        label=row.label,
        at=at,
        body=desk.named(body.name, body.local_name) if body is not None else row.body,
        venue=desk.said(row.venue),
        agenda=desk.said(row.agenda),
        ref=str(next((one.ref for one in reversed(sent) if one.ref), "")),
        what=what,
        quorum=row.quorum,
    )
    return _Table(desk, told, moment.catalogue, moment.today)


def _script(table: _Table) -> Script:
    desk, told = table.desk, table.told
    tags = chain(desk.tag, table.catalogue.languages, desk.network.language)
    facts = AloudFacts(
        network=desk.network.short_name(tags),
        body=told.body,
        label=told.label,
        at=told.at,
        venue=told.venue,
        agenda=told.agenda,
        ref=told.ref,
        what=told.what,
    )
    return script_of(facts, desk.tag, table.catalogue)


def _script_sheet(table: _Table) -> CallSheet:
    told, script = table.told, _script(table)
    return CallSheet(
        tag=table.desk.tag,
        head=table.desk.head,
        body=told.body,
        label=told.label,
        dated=table.today,
        held_on=told.at.date(),
        time=table.clock(),
        script=script.text,
        seconds=script.seconds,
        code=told.code,
        venue=told.venue,
        ref=told.ref,
    )


async def _calls(
    database: Database, network_id: int, table: _Table, *, with_numbers: bool = False
) -> CallSheet:
    calls = await list_calls(database, network_id, table.told.id)
    ids = {one.who.unit_id for one in calls}
    names = await database.read(_unit_names, network_id, table.desk, ids)
    parts = tuple(_part(one, table, names, with_numbers=with_numbers) for one in calls)
    return replace(_script_sheet(table), calls=parts)


def _part(one: Call, table: _Table, names: Mapping[int, str], *, with_numbers: bool) -> CallPart:
    desk, who = table.desk, one.who
    phone = table.say("through_office") if one.is_through_the_office else one.phone
    if with_numbers and one.phone and not one.is_through_the_office:
        phone = written_number(one.whole)
    return CallPart(
        name=desk.named(who.name, who.local_name),
        post=table.post(who.post),
        unit=names.get(who.unit_id or 0, who.unit_name),
        phone=phone,
        why=table.say(f"why_{one.why}"),
    )


async def _attendance(database: Database, network_id: int, table: _Table) -> AttendanceSheet:
    told, desk = table.told, table.desk
    # The very order by which `take_roll` reads the numbers of a text.
    people = await database.read(
        lambda conn: in_order(conn, network_id, the_meeting(conn, network_id, told.id))
    )
    names = await database.read(_unit_names, network_id, desk, {one.unit_id for one in people})
    return AttendanceSheet(
        tag=desk.tag,
        head=desk.head,
        body=told.body,
        label=told.label,
        dated=table.today,
        held_on=told.at.date(),
        time=table.clock(),
        people=tuple(
            Attendant(
                desk.named(one.name, one.local_name),
                table.post(one.post),
                names.get(one.unit_id or 0, attendance.unit_of(one)),
            )
            for one in people
        ),
        code=told.code,
        venue=told.venue,
        quorum=told.quorum,
    )


def _unit_names(
    conn: Connection, network_id: int, desk: PaperDesk, ids: Collection[int | None]
) -> Mapping[int, str]:
    """The units in the local script, where the sheet is in it and they have such a name."""
    if not desk.is_local:
        return {}
    names = {}
    for unit_id in ids:
        row = units.get(conn, network_id, unit_id) if unit_id is not None else None
        if row is not None and row.local_name:
            names[row.id] = called(row.kind, row.local_name)
    return names
