"""Reset an account: a new password and token, and everybody who had the old ones is out."""

import secrets

from app.domain.errors import Refusal
from app.services.add_account import Credentials
from app.services.hash_password import hash_password, make_password
from app.store import accounts, sessions
from app.store.database import Connection, Database


async def reset_account(
    database: Database, name: str, *, network_id: int | None = None
) -> Credentials:
    """Give an officer of one network, or of any, a new password and token.

    Raises Refusal when nobody there is called that.
    """
    password, token = make_password(), secrets.token_urlsafe(32)
    hashed = await hash_password(password)
    row = await database.write(_reset, name, network_id, hashed, token)
    return Credentials(row.name, row.post, password, token)


def _reset(
    conn: Connection, name: str, network_id: int | None, hashed: str, token: str
) -> accounts.Account:
    row = known(conn, name, network_id)
    accounts.change(
        conn,
        row.id,
        password_hash=hashed,
        token_hash=accounts.token_hash(token),
        has_demo_password=False,
        is_active=True,
    )
    sessions.end_all(conn, row.id)
    return row


def known(conn: Connection, name: str, network_id: int | None) -> accounts.Account:
    """The account of that officer of a network, or of any; raises Refusal when there is none."""
    row: accounts.Account | None = accounts.by_name(conn, name)
    if row is None or network_id not in (None, row.network_id):
        raise Refusal("not_found", "Nobody called {name} has an account.", name=name[:80])
    return row
