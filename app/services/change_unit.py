"""Change a unit in place, or take an empty one away."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.unit_facts import checked_facts
from app.domain.unit_names import called
from app.domain.year_days import check_stretch
from app.services._deed import Deed
from app.services.add_units import taken
from app.store import unit_tree, units
from app.store.database import Connection, Database

CHANGEABLE = (
    "name",
    "local_name",
    "place",
    "local_place",
    "members",
    "status",
    "formed_on",
    "households",
    "cut_from",
    "cut_until",
    "verified_on",
)


async def change_unit(  # noqa: PLR0913 -- who changes what to what, and when
    database: Database,
    network_slug: str,
    unit_id: int,
    changes: Mapping[str, Any],
    *,
    by: str,
    now: datetime,
) -> tuple[str, ...]:
    """Give a unit these values (see CHANGEABLE); gives the names of what is different now."""
    unknown = sorted(set(changes) - set(CHANGEABLE))
    if unknown:
        raise Refusal("field", "{field} of a unit cannot be changed.", field=unknown[0])
    facts = checked_facts(changes)
    return await database.write(_change, Deed(network_slug, by, now), unit_id, facts)


def _change(
    conn: Connection, deed: Deed, unit_id: int, facts: Mapping[str, Any]
) -> tuple[str, ...]:
    network = deed.begin(conn)
    row = the_unit(conn, network.id, unit_id)
    new = {name: value for name, value in facts.items() if getattr(row, name) != value}
    check_stretch(new.get("cut_from", row.cut_from), new.get("cut_until", row.cut_until))
    if not new:
        return ()
    if "name" in new:
        _check_free(conn, row, new["name"])
    units.change(conn, unit_id, new)
    detail = {name: [_plain(getattr(row, name)), _plain(value)] for name, value in new.items()}
    subject = called(row.kind, row.name)
    deed.note(conn, network.id, "unit changed", subject, detail)
    return tuple(name for name in CHANGEABLE if name in new)


def the_unit(conn: Connection, network_id: int, unit_id: int) -> Any:
    """One unit of a network; raises Refusal when it is not there or another's."""
    row = units.get(conn, network_id, unit_id)
    if row is None:
        raise Refusal("not_found", "There is no unit {id}.", id=unit_id)
    return row


def _check_free(conn: Connection, row: Any, name: str) -> None:
    """Raise Refusal when another unit at the same place has this name."""
    for other in units.named_alike(conn, row.network_id, row.kind, [name]):
        if other.parent_id == row.parent_id and other.id != row.id:
            raise taken(row.kind, name)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


async def remove_unit(
    database: Database, network_slug: str, unit_id: int, *, by: str, now: datetime
) -> None:
    """Take a unit away; raises Refusal that says what is in the way."""
    await database.write(_remove, Deed(network_slug, by, now), unit_id)


def _remove(conn: Connection, deed: Deed, unit_id: int) -> None:
    network = deed.begin(conn)
    row = the_unit(conn, network.id, unit_id)
    held = unit_tree.hanging_on(conn, unit_id)
    if any(held.values()):
        raise Refusal(
            "not_empty",
            "{unit} is not empty: it has {people} people, {seats} posts, past ones too, and "
            "{units} units under it. Move these first, or let it stand as lapsed.",
            unit=called(row.kind, row.name),
            people=held["people"],
            seats=held["seats"],
            units=held["units"],
        )
    if units.is_named_elsewhere(conn, unit_id):
        raise Refusal(
            "not_empty",
            "{unit} is named in minutes, decisions, boards or newsletters. Let it stand as lapsed.",
            unit=called(row.kind, row.name),
        )
    units.remove(conn, unit_id)
    deed.note(conn, network.id, "unit removed", called(row.kind, row.name))
