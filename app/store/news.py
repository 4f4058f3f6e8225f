"""News as members are told it by text: what was published, newest first."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.domain.broadcast import Kind
from app.store.askers import Asker
from app.store.broadcasts import broadcast, broadcast_text
from app.store.networks import network
from app.store.newsletters import newsletter
from app.store.schema import of_network
from app.store.stories import story
from bots.notes import NewsNote

KEPT = timedelta(days=120)
"""What is older is no news."""
MOST_OF_A_KIND = 20
_tail = re.compile(r"\s*\bRef\s+\d+\s*$").sub


@dataclass(frozen=True, slots=True)
class _Piece:
    at: datetime
    texts: Mapping[str, str]


def newest(conn: Connection, asker: Asker, skip: int, limit: int) -> Sequence[NewsNote]:
    """Published news, newest first: stories, news that went out to all, headlines of newsletters.

    What is said twice is told once; a story without words in the asker's languages is left out.
    """
    since = asker.now - KEPT
    pieces = [*_stories(conn, asker, since), *_sent(conn, asker, since)]
    pieces += _newsletters(conn, asker, since)
    told: dict[str, NewsNote] = {}
    for piece in sorted(pieces, key=lambda one: one.at, reverse=True):
        text = " ".join(asker.words(piece.texts).split())
        if text:
            on = piece.at.astimezone(asker.zone).date()
            told.setdefault(text.casefold(), NewsNote(on, text))
    return list(told.values())[skip : skip + limit]


def _stories(conn: Connection, asker: Asker, since: datetime) -> list[_Piece]:
    statement = (
        select(story.c.titles, story.c.approved_at)
        .where(
            of_network(story, asker.network_id),
            story.c.state == "approved",
            story.c.approved_at >= since,
            story.c.approved_at <= asker.now,
        )
        .order_by(story.c.approved_at.desc(), story.c.id.desc())
        .limit(MOST_OF_A_KIND)
    )
    return [_Piece(row.approved_at, row.titles) for row in conn.execute(statement)]


def _sent(conn: Connection, asker: Asker, since: datetime) -> list[_Piece]:
    """News that an officer sent by text, where everybody may check its Ref and read it."""
    news = (
        select(broadcast.c.id, broadcast.c.approved_at)
        .where(
            of_network(broadcast, asker.network_id),
            broadcast.c.kind == Kind.NEWS.value,
            broadcast.c.state.in_(("fanning", "running")),
            broadcast.c.medium == "text",
            broadcast.c.is_private.is_(False),
            broadcast.c.publication_id.is_(None),
            ~broadcast.c.audience.contains("+"),
            broadcast.c.approved_at >= since,
            broadcast.c.due_at <= asker.now,
        )
        .order_by(broadcast.c.approved_at.desc(), broadcast.c.id.desc())
        .limit(MOST_OF_A_KIND)
    )
    at = {row.id: row.approved_at for row in conn.execute(news)}
    names = _names(conn, asker.network_id)
    words = conn.execute(select(broadcast_text).where(broadcast_text.c.broadcast_id.in_(list(at))))
    texts: dict[int, dict[str, str]] = {}
    for row in words:
        texts.setdefault(row.broadcast_id, {})[row.language] = plain(row.body, names)
    return [_Piece(at[one], told) for one, told in texts.items()]


def _newsletters(conn: Connection, asker: Asker, since: datetime) -> list[_Piece]:
    statement = (
        select(newsletter)
        .where(
            of_network(newsletter, asker.network_id),
            newsletter.c.state == "approved",
            newsletter.c.choice == "",
            newsletter.c.approved_at >= since,
            newsletter.c.approved_at <= asker.now,
        )
        .order_by(newsletter.c.approved_at.desc(), newsletter.c.id.desc())
        .limit(1)
    )
    names = _names(conn, asker.network_id)
    return [_Piece(row.approved_at, _headlines(row, names)) for row in conn.execute(statement)]


def _headlines(row: Any, names: Collection[str]) -> Mapping[str, str]:
    """The headline of an issue, else its title, in each language."""
    headlines = {tag: plain(text, names) for tag, text in row.headlines.items()}
    return {**row.titles, **{tag: text for tag, text in headlines.items() if text}}


def _names(conn: Connection, network_id: int) -> Collection[str]:
    """What texts of the network begin with."""
    names = select(network.c.short_names).where(network.c.id == network_id)
    return frozenset(conn.execute(names).scalar_one().values())


def plain(body: str, names: Collection[str]) -> str:
    """A text that went out, without the network's name before it and the Ref behind it.

    >>> plain("Mirkhai: The bridge at Laspa is open. Ref 41", ["Mirkhai"])
    'The bridge at Laspa is open.'
    """
    told = _tail("", " ".join(body.split()))
    for name in names:
        if told.startswith(f"{name}:"):
            return told[len(name) + 1 :].strip()
    return told
