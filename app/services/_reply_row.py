"""The row by which an answer enters the outbox."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.services._mailboxes import answer, is_mail
from app.services._newsletter_words import Reader
from app.services._text_row import OneText, text_row
from app.services.carry_out import Heard
from app.services.keep_letter import keep_letter
from app.services.write_calendar import next_invitation
from app.store.database import Connection

MEETING_TOLD = frozenset({"meeting", "meeting_today", "meeting_tomorrow"})
"""Answers that tell of the next meeting; by mail it lies beside them for a calendar."""


def reply_row(  # noqa: PLR0913 -- what is answered to whom, over which wire, in whose words
    conn: Connection,
    one: Heard,
    answered: tuple[int, str],
    *,
    route: Any,
    catalogue: Catalogue,
    now: datetime,
) -> dict[str, Any]:
    """The row of one answer (the id of the text and the words), over the wire that brought it."""
    inbound_id, text = answered
    assert one.address is not None  # noqa: S101 -- only an address is answered
    key = f"r{inbound_id}"
    sent = OneText(one.network.id, one.address.id, key, one.reply.language, text)
    return {
        **text_row(sent, route, now),
        "inbound_id": inbound_id,
        "document_id": _letter(conn, one, text, catalogue, now) if is_mail(one.mo) else None,
        "buttons": _buttons(one, route),
    }


def _buttons(one: Heard, route: Any) -> list[list[str]]:
    """What to send next, for a wire that shows buttons; few letters stand on one."""
    if not route.shows_buttons:
        return []
    return [[entry.code, entry.words or entry.code] for entry in one.reply.buttons]


def _letter(conn: Connection, one: Heard, text: str, catalogue: Catalogue, now: datetime) -> int:
    letter = answer(one.mo, text, one.reply.language)
    if one.reply.template in MEETING_TOLD:
        reader = Reader(one.reply.language, one.network, catalogue)
        letter = replace(letter, attachments=next_invitation(conn, reader, now))
    return keep_letter(conn, one.network.id, letter, now)
