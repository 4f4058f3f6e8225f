"""Sign in and out: a name and a password for a session; tries are counted, whoever is named."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.services.hash_password import is_password
from app.store import accounts, sessions
from app.store.database import Connection, Database
from app.store.sessions import Terms

TERMS = Terms(idle=timedelta(hours=12), longest=timedelta(days=7))
TRIES = (10, 100, 50)
"""Wrong tries allowed in a quarter of an hour: one name from one place, one name, one place."""
WINDOW = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=10)
"""How finely it is known when a session was last used: most requests then only read."""


async def sign_in(
    database: Database, name: str, password: str, *, place: str, now: datetime
) -> str:
    """Begin a session and give its token, for a cookie. `place` is the network address.

    Raises Refusal("sign_in") with the same words for an unknown name and a wrong password, and
    Refusal("too_many_tries") after ten wrong tries, whether or not the next one is right.
    """
    name, place = accounts.sign_in_name(name), place[:60]
    await database.read(_check_tries, name, place, now)
    row = await database.read(accounts.by_name, name)
    stored = row.password_hash if row and row.is_active else ""
    if not await is_password(password, stored) or row is None:
        await database.write(sessions.failed, name, place, now)
        raise Refusal(
            "sign_in", "This name and password do not belong together. Look at both and try again."
        )
    token = secrets.token_urlsafe(32)
    await database.write(_begin, row.id, token, now)
    return token


def _check_tries(conn: Connection, name: str, place: str, now: datetime) -> None:
    counted = sessions.failures(conn, name, place, now - WINDOW)
    if any(n >= most for n, most in zip(counted, TRIES, strict=True)):
        raise Refusal(
            "too_many_tries", "Too many wrong tries. Wait a quarter of an hour, then try again."
        )


def _begin(conn: Connection, account_id: int, token: str, now: datetime) -> None:
    sessions.forget(conn, TERMS, now)
    sessions.begin(conn, account_id, token, now)


async def sign_out(database: Database, token: str) -> None:
    """End the session; a token that is none does no harm."""
    await database.write(sessions.end, token)


async def who_is_signed_in(database: Database, token: str, *, now: datetime) -> Any | None:
    """The account behind a cookie; None when its session ended or its officer was removed."""
    row = await database.read(sessions.owner, token, TERMS, now)
    if row is not None and now - row.seen_at > SEEN_EVERY:
        await database.write(sessions.touch, row.session_id, now)
    return row
