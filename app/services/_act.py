"""One act of a person in one network: who, when, and its entry in the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.store import journal
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something for which network, and when."""

    network_id: int
    by: str
    now: datetime

    def note(self, conn: Connection, action: str, subject: str, **detail: Any) -> None:
        """Write it into the journal; subject and detail never hold a name or a number."""
        journal.append(
            conn,
            {
                "network_id": self.network_id,
                "at": self.now,
                "actor": self.by,
                "action": action,
                "subject": subject,
                "detail": detail,
            },
        )
