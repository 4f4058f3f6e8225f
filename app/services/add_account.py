"""Add an account: an officer's name, post, and the token that speaks for them."""

import secrets
from datetime import datetime

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.store import accounts
from app.store.database import Connection, Database


async def add_account(database: Database, *, name: str, post: str, now: datetime) -> str:
    """Give an officer an account; returns the API token, which is never shown again.

    Raises Refusal for a taken name or an unknown post.
    """
    if not name.strip():
        raise Refusal("name", "Give the officer's name.")
    if post not in set(Post):
        known = ", ".join(one.value for one in Post)
        raise Refusal("post", f"There is no post {post!r}. Known are: {known}.")
    token = secrets.token_urlsafe(32)
    await database.write(_add_account, name.strip(), post, token, now)
    return token


def _add_account(conn: Connection, name: str, post: str, token: str, now: datetime) -> None:
    if accounts.by_name(conn, name) is not None:
        raise Refusal("taken", f"{name} has an account already.")
    accounts.add(conn, name=name, post=post, token=token, now=now)
