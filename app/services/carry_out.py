"""Carry out what texts ask, besides their answers: consent, language, who speaks, who would join.

JOIN is no START: a phone that stopped all messages stays stopped, whoever is admitted on it.
GALAT stops a phone and denies whoever is linked to it: their links stay for a person to look at
and count for nothing, also after START, which brings messages back to the phone alone. Both texts
wait for a person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.messages import Mo
from app.services._chats import is_chat
from app.services._incoming_report import take_text
from app.services._mailboxes import is_mail
from app.services.answer_meeting import answer_meeting
from app.services.hang_sheet import prove_by_text
from app.services.link_chat import Where, link_chat, say_code, unlink_chat
from app.services.report_decision import Came, take_report
from app.services.take_roll import take_roll
from app.store import addresses, joining, outbox, speakers
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.ask import Effect, Reply

STANDING_AFTER: Mapping[Effect, str] = {
    Effect.OPT_OUT: "stopped",
    Effect.WRONG_NUMBER: "wrong",
    Effect.OPT_IN: "active",
    Effect.ALERTS_ONLY: "alerts",
}
FOR_A_PERSON = frozenset({Effect.TO_INBOX, Effect.WRONG_NUMBER, Effect.ASK_WHO})
QUESTION_STANDS = timedelta(hours=48)
"""So long a bare number may answer the question who it is; then it may be asked again."""
STOPPED = frozenset({"stopped", "wrong"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One text on its way through: who sent it and what is answered."""

    mo: Mo
    network: NetworkInfo
    address: Any | None
    reply: Reply
    is_known: bool = False
    """Whether somebody of the network's list is on that phone."""
    told: dict[str, Any] = field(default_factory=dict)
    """What the answer is filled with besides, once the text is carried out: a report's number."""


Act = Callable[[Connection, Heard, Any, int, datetime], None]
"""Does what a text asks: the text, the row of its phone, its id and the moment."""


def is_for_a_person(one: Heard) -> bool:
    """Whether somebody in the office has to look at a text, for what it asks."""
    if one.reply.effect in FOR_A_PERSON or one.reply.is_danger:
        return True
    is_back = one.reply.effect is Effect.OPT_IN and one.address is not None
    return is_back and one.address.standing == "wrong"  # type: ignore[union-attr]


def is_asked(address: Any, now: datetime) -> bool:
    """Whether the question who texts from this phone stands open."""
    return address.asked_at is not None and now - address.asked_at < QUESTION_STANDS


def carry_out(conn: Connection, heard: Sequence[tuple[Heard, int]], now: datetime) -> None:
    """Do what these texts, stored under their ids, ask: STOP and START of all of them first."""
    known = [(one, inbound_id) for one, inbound_id in heard if _has_effect(one)]
    for effect, standing in STANDING_AFTER.items():
        for one, _ in known:
            if one.reply.effect is effect:
                _change_standing(conn, one, standing, now)
    for one, inbound_id in known:
        assert one.address is not None  # noqa: S101 -- only those are left
        _remember(conn, one, one.address, inbound_id, now)


def _has_effect(one: Heard) -> bool:
    is_plain = one.reply.effect is Effect.NONE and one.reply.speaker_id is None
    return one.address is not None and not is_plain


def _change_standing(conn: Connection, one: Heard, standing: str, now: datetime) -> None:
    assert one.address is not None  # noqa: S101 -- the caller has looked
    ids = [one.address.id]
    source = "mail" if is_mail(one.mo) else "chat" if is_chat(one.mo) else "sms"
    addresses.record_standing(conn, one.network.id, ids, standing, source=source, at=now)
    if standing == "wrong":
        speakers.deny(conn, ids)
        # Who was meant knew this writing, and whoever has the phone was written to in it.
        addresses.set_language(conn, one.address.id, one.reply.language)
    if standing != "active":
        outbox.cancel_for_address(conn, ids, keep_urgent=standing == "alerts", now=now)


def _remember(conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime) -> None:
    reply = one.reply
    act = ACTS.get(reply.effect)
    if act is not None:
        act(conn, one, address, inbound_id, now)
    is_news = reply.speaker_id not in (None, address.speaker_id)
    if reply.speaker_id is not None and (is_news or address.asked_at is not None):
        since = address.asked_at if is_asked(address, now) else None
        speakers.note_speaker(conn, address.id, reply.speaker_id, asked_at=since)


def _set_language(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    del inbound_id, now
    addresses.set_language(conn, address.id, one.reply.language)


def _ask_who(conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime) -> None:
    del one, inbound_id
    speakers.note_asked(conn, address.id, now)


def _ask_to_join(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    request = {
        "network_id": one.network.id,
        "address_id": address.id,
        "inbound_id": inbound_id,
        "name": one.reply.name,
        "asked_at": now,
    }
    joining.ask(conn, request)


def _take_report(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    take_report(conn, one.reply, Came(one.network.id, address.id, inbound_id), now)


def _answer_meeting(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    answer_meeting(conn, one.reply, Came(one.network.id, address.id, inbound_id), now)


def _take_roll(conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime) -> None:
    del address
    take_roll(conn, one.network.id, one.reply, inbound_id, now)


def _prove_sheet(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    del address
    prove_by_text(conn, one.reply, inbound_id, now)


def _file_report(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    words = one.mo.text if one.mo.line is None else one.mo.line
    came = Came(one.network.id, address.id, inbound_id)
    one.told.update(take_text(conn, one.reply, came, words, now))


def where_of(one: Heard) -> Where:
    """Where a text about links came from."""
    return Where(one.network.id, one.address, str(one.mo.raw.get("title", "")))


def _say_code(conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime) -> None:
    del address, inbound_id
    say_code(conn, where_of(one), one.reply, now)


def _link_chat(conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime) -> None:
    del address, inbound_id
    link_chat(conn, where_of(one), one.reply, now)


def _unlink_chat(
    conn: Connection, one: Heard, address: Any, inbound_id: int, now: datetime
) -> None:
    del address, inbound_id
    unlink_chat(conn, where_of(one), one.reply, now)


ACTS: Mapping[Effect, Act] = {
    Effect.SET_LANGUAGE: _set_language,
    Effect.ASK_WHO: _ask_who,
    Effect.ASK_TO_JOIN: _ask_to_join,
    Effect.DECISION_TOLD: _take_report,
    Effect.SHEET_HANGS: _prove_sheet,
    Effect.LINK_CODE: _say_code,
    Effect.LINK_CHAT: _link_chat,
    Effect.UNLINK: _unlink_chat,
    Effect.REPORT: _file_report,
    Effect.MEETING_ANSWERED: _answer_meeting,
    Effect.ATTENDANCE_TAKEN: _take_roll,
}
"""What each effect does, besides those that change a phone's standing."""
