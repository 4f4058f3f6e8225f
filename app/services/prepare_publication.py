"""Prepare a publication: one meeting made into every form, planned over every wire, not sent."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Medium, Worded
from app.domain.errors import Refusal
from app.domain.letters import Letter
from app.domain.minutes import Minutes
from app.domain.sheets import Letterhead
from app.printing.render import render
from app.services._finish_publication import Kept, Planned, abandon, finish_publication
from app.services._form_setting import Printer, Setting
from app.services._open_publication import Opened, PublicationDraft, open_publication
from app.services.keep_letter import keep_letter
from app.services.plan_broadcast import Begun, Draft, begin, gathered
from app.services.read_minutes import read_record, read_revision
from app.services.show_publication import PublicationView
from app.services.write_forms import Written, write_forms
from app.store import documents
from app.store.database import Connection, Database


async def prepare_publication(
    database: Database,
    draft: PublicationDraft,
    *,
    catalogue: Catalogue,
    now: datetime,
    printer: Printer = render,
) -> PublicationView:
    """Make all forms of a meeting's published minutes and plan who gets them.

    A plan of the same meeting that nobody approved yet is taken back. When an earlier revision
    went out, this one goes to exactly those who got it, as a correction. Whom the same revision
    reached before it was stopped is left out. Raises Refusal when the minutes are not published
    or went out already, or nobody would be reached.
    """
    minutes = await published_minutes(database, draft.network_id, draft.meeting_id)
    opened = await database.write(open_publication, draft, minutes, now)
    if isinstance(opened, PublicationView):
        return opened
    try:
        setting = _setting(opened, draft, catalogue, now, printer)
        written = await asyncio.to_thread(write_forms, minutes, setting)
        kept = await database.write(_keep, opened, written, now)
        plan = Planned(draft, minutes, opened, written, kept)
        gathering = [await _gather(database, one, catalogue, now) for one in _media(plan)]
        return await database.write(finish_publication, plan, gathering, now)
    except Refusal:
        await database.write(abandon, opened.id)
        raise


async def published_minutes(database: Database, network_id: int, meeting_id: int) -> Minutes:
    """The minutes as they were published last; raises Refusal when they never were."""
    record = await read_record(database, network_id, meeting_id)
    if not record.revision:
        raise Refusal(
            "not_published",
            "The minutes of {body} {label} are not published yet. Publish them first.",
            body=record.body,
            label=record.label,
        )
    if not record.is_changed:
        return record
    return await read_revision(database, network_id, meeting_id, record.revision)


def _setting(
    opened: Opened,
    draft: PublicationDraft,
    catalogue: Catalogue,
    now: datetime,
    printer: Printer,
) -> Setting:
    network = opened.network
    return Setting(
        network=network,
        catalogue=catalogue,
        ref=opened.ref,
        mail_ref=opened.mail_ref,
        today=network.day_at(now),
        body_names=opened.body_names,
        head=Letterhead(network.name, hijri_offset=network.hijri_offset),
        local_name=opened.local_name,
        old_ref=opened.old_ref(Medium.TEXT),
        old_mail_ref=opened.old_ref(Medium.MAIL),
        is_latest=opened.is_latest,
        texts=draft.texts,
        printer=printer,
    )


def _keep(conn: Connection, opened: Opened, written: Written, now: datetime) -> Kept:
    """Store each file and letter once."""
    network_id = opened.network.id
    files: list[int | None] = []
    for form in written.forms:
        if form.file is None:
            files.append(None)
            continue
        file = form.file
        files.append(
            documents.keep(
                conn,
                network_id,
                name=file.name,
                media_type=file.media_type,
                content=file.content,
                now=now,
            )
        )
    letters = {
        tag: keep_letter(conn, network_id, letter, now) for tag, letter in written.letters.items()
    }
    return Kept(letters, files)


def _media(plan: Planned) -> list[tuple[Draft, tuple[Worded, ...], int]]:
    """What is planned over each medium: the draft, its words, its Ref."""
    opened, written = plan.opened, plan.written
    found = [(_draft(plan, Medium.TEXT, written.texts), written.texts, opened.ref)]
    letters = tuple(_as_worded(tag, letter) for tag, letter in written.letters.items())
    if letters:
        found.append((_draft(plan, Medium.MAIL, letters), letters, opened.mail_ref))
    return [one for one in found if not opened.is_correction or opened.earlier[one[0].medium]]


def _as_worded(tag: str, letter: Letter) -> Worded:
    return Worded(tag, letter.text, "mail", 1)


def _draft(plan: Planned, medium: Medium, words: Sequence[Worded]) -> Draft:
    draft, opened = plan.draft, plan.opened
    return Draft(
        audience=_audience_words(plan),
        texts={one.language: one.body for one in words},
        kind=Kind.NOTICE,
        author=draft.author,
        author_id=draft.author_id,
        network=opened.network.slug,
        is_private=bool(plan.minutes.record.restricted),
        sees_health=draft.sees_health,
        medium=medium,
        letters=plan.kept.letters if medium is Medium.MAIL else {},
        publication_id=opened.id,
        readers_of=tuple(row.id for row in opened.earlier[medium]),
        but_readers_of=tuple(row.id for row in opened.stopped if row.medium == medium),
    )


def _audience_words(plan: Planned) -> str:
    for rows in plan.opened.earlier.values():
        if rows:
            return str(rows[0].audience)
    return plan.draft.audience


async def _gather(
    database: Database,
    one: tuple[Draft, tuple[Worded, ...], int],
    catalogue: Catalogue,
    now: datetime,
) -> tuple[Begun, Counter[str]]:
    begun = await database.write(begin, *one, catalogue, now)
    return begun, await gathered(database, begun.choice)


__all__ = ["PublicationDraft", "prepare_publication", "published_minutes"]
