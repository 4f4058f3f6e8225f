"""Move a unit under another one; what is under it goes with it."""

from datetime import datetime

from app.domain.errors import Refusal
from app.domain.unit_facts import check_place
from app.domain.unit_names import called
from app.services._deed import Deed
from app.services.add_units import taken
from app.services.change_unit import the_unit
from app.store import unit_tree, units
from app.store.database import Connection, Database


async def move_unit(  # noqa: PLR0913 -- who moves what where, and when
    database: Database, network_slug: str, unit_id: int, under: int, *, by: str, now: datetime
) -> None:
    """Put a unit under another one; raises Refusal where it cannot stand."""
    await database.write(_move, Deed(network_slug, by, now), unit_id, under)


def _move(conn: Connection, deed: Deed, unit_id: int, under: int) -> None:
    # The network is held: two moves at once could each be right and make a circle together.
    network = deed.begin(conn)
    moved, target = the_unit(conn, network.id, unit_id), the_unit(conn, network.id, under)
    name = called(moved.kind, moved.name)
    if unit_tree.is_below(conn, under, unit_id):
        raise Refusal("circle", "{unit} cannot stand under itself.", unit=name)
    check_place(moved.kind, target.kind)
    if moved.parent_id == under:
        return
    for other in units.named_alike(conn, network.id, moved.kind, [moved.name]):
        if other.parent_id == under:
            raise taken(moved.kind, moved.name)
    before = units.get(conn, network.id, moved.parent_id) if moved.parent_id else None
    units.change(conn, unit_id, {"parent_id": under})
    detail = {
        "from": called(before.kind, before.name) if before else "",
        "under": called(target.kind, target.name),
    }
    deed.note(conn, network.id, "unit moved", name, detail)
