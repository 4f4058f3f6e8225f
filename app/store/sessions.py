"""Who is signed in, by the hash of a cookie; and the tries to sign in that failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Index, delete, func, insert, or_, select, update
from sqlmodel import Field

from app.store.accounts import account, token_hash
from app.store.schema import Row, link, new_id, table_of


class Session(Row, table=True):
    """One browser of one officer; the cookie itself is not stored."""

    id: int = new_id()
    account_id: int = link("account.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    created_at: datetime
    seen_at: datetime


class FailedSignIn(Row, table=True):
    """One wrong password; kept for a day, so that nobody can try them all."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (
        Index("ix_failed_sign_in_name", "name_hash", "at"),
        Index("ix_failed_sign_in_place", "place", "at"),
    )

    id: int = new_id()
    name_hash: str = Field(max_length=64)
    """Of the name as typed: people type a password there by mistake."""
    place: str = Field(max_length=60)
    """The network address that the try came from."""
    at: datetime


session = table_of(Session)
failed_sign_in = table_of(FailedSignIn)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a session lasts: since it was last used, and in all."""

    idle: timedelta
    longest: timedelta


def begin(conn: Connection, account_id: int, token: str, now: datetime) -> None:
    """Store a session of an officer."""
    values = {"token_hash": token_hash(token), "created_at": now, "seen_at": now}
    conn.execute(insert(session).values(account_id=account_id, **values))


def owner(conn: Connection, token: str, terms: Terms, now: datetime) -> Any | None:
    """The account that is signed in with this cookie, with the session's id and `seen_at`."""
    statement = (
        select(account, session.c.id.label("session_id"), session.c.seen_at)
        .join(session, session.c.account_id == account.c.id)
        .where(
            session.c.token_hash == token_hash(token),
            session.c.seen_at > now - terms.idle,
            session.c.created_at > now - terms.longest,
            account.c.is_active.is_(True),
        )
    )
    return conn.execute(statement).one_or_none()


def touch(conn: Connection, session_id: int, now: datetime) -> None:
    """Say that a session is in use."""
    conn.execute(update(session).where(session.c.id == session_id).values(seen_at=now))


def end(conn: Connection, token: str) -> None:
    """End one session."""
    conn.execute(delete(session).where(session.c.token_hash == token_hash(token)))


def end_all(conn: Connection, account_id: int) -> None:
    """End every session of an officer."""
    conn.execute(delete(session).where(session.c.account_id == account_id))


def forget(conn: Connection, terms: Terms, now: datetime) -> None:
    """Delete sessions and failed tries that no longer matter."""
    conn.execute(
        delete(session).where(
            or_(session.c.seen_at <= now - terms.idle, session.c.created_at <= now - terms.longest)
        )
    )
    conn.execute(delete(failed_sign_in).where(failed_sign_in.c.at <= now - timedelta(days=1)))


def failed(conn: Connection, name: str, place: str, now: datetime) -> None:
    """Note a wrong name or password."""
    conn.execute(insert(failed_sign_in).values(name_hash=token_hash(name), place=place, at=now))


def failures(conn: Connection, name: str, place: str, since: datetime) -> tuple[int, int, int]:
    """How many tries failed since then: for this name from this place, this name, this place."""
    is_name = failed_sign_in.c.name_hash == token_hash(name)
    is_place = failed_sign_in.c.place == place

    def count(*conditions: Any) -> int:
        statement = select(func.count()).select_from(failed_sign_in)
        return int(
            conn.execute(statement.where(failed_sign_in.c.at > since, *conditions)).scalar_one()
        )

    return count(is_name, is_place), count(is_name), count(is_place)
