"""Which of a person's wires comes first: the cheaper chat where it is read, else the phone."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_

from app.store.addresses import address

CHAT = "telegram"
"""The kind of an address that is a chat."""
SEEN_LATELY = timedelta(days=14)
"""How long after its last text a chat takes what would go to the same person's phone."""


def is_chat() -> ColumnElement[bool]:
    """Whether an address is a chat of a messenger."""
    return address.c.kind == CHAT


def by_wire(
    now: datetime, *, is_urgent: bool, places: tuple[Any, Any, Any] = (0, 1, 2)
) -> ColumnElement[Any]:
    """The place of an address among a person's: a chat seen of late, a phone, another chat.

    Urgent texts go by phone in any case; to chats they go besides.
    """
    lately, plain, old = places
    if is_urgent:
        return case((is_chat(), old), else_=plain)
    is_open = address.c.standing == "active"
    seen = and_(is_chat(), is_open, address.c.heard_at >= now - SEEN_LATELY)
    return case((seen, lately), (is_chat(), old), else_=plain)


def places(
    person_id: ColumnElement[int], best_first: tuple[Any, ...], *, is_urgent: bool
) -> list[Any]:
    """The columns that say which address of a person is the `first` one, for `chosen`."""
    first = func.row_number().over(partition_by=person_id, order_by=best_first)
    if not is_urgent:
        return [first.label("first")]
    of_kind = func.row_number().over(partition_by=(person_id, is_chat()), order_by=best_first)
    return [first.label("first"), of_kind.label("of_kind"), is_chat().label("is_chat")]


def chosen(ranked: Any, is_good: ColumnElement[bool], *, is_urgent: bool) -> ColumnElement[bool]:
    """Which of the ranked rows count: one a person, and of urgent texts their best chat besides."""
    is_first: ColumnElement[bool] = ranked.first == 1
    if not is_urgent:
        return is_first
    return or_(is_first, and_(ranked.is_chat, ranked.of_kind == 1, is_good))
