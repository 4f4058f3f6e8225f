"""Whom a broadcast reaches: people of an audience, each on one address, with the reason if not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)

from app.domain.audience_terms import Audience, every_term
from app.domain.broadcast import Medium
from app.domain.institution import WITHOUT_SEAT
from app.store.addresses import address
from app.store.audience_readers import HAS_IT, are_readers, has_it
from app.store.audience_where import Whom
from app.store.audience_wires import by_wire, chosen, is_chat, places
from app.store.broadcasts import recipient
from app.store.bulk import insert_into, is_one_of
from app.store.month_measure import HAD_ENOUGH, NO_MEASURE, Measure
from app.store.people import DENIED, person, person_address

OK = "ok"
SHARED = "shared_phone"
"""The verdict on a private text whose only way would be a phone that is not their own."""
NO_ADDRESS = {Medium.TEXT: "no_phone", Medium.MAIL: "no_mail"}
"""The verdict on somebody without any address of the medium."""
BEYOND_ALL = 2**62
"""Behind the id of every person."""
_RANK, _PERSON = 2**50, 2**8
"""What rank and person weigh in one 64-bit number that also holds one of 256 languages."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the plan has decided for all its people at a moment; `today` is the network's day.

    `texts` maps each language that people have to the language of the text that they get;
    `default` is for those who have none. `routes` maps a number's reach to its route.
    """

    broadcast_id: int
    network_id: int
    audience: Audience
    is_urgent: bool
    texts: Mapping[str, str]
    default: str
    routes: Mapping[str, int]
    now: datetime
    today: date
    is_private: bool = False
    """Only to phones that are a person's own: to links with `is_private`."""
    medium: Medium = Medium.TEXT
    """Which kind of address counts: phones and the like, or mail addresses."""
    readers_of: tuple[int, ...] = ()
    """Only addresses that these broadcasts reached: for a correction."""
    but_readers_of: tuple[int, ...] = ()
    """Nobody whom these broadcasts reached: the same words, stopped half way."""
    measure: Measure = NO_MEASURE
    """What a phone may get of routine texts in the month."""
    had_enough: tuple[int, ...] = ()
    """Addresses that had all of that."""

    @property
    def whom(self) -> Whom:
        """Its audience at that moment."""
        return Whom(self.network_id, self.audience, self.now, self.today)


@dataclass(frozen=True, slots=True)
class Outlook:
    """So many people with one verdict, and the addresses that would get a text."""

    verdict: str
    language: str
    route_id: int | None
    is_leader: bool
    people: int
    addresses: int


def languages(conn: Connection, network_id: int) -> set[str]:
    """Every language that a person or a phone of the network asked for."""
    found: set[str] = set()
    for source in (person, address):
        statement = select(source.c.language).where(source.c.network_id == network_id).distinct()
        found.update(conn.execute(statement).scalars())
    return found - {""}


def verdict_cases(choice: Choice) -> list[tuple[ColumnElement[bool], str]]:
    """Why an address cannot be texted, the first reason that holds; none when it can."""
    no_route = address.c.reach.not_in(list(choice.routes)) if choice.routes else literal(True)
    # A messenger takes texts only to chats that wrote to us.
    is_unreached = or_(no_route, and_(is_chat(), address.c.heard_at.is_(None)))
    cases = [
        (address.c.id.is_(None), NO_ADDRESS[choice.medium]),
        (address.c.reach == "none", "call_only"),
        (address.c.reach == "held", "unconfirmed_number"),
        (address.c.standing == "stopped", "stopped"),
        (address.c.standing == "wrong", "wrong_number"),
        (person_address.c.whose == DENIED, "wrong_number"),
        (address.c.standing == "bounced", "bounced"),
        (address.c.standing == "unknown", "no_consent"),
        (is_unreached, "no_route"),
    ]
    if not choice.is_urgent:
        cases.insert(-1, (address.c.standing == "alerts", "alerts_only"))
    if choice.is_private:
        cases.append((person_address.c.is_private.is_(False), SHARED))
    if choice.but_readers_of:
        cases.insert(1, (has_it(choice.but_readers_of), HAS_IT))
    return cases


def is_named(choice: Choice) -> ColumnElement[bool]:
    """Whether the audience names this very number, which then comes before a person's others."""
    numbers = [term.msisdn for term in every_term(choice.audience) if term.msisdn]
    return address.c.msisdn.in_(numbers)


def counts(choice: Choice) -> ColumnElement[bool]:
    """Whether an address is one that the medium can reach."""
    if choice.medium is Medium.MAIL:
        return address.c.kind == "email"
    return address.c.kind != "email"


def _was_reached(choice: Choice) -> list[ColumnElement[bool]]:
    """For a correction: only addresses with a row of the broadcasts that it corrects."""
    return [are_readers(address.c.id, choice.readers_of)] if choice.readers_of else []


def reached_in(choice: Choice, after: int, until: int) -> CTE:
    """Each person of a slice of the audience once, on the first address that can be texted.

    A number that the audience names itself comes before a person's other numbers.
    """
    verdict = case(*verdict_cases(choice), else_=OK)
    best_first = (
        case((verdict == OK, 0), (verdict == SHARED, 1), (address.c.id.is_(None), 3), else_=2),
        case((is_named(choice), 0), else_=1),
        by_wire(choice.now, is_urgent=choice.is_urgent),
        person_address.c.address_id,
    )
    wanted = func.coalesce(func.nullif(address.c.language, ""), person.c.language)
    text = (
        case(dict(choice.texts), value=wanted, else_=choice.default)
        if choice.texts
        else literal(choice.default)
    )
    route = (
        case(dict(choice.routes), value=address.c.reach, else_=None)
        if choice.routes
        else cast(null(), recipient.c.route_id.type)
    )
    ranked = (
        select(
            person.c.id.label("person_id"),
            person.c.rank,
            address.c.id.label("address_id"),
            text.label("language"),
            route.label("route_id"),
            verdict.label("verdict"),
            *places(person.c.id, best_first, is_urgent=choice.is_urgent),
        )
        .select_from(person)
        .outerjoin(person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, and_(address.c.id == person_address.c.address_id, counts(choice)))
        .where(
            person.c.network_id == choice.network_id,
            person.c.id > after,
            person.c.id <= until,
            choice.whom.belongs(),
            *_was_reached(choice),
        )
        .subquery("ranked")
    )
    is_chosen = chosen(ranked.c, ranked.c.verdict == OK, is_urgent=choice.is_urgent)
    return select(*_told(ranked, choice)).where(is_chosen).cte("reached")


def _told(ranked: Subquery, choice: Choice) -> list[ColumnElement[Any]]:
    """Its columns; who had enough on one phone is told so only now, and gets none on another."""
    if not choice.had_enough:
        return list(ranked.c)
    had = and_(ranked.c.verdict == OK, is_one_of(ranked.c.address_id, choice.had_enough))
    told = case((had, HAD_ENOUGH), else_=ranked.c.verdict).label("verdict")
    return [told if one.name == "verdict" else one for one in ranked.c]


def last_of_slice(conn: Connection, network_id: int, after: int, limit: int) -> int | None:
    """The id of the last of the next `limit` people; None when nobody is left."""
    ids = (
        select(person.c.id)
        .where(person.c.network_id == network_id, person.c.id > after)
        .order_by(person.c.id)
        .limit(limit)
        .subquery()
    )
    last: int | None = conn.execute(select(func.max(ids.c.id))).scalar_one()
    return last


def verdicts(conn: Connection, choice: Choice, after: int, until: int) -> Sequence[Any]:
    """How many people of a slice get which verdict (rows of verdict, n)."""
    reached = reached_in(choice, after, until)
    return conn.execute(
        select(reached.c.verdict, func.count().label("n"))
        .where(reached.c.first == 1)
        .group_by(reached.c.verdict)
    ).all()


def outlook(conn: Connection, choice: Choice) -> list[Outlook]:
    """What `add_recipients` would write for the whole audience, counted and not written.

    An address stands once, with the language of the first leader among the people who share it.
    """
    reached = reached_in(choice, 0, BEYOND_ALL)
    languages = sorted({choice.default, *choice.texts.values()})
    language_no = case({tag: no for no, tag in enumerate(languages)}, value=reached.c.language)
    # The smallest (rank, person) with its language as one number: half the price of a window.
    best = cast(reached.c.rank, BigInteger) * _RANK + reached.c.person_id * _PERSON + language_no
    phones = (
        select(
            reached.c.verdict,
            reached.c.route_id,
            func.min(best).label("best"),
            func.sum(case((reached.c.first == 1, 1), else_=0)).label("people"),
        )
        .group_by(reached.c.address_id, reached.c.verdict, reached.c.route_id)
        .subquery("phones")
    )
    columns = (
        phones.c.verdict,
        phones.c.route_id,
        (phones.c.best % _PERSON).label("language_no"),
        (phones.c.best < WITHOUT_SEAT * _RANK).label("is_leader"),
    )
    rows = conn.execute(
        select(
            *columns,
            func.sum(phones.c.people).label("people"),
            func.count().label("addresses"),
        ).group_by(*columns)
    )
    return [
        Outlook(
            verdict=row.verdict,
            language=languages[row.language_no],
            route_id=row.route_id,
            is_leader=bool(row.is_leader),
            people=int(row.people),
            addresses=row.addresses if row.verdict == OK else 0,
        )
        for row in rows
    ]


def add_recipients(conn: Connection, choice: Choice, after: int, until: int) -> None:
    """Write the reachable people of a slice as recipients, an address only once in a broadcast.

    A leader who shares a phone brings it forward: the address keeps its best rank, and the
    text in that person's language. Who had enough is among them, and is taken out by the caller.
    """
    reached = reached_in(replace(choice, had_enough=()), after, until)
    turn = func.row_number().over(
        partition_by=reached.c.address_id, order_by=(reached.c.rank, reached.c.person_id)
    )
    turns = select(reached, turn.label("turn")).where(reached.c.verdict == OK).subquery("turns")
    once = select(
        literal(choice.broadcast_id),
        turns.c.rank,
        turns.c.address_id,
        turns.c.language,
        turns.c.route_id,
    ).where(turns.c.turn == 1)
    columns = ("broadcast_id", "rank", "address_id", "language", "route_id")
    statement = insert_into(conn.dialect.name, recipient).from_select(columns, once)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["broadcast_id", "address_id"],
            set_={"rank": statement.excluded.rank, "language": statement.excluded.language},
            where=statement.excluded.rank < recipient.c.rank,
        )
    )
