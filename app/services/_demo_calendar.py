"""The demo's notices and reminders, and what the Executive Committee said of its next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.institution import EXECUTIVE
from app.domain.reminders import leads_of, usual_leads
from app.services._stage_notice import Making, stage_chunk
from app.services.approve_broadcast import fan_out_within
from app.services.plan_reminders import wanted
from app.store import demo_texts, inbound, meeting_answers, notice_walk, routes
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.routes import RouteSetting

WIRE = RouteSetting(
    name="simulator",
    kind="simulator",
    reaches=frozenset({"real", "demo", "test"}),
    price_micro=0,
    currency="",
    in_flight=1,
    interval_us=0,
    burst=1,
    per_window=0,
    window_us=0,
    per_day=0,
)
"""Stands until the server brings its own settings."""
AFTER = timedelta(minutes=1)
"""The clock ticks once a minute."""
GAP = timedelta(minutes=37)
"""Between one answer and the next."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer as it was texted."""

    text: str
    answer: str
    sex: str
    transport: bool = False
    child: bool = False
    stand_in: str = ""


ANSWERS: Sequence[_Said] = (
    _Said("11", "coming", "f"),
    _Said("11", "coming", "m"),
    _Said("11 gari", "coming", "f", transport=True),
    _Said("جی ہاں", "coming", "m"),
    _Said("han bachi sath", "coming", "f", child=True),
    _Said("11", "coming", "m"),
    _Said("yes", "coming", "m"),
    _Said("12", "not", "m"),
    _Said("11", "coming", "f"),
    _Said("haan ji", "coming", "m"),
    _Said("15 Nasreen", "not", "f", stand_in="Nasreen"),
)
"""Nine of fifteen come, four of them women; two do not, one of whom sends somebody."""


async def ready_demo_wire(database: Database) -> None:
    """The simulator's wire, which nothing goes out without."""
    await database.write(routes.introduce, [WIRE])


async def remind_demo(
    database: Database,
    network: NetworkInfo,
    meeting: tuple[str, datetime],
    *,
    catalogue: Catalogue,
    now: datetime,
) -> None:
    """Send each reminder of a planned meeting of that body that was due before `now`, at its time.

    A meeting that was called in haste gets none. What was sent before is not sent again.
    """
    body, at = meeting
    leads = leads_of(at, usual_leads(body), network.tz, network.quiet)
    moments = [one.due_at + AFTER for one in leads if one.due_at and one.due_at <= now]
    if moments:
        await database.write(_remind, network, catalogue, moments)


def _remind(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, moments: Sequence[datetime]
) -> None:
    """What the minute's job does, in one transaction: a demo has few members."""
    for moment in moments:
        notice_walk.claim(conn, wanted(conn, network, moment))
        walks = [one for one in notice_walk.making(conn) if one.network_id == network.id]
        for walk in walks:
            for broadcast_id in stage_chunk(conn, Making(network, catalogue, walk, moment)) or ():
                fan_out_within(conn, broadcast_id, moment)
        demo_texts.deliver(conn, network.id, moment)


async def answer_demo(database: Database, network: NetworkInfo, *, now: datetime) -> None:
    """Let members answer the notice of the next meeting, where nobody did yet."""
    await database.write(_answer, network, now)


def _answer(conn: Connection, network: NetworkInfo, now: datetime) -> None:
    meeting = demo_texts.coming(conn, network.id, EXECUTIVE, now)
    if meeting is None or meeting_answers.of_meeting(conn, meeting.id):
        return
    first = leads_of(meeting.at, usual_leads(EXECUTIVE), network.tz, network.quiet)[0]
    if first.due_at is None or first.due_at > now:
        return
    waiting = list(demo_texts.members(conn, network.id, EXECUTIVE))
    for no, said in enumerate(ANSWERS, 1):
        who = next((one for one in waiting if one["sex"] == said.sex), None)
        if who is not None:
            waiting.remove(who)
            at = min(first.due_at + no * GAP, now)
            _put(conn, network, meeting.id, (who, said, at))


def _put(
    conn: Connection, network: NetworkInfo, meeting_id: int, told: tuple[Any, _Said, datetime]
) -> None:
    who, said, at = told
    key = ("simulator", f"demo-answer-{meeting_id}-{who['id']}")
    row = {
        "network_id": network.id,
        "address_id": who["address_id"],
        "channel": key[0],
        "external_id": key[1],
        "sender": who["msisdn"],
        "text": said.text,
        "intent": "yes" if said.answer == meeting_answers.COMING else "no",
        "speaker_id": who["id"],
        "received_at": at,
    }
    inbound_id = inbound.record(conn, [row]).get(key)
    meeting_answers.put(
        conn,
        {
            "network_id": network.id,
            "meeting_id": meeting_id,
            "person_id": who["id"],
            "address_id": who["address_id"],
            "inbound_id": inbound_id,
            "answer": said.answer,
            "needs_transport": said.transport,
            "with_child": said.child,
            "stand_in": said.stand_in,
            "at": at,
        },
    )
