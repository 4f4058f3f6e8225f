"""Emergency cards: whom a village calls, and when somebody last tried the number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, delete, insert, select, update
from sqlmodel import Field

from app.domain.cards import NATIONAL, said
from app.domain.unit_names import called
from app.store import card_places
from app.store.askers import Asker
from app.store.networks import network
from app.store.people import person
from app.store.schema import Row, link, maybe_link, new_id, table_of
from app.store.units import unit
from bots.notes import CardNote
from bots.values import Entry

MOST_LINES = 6
"""So many numbers of a card are told; more do not fit into a text."""


class EmergencyNumber(Row, table=True):
    """One number on the card of a unit, or of the whole network."""

    __tablename__ = "emergency_number"

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    unit_id: int | None = maybe_link("unit.id", index=True)
    """Whose card it stands on; None for the whole network's."""
    kind: str = Field(max_length=12)
    """One of `app.domain.cards.KINDS`."""
    words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Whose it is in the card's own words, by language tag; may be empty but for `other`."""
    number: str = Field(max_length=30)
    """As it is to be dialled; "" for a person who is reached through the office."""
    person_id: int | None = maybe_link("person.id", index=True)
    """Who is on duty."""
    may_be_given: bool = False
    """Whether that person agreed that their name and number are told to whoever asks."""
    position: int = 0
    checked_on: date | None = None
    checked_by: str = Field(default="", max_length=80)
    reminded_on: date | None = None
    """When the owner of the card was last asked to try it."""
    created_at: datetime


emergency_number = table_of(EmergencyNumber)
COMMA = "\u060c"
"""The comma of Arabic letters."""


def put(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a number and give its id."""
    made = insert(emergency_number).values(**values).returning(emergency_number.c.id)
    return int(conn.execute(made).scalar_one())


def get(conn: Connection, network_id: int, number_id: int) -> Any | None:
    """One number of a network; None for one that is not there or another's."""
    statement = select(emergency_number).where(
        emergency_number.c.id == number_id, emergency_number.c.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def change(conn: Connection, ids: Collection[int], **values: Any) -> None:
    """Set these columns of numbers."""
    wanted = update(emergency_number).where(emergency_number.c.id.in_(list(ids)))
    conn.execute(wanted.values(**values))


def remove(conn: Connection, number_id: int) -> None:
    """Take a number off its card."""
    conn.execute(delete(emergency_number).where(emergency_number.c.id == number_id))


def drop(conn: Connection, *, person_id: int) -> None:
    """Take the lines of a person off all cards: their number must not stay as anybody's."""
    conn.execute(delete(emergency_number).where(emergency_number.c.person_id == person_id))


def move(conn: Connection, from_id: int, to_id: int) -> None:
    """Let the lines of one person be another's, who has not agreed to anything by that."""
    mine = update(emergency_number).where(emergency_number.c.person_id == from_id)
    conn.execute(mine.values(person_id=to_id))


def lines(
    conn: Connection, network_id: int, unit_ids: Collection[int | None] | None = None
) -> Sequence[Any]:
    """Every number of a network, or of these cards, in its order, with its unit and person."""
    statement = (
        select(
            emergency_number,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
            unit.c.place,
            unit.c.local_place,
            person.c.name.label("person"),
            person.c.local_name.label("local_person"),
            person.c.sex,
        )
        .outerjoin(unit, unit.c.id == emergency_number.c.unit_id)
        .outerjoin(person, person.c.id == emergency_number.c.person_id)
        .where(emergency_number.c.network_id == network_id)
        .order_by(emergency_number.c.position, emergency_number.c.id)
    )
    if unit_ids is not None:
        whose = emergency_number.c.unit_id
        named = whose.in_([one for one in unit_ids if one is not None])
        statement = statement.where(named | whose.is_(None) if None in unit_ids else named)
    return conn.execute(statement).all()


def carded(conn: Connection, network_id: int) -> set[int]:
    """The units that have a card of their own."""
    whose = emergency_number.c.unit_id
    statement = select(whose).where(emergency_number.c.network_id == network_id, whose.is_not(None))
    return set(conn.execute(statement.distinct()).scalars())


def card_for(conn: Connection, asker: Asker, words: str, people: Sequence[int]) -> CardNote | None:
    """The card of the village that these folded words name, else of these people's.

    What the unit's own card lacks is filled up from those of what it stands under, then from the
    numbers of the country; rescue comes first.
    """
    own = carded(conn, asker.network_id)
    way = card_places.way_for(conn, asker.network_id, words, people, own)
    chain = [step.id for step in reversed(way)]
    rows = lines(conn, asker.network_id, [*(one for one in chain if one in own), None])
    office = conn.execute(
        select(network.c.office_phone).where(network.c.id == asker.network_id)
    ).scalar_one()
    order = {unit_id: no for no, unit_id in enumerate(chain)}
    rows = sorted(rows, key=lambda row: order.get(row.unit_id, len(chain)))
    told = [line for row in rows if (line := _line(row, asker, office))]
    shown = _with_national(told, asker)[:MOST_LINES]
    dates = [line.checked_on for line in shown if not line.is_national]
    nearest = next((step for step in reversed(way) if step.id in own), way[-1] if way else None)
    return CardNote(
        place=_place(conn, nearest.id, asker) if nearest is not None else "",
        numbers=tuple(Entry(line.number, line.whose) for line in shown),
        checked_on=min((one for one in dates if one), default=None) if all(dates) else None,
        example=_example(conn, own, asker) if nearest is None and own else "",
    )


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    number: str
    whose: str
    checked_on: date | None = None
    is_national: bool = False


def _line(row: Any, asker: Asker, office: str) -> _Line | None:
    """A number as it may be told; None for one that nobody may be told."""
    whose = asker.words(row.words) or asker.words(said(row.kind))
    if row.person_id is None:
        return _Line(row.kind, row.number, whose, row.checked_on) if row.number else None
    if row.may_be_given and row.number:
        name = asker.words({"en": row.person, "ur": row.local_person})
        return _Line(row.kind, row.number, f"{whose} {name}".strip(), row.checked_on)
    return _Line(row.kind, office, whose, row.checked_on) if office else None


def _with_national(told: Sequence[_Line], asker: Asker) -> list[_Line]:
    """Rescue first, then what the cards say, each number once, then the rest of the country's."""
    country = [
        _Line(kind, number, asker.words(said(kind)), is_national=True) for kind, number in NATIONAL
    ]
    rescue = [line for line in told if line.kind == "rescue"] or country[:1]
    kinds = {line.kind for line in told}
    rest = [line for line in country[1:] if line.kind not in kinds]
    found: dict[str, _Line] = {}
    for line in (*rescue, *told, *rest):
        found.setdefault("".join(sign for sign in line.number if sign.isdigit()), line)
    return list(found.values())


def _place(conn: Connection, unit_id: int, asker: Asker) -> str:
    """What a unit is called, with its union council or village.

    In Arabic letters, of which a text holds few, the village alone.
    """
    row = conn.execute(select(unit).where(unit.c.id == unit_id)).one()
    names = {"en": called(row.kind, row.name)}
    if row.local_name:
        names["ur"] = called(row.kind, row.local_name)
    name = asker.words(names)
    place = asker.words({"en": row.place, "ur": row.local_place})
    if not place or place.casefold() in name.casefold():
        return name
    return f"{name}, {place}" if place.isascii() else place


def _example(conn: Connection, own: Collection[int], asker: Asker) -> str:
    """The village of one card, to show how a card is asked for."""
    row = conn.execute(
        select(unit).where(unit.c.id.in_(list(own))).order_by(unit.c.id).limit(1)
    ).one()
    return asker.words({"en": row.place, "ur": row.local_place}) or asker.words(
        {"en": row.name, "ur": row.local_name}
    )
