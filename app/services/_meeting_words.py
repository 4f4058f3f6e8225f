"""What the texts about a meeting say, in each writing; and the broadcast that carries them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.broadcast import Kind
from app.domain.language import tag_of
from app.services._notice import Notice
from app.services.plan_reminders import SILENT, TOLD
from app.store import notice_walk
from app.store.database import Connection
from app.store.networks import NetworkInfo
from app.store.notice_walk import Walk
from bots.values import Value

ASK_ANEW = frozenset({"meeting_moved", "meeting_on"})
"""What lets earlier answers count no more: it asks again."""
WITH_PLACE = frozenset({"meeting_notice", "meeting_moved", "meeting_place", "meeting_on"})
"""What says where: without the place nobody comes, and in Arabic letters it needs two segments."""
_NEAR = ("ur", "ur-Latn", "en")


def meeting_notice(
    conn: Connection, network: NetworkInfo, meeting: Any, row: Any, asked_anew: datetime | None
) -> Notice:
    """The text of one part; answers of before `asked_anew` are not counted in it."""
    walk = Walk(row.network_id, row.meeting_id, row.revision, row.lead)
    counts: Mapping[str, Value] = {}
    if row.part == SILENT:
        yes, asked = notice_walk.said_yes(conn, walk, meeting.body, asked_anew)
        counts = {"yes": yes or "", "asked": asked}

    def values(tag: str, is_local: bool) -> Mapping[str, Value]:
        return {**_facts(network, meeting, row), **_words(meeting, tag, is_local), **counts}

    return Notice(
        key=f"meeting:{row.meeting_id}:{row.revision}:{row.lead}:{row.part}",
        audience=audience_of(row),
        template=row.template,
        person_ids=(),
        expires_at=row.expires_at,
        values=values,
        action="meeting notice sent",
        detail={},
        rtl_parts=2 if row.template in WITH_PLACE else 1,
    )


def audience_of(row: Any) -> str:
    """To whom, as broadcasts say it; the + keeps its words off the public page."""
    return f"meeting:{row.meeting_id}+{row.part}"


def opened(
    network: NetworkInfo, notice: Notice, row: Any, ref: int, now: datetime
) -> dict[str, Any]:
    """The broadcast of one part while its recipients are gathered."""
    return {
        "network_id": network.id,
        "ref": ref,
        "kind": Kind.NOTICE.value,
        "state": "planning",
        "audience": notice.audience,
        "source": "",
        "idem_key": notice.key,
        "currency": network.currency,
        "created_at": now,
        "expires_at": notice.expires_at,
        "goes_first": row.part == TOLD,
    }


def _facts(network: NetworkInfo, meeting: Any, row: Any) -> Mapping[str, Value]:
    zone = ZoneInfo(network.tz)
    was = row.was_at or meeting.at
    at = was if row.template == "meeting_off" else meeting.at
    return {
        "body": meeting.body,
        "at": at.astimezone(zone),
        "was": was.astimezone(zone).date(),
        "yes": "",
        "asked": 0,
    }


def _words(meeting: Any, tag: str, is_local: bool) -> Mapping[str, Value]:
    agenda = _said(meeting.agenda, tag, is_local).splitlines()
    return {
        "venue": _said(meeting.venue, tag, is_local),
        "agenda": ", ".join(words for line in agenda if (words := line.strip(" .۔"))),
    }


def _said(words: Mapping[str, str], tag: str, is_local: bool) -> str:
    """The words in that writing, else in one that fits it.

    Urdu letters in a Latin text would halve what fits into it: then the words are left out.
    """
    kept = [words[one] for one in (tag, *_NEAR) if words.get(one)]
    return next((text for text in kept if is_local or not tag_of(text)), "")
