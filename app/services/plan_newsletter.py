"""Plan how a newsletter goes out: its headline by text, all of it by mail; a second one agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Medium
from app.domain.errors import Refusal
from app.domain.letters import UNSUBSCRIBE, Letter
from app.services._act import Deed
from app.services._letter_html import letter_html
from app.services._newsletter_words import Reader, languages_of, name_of, plain_text
from app.services.change_newsletter import found_draft, found_newsletter, take_back_plans
from app.services.keep_letter import keep_letter
from app.services.keep_story import Writer
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import networks, newsletters
from app.store.database import Connection, Database

NOBODY = frozenset({"nobody", "no_route"})
"""Why a wire has nothing to do: that is told, and the other one goes on."""


@dataclass(frozen=True, slots=True)
class PlannedNewsletter:
    """The plans that were made; None where that wire reaches nobody, and why."""

    text_id: int | None
    mail_id: int | None
    faults: tuple[Refusal, ...] = ()


async def plan_newsletter(  # noqa: PLR0913 -- who plans which, in which words
    database: Database,
    network_id: int,
    newsletter_id: int,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> PlannedNewsletter:
    """Plan headline and mail to the newsletter's audience; planned again, the old plans go.

    Raises Refusal when it names no audience, when the words or the wires do not allow it, and
    when neither a phone nor a mail address can be reached.
    """
    begun = await database.write(_begin, network_id, newsletter_id, catalogue, now)
    made: dict[Medium, int] = {}
    faults = []
    for medium in (Medium.TEXT, Medium.MAIL):
        draft = _draft(begun, medium, by)
        try:
            plan = await plan_broadcast(database, draft, catalogue=catalogue, now=now)
        except Refusal as fault:
            if fault.code not in NOBODY:
                await database.write(_undo, made, by, now)
                raise
            faults.append(fault)
            continue
        made[medium] = plan.id
    if not made:
        raise faults[0]
    await database.write(_finish, begun, made, by, now)
    return PlannedNewsletter(made.get(Medium.TEXT), made.get(Medium.MAIL), tuple(faults))


async def take_back_plan(
    database: Database, network_id: int, newsletter_id: int, *, by: Writer, now: datetime
) -> None:
    """Take the plans of a newsletter back, so that it can be changed."""

    def take(conn: Connection) -> None:
        row = found_newsletter(conn, network_id, newsletter_id)
        take_back_plans(conn, (row.broadcast_id, row.mail_broadcast_id), by.name, now)
        newsletters.change(conn, row.id, broadcast_id=None, mail_broadcast_id=None)

    await database.write(take)


@dataclass(frozen=True, slots=True)
class _Begun:
    network_id: int
    network: str
    newsletter_id: int
    version: int
    audience: str
    headlines: Mapping[str, str]
    subjects: Mapping[str, str]
    letters: Mapping[str, int]


def _begin(
    conn: Connection, network_id: int, newsletter_id: int, catalogue: Catalogue, now: datetime
) -> _Begun:
    row = found_draft(conn, network_id, newsletter_id)
    if not row.audience:
        raise Refusal(
            "audience_empty", "Say whom the newsletter is for: all, ec, gb, lso, a unit's name."
        )
    network = networks.by_id(conn, network_id)
    items = newsletters.items_of(conn, row.id)
    if not items:
        raise Refusal("nothing_new", "Nothing stands in newsletter {no}. Drop it.", no=row.no)
    readers = [Reader(tag, network, catalogue) for tag in languages_of(items, network, catalogue)]
    return _Begun(
        network_id=network_id,
        network=network.slug,
        newsletter_id=row.id,
        version=row.version,
        audience=row.audience,
        headlines=row.headlines,
        subjects={one.tag: name_of(row, one) for one in readers},
        letters={
            one.tag: keep_letter(conn, network_id, _letter(row, items, one), now) for one in readers
        },
    )


def _letter(row: Any, items: Any, reader: Reader) -> Letter:
    subject = name_of(row, reader)
    stop = reader.stop_line(UNSUBSCRIBE)
    text = f"{plain_text(row, items, reader)}\n\n{stop}\n"
    return Letter(
        subject=subject,
        text=text,
        html=letter_html(subject, text, reader.catalogue.languages[reader.tag]),
        language=reader.tag,
        thread=f"newsletter-{row.no}",
    )


def _draft(begun: _Begun, medium: Medium, by: Writer) -> Draft:
    is_mail = medium is Medium.MAIL
    return Draft(
        audience=begun.audience,
        texts=begun.subjects if is_mail else begun.headlines,
        kind=Kind.NEWS,
        author=by.name,
        author_id=by.id,
        network=begun.network,
        medium=medium,
        letters=begun.letters if is_mail else {},
    )


def _finish(
    conn: Connection, begun: _Begun, made: Mapping[Medium, int], by: Writer, now: datetime
) -> None:
    row = found_newsletter(conn, begun.network_id, begun.newsletter_id)
    if row.version != begun.version or row.broadcast_id or row.mail_broadcast_id:
        _undo(conn, made, by, now)
        raise Refusal(
            "changed_meanwhile",
            "Somebody changed this newsletter since you opened it. Open it anew and look.",
        )
    newsletters.change(
        conn,
        row.id,
        broadcast_id=made.get(Medium.TEXT),
        mail_broadcast_id=made.get(Medium.MAIL),
        version=row.version + 1,
    )
    Deed(begun.network_id, by.name, now).note(conn, "newsletter planned", f"Newsletter {row.no}")


def _undo(conn: Connection, made: Mapping[Medium, int], by: Writer, now: datetime) -> None:
    take_back_plans(conn, tuple(made.values()), by.name, now)
