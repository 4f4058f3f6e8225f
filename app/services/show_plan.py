"""Show what belongs to a plan: the draft that it came from, and who may say yes to it."""

from dataclasses import dataclass

from app.store import accounts, broadcasts, drafts
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class PlanPapers:
    """What belongs to a plan: the draft it came from, and the officers."""

    draft_key: str
    """The asking officer's own draft; "" when the plan is somebody else's."""
    officers: list[tuple[int, str, str]]
    """Id, name and post of everybody who can act for this network."""


async def show_plan(database: Database, broadcast_id: int, *, account_id: int) -> PlanPapers:
    """The papers of a broadcast that is known to be there, for the officer who asks."""
    return await database.read(_papers, broadcast_id, account_id)


def _papers(conn: Connection, broadcast_id: int, account_id: int) -> PlanPapers:
    row = broadcasts.get(conn, broadcast_id)
    if row is None:
        return PlanPapers("", [])
    draft = drafts.of_broadcast(conn, broadcast_id, account_id)
    officers = [(one.id, one.name, one.post) for one in accounts.of_network(conn, row.network_id)]
    return PlanPapers(draft.key if draft else "", officers)
