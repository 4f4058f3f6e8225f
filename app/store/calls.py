"""Whom a meeting calls: the members of its body, and the notices on phones that wait for an answer.

A notice that asks (`11 = yes`) waits for a bare 1 or 2 from the phone it went to; after the
meeting, an answer to it is late.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, select

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.store.broadcasts import broadcast, broadcast_text
from app.store.inbound import inbound
from app.store.meeting_answers import meeting_answer, said_of
from app.store.meetings import meeting
from app.store.outbox import outbox
from app.store.schema import unindexed
from app.store.seats import seat
from bots.notes import QuestionNote

_MOST_TO_COME = 200
NOTICE_STANDS = timedelta(hours=48)
"""So long a bare 1 or 2 answers the notice of a meeting."""
NOTICED_BEFORE = timedelta(days=30)
"""So long before a meeting its notices go out."""
LATE_FOR = timedelta(hours=48)
"""So long after a meeting a yes or a no is taken for a late answer to its notice."""
_SENT = (State.SENT.value, State.DELIVERED.value, State.UNCERTAIN.value)
_asks = re.compile(r"(?<!\d)11?\s?=|(?<!\d)11(?!\d).*(?<!\d)12(?!\d)", re.DOTALL).search

# Built once: they are asked with each bare 1 and 2.
_to_come = (
    select(meeting)
    .where(
        meeting.c.network_id == bindparam("network_id"),
        meeting.c.state == "planned",
        meeting.c.at > bindparam("now"),
    )
    .order_by(meeting.c.at, meeting.c.id)
    .limit(_MOST_TO_COME)
)
_last_held = (
    select(meeting)
    .where(
        meeting.c.network_id == bindparam("network_id"),
        meeting.c.body.in_(bindparam("bodies", expanding=True)),
        meeting.c.state != "cancelled",
        meeting.c.at <= bindparam("now"),
    )
    .order_by(meeting.c.at.desc(), meeting.c.id)
    .limit(1)
)
# Else SQLite would walk all seats that are held in the network.
_seats_of = select(seat.c.body, seat.c.person_id).where(
    unindexed(seat.c.network_id) == bindparam("network_id"),
    seat.c.person_id.in_(bindparam("people", expanding=True)),
    seat.c.left_on.is_(None),
)


class Calls:
    """What one transaction knows of a network's meetings; asks for each thing once."""

    def __init__(self, conn: Connection, network_id: int, now: datetime) -> None:
        """Bind to one network and one moment."""
        self._conn, self._network_id, self._now = conn, network_id, now
        self._meetings: Sequence[Any] | None = None
        self._bodies: dict[int, Collection[str]] = {}
        self._expected: set[int] = set()

    def expect(self, people: Iterable[int]) -> None:
        """Tell who may ask soon: the seats of all of them are then asked for at once."""
        self._expected.update(people)

    def to_come(self, people: Sequence[int]) -> Sequence[tuple[Any, tuple[int, ...]]]:
        """The meetings to come of bodies in which these people have seats, each with who has."""
        if self._meetings is None:
            asked = {"network_id": self._network_id, "now": self._now}
            self._meetings = self._conn.execute(_to_come, asked).all()
        bodies = self._bodies_of(people) if self._meetings else {}
        found = ((row, tuple(p for p in people if row.body in bodies[p])) for row in self._meetings)
        return [(row, called) for row, called in found if called]

    def last_held(self, people: Sequence[int]) -> Any | None:
        """The newest meeting that is over of a body in which one of these people has a seat."""
        bodies = set[str]().union(*self._bodies_of(people).values())
        asked = {"network_id": self._network_id, "bodies": sorted(bodies), "now": self._now}
        return self._conn.execute(_last_held, asked).one_or_none() if bodies else None

    def waiting(self, address_id: int, people: Sequence[int]) -> Sequence[QuestionNote]:
        """The meetings for which a notice on this phone waits for a yes or a no, soonest first."""
        meetings = [row for row, _ in self.to_come(people)]
        since = self._now - NOTICE_STANDS
        notices = _notices(self._conn, address_id, since) if meetings else ()
        over = self.last_held(people) if notices else None
        open_ones: dict[int, QuestionNote] = {}
        for notice in notices:
            if over is not None and _asked_about(notice, over, meetings):
                continue
            named = [row for row in meetings if _names(notice.body, row.body)]
            for row in named or meetings:
                until = min(notice.sent_at + NOTICE_STANDS, row.at)
                open_ones[row.id] = QuestionNote("meeting", row.id, "", notice.sent_at, until)
        if not open_ones:
            return ()
        answered = _answered(self._conn, address_id, sorted(open_ones))
        asked = [open_ones[row.id] for row in meetings if row.id in open_ones]
        return [
            one for one in asked if one.about not in answered or answered[one.about] < one.asked_at
        ]

    def called(self, address_id: int, people: Sequence[int]) -> Sequence[int]:
        """The meetings to come of which a notice asked this phone, or that they answered.

        The soonest stands first; the newest notice may have gone a month ago.
        """
        meetings = [row for row, _ in self.to_come(people)]
        if not meetings:
            return ()
        found = set(said_of(self._conn, people, [row.id for row in meetings]))
        for notice in _notices(self._conn, address_id, self._now - NOTICED_BEFORE):
            named = [row.id for row in meetings if _names(notice.body, row.body)]
            found.update(named or [row.id for row in meetings])
        return [row.id for row in meetings if row.id in found]

    def late(self, address_id: int, people: Sequence[int]) -> Any | None:
        """The meeting that is just over and that the newest notice on this phone asked about.

        Whoever asked for the next meeting since answers that one.
        """
        over = self.last_held(people)
        if over is None or over.at + LATE_FOR <= self._now:
            return None
        notices = _notices(self._conn, address_id, over.at - NOTICED_BEFORE)
        meetings = [row for row, _ in self.to_come(people)]
        if not notices or not _asked_about(notices[-1], over, meetings):
            return None
        asked = exists().where(
            inbound.c.address_id == address_id,
            inbound.c.received_at > over.at,
            inbound.c.intent.in_(("meeting", "today")),
        )
        return None if self._conn.execute(select(asked)).scalar() else over

    def _bodies_of(self, people: Sequence[int]) -> Mapping[int, Collection[str]]:
        """The bodies in which each of these people has a seat."""
        if not self._bodies.keys() >= set(people):
            self._expected.update(people)
            strange = sorted(self._expected - self._bodies.keys())
            bodies: dict[int, set[str]] = {one: set() for one in strange}
            asked = {"network_id": self._network_id, "people": strange}
            for row in self._conn.execute(_seats_of, asked):
                bodies[row.person_id].add(row.body)
            self._bodies.update(bodies)
        return {one: self._bodies[one] for one in people}


def _asked_about(notice: Any, over: Any, meetings: Sequence[Any]) -> bool:
    """Whether a notice was sent before a meeting that is over, and named none of those to come."""
    if notice.sent_at >= over.at:
        return False
    is_other = any(_names(notice.body, row.body) for row in meetings)
    return _names(notice.body, over.body) or not is_other


def _notices(conn: Connection, address_id: int, since: datetime) -> Sequence[Any]:
    """The notices since then that asked this phone for an answer, oldest first."""
    body = func.coalesce(outbox.c.body, broadcast_text.c.body)
    kind = outbox.c.updated_at.type
    sent_at = func.coalesce(outbox.c.started_at, outbox.c.updated_at, type_=kind)
    mine = (
        select(body.label("body"), sent_at.label("sent_at"))
        .join(broadcast, broadcast.c.id == outbox.c.broadcast_id)
        .outerjoin(
            broadcast_text,
            and_(
                broadcast_text.c.broadcast_id == outbox.c.broadcast_id,
                broadcast_text.c.language == outbox.c.language,
            ),
        )
        .where(
            outbox.c.address_id == address_id,
            outbox.c.state.in_(_SENT),
            broadcast.c.kind == Kind.NOTICE.value,
            sent_at > since,
        )
        .order_by(outbox.c.id)
    )
    return [row for row in conn.execute(mine) if _asks(row.body or "")]


def _names(body: str, code: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", body) is not None


def _answered(
    conn: Connection, address_id: int, meeting_ids: Sequence[int]
) -> Mapping[int, datetime]:
    newest = func.max(meeting_answer.c.at, type_=meeting_answer.c.at.type)
    mine = (
        select(meeting_answer.c.meeting_id, newest.label("at"))
        .where(
            meeting_answer.c.address_id == address_id,
            meeting_answer.c.meeting_id.in_(meeting_ids),
        )
        .group_by(meeting_answer.c.meeting_id)
    )
    return {row.meeting_id: row.at for row in conn.execute(mine)}
