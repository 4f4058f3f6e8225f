"""Change a newsletter before it is agreed to: its words, what stands in it, or drop it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.minutes import Words
from app.domain.prose import lines_of, texts_of
from app.services._act import Deed
from app.services._newsletter_words import check_headline, headlines_of
from app.services.cancel_broadcast import take_back
from app.services.keep_story import Writer
from app.store import broadcasts, networks, newsletters
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class NewsletterChange:
    """The editor's own words, and whom it goes to; `version` is that of the page they saw."""

    version: int
    titles: Words = field(default_factory=dict)
    leads: Words = field(default_factory=dict)
    headlines: Words = field(default_factory=dict)
    audience: str = ""


async def change_newsletter(  # noqa: PLR0913 -- who changes what of which
    database: Database,
    network_id: int,
    newsletter_id: int,
    change: NewsletterChange,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> None:
    """Keep new words; a headline that is left empty is made anew from what stands in it.

    Raises Refusal when it was agreed to, is planned, or was changed since that version, and when
    a headline needs more than one text.
    """
    languages = catalogue.languages
    values = {
        "titles": lines_of(change.titles, languages),
        "leads": texts_of(change.leads, languages),
        "audience": " ".join(change.audience.split())[:500],
    }
    headlines = lines_of(change.headlines, languages)

    def keep(conn: Connection) -> None:
        row = found_draft(conn, network_id, newsletter_id)
        if row.version != change.version:
            raise Refusal(
                "changed_meanwhile",
                "Somebody changed this newsletter since you opened it. Open it anew and look.",
            )
        network = networks.by_id(conn, network_id)
        for tag, text in headlines.items():
            check_headline(text, tag, network, catalogue)
        made = headlines_of(newsletters.items_of(conn, row.id), row.no, network, catalogue)
        _note(conn, row, {**values, "headlines": {**made, **headlines}}, by, now)

    await database.write(keep)


async def leave_out(  # noqa: PLR0913 -- who takes what out of which
    database: Database,
    network_id: int,
    newsletter_id: int,
    item_id: int,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
) -> None:
    """Take one thing out; the next newsletter of this choice may have it."""

    def leave(conn: Connection) -> None:
        row = found_draft(conn, network_id, newsletter_id)
        if not newsletters.leave_out(conn, row.id, item_id):
            raise Refusal("not_found", "This stands no more in newsletter {no}.", no=row.no)
        network = networks.by_id(conn, network_id)
        made = headlines_of(newsletters.items_of(conn, row.id), row.no, network, catalogue)
        _note(conn, row, {"headlines": made}, by, now)

    await database.write(leave)


async def drop_newsletter(
    database: Database, network_id: int, newsletter_id: int, *, by: Writer, now: datetime
) -> None:
    """Throw a newsletter away that is not agreed to; the next one has what stood in it."""

    def drop(conn: Connection) -> None:
        row = found_newsletter(conn, network_id, newsletter_id)
        if row.state != "draft":
            raise _gone_out(row)
        take_back_plans(conn, (row.broadcast_id, row.mail_broadcast_id), by.name, now)
        newsletters.drop(conn, row.id)
        Deed(network_id, by.name, now).note(conn, "newsletter dropped", f"Newsletter {row.no}")

    await database.write(drop)


def the_newsletter(conn: Connection, network_id: int, newsletter_id: int) -> Any:
    """A newsletter of the network; raises Refusal when it is not there."""
    row = newsletters.get(conn, network_id, newsletter_id)
    if row is None:
        raise Refusal(
            "not_found", "There is no newsletter {id}. Look for it in the list.", id=newsletter_id
        )
    return row


def found_newsletter(conn: Connection, network_id: int, newsletter_id: int) -> Any:
    """The same, locked."""
    networks.hold(conn, network_id)
    return the_newsletter(conn, network_id, newsletter_id)


def found_draft(conn: Connection, network_id: int, newsletter_id: int) -> Any:
    """The same, locked, which may still be changed; raises Refusal when it may not."""
    row = found_newsletter(conn, network_id, newsletter_id)
    if row.state != "draft":
        raise _gone_out(row)
    if row.broadcast_id or row.mail_broadcast_id:
        raise Refusal(
            "taken",
            "Newsletter {no} is planned and waits for a second officer. "
            "Take its plan back before anything is changed.",
            no=row.no,
        )
    return row


def take_back_plans(
    conn: Connection, broadcast_ids: tuple[int | None, ...], by: str, now: datetime
) -> None:
    """Cancel these plans; raises Refusal when one was approved already."""
    rows: list[Any] = [broadcasts.get(conn, one) for one in broadcast_ids if one is not None]
    for row in rows:
        if row.approved_at is not None:
            raise Refusal("gone_out", "This text went out as Ref {ref}.", ref=row.ref)
    for row in rows:
        if row.state != "cancelled":
            take_back(conn, row, by, now)


def _gone_out(row: Any) -> Refusal:
    return Refusal(
        "gone_out", "Newsletter {no} was agreed to and is public. Make a new one.", no=row.no
    )


def _note(conn: Connection, row: Any, values: Mapping[str, Any], by: Writer, now: datetime) -> None:
    newsletters.change(
        conn, row.id, **values, version=row.version + 1, author=by.name, author_id=by.id
    )
    Deed(row.network_id, by.name, now).note(
        conn, "newsletter changed", f"Newsletter {row.no}", version=row.version + 1
    )
