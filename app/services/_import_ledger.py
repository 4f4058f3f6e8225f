"""What an import writes: rows with ids of their own, changes, each with its entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.services._directory import Directory
from app.store import import_changes
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Taking:
    """For which list, who takes it over, and how its people agreed where the row does not say."""

    batch_id: int
    network_id: int
    by: str
    basis: str
    now: datetime
    today: date


class Ledger:
    """Writes into the directory for one chunk of a list."""

    def __init__(self, conn: Connection, taking: Taking, directory: Directory) -> None:
        self.conn, self.taking, self.directory = conn, taking, directory

    def make(self, table_name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store rows that bear their ids."""
        import_changes.make(self.conn, self.taking.batch_id, table_name, rows)

    def ids(self, table_name: str, count: int) -> list[int]:
        """So many new ids."""
        return import_changes.reserve(self.conn, table_name, count)

    def change(self, table_name: str, key: tuple[int, ...], values: Mapping[str, Any]) -> None:
        """Change columns of a row."""
        import_changes.change(self.conn, self.taking.batch_id, table_name, key, values)
