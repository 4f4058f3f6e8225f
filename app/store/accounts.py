"""Accounts of the officers who use the office: who they are, and what proves it."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update
from sqlmodel import Field

from app.store.schema import Row, maybe_link, new_id, table_of


class Account(Row, table=True):
    """One officer; token and password are shown once and stored as hashes only."""

    id: int = new_id()
    network_id: int | None = maybe_link("network.id")
    """None: the whole installation, for whoever keeps it."""
    name: str = Field(max_length=80, unique=True)
    sign_in_name: str = Field(max_length=160, unique=True)
    """The name as it is compared: small letters, single blanks."""
    post: str = Field(max_length=20)
    token_hash: str = Field(max_length=64, unique=True)
    password_hash: str = Field(default="", max_length=200)
    has_demo_password: bool = False
    """The password stands in the demo's papers, so that nobody outside may reach the server."""
    is_active: bool = True
    created_at: datetime


account = table_of(Account)


def token_hash(token: str) -> str:
    """SHA-256 of a token; enough, because tokens are random and long."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in_name(name: str) -> str:
    """A name as it is compared when somebody signs in."""
    return " ".join(name.casefold().split())


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store an account and give its id."""
    row = {**values, "sign_in_name": sign_in_name(values["name"])}
    return int(conn.execute(insert(account).values(**row).returning(account.c.id)).scalar_one())


def by_name(conn: Connection, name: str) -> Any | None:
    """The account with that name, however its letters are written."""
    return conn.execute(
        select(account).where(account.c.sign_in_name == sign_in_name(name))
    ).one_or_none()


def by_token(conn: Connection, token: str) -> Any | None:
    """The active account that owns this token."""
    return conn.execute(
        select(account).where(
            account.c.token_hash == token_hash(token), account.c.is_active.is_(True)
        )
    ).one_or_none()


def change(conn: Connection, account_id: int, **values: Any) -> None:
    """Set these columns of an account."""
    conn.execute(update(account).where(account.c.id == account_id).values(**values))


def has_demo_password(conn: Connection) -> bool:
    """Whether anybody can still sign in with a password of the demo."""
    wanted = select(account.c.id).where(
        account.c.has_demo_password.is_(True), account.c.is_active.is_(True)
    )
    return conn.execute(wanted.limit(1)).first() is not None


def of_network(conn: Connection, network_id: int) -> Sequence[Any]:
    """The active accounts that can act for a network, by name."""
    return conn.execute(
        select(account)
        .where(
            account.c.is_active.is_(True),
            or_(account.c.network_id == network_id, account.c.network_id.is_(None)),
        )
        .order_by(account.c.name)
    ).all()
