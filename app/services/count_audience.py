"""Count an audience: whom these words reach, who is left out and why, and who some of them are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.chats import shown_chat
from app.domain.msisdn import mask
from app.domain.routing import choose
from app.services.preview_broadcast import SAME_PHONE
from app.services.price_plan import HELD, left_out_of, offers
from app.store import audience_count, audience_names, cut_off, networks
from app.store.audience import OK, Choice
from app.store.audience_wires import CHAT
from app.store.database import Connection, Database

SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Question:
    """Whose people are counted, and what kind of text it would be."""

    network_slug: str
    words: str
    is_private: bool = False
    """Only to phones that are a person's own."""
    is_urgent: bool = False
    """Also to those who chose alerts only."""
    sees_health: bool = False
    """Whether whoever asks may know of blood groups and donors."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the audience; `reason` is "ok" for whom a text reaches."""

    person_id: int
    name: str
    local_name: str
    unit: str
    local_unit: str
    number: str
    """Masked; "" for somebody without a phone."""
    reason: str


@dataclass(frozen=True, slots=True)
class Count:
    """chosen = phones + the people of `left_out` + those of `held`."""

    words: str
    chosen: int
    """People whom the audience names."""
    people: int
    """Those of them whom a text reaches."""
    phones: int
    """Phones that would get it, each once."""
    left_out: tuple[Mapping[str, Any], ...]
    """`reason`, `people`; with `same_phone`: reached by a phone that gets it once."""
    held: tuple[Mapping[str, Any], ...]
    """`reason`, `people`: what a person can lift."""
    cut_off: int
    """Chosen people whose unit has no road today; they get the text all the same."""
    sample: tuple[Somebody, ...]
    """The first of them, leaders first."""


async def count_audience(
    database: Database, question: Question, *, now: datetime, sample: int = SAMPLE
) -> Count:
    """Whom the words reach now; raises Refusal for words that are not known."""
    return await database.read(_count, question, now, sample)


def _count(conn: Connection, question: Question, now: datetime, sample: int) -> Count:
    choice = _choice(conn, question, now)
    found = audience_count.tallies(conn, choice)
    verdicts = Counter({one.verdict: one.people for one in found})
    phones = sum(one.phones for one in found)
    shared = Counter({SAME_PHONE: verdicts[OK] - phones})
    some = audience_count.sample(conn, choice, sample) if sample else ()
    return Count(
        words=question.words,
        chosen=verdicts.total(),
        people=verdicts[OK],
        phones=phones,
        left_out=tuple(left_out_of(verdicts + shared)),
        held=tuple(
            {"reason": reason, "people": verdicts[reason]}
            for reason in sorted(HELD & set(verdicts))
        ),
        cut_off=cut_off.people_cut_off(conn, choice.whom),
        sample=tuple(_somebody(row) for row in some),
    )


def _choice(conn: Connection, question: Question, now: datetime) -> Choice:
    network = networks.named(conn, question.network_slug)
    audience = audience_names.resolved(
        conn, network.id, question.words, sees_health=question.sees_health
    )
    return Choice(
        broadcast_id=0,
        network_id=network.id,
        audience=audience,
        is_urgent=question.is_urgent,
        texts={},
        default=network.language,
        routes={reach: one.route_id for reach, one in choose(offers(conn)).items()},
        now=now,
        today=network.day_at(now),
        is_private=question.is_private,
    )


def _somebody(row: Any) -> Somebody:
    return Somebody(
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        unit=row.unit or "",
        local_unit=row.local_unit or "",
        number=_shown(row),
        reason=row.verdict,
    )


def _shown(row: Any) -> str:
    """The masked number, or what is shown of a chat; "" for none."""
    if row.msisdn:
        return mask(row.msisdn)
    return shown_chat(row.handle) if row.kind == CHAT else ""
