"""Who is calling the API: the owner of a bearer token, and what their post allows."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from app.domain.errors import Refusal
from app.domain.permissions import ALLOWED, Act, Post, require
from app.store import accounts, networks
from app.store.database import Database
from app.store.networks import NetworkInfo
from app.web.runtime import runtime_of


@dataclass(frozen=True, slots=True)
class Officer:
    """The person behind a request; `id` is None for the keeper at the machine itself.

    `network_id` is the network they speak for, None for whoever looks after all of them.
    """

    id: int | None
    name: str
    post: Post
    network_id: int | None = None

    def may(self, act: Act) -> bool:
        """Whether the officer's post allows that."""
        return self.post in ALLOWED[act]


KEEPER = Officer(id=None, name="keeper", post=Post.KEEPER)


def officer_from(row: Any) -> Officer:
    """The officer that an account stands for."""
    return Officer(row.id, row.name, Post(row.post), row.network_id)


async def network_of(database: Database, who: Officer, asked: str) -> str:
    """The slug of the network that an officer speaks for; raises Refusal for another's.

    Whoever looks after all of them speaks for the one that they ask for.
    """
    if who.network_id is None:
        return asked
    own = (await database.read(networks.by_id, who.network_id)).slug
    if asked not in ("", own):
        raise Refusal("not_found", "There is no such network.")
    return own


async def asked_network(request: Request, who: Officer, asked: str) -> NetworkInfo:
    """The network that an officer speaks for, or asks for; raises Refusal for another's."""
    database = runtime_of(request).database
    return await database.read(networks.named, await network_of(database, who, asked))


async def officer_of(request: Request) -> Officer:
    """The owner of the request's bearer token; raises 401 when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    runtime = runtime_of(request)
    if scheme.casefold() == "bearer" and token:
        if secrets.compare_digest(token.encode(), runtime.boot_token.encode()):
            return KEEPER
        row = await runtime.database.read(accounts.by_token, token)
        if row is not None:
            return officer_from(row)
    raise HTTPException(
        HTTPStatus.UNAUTHORIZED,
        "Sign in: send the token of your account.",
        {"WWW-Authenticate": "Bearer"},
    )


def allowed(act: Act) -> Callable[[Request], Awaitable[Officer]]:
    """A dependency that gives the officer if their post may do that."""

    async def officer(request: Request) -> Officer:
        who = await officer_of(request)
        require(who.post, act)
        return who

    officer.act = act  # type: ignore[attr-defined]  # read by the test that walks all routes
    return officer
