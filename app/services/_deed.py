"""One act of a person in one network: begun by locking it, ended by an entry in the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.store import journal, networks
from app.store.database import Connection
from app.store.networks import NetworkInfo


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something in which network, and when."""

    network_slug: str
    by: str
    now: datetime

    def begin(self, conn: Connection) -> NetworkInfo:
        """The network, locked until the commit; raises Refusal when there is none such."""
        network = networks.named(conn, self.network_slug)
        networks.hold(conn, network.id)
        return network

    def note(
        self,
        conn: Connection,
        network_id: int,
        action: str,
        subject: str,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write it into the journal."""
        journal.append(
            conn,
            {
                "network_id": network_id,
                "at": self.now,
                "actor": self.by,
                "action": action,
                "subject": subject[:80],
                "detail": dict(detail or {}),
            },
        )
