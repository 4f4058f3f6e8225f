"""Remove an account: the officer is signed out everywhere; what they did stays in the journal."""

from app.services.reset_account import known
from app.store import accounts, sessions
from app.store.database import Connection, Database


async def remove_account(database: Database, name: str) -> None:
    """Take an officer's account away; `reset_account` gives it back. Raises Refusal."""
    await database.write(_remove, name)


def _remove(conn: Connection, name: str) -> None:
    row = known(conn, name)
    accounts.change(conn, row.id, is_active=False)
    sessions.end_all(conn, row.id)
