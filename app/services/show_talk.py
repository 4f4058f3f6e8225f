"""Show the talk: messages as people read them, all of a network or those of one phone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from app.domain.errors import Refusal
from app.domain.messages import State
from app.domain.msisdn import mask
from app.domain.storable import LARGEST_ID
from app.services._chats import group_name, shown_address, shown_sender, without_code
from app.services._holders import NOBODY, Names, names_on
from app.store import networks, talk
from app.store.database import Connection, Database

_cursor = re.compile(r"o([0-9]{1,18})i([0-9]{1,18})").fullmatch

Cursor = str
"""Where the next page goes on; only `list_talk` reads it."""
Which = Literal["all", "in", "out", "waiting"]
Kind = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One text, in (from a member) or out (from us)."""

    kind: Kind
    id: int
    names: str
    """Up to three people on that phone, "Gul, Noor +2" when more; "" when nobody is known."""
    number: str
    """Masked; a short code or a sender's name is shown as it is, "8171"."""
    address_id: int | None
    """Opens the thread; None when the sender is no phone number."""
    text: str
    language: str
    """Tag of the words of a text that went out; "" for one that came in."""
    state: str
    """One of the ten states; "" for a text that came in."""
    reason: str
    intent: str
    """How a text that came in was understood; "" for one that went out."""
    needs_person: bool
    at: datetime
    """When it came in or was put into the outbox; the order of the list."""
    changed_at: datetime
    """When its state was last heard of."""
    ref: int | None
    """Ref of the broadcast that it belongs to; None for replies."""
    broadcast_id: int | None
    wire: str
    is_danger: bool = False
    is_hidden: bool = False
    """It belongs to a report that only its own officers may read: `text` and `names` are ""."""
    local_names: str = ""
    """`names` in the script of the network."""
    unanswered: str = ""
    """Why no automatic answer went to a text that came in (`guard.Silence`); "" when one did."""


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Lines, newest first; `next` is the cursor of the page after this, None at the end."""

    lines: tuple[TalkLine, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Holder:
    """One person on a phone."""

    name: str
    local_name: str
    unit: str
    language: str
    whose: str
    """Whose phone it is, for this person: `own`, `family`."""
    posts: tuple[str, ...]
    """Seats, such as "EC", "EC Press Secretary"."""
    local_unit: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """One phone: who is on it, and what was said, oldest first."""

    address_id: int
    number: str
    """Masked; of a group of a messenger its name, as in `group`."""
    group: str
    reach: str
    standing: str
    language: str
    """What a text to this phone is written in."""
    holders: tuple[Holder, ...]
    lines: tuple[TalkLine, ...]
    has_earlier: bool


async def list_talk(  # noqa: PLR0913 -- each narrows the same list
    database: Database,
    network_id: int,
    *,
    which: Which = "all",
    state: str = "",
    before: Cursor | None = None,
    limit: int = 30,
) -> TalkPage:
    """Texts in and out, newest first. `waiting` are those that wait for a person.

    A `state` leaves only texts that went out and stand in it. Raises Refusal for a state or a
    cursor that does not exist.
    """
    if state and state not in State.__members__.values():
        known = ", ".join(one.value for one in State)
        raise Refusal(
            "state",
            "No text can stand in {state}. Known are: {known}.",
            state=state[:20],
            known=known,
        )
    wanted = _Wanted(which, State(state) if state else None, limit)
    return await database.read(_list, network_id, wanted, _place(before))


@dataclass(frozen=True, slots=True)
class _Wanted:
    which: Which
    state: State | None
    limit: int

    @property
    def has_out(self) -> bool:
        return self.which in ("all", "out")

    @property
    def has_in(self) -> bool:
        return self.which != "out" and self.state is None


_Place = tuple[int | None, int | None]
"""Below which id each of the two lists, out and in, goes on."""


def _place(before: Cursor | None) -> _Place:
    if before is None:
        return None, None
    found = _cursor(before)
    if found is None:
        raise Refusal("cursor", "This page of the list is not known. Begin at the newest.")
    return int(found[1]), int(found[2])


def _list(conn: Connection, network_id: int, wanted: _Wanted, place: _Place) -> TalkPage:
    below_out, below_in = place
    out: Sequence[Any] = ()
    came: Sequence[Any] = ()
    most = wanted.limit + 1
    if wanted.has_out:
        out = talk.went_out(conn, network_id, state=wanted.state, before=below_out, limit=most)
    if wanted.has_in:
        waiting = wanted.which == "waiting"
        came = talk.came_in(conn, network_id, waiting=waiting, before=below_in, limit=most)
    shown = _merged(out, came)[: wanted.limit]
    below_out, below_in = _first_place(out, below_out), _first_place(came, below_in)
    for kind, row in shown:
        if kind == "out":
            below_out = row.id
        else:
            below_in = row.id
    has_more = len(out) + len(came) > len(shown)
    cursor = f"o{below_out}i{below_in}" if has_more else None
    return TalkPage(_lines(conn, shown), cursor)


def _first_place(rows: Sequence[Any], place: int | None) -> int:
    """Where a list begins: what comes in after the first page is not on the later ones."""
    if place is not None:
        return place
    return rows[0].id + 1 if rows else 0


def _merged(out: Sequence[Any], came: Sequence[Any]) -> list[tuple[Kind, Any]]:
    """Both lists as one, newest first, each in its own order; an answer comes after its question.

    Each list is walked by id, so that a page goes on exactly where the last one ended, whatever
    came in meanwhile and however the hours of two rows compare.
    """
    merged: list[tuple[Kind, Any]] = []
    o = i = 0
    while o < len(out) or i < len(came):
        is_out = o < len(out) and (i == len(came) or out[o].created_at >= came[i].received_at)
        merged.append(("out", out[o]) if is_out else ("in", came[i]))
        o, i = (o + 1, i) if is_out else (o, i + 1)
    return merged


def _lines(conn: Connection, rows: Sequence[tuple[Kind, Any]]) -> tuple[TalkLine, ...]:
    ids = [row.address_id for _, row in rows if row.address_id is not None]
    names = names_on(conn, ids)
    return tuple(
        _out_line(row, names) if kind == "out" else _in_line(row, names) for kind, row in rows
    )


def _out_line(row: Any, names: Names) -> TalkLine:
    shown = NOBODY if row.is_hidden else names.get(row.address_id, NOBODY)
    return TalkLine(
        kind="out",
        id=row.id,
        names=shown[0],
        local_names=shown[1],
        number=mask(row.msisdn),
        address_id=row.address_id,
        text="" if row.is_hidden else without_code(row.text),
        language=row.language,
        state=row.state,
        reason=row.reason,
        intent="",
        needs_person=False,
        at=row.created_at,
        changed_at=row.updated_at,
        ref=row.ref,
        broadcast_id=row.broadcast_id,
        wire=row.wire,
        is_hidden=bool(row.is_hidden),
    )


def _in_line(row: Any, names: Names) -> TalkLine:
    shown = NOBODY if row.is_hidden else names.get(row.address_id, NOBODY)
    return TalkLine(
        kind="in",
        id=row.id,
        names=shown[0],
        local_names=shown[1],
        number=shown_sender(row.sender),
        address_id=row.address_id,
        text="" if row.is_hidden else without_code(row.text),
        language="",
        state="",
        reason="",
        intent=row.intent,
        needs_person=row.needs_person,
        at=row.received_at,
        changed_at=row.received_at,
        ref=None,
        broadcast_id=None,
        wire=row.channel,
        is_danger=row.is_danger,
        is_hidden=row.is_hidden,
        unanswered=row.unanswered,
    )


async def show_thread(
    database: Database, network_id: int, address_id: int, *, limit: int = 50
) -> Thread:
    """One phone with its newest texts, oldest first; raises Refusal when it is not there."""
    return await database.read(_thread, network_id, address_id, limit)


def _thread(conn: Connection, network_id: int, address_id: int, limit: int) -> Thread:
    phone = None
    if 0 < address_id <= LARGEST_ID:
        phone = talk.phone(conn, network_id, address_id)
    if phone is None:
        raise Refusal("not_found", "There is no such phone in this network. Open it from a list.")
    people = talk.holders(conn, [address_id]).get(address_id, ())
    posts = talk.posts(conn, [one.id for one in people])
    out, came = talk.out_to(conn, address_id, limit + 1), talk.in_from(conn, address_id, limit + 1)
    newest = _merged(out, came)[:limit]
    spoken = (one.language for one in people if one.language)
    return Thread(
        address_id=address_id,
        number=shown_address(conn, phone),
        group=group_name(conn, phone),
        reach=phone.reach,
        standing=phone.standing,
        language=phone.language or next(spoken, networks.by_id(conn, network_id).language),
        holders=tuple(_holder(one, posts.get(one.id, ())) for one in people),
        lines=_lines(conn, newest[::-1]),
        has_earlier=len(out) + len(came) > len(newest),
    )


def _holder(row: Any, posts: Sequence[str]) -> Holder:
    return Holder(
        name=row.name,
        local_name=row.local_name,
        unit=row.unit,
        language=row.language,
        whose=row.whose,
        posts=tuple(posts),
        local_unit=row.local_unit,
    )
