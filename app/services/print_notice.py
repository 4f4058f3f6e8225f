"""Print a notice for the boards: from words as they are typed, or a sheet that has a number."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import CLOSED, DecisionState
from app.domain.sheets import Letterhead, NoticeSheet, Signer
from app.printing.render import Printed
from app.printing.words import words_of
from app.services._paper_desk import PaperDesk, paper_desk
from app.services.print_sheet import Order, print_sheet
from app.store import boards, decisions, meetings, resolutions
from app.store import minutes as pages
from app.store.database import Connection, Database

MOST_TITLE = 200
MOST_BODY = 20_000
MOST_LINE = 120


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice as somebody typed it; blank lines part its paragraphs."""

    title: str
    body: str
    no: str = ""
    ref: str = ""
    valid_until: date | None = None
    signer: str = ""
    """The post that signs; the General Secretary where none is named."""


async def print_notice(
    database: Database, network_id: int, words: NoticeWords, order: Order, *, today: date
) -> Printed:
    """A notice of that network from these words.

    Raises Refusal: title, body, too_long, over for a day that is past.
    """
    check(words, today)
    desk = await database.read(paper_desk, network_id, order.tag, order.phone)
    return await print_sheet(sheet_from(words, desk.head, order.tag, today), order)


async def print_hung(database: Database, network_id: int, no: int, order: Order) -> Printed:
    """The sheet for the boards with that number; raises Refusal (not_found)."""
    sheet = await database.read(_hung, network_id, no, order)
    return await print_sheet(sheet, order)


def check(words: NoticeWords, today: date) -> None:
    """Raise a Refusal for what cannot be printed as a notice."""
    if not words.title.strip():
        raise Refusal("title", "A notice needs a title. Give it with --title.")
    if not words.body.strip():
        raise Refusal("body", "The notice says nothing. Write what it tells people.")
    for name, text, most in (
        ("title", words.title, MOST_TITLE),
        ("text", words.body, MOST_BODY),
        ("number", words.no, MOST_LINE),
        ("Ref", words.ref, MOST_LINE),
        ("signer", words.signer, MOST_LINE),
    ):
        if len(text) > most:
            raise Refusal(
                "too_long",
                "The {name} has {count} letters; at most {most} fit. Shorten it.",
                name=name,
                count=len(text),
                most=most,
            )
    if words.valid_until is not None and words.valid_until < today:
        day = words.valid_until.isoformat()
        raise Refusal("over", "{day} is past. Give a later day until which it hangs.", day=day)


def sheet_from(words: NoticeWords, head: Letterhead, tag: str, today: date) -> NoticeSheet:
    """The sheet of a notice that was checked."""
    signer = words.signer.strip() or words_of(tag)("general_secretary")
    return NoticeSheet(
        tag=tag,
        head=head,
        no=words.no.strip(),
        title=" ".join(words.title.split()),
        paragraphs=(words.body.strip(),),
        dated=today,
        valid_until=words.valid_until,
        ref=words.ref.strip(),
        signer=Signer(signer),
    )


def _hung(conn: Connection, network_id: int, no: int, order: Order) -> NoticeSheet:
    row = boards.sheet_numbered(conn, network_id, no) if 0 < no < 2**31 else None
    if row is None:
        raise Refusal("not_found", "There is no sheet {no} for the boards. See the list.", no=no)
    desk = paper_desk(conn, network_id, order.tag, order.phone)
    return NoticeSheet(
        tag=desk.tag,
        head=desk.head,
        no=str(row.no),
        title=desk.said(row.titles),
        paragraphs=_told(conn, network_id, row, desk),
        dated=desk.local(row.created_at).date(),
        valid_until=row.valid_until,
        ref=str(row.ref or ""),
        signer=Signer(words_of(desk.tag)("general_secretary")),
    )


def _told(conn: Connection, network_id: int, row: Any, desk: PaperDesk) -> tuple[str, ...]:
    """What the meeting decided and demanded and may be told; when and where, before it is held."""
    if row.meeting_id is None:
        return ()
    meeting = pages.the_meeting(conn, network_id, row.meeting_id)
    if meeting is None:
        return ()
    written = meetings.minutes_of(conn, meeting.id)
    if written is None or written.published_at is None or written.is_restricted:
        return _invitation(meeting, desk)
    rows = [one for one in decisions.of_minutes(conn, written.id) if not one.is_restricted]
    said = meetings.words_of(conn, [one.id for one in rows]) if rows else {}
    demands = resolutions.standing(conn, network_id, meeting.id, public=True)
    return (
        *(f"{meeting.label}/{one.no} {_decision(one, said.get(one.id, {}), desk)}" for one in rows),
        *(f"{meeting.label}/R{one.no} {_demand(one, desk)}" for one in demands),
    )


def _invitation(meeting: Any, desk: PaperDesk) -> tuple[str, ...]:
    at, say = desk.local(meeting.at), words_of(desk.tag)
    when = f"{say.weekday(at.date())} · {at:%H:%M}"
    return tuple(
        text for text in (when, desk.said(meeting.venue), desk.said(meeting.agenda)) if text
    )


def _decision(row: Any, said: Any, desk: PaperDesk) -> str:
    text = desk.said({tag: one.text for tag, one in said.items()})
    say = words_of(desk.tag)
    due = say.day(row.due) if row.due else ""
    is_open = DecisionState(row.status) not in CLOSED
    tail = say.comma.join(part for part in (desk.said(row.owner), due) if part) if is_open else ""
    return f"{text}\n({tail})" if tail else text


def _demand(row: Any, desk: PaperDesk) -> str:
    """What is demanded, and of whom."""
    title, addressee = desk.said(row.titles) or desk.said(row.texts), desk.said(row.addressee)
    return f"{title}\n({addressee})" if addressee else title
