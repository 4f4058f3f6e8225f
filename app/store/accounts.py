"""Accounts of the officers who use the office: name, post, and the hash of an API token."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import Field

from app.store.schema import Row, new_id, table_of


class Account(Row, table=True):
    """One officer; the token itself is shown once and never stored."""

    id: int = new_id()
    name: str = Field(max_length=80, unique=True)
    post: str = Field(max_length=20)
    token_hash: str = Field(max_length=64, unique=True)
    is_active: bool = True
    created_at: datetime


account = table_of(Account)


def token_hash(token: str) -> str:
    """SHA-256 of a token; enough, because tokens are random and long."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(conn: Connection, *, name: str, post: str, token: str, now: datetime) -> int:
    """Store an account and give its id."""
    values = {"name": name, "post": post, "token_hash": token_hash(token), "created_at": now}
    return int(conn.execute(insert(account).values(**values).returning(account.c.id)).scalar_one())


def by_name(conn: Connection, name: str) -> Any | None:
    """The account with that name."""
    return conn.execute(select(account).where(account.c.name == name)).one_or_none()


def by_token(conn: Connection, token: str) -> Any | None:
    """The active account that owns this token."""
    return conn.execute(
        select(account).where(
            account.c.token_hash == token_hash(token), account.c.is_active.is_(True)
        )
    ).one_or_none()
