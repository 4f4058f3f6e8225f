"""Keep a draft: what an officer has typed so far, so that a lost line or a power cut loses none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.store import drafts
from app.store.database import Connection, Database

LONGEST_FIELD = 5_000


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one page of writing, and whose they are; `key` is the page's address."""

    key: str
    network_id: int
    account_id: int
    fields: Mapping[str, str]


async def keep_draft(database: Database, typed: Typed, *, now: datetime) -> None:
    """Store what is typed, in place of what was typed before.

    Raises Refusal when a field is too long for any text, or the page is another officer's.
    """
    if any(len(value) > LONGEST_FIELD for value in typed.fields.values()):
        raise Refusal(
            "too_long", "This is longer than 5,000 letters, and no text may be. Shorten it."
        )
    if not await database.write(_keep, typed, now):
        raise Refusal("not_found", "This page belongs to another officer.")


def _keep(conn: Connection, typed: Typed, now: datetime) -> bool:
    return drafts.save(
        conn,
        {
            "network_id": typed.network_id,
            "account_id": typed.account_id,
            "key": typed.key,
            "fields": dict(typed.fields),
            "updated_at": now,
        },
    )


async def read_draft(database: Database, key: str, account_id: int) -> Any | None:
    """The draft with that key, if this officer has one: `fields`, `broadcast_id`, `updated_at`."""
    return await database.read(drafts.get, key, account_id)


async def drop_draft(database: Database, key: str, account_id: int) -> None:
    """Throw a draft away; one that is not there does no harm."""
    await database.write(drafts.drop, key, account_id)
