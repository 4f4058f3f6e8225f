"""Approve a newsletter: a second officer agrees; it goes out as planned and into the archive."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.services._act import Deed
from app.services._newsletter_words import Reader, languages_of, text_to_copy
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.approve_story import Agreeing, changed_meanwhile, check_second
from app.services.change_newsletter import found_newsletter
from app.store import broadcasts, networks, newsletter_sources, newsletters
from app.store.database import Connection, Database

KINDS = ("decision", "story", "meeting")


async def approve_newsletter(  # noqa: PLR0913 -- who agrees to which, in which words
    database: Database,
    network_id: int,
    newsletter_id: int,
    *,
    catalogue: Catalogue,
    by: Agreeing,
    now: datetime,
) -> int:
    """Agree to a newsletter as it was seen; gives its number. Safe to repeat.

    Its planned text and mail go out like any broadcast. Raises Refusal when it was changed since,
    is the officer's own, or holds something that is not public any more, and when the budget does
    not allow its texts.
    """
    plans = await database.write(_check, network_id, newsletter_id, by)
    for plan in plans:
        approver = Approver(by.name, by.account_id, plan.hash)
        await approve_broadcast(database, plan.id, by=approver, now=now, network_id=network_id)
    return await database.write(_approve, network_id, newsletter_id, catalogue, by, now)


@dataclass(frozen=True, slots=True)
class _Plan:
    id: int
    hash: str


def _check(
    conn: Connection, network_id: int, newsletter_id: int, by: Agreeing
) -> tuple[_Plan, ...]:
    """Whether it may go out; gives the plans that go with it."""
    row = found_newsletter(conn, network_id, newsletter_id)
    if row.state == "approved":
        return ()
    if row.version != by.version:
        raise changed_meanwhile()
    check_second(row.author_id, by.account_id)
    _check_open(conn, row)
    ids = [one for one in (row.broadcast_id, row.mail_broadcast_id) if one is not None]
    found: list[Any] = [broadcasts.get(conn, one) for one in ids]
    gone = next((one for one in found if one.state == "cancelled"), None)
    if gone is not None:
        raise Refusal(
            "not_planned",
            "The plan with Ref {ref} was taken back. Plan the newsletter again.",
            ref=gone.ref,
        )
    return tuple(_Plan(one.id, one.plan_hash) for one in found)


def _check_open(conn: Connection, row: Any) -> None:
    items = newsletters.items_of(conn, row.id)
    if not items:
        raise Refusal("nothing_new", "Nothing stands in newsletter {no}. Drop it.", no=row.no)
    for kind in KINDS:
        ids = {one.source_id: one for one in items if one.kind == kind}
        gone = set(ids) - newsletter_sources.open_sources(conn, kind, ids.keys())
        if gone:
            one = ids[min(gone)]
            raise Refusal(
                "not_public",
                "{what} is not for the public any more. Leave it out.",
                what=one.code or next(iter(one.titles.values()), kind),
            )


def _approve(  # noqa: PLR0913, PLR0917 -- as above
    conn: Connection,
    network_id: int,
    newsletter_id: int,
    catalogue: Catalogue,
    by: Agreeing,
    now: datetime,
) -> int:
    row = found_newsletter(conn, network_id, newsletter_id)
    if row.state == "approved":
        return int(row.no)
    if row.version != by.version:
        raise changed_meanwhile()
    network = networks.by_id(conn, network_id)
    items = newsletters.items_of(conn, row.id)
    readers = [Reader(tag, network, catalogue) for tag in languages_of(items, network, catalogue)]
    newsletters.change(
        conn,
        row.id,
        state="approved",
        approver=by.name,
        approved_at=now,
        texts={one.tag: text_to_copy(row, items, one) for one in readers},
    )
    Deed(network_id, by.name, now).note(
        conn, "newsletter approved", f"Newsletter {row.no}", version=row.version
    )
    return int(row.no)
