"""One chunk of a notice in the making: who gets it, on which phone, in which writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Total, Worded, plan_hash
from app.domain.quiet_hours import next_allowed
from app.domain.routing import Offer, choose
from app.services._meeting_words import ASK_ANEW, audience_of, meeting_notice, opened
from app.services._minutes_desk import subject_of
from app.services._notice import BY, is_too_dear, may_be_texted, worded
from app.services.plan_reminders import ALL, COMING, SILENT, TOLD
from app.services.price_plan import offers
from app.store import (
    broadcasts,
    journal,
    meeting_answers,
    networks,
    notice_recall,
    notice_walk,
    posts,
    term_notices,
)
from app.store import minutes as pages
from app.store.database import Connection
from app.store.networks import NetworkInfo
from app.store.notice_walk import Walk

CHUNK = 500
"""People looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Making:
    """What is made, with which words, and when."""

    network: NetworkInfo
    catalogue: Catalogue
    walk: Walk
    now: datetime
    chunk: int = CHUNK


def stage_chunk(conn: Connection, making: Making) -> list[int] | None:
    """Take the next people of a walk; None while there are more.

    At the end it gives the broadcasts that are approved now, for the caller to fan out.
    """
    walk = making.walk
    notice_walk.lock(conn, walk.meeting_id)
    networks.hold(conn, walk.network_id)
    parts = {row.part: row for row in notice_walk.parts(conn, walk)}
    if not parts:
        return []
    meeting = pages.the_meeting(conn, walk.network_id, walk.meeting_id)
    first = next(iter(parts.values()))
    ids = [row.id for row in parts.values()]
    if meeting is None or (TOLD not in parts and not _stands(meeting, walk)):
        notice_walk.change(conn, ids, state="void")
        return []
    if TOLD in parts and notice_recall.take_back(conn, walk, making.now, limit=making.chunk):
        return None
    network = making.network
    if next_allowed(making.now, network.tz, network.quiet) >= first.expires_at:
        notice_walk.change(conn, ids, state="missed", made_at=making.now)
        return []
    people = _people(conn, making, meeting, first)
    if people:
        _Stage(conn, making, meeting, parts).take(people)
        notice_walk.change(conn, ids, upto=people[-1].id)
    if len(people) == making.chunk:
        return None
    return _finish(conn, making, meeting)


def _stands(meeting: Any, walk: Walk) -> bool:
    return bool(meeting.state == "planned" and meeting.revision == walk.revision)


def _people(conn: Connection, making: Making, meeting: Any, first: Any) -> Sequence[Any]:
    if first.part == TOLD:
        return notice_walk.told_before(conn, making.walk, first.upto, making.chunk)
    return notice_walk.members(conn, making.walk, meeting.body, first.upto, making.chunk)


class _Stage:
    """The parts of one notice while a chunk of people is shared out among them."""

    def __init__(
        self, conn: Connection, making: Making, meeting: Any, parts: Mapping[str, Any]
    ) -> None:
        self._conn, self._making, self._meeting = conn, making, meeting
        self._parts = parts
        self._broadcasts = {part: row.broadcast_id for part, row in parts.items()}
        self._texts: dict[tuple[str, str], Worded] = {}

    def take(self, people: Sequence[Any]) -> None:
        """Write down who gets what; whoever is asked comes first where two share a phone."""
        conn = self._conn
        routes = choose(offers(conn))
        phones = posts.phones(conn, {one.id for one in people})
        asked_anew = self._asked_anew()
        chosen = [(self._part(one, asked_anew), one) for one in people]
        wanted = {phone.address_id for phone in phones.values()}
        open_ones = [one for one in self._broadcasts.values() if one is not None]
        taken = notice_walk.already_on(conn, open_ones, sorted(wanted)) if open_ones else set()
        for part in self._parts:
            mine = [one for chosen_part, one in chosen if chosen_part == part]
            self._share_out(part, mine, phones, routes, taken)

    def _asked_anew(self) -> datetime | None:
        """Since when answers count: a new day asks for new ones."""
        told = notice_walk.notices(self._conn, [self._meeting.id]).get(self._meeting.id, ())
        moments = [one.made_at for one in told if one.template in ASK_ANEW]
        return max(moments, default=None)

    def _part(self, one: Any, asked_anew: datetime | None) -> str:
        """Which part somebody belongs to; "" for whoever gets none."""
        if one.was_reminded:
            return ""
        if TOLD in self._parts:
            return TOLD
        if ALL in self._parts:
            return "" if one.was_told else ALL
        is_stale = asked_anew is not None and one.answer and one.answered_at < asked_anew
        if not one.answer or is_stale:
            return SILENT
        comes = one.answer == meeting_answers.COMING or one.stand_in
        return COMING if comes else ""

    def _share_out(
        self,
        part: str,
        people: Sequence[Any],
        phones: Mapping[int, Any],
        routes: Mapping[str, Offer],
        taken: set[int],
    ) -> None:
        reminders: list[dict[str, Any]] = []
        recipients: list[dict[str, Any]] = []
        for one in people:
            phone = phones.get(one.id)
            values = self._reminder(part, one.id)
            if phone is None or not may_be_texted(phone, routes):
                reminders.append({**values, "address_id": None, "way": "paper"})
            elif phone.address_id in taken:
                reminders.append({**values, "address_id": phone.address_id, "way": "shared"})
            else:
                taken.add(phone.address_id)
                language = phone.language or one.language or self._making.network.language
                text = self._text(part, language)
                recipients.append(
                    {
                        "address_id": phone.address_id,
                        "language": text.language,
                        "route_id": routes[phone.reach].route_id,
                    }
                )
                reminders.append({**values, "address_id": phone.address_id, "way": "text"})
        if recipients:
            term_notices.add_recipients(self._conn, self._broadcasts[part], recipients)
        notice_walk.remind(self._conn, reminders)

    def _reminder(self, part: str, person_id: int) -> dict[str, Any]:
        walk = self._making.walk
        return {
            "meeting_id": walk.meeting_id,
            "person_id": person_id,
            "revision": walk.revision,
            "lead": walk.lead,
            "notice_id": self._parts[part].id,
        }

    def _text(self, part: str, language: str) -> Worded:
        """The text of a part for a reader of that language; stored with the first such reader."""
        known = self._texts.get((part, language))
        if known is not None:
            return known
        network, now = self._making.network, self._making.now
        row = self._parts[part]
        words = meeting_notice(self._conn, network, self._meeting, row, self._asked_anew())
        broadcast_id = self._broadcasts[part]
        stored = {} if broadcast_id is None else _stored_texts(self._conn, broadcast_id)
        ref = (
            networks.next_ref(self._conn, network.id)
            if broadcast_id is None
            else notice_walk.ref_of(self._conn, broadcast_id)
        )
        text = worded(self._making.catalogue, network, words, language, ref)
        text = stored.get(text.language, text)
        values = {
            "language": text.language,
            "body": text.body,
            "encoding": text.encoding,
            "segments": text.segments,
        }
        if broadcast_id is None:
            new = opened(network, words, row, ref, now)
            self._broadcasts[part] = broadcasts.add(self._conn, new, [values])
            notice_walk.change(self._conn, [row.id], broadcast_id=self._broadcasts[part])
        elif text.language not in stored:
            notice_walk.add_text(self._conn, broadcast_id, values)
        self._texts[part, language] = text
        return text


def _stored_texts(conn: Connection, broadcast_id: int) -> Mapping[str, Worded]:
    return {
        row.language: Worded(row.language, row.body, row.encoding, row.segments)
        for row in broadcasts.texts(conn, broadcast_id)
    }


def _finish(conn: Connection, making: Making, meeting: Any) -> list[int]:
    """End the walk: what is within the budget is approved."""
    return [
        row.broadcast_id
        for row in notice_walk.parts(conn, making.walk)
        if _end(conn, making, meeting, row)
    ]


def _end(conn: Connection, making: Making, meeting: Any, row: Any) -> bool:
    network, now = making.network, making.now
    ways = notice_walk.reminded(conn, row.id)
    if row.broadcast_id is None:
        is_first = not notice_recall.was_any(conn, making.walk.meeting_id, on_a_phone=True)
        state = "nobody" if ways and is_first else "empty"
        notice_walk.change(conn, [row.id], state=state, made_at=now)
        return False
    texts = _stored_texts(conn, row.broadcast_id)
    prices = {offer.route_id: offer for offer in offers(conn)}
    totals = [
        _total(one, texts[one.language], prices[one.route_id])
        for one in broadcasts.totals(conn, row.broadcast_id)
    ]
    price = sum(one.price_micro for one in totals)
    if is_too_dear(conn, network, price, now):
        notice_walk.change(conn, [row.id], state="dear", broadcast_id=None, made_at=now)
        broadcasts.drop(conn, row.broadcast_id)
        return False
    bodies = tuple(texts[tag] for tag in sorted(texts))
    addresses = sum(one.addresses for one in totals)
    audience = audience_of(row)
    broadcasts.change(
        conn,
        row.broadcast_id,
        state="fanning",
        plan_hash=plan_hash(audience, Kind.NOTICE, bodies, totals),
        people=ways.get("text", 0) + ways.get("shared", 0),
        addresses=addresses,
        segments=sum(one.segments for one in totals),
        price_micro=price,
        approved_at=now,
        due_at=now,
    )
    notice_walk.change(conn, [row.id], state=notice_walk.MADE, made_at=now)
    ref = notice_walk.ref_of(conn, row.broadcast_id)
    entry = {"network_id": network.id, "at": now, "actor": BY, "subject": f"Ref {ref}"}
    detail = {"meeting": subject_of(meeting), "part": row.part, "addresses": addresses}
    journal.append(conn, {**entry, "action": "meeting notice sent", "detail": detail})
    return True


def _total(row: Any, text: Worded, offer: Offer) -> Total:
    segments = row.n * text.segments
    return Total(text.language, offer.name, row.n, segments, segments * offer.price_micro)
