"""Add units: one that an officer writes down, or many at once with the paths they stand on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import KINDS, TIERS
from app.domain.names import name_key
from app.domain.unit_facts import LONGEST_NAME, check_place, checked_facts
from app.domain.unit_names import bare_key, called
from app.domain.unit_paths import UnitPaths
from app.domain.year_days import check_stretch
from app.services._deed import Deed
from app.store import networks, units
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

CHUNK = 200
"""Units in one transaction: well under 100 ms on SQLite, so that no hook waits for a list."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to add.

    `parent` is the id of the unit it stands under; `under` says the same by the names on the way
    down, as in ("Roshni", "VO Dosti"). An LSO needs neither: it stands under the network.
    `cut_from` and `cut_until` are month * 100 + day (see `year_days.read_year_day`).
    """

    kind: str
    name: str
    local_name: str = ""
    parent: int | None = None
    under: tuple[str, ...] = ()
    place: str = ""
    local_place: str = ""
    members: str = "mixed"
    status: str = "member"
    formed_on: date | None = None
    households: int = 0
    cut_from: int = 0
    cut_until: int = 0
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class AddedUnits:
    """The ids of the units in the order of the list, and how many of them are new."""

    ids: tuple[int, ...]
    added: int


async def add_unit(
    database: Database, network_slug: str, new: NewUnit, *, by: str, now: datetime
) -> int:
    """Store one unit and give its id; raises Refusal for a name that is taken there."""
    return await database.write(_add_one, Deed(network_slug, by, now), new, _facts(new))


async def add_units(
    database: Database, network_slug: str, news: Sequence[NewUnit], *, by: str, now: datetime
) -> AddedUnits:
    """Store many units in short transactions; one that is there already is left as it is.

    Units may stand under others of the same list, in any order. Raises Refusal for the first one
    that can stand nowhere; those of the chunks before it are stored, and doing it again is safe.
    """
    wanted = [(at, new, _facts(new)) for at, new in enumerate(news)]
    wanted.sort(key=lambda one: KINDS.index(one[1].kind))
    adding = _Adding(Deed(network_slug, by, now), await database.read(_paths, network_slug))
    for first in range(0, len(wanted), CHUNK):
        await database.write(adding.add, wanted[first : first + CHUNK])
    return AddedUnits(tuple(adding.ids[at] for at in range(len(wanted))), adding.added)


def _facts(new: NewUnit) -> dict[str, Any]:
    """What is stored of a new unit besides its place; raises Refusal."""
    told = {key: value for key, value in asdict(new).items() if key not in {"parent", "under"}}
    check_stretch(new.cut_from, new.cut_until)
    return checked_facts(told)


def _paths(conn: Connection, network_slug: str) -> UnitPaths:
    return UnitPaths(units.places(conn, networks.named(conn, network_slug).id))


def _add_one(conn: Connection, deed: Deed, new: NewUnit, facts: dict[str, Any]) -> int:
    deed.begin(conn)
    adding = _Adding(deed, _paths(conn, deed.network_slug))
    adding.add(conn, [(0, new, facts)])
    if not adding.added:
        raise taken(facts["kind"], facts["name"])
    return adding.ids[0]


def taken(kind: str, name: str) -> Refusal:
    """What is said of a name that another unit at the same place has."""
    return Refusal(
        "taken",
        "There is a unit {unit} at this place already. Give another name.",
        unit=called(kind, name),
    )


_Wanted = tuple[int, NewUnit, dict[str, Any]]
"""The place in the list, the unit as it was told, and its facts."""
_Spot = tuple[int | None, str, str]
"""What one unit alone can have: the unit above, the kind, the key of the name without the tier."""


class _Adding:
    """One list of units on its way into the tree."""

    def __init__(self, deed: Deed, paths: UnitPaths) -> None:
        self._deed, self._paths = deed, paths
        self.ids: dict[int, int] = {}
        self.added = 0

    def add(self, conn: Connection, chunk: Sequence[_Wanted]) -> None:
        """Store these, higher tiers first, in the transaction that is open."""
        network = self._deed.begin(conn)
        for kind in dict.fromkeys(new.kind for _, new, _ in chunk):
            some = [one for one in chunk if one[1].kind == kind]
            if kind == TIERS[0]:
                _check_one_root(conn, network, some)
            self._add_kind(conn, network, kind, some)
            if kind == TIERS[0]:
                self._adopt(conn, network)

    def _add_kind(
        self, conn: Connection, network: NetworkInfo, kind: str, some: Sequence[_Wanted]
    ) -> None:
        """Units of one kind: none of them stands under another of them."""
        if kind == TIERS[1] and self._paths.root is None:
            self._make_root(conn, network)
        names = [facts["name"] for _, _, facts in some]
        there: dict[_Spot, int] = {
            (row.parent_id, kind, bare_key(kind, row.name_key)): row.id
            for row in units.named_alike(conn, network.id, kind, names)
        }
        rows: dict[_Spot, dict[str, Any]] = {}
        spots: dict[int, _Spot] = {}
        for at, new, facts in some:
            parent_id = self._parent(new)
            key = bare_key(kind, name_key(facts["name"])[:LONGEST_NAME])
            spots[at] = spot = (parent_id, kind, key)
            if spot not in there:
                values = {**facts, "network_id": network.id, "parent_id": parent_id}
                rows.setdefault(spot, values)
        for spot, id in zip(rows, units.add_many(conn, list(rows.values())), strict=True):
            there[spot] = id
            self._paths.add(id, spot[0], kind, (spot[2], name_key(rows[spot]["local_name"])))
        self.ids.update({at: there[spot] for at, spot in spots.items()})
        self.added += len(rows)
        self._note(conn, network, kind, [values["name"] for values in rows.values()])

    def _make_root(self, conn: Connection, network: NetworkInfo) -> None:
        """The network's own unit, under the network's name, unless another made it meanwhile."""
        if units.root(conn, network.id) is None:
            facts = checked_facts({"kind": TIERS[0], "name": network.name})
            units.add(conn, {**facts, "network_id": network.id})
            self._note(conn, network, TIERS[0], [network.name])
        self._adopt(conn, network)

    def _adopt(self, conn: Connection, network: NetworkInfo) -> None:
        """Put the units that stood under nothing under the root."""
        root = units.root(conn, network.id)
        kept: set[tuple[str, str]] = set()
        for row in units.without_parent(conn, network.id):
            if root is not None and (row.kind, row.name) not in kept:
                kept.add((row.kind, row.name))
                units.change(conn, row.id, {"parent_id": root.id})
        self._paths = UnitPaths(units.places(conn, network.id))

    def _parent(self, new: NewUnit) -> int | None:
        """The id of the unit that a new one stands under; raises Refusal where it cannot."""
        parent_id = new.parent
        if new.under:
            parent_id = self._paths.at(new.under)
            if parent_id is None:
                path = " / ".join(new.under)[:LONGEST_NAME]
                raise Refusal("not_found", "There is no unit {path}.", path=path)
        elif parent_id is None and new.kind == TIERS[1]:
            parent_id = self._paths.root
        above = None if parent_id is None else self._paths.kind_of(parent_id)
        if parent_id is not None and above is None:
            raise Refusal("not_found", "There is no unit {id}.", id=parent_id)
        check_place(new.kind, above)
        return parent_id

    def _note(
        self, conn: Connection, network: NetworkInfo, kind: str, names: Sequence[str]
    ) -> None:
        if len(names) == 1:
            self._deed.note(conn, network.id, "unit added", called(kind, names[0]))
        elif names:
            self._deed.note(conn, network.id, "units added", kind, {"units": len(names)})


def _check_one_root(conn: Connection, network: NetworkInfo, some: Sequence[_Wanted]) -> None:
    """Raise Refusal for a second LSON."""
    names = {name_key(facts["name"]) for _, _, facts in some}
    root = units.root(conn, network.id)
    if root is not None:
        names.add(root.name_key)
    if len(names) > 1:
        raise Refusal("taken", "A network has one LSON. Change the name of the one it has.")
