"""Verify a Ref: whether a text with that number was really sent by this network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.broadcast import Kind
from app.store import broadcasts, public_register
from app.store.database import Connection, Database

LARGEST_REF = 2**31 - 1
PUBLIC_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class VerifiedRef:
    """A Ref that is real; `texts` (by language tag) is empty when the words are not public."""

    ref: int
    approved_at: datetime
    is_public: bool
    kind: str
    """"" when the words are not public."""
    texts: Mapping[str, str]


async def verify_ref(database: Database, network_id: int, ref: int) -> VerifiedRef | None:
    """What anyone may know of that Ref; None when no approved text of this network bears it.

    A text that was taken back before anything went out bears it no more.
    """
    if not 0 < ref <= LARGEST_REF:
        return None
    return await database.read(_verify, network_id, ref)


def _verify(conn: Connection, network_id: int, ref: int) -> VerifiedRef | None:
    row = public_register.approved_with_ref(conn, network_id, ref)
    if row is None:
        return None
    is_public = row.kind in PUBLIC_KINDS and "+" not in row.audience
    texts = {text.language: text.body for text in broadcasts.texts(conn, row.id)}
    return VerifiedRef(
        ref=ref,
        approved_at=row.approved_at,
        is_public=is_public,
        kind=row.kind if is_public else "",
        texts=texts if is_public else {},
    )
