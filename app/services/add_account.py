"""Add an account: an officer's name, post, and what proves that it is they."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.domain.storable import storable
from app.services.hash_password import hash_password, make_password
from app.store import accounts, networks
from app.store.database import Connection, Database

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an officer gets, shown this once: a password for pages, a token for commands."""

    name: str
    post: str
    password: str
    token: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who gets an account; `network` is a slug, "" for the only network there is."""

    name: str
    post: str
    network: str = ""
    is_demo: bool = False


async def add_account(database: Database, new: NewAccount, *, now: datetime) -> Credentials:
    """Give an officer an account.

    Raises Refusal for a taken name, an unknown post, or when several networks leave it open
    whose officer this is.
    """
    name = _checked_name(new.name)
    if new.post not in set(Post):
        known = ", ".join(one.value for one in Post)
        raise Refusal(
            "post", "There is no post {post}. Known are: {known}.", post=repr(new.post), known=known
        )
    credentials = Credentials(name, new.post, make_password(), secrets.token_urlsafe(32))
    hashed = await hash_password(credentials.password)
    await database.write(_add, credentials, hashed, new, now)
    return credentials


def _checked_name(name: str) -> str:
    shown = " ".join(storable(name).split())
    if not 0 < len(shown) <= LONGEST_NAME:
        raise Refusal("name", "Give the officer's name, of at most 80 letters.")
    return shown


def _add(
    conn: Connection, credentials: Credentials, hashed: str, new: NewAccount, now: datetime
) -> None:
    if accounts.by_name(conn, credentials.name) is not None:
        raise Refusal("taken", "{name} has an account already.", name=credentials.name)
    accounts.add(
        conn,
        {
            "network_id": _network_id(conn, new),
            "name": credentials.name,
            "post": credentials.post,
            "token_hash": accounts.token_hash(credentials.token),
            "password_hash": hashed,
            "has_demo_password": new.is_demo,
            "created_at": now,
        },
    )


def _network_id(conn: Connection, new: NewAccount) -> int | None:
    """The network that an officer speaks for; a keeper may look after all of them."""
    if not new.network and (new.post == Post.KEEPER or not networks.every(conn)):
        return None
    return networks.named(conn, new.network).id
