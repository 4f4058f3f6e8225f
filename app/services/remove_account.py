"""Remove an account: the officer is signed out everywhere; what they did stays in the journal."""

from app.services.reset_account import known
from app.store import accounts, sessions
from app.store.database import Connection, Database


async def remove_account(database: Database, name: str, *, network_id: int | None = None) -> None:
    """Take the account of an officer of one network, or of any, away.

    `reset_account` gives it back. Raises Refusal when nobody there is called that.
    """
    await database.write(_remove, name, network_id)


def _remove(conn: Connection, name: str, network_id: int | None) -> None:
    row = known(conn, name, network_id)
    accounts.change(conn, row.id, is_active=False)
    sessions.end_all(conn, row.id)
