"""Print the minutes of a meeting for the Minutes Book: all of them, with who came."""

from dataclasses import replace

from app.domain.errors import Refusal
from app.domain.minutes import Attendee, Minutes, Presence
from app.domain.sheets import (
    Attendant,
    DecisionPart,
    ItemPart,
    MinutesSheet,
    ResolutionPart,
)
from app.domain.unit_names import called
from app.printing.render import Printed
from app.printing.words import words_of
from app.services._paper_desk import PaperDesk, paper_desk
from app.services._who_came import counts_by_lso
from app.services.print_sheet import MOST_LETTERS, Order, print_sheet
from app.services.read_minutes import read_record, read_revision
from app.store import meetings, seats, units
from app.store import minutes as pages
from app.store.database import Connection, Database


async def print_minutes(
    database: Database, network_id: int, which: str, order: Order, *, sees_drafts: bool
) -> Printed:
    """The minutes of the meeting `EC 14`, or of the meeting with that id.

    They are printed as they were kept last for who `sees_drafts`, else as they were published.
    Raises Refusal: not_found, no_minutes before there is anything to read, too_long.
    """
    sheet = await book_sheet(database, network_id, which, order, sees_drafts=sees_drafts)
    return await print_sheet(sheet, order)


async def book_sheet(
    database: Database, network_id: int, which: str, order: Order, *, sees_drafts: bool
) -> MinutesSheet:
    """The pages as they are printed; raises Refusal as `print_minutes` does."""
    meeting_id = await database.read(meeting_named, network_id, which)
    minutes = await read_record(database, network_id, meeting_id)
    meeting = f"{minutes.body} {minutes.label}"
    if not (minutes.version or minutes.revision or minutes.record.decisions):
        raise Refusal(
            "no_minutes",
            "Nothing is written of meeting {meeting} yet. Write its minutes first.",
            meeting=meeting,
        )
    if not sees_drafts:
        if not minutes.revision:
            raise Refusal(
                "no_minutes", "The minutes of {meeting} are not published yet.", meeting=meeting
            )
        minutes = await read_revision(database, network_id, meeting_id, minutes.revision)
    desk, body, members = await database.read(_desk, network_id, minutes, order)
    sheet = sheet_from(replace(minutes, attendees=members), desk, body)
    texts = [one.said for one in sheet.items] + [one.text for one in sheet.decisions]
    letters = sum(map(len, texts)) + sum(len(one.text) for one in sheet.resolutions)
    if letters > MOST_LETTERS:
        raise Refusal(
            "too_long",
            "These minutes have {count} letters; a print holds {most}. Shorten what was said.",
            count=letters,
            most=MOST_LETTERS,
        )
    return sheet


def meeting_named(conn: Connection, network_id: int, which: str) -> int:
    """The id of a meeting that is called by its body and number, or by its id."""
    words = which.replace("-", " ").split()
    row = None
    if len(words) == 2:
        body = words[0].upper()
        row = meetings.meeting_by_label(conn, network_id, body, words[1].upper())
    elif len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) < 19:
        row = pages.the_meeting(conn, network_id, int(words[0]))
    if row is None:
        raise Refusal(
            "not_found",
            'There is no meeting {which}. Name body and number as in "EC 14".',
            which=repr(which[:40]),
        )
    return int(row.id)


def _desk(
    conn: Connection, network_id: int, minutes: Minutes, order: Order
) -> tuple[PaperDesk, str, tuple[Attendee, ...]]:
    """The desk, the name of the body, and who belongs to it with their units in the same script."""
    desk = paper_desk(conn, network_id, order.tag, order.phone)
    row = seats.body_named(conn, network_id, minutes.body)
    body = desk.named(row.name, row.local_name) if row is not None else minutes.body
    if not desk.is_local:
        return desk, body, minutes.attendees
    names = {}
    for unit_id in {one.unit_id for one in minutes.attendees if one.unit_id is not None}:
        unit = units.get(conn, network_id, unit_id)
        if unit is not None and unit.local_name:
            names[unit_id] = called(unit.kind, unit.local_name)
    there = tuple(
        replace(one, unit_name=names.get(one.unit_id or 0, one.unit_name))
        for one in minutes.attendees
    )
    return desk, body, there


def sheet_from(minutes: Minutes, desk: PaperDesk, body: str) -> MinutesSheet:
    """The record as the book has it, restricted parts with it: the book is the office's own."""
    record, at = minutes.record, desk.local(minutes.at)
    next_at = desk.local(record.next_at) if record.next_at else None
    members = [one for one in minutes.attendees if one.person_id is not None]
    return MinutesSheet(
        tag=desk.tag,
        head=desk.head,
        body=body,
        label=minutes.label,
        held_on=at.date(),
        code=minutes.body,
        time=f"{at:%H:%M}",
        venue=desk.said(minutes.venue),
        chair=record.chair,
        recitation=record.recitation,
        confirms=record.confirms,
        quorum=minutes.quorum,
        counts=counts_by_lso(members),
        present=tuple(_attendant(one, desk) for one in members if one.presence is Presence.PRESENT),
        guests=tuple(
            desk.named(one.name, one.local_name)
            for one in minutes.attendees
            if one.person_id is None
        ),
        items=tuple(ItemPart(desk.said(one.title), desk.said(one.said)) for one in record.items),
        decisions=_decisions(minutes, desk),
        resolutions=_resolutions(minutes, desk),
        finance=desk.said(record.finance),
        next_on=next_at.date() if next_at else None,
        next_time=f"{next_at:%H:%M}" if next_at else "",
        next_venue=desk.said(record.next_venue),
        thanks=record.thanks,
        confirmed_on=desk.day(minutes.confirmed_at),
        is_draft=minutes.published_at is None or minutes.is_changed,
    )


def _attendant(one: Attendee, desk: PaperDesk) -> Attendant:
    return Attendant(desk.named(one.name, one.local_name), desk.post(one.post), one.unit_name)


def _decisions(minutes: Minutes, desk: PaperDesk) -> tuple[DecisionPart, ...]:
    say = words_of(desk.tag)
    return tuple(
        DecisionPart(
            code=f"{minutes.label}/{one.no}",
            text=desk.said(one.texts),
            owner=desk.said(one.owner.words) or desk.post(one.owner.post),
            due=one.due,
            state=say(f"state_{one.state.value.replace(' ', '_')}"),
        )
        for one in minutes.record.decisions
    )


def _resolutions(minutes: Minutes, desk: PaperDesk) -> tuple[ResolutionPart, ...]:
    return tuple(
        ResolutionPart(
            code=f"{minutes.label}/R{one.no}",
            title=desk.said(one.titles),
            text=desk.said(one.texts),
            addressee=desk.said(one.addressee),
            reply_due=one.reply_due,
        )
        for one in minutes.record.resolutions
    )
