"""Keep instalments: one that is written down, a whole list, what was paid, what was a mistake.

Amounts are kept on paper: a text on somebody's phone is read by others too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.domain.msisdn import read_number
from app.domain.names import name_key
from app.domain.pasted import clean_line
from app.domain.storable import LARGEST_ID
from app.domain.written_dates import read_date
from app.services._act import Deed
from app.services._instalment_list import Line, lines_of
from app.store import instalments, networks, people
from app.store.database import Connection, Database

LONGEST = 30
MOST = 5_000
"""So many that are not paid yet are kept in one network."""
CHUNK = 200
"""Rows of a list in one transaction."""
FARTHEST = timedelta(days=366 * 5)
_amount = re.compile(r"\d{3}|\d,\d|\brs\b|\bpkr\b|₨|روپ|\brup", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NewInstalment:
    """Who pays back what on which day; `label` is a word for it, as in "goat loan"."""

    person_id: int
    due_on: date
    label: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row of a list that was not taken, and why."""

    row: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class TakenList:
    """What became of a list: how many are new, how many stood there already, what was wrong."""

    added: int
    same: int
    faults: tuple[RowFault, ...]


async def add_instalment(
    database: Database, network_id: int, new: NewInstalment, *, by: str, now: datetime
) -> int:
    """Write one down and give its id; the same one again gives the same id.

    Raises Refusal: label_empty, label_long, label_amount, day_far, too_many, not_found.
    """
    return await database.write(_add, Deed(network_id, by, now), new)


async def write_down(
    database: Database, network_id: int, line: Line, *, by: str, now: datetime
) -> int:
    """The same for words as somebody types them: a name or a number, a day, a word.

    Raises Refusal like `add_instalment`, and nobody, several, day_missing, date.
    """
    deed = Deed(network_id, by, now)

    def write(conn: Connection) -> int:
        today = networks.by_id(conn, network_id).day_at(now)
        return _add(conn, deed, _read(conn, network_id, line, today))

    return await database.write(write)


async def take_instalments(  # noqa: PLR0913 -- what list, of whom, by whom, when
    database: Database, network_id: int, content: bytes, name: str, *, by: str, now: datetime
) -> TakenList:
    """Take a pasted list or a file: a row is a person (number or name), a day and a word.

    Good rows are kept, each of the others is told with its fault; doing it again adds nothing.
    Raises Refusal for a file that is no list.
    """
    deed = Deed(network_id, by, now)
    added, same, faults = 0, 0, list[RowFault]()
    for chunk in _chunks(lines_of(content, name)):
        taken = await database.write(_take, deed, chunk)
        added, same = added + taken.added, same + taken.same
        faults += taken.faults
    if added:
        await database.write(_note_list, deed, added)
    return TakenList(added, same, tuple(faults))


async def mark_paid(  # noqa: PLR0913 -- which, whether, by whom, when
    database: Database, network_id: int, instalment_id: int, *, paid: bool, by: str, now: datetime
) -> None:
    """Note that it was paid, or that this was a mistake; a paid one is reminded of no more.

    Raises Refusal not_found.
    """

    def mark(conn: Connection) -> None:
        network = networks.by_id(conn, network_id)
        row = found_instalment(conn, network_id, instalment_id)
        if (row.paid_on is not None) == paid:
            return
        paid_on = network.day_at(now) if paid else None
        instalments.change(conn, [row.id], paid_on=paid_on)
        action = "instalment paid" if paid else "instalment not paid"
        Deed(network_id, by, now).note(conn, action, f"instalment {row.id}")

    await database.write(mark)


async def drop_instalment(
    database: Database, network_id: int, instalment_id: int, *, by: str, now: datetime
) -> None:
    """Take out one that was written down by mistake. Raises Refusal not_found."""

    def drop(conn: Connection) -> None:
        row = found_instalment(conn, network_id, instalment_id)
        instalments.remove(conn, row.id)
        Deed(network_id, by, now).note(conn, "instalment removed", f"instalment {row.id}")

    await database.write(drop)


def _note_list(conn: Connection, deed: Deed, added: int) -> None:
    deed.note(conn, "instalments listed", f"network {deed.network_id}", added=added)


def found_instalment(conn: Connection, network_id: int, instalment_id: int) -> Any:
    """One of a network; raises Refusal when it is not there."""
    row = None
    if 0 < instalment_id <= LARGEST_ID:
        row = instalments.get(conn, network_id, instalment_id)
    if row is None:
        raise Refusal("not_found", "There is no such instalment here. Open the list again.")
    return row


def _add(conn: Connection, deed: Deed, new: NewInstalment) -> int:
    networks.hold(conn, deed.network_id)
    row = _checked(conn, deed, new)
    _check_room(conn, deed.network_id, 1)
    made = instalments.add(conn, [row])
    if not made:
        return instalments.same(conn, row)
    deed.note(conn, "instalment added", f"instalment {made[0]}")
    return made[0]


def _checked(conn: Connection, deed: Deed, new: NewInstalment) -> dict[str, Any]:
    if not 0 < new.person_id <= LARGEST_ID or not people.seen(conn, deed.network_id, new.person_id):
        raise Refusal("not_found", "There is no such person in this network.")
    today = networks.by_id(conn, deed.network_id).day_at(deed.now)
    if abs(new.due_on - today) > FARTHEST:
        raise Refusal("day_far", "The day is more than five years away. Look at the year again.")
    return {
        "network_id": deed.network_id,
        "person_id": new.person_id,
        "due_on": new.due_on,
        "label": _label(new.label),
        "created_by": deed.by,
        "created_at": deed.now,
    }


def _label(words: str) -> str:
    label = clean_line(words)
    if not label:
        raise Refusal("label_empty", "Say in a word or two what is paid back, as in “goat loan”.")
    if len(label) > LONGEST:
        raise Refusal(
            "label_long",
            "“{words}” is too long for a text: at most {most} letters. Shorten it.",
            words=label[:60],
            most=LONGEST,
        )
    if _amount.search(label) or {"{", "}"} & set(label):
        raise Refusal(
            "label_amount",
            "“{words}” looks like an amount. This word goes into a text: leave amounts on paper.",
            words=label,
        )
    return label


def _check_room(conn: Connection, network_id: int, more: int) -> None:
    if instalments.count(conn, network_id) + more > MOST:
        raise Refusal(
            "too_many",
            "{most} instalments that are not paid is the most. Mark as paid what was paid.",
            most=MOST,
        )


def _take(conn: Connection, deed: Deed, chunk: Sequence[Line]) -> TakenList:
    networks.hold(conn, deed.network_id)
    today = networks.by_id(conn, deed.network_id).day_at(deed.now)
    rows, faults = [], []
    for line in chunk:
        try:
            rows.append(_checked(conn, deed, _read(conn, deed.network_id, line, today)))
        except Refusal as refusal:
            faults.append(RowFault(line.row, refusal))
    _check_room(conn, deed.network_id, len(rows))
    added = len(instalments.add(conn, rows))
    return TakenList(added, len(rows) - added, tuple(faults))


def _read(conn: Connection, network_id: int, line: Line, today: date) -> NewInstalment:
    due_on = read_date(line.due, today)
    if due_on is None:
        raise Refusal("day_missing", "There is no day in this row. Write it as 3 Dec 2026.")
    return NewInstalment(_who(conn, network_id, line), due_on, line.label)


def _who(conn: Connection, network_id: int, line: Line) -> int:
    """The one person who is meant: by the number, by the name, or by both."""
    key = name_key(line.name)
    if not line.phone and read_number(line.name).msisdn:
        line, key = replace(line, phone=line.name, name=""), ""
    if not line.phone:
        found = instalments.named(conn, network_id, key) if key else []
        return _only(found, line.name)
    number = read_number(line.phone)
    if number.msisdn is None:
        raise Refusal("number_unread", "“{words}” is no number.", words=line.phone[:30])
    on_it = instalments.on_phone(conn, network_id, number.msisdn)
    if len(on_it) > 1 and key:
        on_it = [one for one in on_it if key in (one.name_key, one.local_key)]
    return _only([one.id for one in on_it], line.name or line.phone)


def _only(found: Sequence[int], words: str) -> int:
    if not found:
        raise Refusal("nobody", "Nobody is listed as “{words}”.", words=words[:60])
    if len(found) > 1:
        raise Refusal(
            "several",
            "“{words}” may be {count} people. Give number and name.",
            words=words[:60],
            count=len(found),
        )
    return found[0]


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
