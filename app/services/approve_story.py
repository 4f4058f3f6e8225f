"""Approve a story: a second officer agrees that it may go out, or holds it back."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.keep_story import the_story
from app.store import networks, stories
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Who agrees to what they saw: `version` is that of the words on their page."""

    name: str
    account_id: int | None
    version: int


async def approve_story(
    database: Database, network_id: int, story_id: int, *, by: Agreeing, now: datetime
) -> None:
    """Let a story go out with the next newsletter.

    Raises Refusal when it is the officer's own, and when its words changed since they saw it.
    """
    await database.write(_approve, network_id, story_id, by, now)


async def hold_story(
    database: Database, network_id: int, story_id: int, *, by: str, now: datetime
) -> None:
    """Hold a story back: it enters no newsletter, and the archive shows it no more."""
    await database.write(_hold, network_id, story_id, by, now)


def _approve(conn: Connection, network_id: int, story_id: int, by: Agreeing, now: datetime) -> None:
    networks.hold(conn, network_id)
    row = the_story(conn, network_id, story_id)
    if row.version != by.version:
        raise changed_meanwhile()
    check_second(row.author_id, by.account_id)
    if row.state == "approved":
        return
    stories.change(conn, story_id, state="approved", approver=by.name, approved_at=now)
    Deed(network_id, by.name, now).note(
        conn, "story approved", f"Story {story_id}", version=row.version
    )


def _hold(conn: Connection, network_id: int, story_id: int, by: str, now: datetime) -> None:
    networks.hold(conn, network_id)
    row = the_story(conn, network_id, story_id)
    if row.state != "held":
        stories.change(conn, story_id, state="held")
        Deed(network_id, by, now).note(conn, "story held back", f"Story {story_id}")


def changed_meanwhile() -> Refusal:
    """The Refusal for whoever agrees to words that are others by now."""
    return Refusal(
        "changed_meanwhile",
        "The words changed since you saw them. Read them again, then agree.",
    )


def check_second(author_id: int | None, account_id: int | None) -> None:
    """Raise a Refusal unless a second officer agrees to what the first one wrote."""
    if account_id is None:
        raise Refusal(
            "own_text",
            "Whoever agrees needs an account of their own. Sign in as an officer.",
        )
    if author_id == account_id:
        raise Refusal("own_text", "You wrote this yourself. A second officer has to agree to it.")
