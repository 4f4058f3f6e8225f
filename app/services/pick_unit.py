"""Pick the one unit that a name means, or say which ones it may mean."""

from collections.abc import Sequence
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import TIERS
from app.domain.names import name_key
from app.domain.unit_names import bare_key, called, keys_of, read_called
from app.services.show_tree import LONGEST_ID
from app.store import unit_tree, units
from app.store.database import Connection, Database

MOST_NAMED = 6


async def pick_unit(database: Database, network_id: int, words: str, *, under: str = "") -> int:
    """The id of the unit called so ("Dosti", "VO Dosti", "Roshni/Dosti" or an id).

    `under` names one that it stands under. Raises Refusal for none, and for several with the way
    of each.
    """
    return await database.read(_pick, network_id, words, under)


def _pick(conn: Connection, network_id: int, words: str, under: str) -> int:
    told = words.strip()
    is_id = told.isascii() and told.isdigit() and len(told) < LONGEST_ID
    if is_id and units.get(conn, network_id, int(told)) is not None:
        return int(told)
    *above, name = [part for part in words.split("/") if part.strip()] or [""]
    ways = _ways_of(conn, network_id, name)
    for one in (*above, under):
        if one.strip():
            ways = [way for way in ways if any(_is_called(step, one) for step in way[:-1])]
    if not ways:
        told = f"{told}, {under.strip()}" if under.strip() else told
        raise Refusal("not_found", "There is no unit called {name}.", name=told[:120])
    if len(ways) > 1:
        raise Refusal(
            "which_unit",
            "{number} units bear this name: {units}: give --under or the id.",
            number=len(ways),
            units=", ".join(said(way) for way in ways[:MOST_NAMED])
            + (", …" if len(ways) > MOST_NAMED else ""),
        )
    return int(ways[0][-1].id)


def said(way: Sequence[Any]) -> str:
    """VO Dosti under LSO Roshni; a unit right under the network stands for itself."""
    name = called(way[-1].kind, way[-1].name)
    if len(way) < 2:
        return name
    return f"{name} under {called(way[-2].kind, way[-2].name)}"


def _ways_of(conn: Connection, network_id: int, words: str) -> list[Sequence[Any]]:
    """The ways of the units called so; a tier that is said must be theirs."""
    kind, name = read_called(words)
    if kind:
        rows = [*unit_tree.called(conn, network_id, keys_of(kind, name), kind=kind)]
        rows += unit_tree.called(conn, network_id, [name_key(words)])
    else:
        keys = {key for tier in TIERS for key in keys_of(tier, words)} if name_key(words) else ()
        rows = [*unit_tree.called(conn, network_id, [name_key(words), *keys])]
    ids = list(dict.fromkeys(row.id for row in rows))
    ways = unit_tree.ways(conn, ids)
    return [ways[one] for one in ids]


def _is_called(step: Any, words: str) -> bool:
    kind, name = read_called(words)
    keys = {name_key(step.name), name_key(step.local_name)}
    keys = {*keys, *(bare_key(step.kind, key) for key in keys)} - {""}
    return (kind in ("", step.kind) and name_key(name) in keys) or name_key(words) in keys
