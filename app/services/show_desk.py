"""Show how one thread is dealt with: by whom, who answered last, what its texts became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain import gsm
from app.domain.errors import Refusal
from app.services.answer_member import MOST_LETTERS, route_back
from app.store import talk, thread_desk, turned_texts
from app.store.database import Connection, Database

_ALONE = {gsm.Encoding.GSM7: gsm.GSM7_ALONE, gsm.Encoding.UCS2: gsm.UCS2_ALONE}
_JOINED = {gsm.Encoding.GSM7: gsm.GSM7_JOINED[8], gsm.Encoding.UCS2: gsm.UCS2_JOINED[8]}


@dataclass(frozen=True, slots=True)
class Became:
    """What a text became; `code` is what people call it, `R27` or `14/2`."""

    kind: str
    id: int
    code: str
    by: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """Over which wire an answer goes, and what a segment of it costs."""

    wire: str
    price_micro: int
    currency: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a text would cost: its segments, letters left in the last, and money."""

    segments: int
    left: int
    price_micro: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One thread as the office deals with it."""

    assignee_id: int | None = None
    assignee: str = ""
    assigned_by: str = ""
    assigned_at: datetime | None = None
    answer_id: int = 0
    """The newest answer of an officer; 0 when there was none."""
    answered_by: str = ""
    answered_at: datetime | None = None
    became: Mapping[int, Sequence[Became]] = field(default_factory=dict)
    """By the id of the text."""
    way: WayBack | None = None
    """None when nothing can go there."""


async def show_desk(
    database: Database, network_id: int, address_id: int, text_ids: Sequence[int]
) -> Desk:
    """How the thread of that phone stands; `text_ids` are its texts that are shown."""
    return await database.read(_show, network_id, address_id, text_ids)


def _show(conn: Connection, network_id: int, address_id: int, text_ids: Sequence[int]) -> Desk:
    row = thread_desk.of_threads(conn, [address_id]).get(address_id)
    became = {
        text_id: tuple(Became(one.kind, one.thing_id, one.code, one.by) for one in found)
        for text_id, found in turned_texts.of_texts(conn, text_ids).items()
    }
    way = _way_back(conn, network_id, address_id)
    if row is None or row.network_id != network_id:
        return Desk(became=became, way=way)
    return Desk(
        assignee_id=row.account_id,
        assignee=row.assignee or "",
        assigned_by=row.by,
        assigned_at=row.at,
        answer_id=row.answer_id or 0,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        became=became,
        way=way,
    )


def _way_back(conn: Connection, network_id: int, address_id: int) -> WayBack | None:
    phone = talk.phone(conn, network_id, address_id)
    if phone is None:
        return None
    try:
        route: Any = route_back(conn, phone)
    except Refusal:
        return None
    return WayBack(route.name, route.price_micro, route.currency)


def count_answer(text: str, way: WayBack | None) -> Counted | None:
    """What an answer in these words costs; None for no words."""
    words = text.strip()[:MOST_LETTERS]
    if not words:
        return None
    cut = gsm.segments(words)
    capacities = _ALONE if len(cut) == 1 else _JOINED
    left = capacities[gsm.encoding_of(words)] - cut[-1].units
    return Counted(len(cut), max(0, left), len(cut) * (way.price_micro if way else 0))
