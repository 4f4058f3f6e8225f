"""Show the emergency cards: their numbers, who tried them when, which have to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.cards import STALE_AFTER, is_stale
from app.domain.unit_names import called
from app.services.keep_card import found_line
from app.store import card_owners, emergency_cards, networks
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class CardLine:
    """One number of a card; `number` is empty where the office's is told instead."""

    id: int
    unit_id: int | None
    kind: str
    words: Mapping[str, str]
    number: str
    person_id: int | None
    person: str
    local_person: str
    may_be_given: bool
    position: int
    checked_on: date | None
    checked_by: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a unit; `unit_id` is None and `unit` empty for the whole network's."""

    unit_id: int | None
    unit: str
    local_unit: str
    place: str
    local_place: str
    lines: tuple[CardLine, ...]

    @property
    def is_stale(self) -> bool:
        """Whether one of its numbers has to be tried."""
        return any(line.is_stale for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of a network, its own first; `office_phone` is told for who does not agree."""

    cards: tuple[Card, ...]
    office_phone: str

    @property
    def stale(self) -> int:
        """How many numbers have to be tried."""
        return sum(line.is_stale for card in self.cards for line in card.lines)


async def show_cards(database: Database, network_id: int, *, today: date) -> Cards:
    """The cards of a network, by the names of their units."""
    return await database.read(_cards, network_id, today)


async def show_line(
    database: Database, network_id: int, line_id: int, *, today: date
) -> tuple[Card, CardLine]:
    """One number and the card that it stands on; raises Refusal not_found."""
    return await database.read(_one, network_id, line_id, today)


def stale_cards(conn: Connection, network_id: int, today: date) -> int:
    """How many cards have a number that has to be tried."""
    return len(card_owners.stale(conn, network_id, today - STALE_AFTER))


def _cards(conn: Connection, network_id: int, today: date) -> Cards:
    found: dict[int | None, list[Any]] = {}
    for row in emergency_cards.lines(conn, network_id):
        found.setdefault(row.unit_id, []).append(row)
    cards = [_card(rows, today) for rows in found.values()]
    cards.sort(key=lambda card: (card.unit_id is not None, card.unit.casefold(), card.unit_id or 0))
    return Cards(tuple(cards), networks.by_id(conn, network_id).office_phone)


def _one(conn: Connection, network_id: int, line_id: int, today: date) -> tuple[Card, CardLine]:
    row = found_line(conn, network_id, line_id)
    card = _card(emergency_cards.lines(conn, network_id, [row.unit_id]), today)
    return card, next(line for line in card.lines if line.id == row.id)


def _card(rows: Any, today: date) -> Card:
    first = rows[0]
    has_unit = first.unit_id is not None
    return Card(
        unit_id=first.unit_id,
        unit=called(first.unit_kind, first.unit_name) if has_unit else "",
        local_unit=called(first.unit_kind, first.local_unit) if first.local_unit else "",
        place=first.place or "",
        local_place=first.local_place or "",
        lines=tuple(_line(row, today) for row in rows),
    )


def _line(row: Any, today: date) -> CardLine:
    return CardLine(
        id=row.id,
        unit_id=row.unit_id,
        kind=row.kind,
        words=row.words,
        number=row.number,
        person_id=row.person_id,
        person=row.person or "",
        local_person=row.local_person or "",
        may_be_given=row.may_be_given,
        position=row.position,
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        is_stale=is_stale(row.checked_on, today),
    )
