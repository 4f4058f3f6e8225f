"""Import contacts in one go: a verdict for every row, the good ones stand, consent with a basis."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services._rulings import Ruling
from app.services._told import said
from app.services.keep_list import TAKEN_AT_ONCE, Keeping, begin, complete_keeping
from app.services.read_table import Note
from app.services.stage_list import (
    ContactFile,
    Reading,
    Staging,
    add_batch,
    judge_rows,
    open_reading,
    remembered_reading,
)
from app.store import import_rows, networks
from app.store.database import Connection, Database

CHUNK = TAKEN_AT_ONCE
"""Rows in one transaction."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row: `added`, `changed`, `same` or `held`, why, and what cures it."""

    row: int
    verdict: str
    reason: str = ""
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """The verdict of every row and the totals; `id` is None for a dry run.

    `columns` says what was read as what (heading -> our name), `notes` what was guessed and what
    is not read.
    """

    id: int | None
    verdicts: Sequence[Verdict]
    totals: Mapping[str, int]
    columns: Mapping[str, str]
    notes: tuple[Note, ...] = ()
    sheet: str = ""


async def import_contacts(
    database: Database,
    file: ContactFile,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Bring a list in; a row that needs a person stays out and is told.

    Raises Refusal for a file that is no table; nothing is stored then. Cut off at any point the
    list is in wholly or not at all, at the latest after the next start.
    """
    network = await database.read(networks.named, file.network)
    reading = await asyncio.to_thread(open_reading, file)
    reading = await database.read(remembered_reading, network.id, reading, file)
    if file.is_dry_run:
        staging = Staging(None, network.id, file.makes_units)
        rulings = await judge_rows(database, reading, staging, progress)
        return _imported(None, reading, _verdicts(rulings))
    batch_id = await database.write(add_batch, file, network, reading, now)
    staging = Staging(batch_id, network.id, file.makes_units, judges=False)
    await judge_rows(database, reading, staging, progress)
    await database.write(begin, network.id, batch_id, Keeping(by=file.by, basis=file.basis), now)
    await complete_keeping(database, batch_id, now=now, progress=progress)
    return _imported(batch_id, reading, await database.read(verdicts_of, batch_id))


def _imported(batch_id: int | None, reading: Reading, verdicts: Sequence[Verdict]) -> Imported:
    layout = reading.layout
    pairs = zip(layout.headings, layout.columns, strict=False)
    return Imported(
        batch_id,
        verdicts,
        Counter(one.verdict for one in verdicts),
        {heading: name for heading, name in pairs if name},
        reading.notes,
        reading.sheet.name,
    )


def _verdicts(rulings: Sequence[Ruling]) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(one.line, one.verdict, said(one.reason), said(one.cure)) for one in rulings
    )


def verdicts_of(conn: Connection, batch_id: int) -> tuple[Verdict, ...]:
    """The verdicts of a list that is stored."""
    found: list[Verdict] = []
    while rows := import_rows.after(conn, batch_id, found[-1].row if found else 0, 5_000):
        found += [Verdict(row.line, row.verdict, said(row.reason), said(row.cure)) for row in rows]
    return tuple(found)


__all__ = ["ContactFile", "Imported", "Verdict", "import_contacts"]
