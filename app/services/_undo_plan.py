"""What of an import was used or changed since and therefore stays, when the rest is taken back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from app.store import import_changes, import_undo
from app.store.database import Connection
from app.store.import_changes import TABLES, Key

T = TypeVar("T")
AT_ONCE = 500
OWNED = {"person_address": "person_id", "seat": "person_id", "membership": "person_id",
         "health_consent": "person_id"}  # fmt: skip
"""What belongs to a person: it goes and stays with them."""


def chunks(items: Iterable[T]) -> Iterator[Sequence[T]]:
    """So many at a time as one statement takes."""
    every = list(items)
    return (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))


class Plan:
    """Which rows that an import made stay, by table and key."""

    def __init__(self, conn: Connection, batch_id: int) -> None:
        self._conn = conn
        self._seals = import_undo.seals(conn, batch_id)
        self._ours = {name: set(rows) for name, rows in self._seals.items()}
        self._changes = import_undo.changed(conn, batch_id)
        self.stays: dict[str, set[Key]] = {name: set() for name in TABLES}
        self._rows: dict[str, dict[Key, Any]] = {}
        for name in TABLES:
            self._look(name)
        for name in ("unit", "people_group", "person", "address"):
            self._find_used(name)
        self._spread()
        self._keep_what_they_name()

    def _look(self, name: str) -> None:
        """Find the rows that look otherwise than they were made."""
        keeps_rows = name in (*OWNED, "consent", "unit", "person")
        kept = self._rows.setdefault(name, {})
        for keys in chunks(self._seals.get(name, {})):
            rows = import_undo.rows_of(self._conn, name, keys)
            for key, row in rows.items():
                values = self._as_made(name, key, dict(row._mapping))
                if import_changes.seal_of(TABLES[name], values) != self._seals[name][key]:
                    self.stays[name].add(key)
                if keeps_rows:
                    kept[key] = _links(name, values)

    def _as_made(self, name: str, key: Key, values: dict[str, Any]) -> dict[str, Any]:
        """The row without what the same import changed of it later."""
        for before, after in self._changes.get((name, key), ()):
            for column, was in before.items():
                if import_changes.stored(values[column]) == after[column]:
                    values[column] = import_undo.read_as(name, column, was)
        return values

    def _find_used(self, name: str) -> None:
        for keys in chunks(self._seals.get(name, {})):
            ids = [key[0] for key in keys]
            used = import_undo.used(self._conn, name, ids, self._ours, self._changes)
            self.stays[name].update((one,) for one in used)

    def _spread(self) -> None:
        """A number that was used keeps its people, and a person who stays keeps their numbers."""
        people: dict[int, set[int]] = {}
        phones: dict[int, set[int]] = {}
        for person_id, address_id in self._ours.get("person_address", ()):
            people.setdefault(address_id, set()).add(person_id)
            phones.setdefault(person_id, set()).add(address_id)
        for name, column in OWNED.items():
            for key in self.stays[name]:
                row = self._rows[name].get(key)
                if row is not None:
                    self.stays["person"].add((row[column],))
        self._walk({"person": phones, "address": people})

    def _walk(self, near: Mapping[str, Mapping[int, set[int]]]) -> None:
        """From those that stay to whoever is linked with them, and on from there."""
        open_ = [(name, key[0]) for name in near for key in self.stays[name]]
        other = {"person": "address", "address": "person"}
        while open_:
            name, one = open_.pop()
            into = other[name]
            for key in near[name].get(one, ()):
                if (key,) not in self.stays[into] and (key,) in self._ours[into]:
                    self.stays[into].add((key,))
                    open_.append((into, key))

    def _keep_what_they_name(self) -> None:
        """What belongs to people who stay, the consents of numbers that stay, units and groups."""
        for name, column in OWNED.items():
            for key, row in self._rows[name].items():
                if (row[column],) in self.stays["person"]:
                    self.stays[name].add(key)
        answered = self._answered()
        for key, row in self._rows["consent"].items():
            if (row["address_id"],) in self.stays["address"] or row["address_id"] in answered:
                self.stays["consent"].add(key)
        for name in ("person", "seat", "membership", "unit"):
            for key in list(self.stays[name]):
                row = self._rows[name].get(key, {})
                self._keep_unit(row.get("unit_id") or row.get("parent_id"))
                self.stays["people_group"].add((row.get("group_id") or 0,))

    def _keep_unit(self, unit_id: int | None) -> None:
        while unit_id is not None and (unit_id,) in self._ours.get("unit", set()):
            self.stays["unit"].add((unit_id,))
            unit_id = self._rows["unit"].get((unit_id,), {}).get("parent_id")

    def _answered(self) -> set[int]:
        """Numbers that were there before and of which more was recorded since."""
        ids = {row["address_id"] for row in self._rows["consent"].values()}
        found: set[int] = set()
        for some in chunks(ids):
            found |= import_undo.with_other_consents(
                self._conn, some, self._ours.get("consent", set())
            )
        return found


def _links(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    wanted = ("person_id", "address_id", "unit_id", "parent_id", "group_id")
    columns = TABLES[name].columns
    return {column: values[column] for column in wanted if column in columns}
