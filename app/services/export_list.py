"""Export a list: people, units, posts, groups, held numbers or consents as CSV or XLSX.

Numbers are masked unless somebody who may see them asks for them; that is written down.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.domain.permissions import ALLOWED, Act, Post, require
from app.services._export_files import FORMS
from app.services._export_rows import KINDS, View, groups_called
from app.store import journal, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

AT_ONCE = 1_000
"""Records in one read, so that none holds a reader for long."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list is wanted, and by whom."""

    kind: str
    by: str
    post: Post
    form: str = "csv"
    """`csv` or `xlsx`."""
    with_numbers: bool = False
    group: str = ""
    """The name or id of the one group that is wanted; all of them without."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A list as a file; `file` has no name on the disk and is gone once it is closed."""

    file: IO[bytes]
    name: str
    media_type: str
    rows: int
    size: int


async def export_list(database: Database, network: str, asked: Asked, *, now: datetime) -> Exported:
    """The list as a file, and an entry in the journal; raises Refusal for what is no list.

    `network` is a slug. 100,000 people are read and written in slices on threads.
    """
    kind = KINDS.get(asked.kind)
    if kind is None:
        raise Refusal(
            "no_such_list",
            "There is no list “{kind}”. There are: {kinds}.",
            kind=asked.kind[:40],
            kinds=", ".join(KINDS),
        )
    form = FORMS.get(asked.form)
    if form is None:
        raise Refusal(
            "no_such_form",
            "A list is written as {forms}, not as “{form}”.",
            forms=", ".join(FORMS),
            form=asked.form[:20],
        )
    if asked.with_numbers:
        require(asked.post, Act.SEE_NUMBERS)
    info, view = await database.read(_view, network, asked)
    writer = form.begin()
    await asyncio.to_thread(writer.add, [kind.headings])
    rows = numbers = 0
    after: int | None = 0
    while after is not None:
        page = await database.read(kind.page, view, after, AT_ONCE)
        await asyncio.to_thread(writer.add, page.rows)
        rows, numbers, after = rows + len(page.rows), numbers + page.numbers, page.last
    file = await asyncio.to_thread(writer.end)
    await database.write(_note, info.id, asked, (rows, numbers), now)
    return Exported(
        file=file,
        name=_name(info, asked, now, form.suffix),
        media_type=form.media_type,
        rows=rows,
        size=await asyncio.to_thread(_size, file),
    )


def _view(conn: Connection, network: str, asked: Asked) -> tuple[NetworkInfo, View]:
    info = networks.named(conn, network)
    with_health = asked.post in ALLOWED[Act.SEE_HEALTH]
    groups = groups_called(conn, info.id, asked.group) if asked.kind == "groups" else ()
    return info, View(info.id, asked.with_numbers, with_health, groups)


def _note(
    conn: Connection, network_id: int, asked: Asked, counted: tuple[int, int], now: datetime
) -> None:
    rows, numbers = counted
    detail = {"rows": rows, "form": asked.form, "numbers": numbers}
    journal.append(
        conn,
        {
            "network_id": network_id,
            "at": now,
            "actor": asked.by,
            "action": "numbers exported" if asked.with_numbers else "list exported",
            "subject": f"{asked.kind} {asked.group}".strip()[:80],
            "detail": detail,
        },
    )


def _name(info: NetworkInfo, asked: Asked, now: datetime, suffix: str) -> str:
    """What the file is called; the name of a group may be Urdu, but ends no path."""
    group = "".join(" " if sign in '/\\:*?"<>|' or ord(sign) < 32 else sign for sign in asked.group)
    words = [info.slug, asked.kind, *group.split()]
    return f"{'-'.join(words)[:100]}-{now.astimezone(ZoneInfo(info.tz)):%Y-%m-%d}.{suffix}"


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
