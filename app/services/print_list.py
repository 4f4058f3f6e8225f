"""Print a list: who is in a body, a group or a unit, with masked numbers and room to sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Refusal
from app.domain.unit_names import called
from app.services._export_rows import OFFICE, masked
from app.services.pick_unit import pick_unit
from app.store import listings, roll_lists, units
from app.store.database import Connection, Database

MOST = 2_000
"""People on one list: some eighty sheets."""
MOST_UNITS = 300
"""Units that are offered to choose from; any other is written by its name."""
LISTS = ("officers", "people", "body", "group")


@dataclass(frozen=True, slots=True)
class PrintLine:
    """Somebody on the list; `phone` is masked, `through the office` for a woman, "" for none."""

    name: str
    local_name: str
    sex: str
    body: str
    post: str
    local_post: str
    unit: str
    local_unit: str
    place: str
    local_place: str
    phone: str

    @property
    def is_through_the_office(self) -> bool:
        """Whether the number is not printed at all."""
        return self.phone == OFFICE


@dataclass(frozen=True, slots=True)
class Printed:
    """A list with what it is of; `women` of its lines are women."""

    list: str
    of: str
    local_of: str
    lines: tuple[PrintLine, ...]
    women: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a list can be printed of: its key in the address, and its names."""

    key: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """All that lists can be printed of; of the units only the largest."""

    bodies: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    units: tuple[Choice, ...]


async def list_choices(database: Database, network_id: int) -> Choices:
    """What there is to print of a network."""
    return await database.read(_choices, network_id)


async def print_list(database: Database, network_id: int, kind: str, of: str) -> Printed:
    """The people of a list, one line each; no whole number is among them.

    `kind` is one of LISTS, `of` the name or id of the unit, the code of the body, the id of the
    group. Raises Refusal for what is not there, and for a list too long to print.
    """
    if kind not in LISTS:
        raise Refusal(
            "no_such_list",
            "There is no list “{kind}”. There are: {kinds}.",
            kind=kind[:40],
            kinds=", ".join(LISTS),
        )
    if kind in {"officers", "people"}:
        unit_id = await pick_unit(database, network_id, of[:120])
        return await database.read(_of_unit, network_id, kind, unit_id)
    return await database.read(_of_body if kind == "body" else _of_group, network_id, of)


def _choices(conn: Connection, network_id: int) -> Choices:
    return Choices(
        bodies=tuple(
            Choice(one.code, one.name, one.local_name)
            for one in roll_lists.bodies(conn, network_id)
        ),
        groups=tuple(
            Choice(str(one.id), one.name, one.local_name)
            for one in listings.groups(conn, network_id)
        ),
        units=tuple(
            Choice(str(one.id), called(one.kind, one.name), one.local_name)
            for one in roll_lists.big_units(conn, network_id, MOST_UNITS)
        ),
    )


def _of_unit(conn: Connection, network_id: int, kind: str, unit_id: int) -> Printed:
    unit = units.get(conn, network_id, unit_id)
    if unit is None:
        raise Refusal("not_found", "There is no such unit.")
    read = roll_lists.officers if kind == "officers" else roll_lists.of_unit
    names = called(unit.kind, unit.name), unit.local_name
    return _printed(conn, kind, names, read(conn, network_id, unit_id, MOST + 1))


def _of_body(conn: Connection, network_id: int, code: str) -> Printed:
    body = next((one for one in roll_lists.bodies(conn, network_id) if one.code == code), None)
    if body is None:
        raise Refusal("not_found", "There is no such body.")
    rows = roll_lists.of_body(conn, network_id, code, MOST + 1)
    return _printed(conn, "body", (body.name, body.local_name), rows)


def _of_group(conn: Connection, network_id: int, of: str) -> Printed:
    groups = listings.groups(conn, network_id)
    group = next((one for one in groups if str(one.id) == of), None)
    if group is None:
        raise Refusal("not_found", "There is no such group.")
    rows = roll_lists.of_group(conn, network_id, group.id, MOST + 1)
    return _printed(conn, "group", (group.name, group.local_name), rows)


def _printed(conn: Connection, kind: str, names: tuple[str, str], rows: Sequence[Any]) -> Printed:
    if len(rows) > MOST:
        raise Refusal(
            "too_long",
            "This list has more than {most} people. Choose a smaller unit, or take it as a file.",
            most=f"{MOST:,}",
        )
    ids = {row.person_id for row in rows}
    phones = listings.phones_of(conn, ids)
    held = {} if kind in {"officers", "body"} else listings.seats_of(conn, ids)
    lines = tuple(_line(row, phones, held) for row in rows)
    women = len({row.person_id for row in rows if row.sex.casefold() == "f"})
    return Printed(kind, *names, lines=lines, women=women)


def _line(
    row: Any, phones: Mapping[int, Sequence[Any]], held: Mapping[int, Sequence[Any]]
) -> PrintLine:
    seat = row if hasattr(row, "body") else next(iter(held.get(row.person_id, ())), None)
    own = phones.get(row.person_id, ())
    return PrintLine(
        name=row.name,
        local_name=row.local_name,
        sex=row.sex,
        body=seat.body if seat else "",
        post=seat.post if seat else getattr(row, "skill", ""),
        local_post=seat.local_post if seat else "",
        unit=called(row.unit_kind, row.unit_name) if row.unit_id else "",
        local_unit=row.local_unit or "",
        place=row.place or "",
        local_place=row.local_place or "",
        phone=masked(own[0].msisdn, [row.sex]) if own else "",
    )
