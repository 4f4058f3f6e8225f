"""Preview a broadcast while it is being written: who gets it, what it costs; stores nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Total
from app.domain.errors import Refusal
from app.domain.routing import Offer
from app.domain.storable import storable
from app.services._month_measure import with_those_who_had_enough
from app.services.approve_broadcast import UNDO
from app.services.plan_broadcast import Draft, audience_of, choice_of
from app.services.preview_text import TextPreview, Writing, nothing_written, preview_text
from app.services.price_plan import (
    cut_at,
    first_moment,
    held_of,
    left_out_of,
    month_start,
    nobody,
    offers,
    price_of,
    seconds_of,
    total,
)
from app.store import audience as audiences
from app.store import broadcasts, cut_off, networks
from app.store.audience import OK, Outlook
from app.store.database import Connection, Database
from app.store.month_measure import HAD_ENOUGH
from app.store.networks import NetworkInfo

SAME_PHONE = "same_phone"
"""Why somebody who is reached gets no text of their own: the phone has it already."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What still keeps a draft from being planned, beside the field where it is mended.

    `language` is the tag of a text, empty when no single text is meant. `wire`: nothing that an
    author can mend (no wire reaches these numbers, a budget without a price).
    """

    field: Literal["audience", "text", "wire"]
    language: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen if the draft went out as it stands.

    chosen = addresses + the people of `left_out` + those of `held` with a reason of
    `price_plan.HELD` (the other reasons of `held` are about people who will get it, later).
    """

    faults: tuple[Fault, ...]
    """Empty when it can be planned."""
    ref: int
    """The Ref that it would bear if nobody else plans before."""
    chosen: int
    """People whom the audience names."""
    people: int
    """Those of them whom a text reaches, on a phone of their own or a shared one."""
    addresses: int
    """Phones that get a text, each one."""
    leaders: int
    """Phones of people with a seat (EC, GB, LSO), which are texted first."""
    leaders_seconds: int
    """How long after `first_at` the last leader's text is out."""
    segments: int
    """Segments over all phones; 0 while nothing is written."""
    price_micro: int
    currency: str
    seconds: int
    """How long after `first_at` the last text is out."""
    held: tuple[Mapping[str, Any], ...]
    """`reason`, `people` and sometimes `until` (ISO): unconfirmed_number, shared_phone, quiet,
    budget."""
    left_out: tuple[Mapping[str, Any], ...]
    """`reason`, `people`; with `same_phone`: who is reached by a phone that gets it once."""
    texts: tuple[TextPreview, ...]
    """Each language that has words, in the order of the draft."""
    month_spent_micro: int
    """Planned price of what was approved this month."""
    month_cap_micro: int
    """0 means no cap is set."""
    first_at: datetime
    """When it would start if it were approved now: after the undo, its hour and quiet hours."""
    last_at: datetime
    """When the last text would be out; holds only while `cut_at` is None."""
    cut_at: datetime | None
    """When quiet hours would stop it half way; what is left waits until they end."""
    cut_off: int = 0
    """Chosen people whose unit has no road today; they get the text all the same."""


async def preview_broadcast(
    database: Database, draft: Draft, *, catalogue: Catalogue, now: datetime
) -> Preview:
    """Look at a draft as far as it is written; its faults are told, never raised.

    Blank texts count as not written; with none written, people are counted as if the network's
    own language were. Raises Refusal only when the network is not there.
    """
    return await database.read(_preview, draft, catalogue, now)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is known of a draft before its figures are summed up."""

    network: NetworkInfo
    kind: Kind
    ref: int
    offers: Mapping[int, Offer]
    faults: list[Fault]
    rows: Sequence[Outlook]
    texts: tuple[TextPreview, ...]
    cut_off: int
    send_at: datetime | None


def _preview(conn: Connection, draft: Draft, catalogue: Catalogue, now: datetime) -> Preview:
    network = networks.named(conn, draft.network)
    writing = Writing(network, catalogue, networks.coming_ref(conn, network.id))
    known = {offer.route_id: offer for offer in offers(conn)}
    faults: list[Fault] = []
    written = {tag: text for tag, text in draft.texts.items() if storable(text).strip()}
    rows, cut = _outlook(conn, replace(draft, texts=written), writing, faults, now)
    texts = []
    for tag, typed in written.items():
        mine = [row for row in rows if row.verdict == OK and row.language == tag]
        prices = [(row.addresses, known[row.route_id].price_micro) for row in mine if row.route_id]
        text, fault = preview_text(tag, typed, writing, prices)
        texts.append(text)
        if fault is not None:
            faults.append(Fault("text", tag, fault))
    if not texts:
        faults.append(Fault("text", "", nothing_written()))
    figures = (known, faults, rows, tuple(texts), cut)
    sheet = _Sheet(network, draft.kind, writing.ref, *figures, draft.send_at)
    return _summed_up(conn, sheet, now)


def _outlook(
    conn: Connection, draft: Draft, writing: Writing, faults: list[Fault], now: datetime
) -> tuple[list[Outlook], int]:
    """Who gets what, as if the network's own language were written where nothing is.

    The second figure: how many of them live where no road leads today.
    """
    network, catalogue = writing.network, writing.catalogue
    try:
        audience = audience_of(conn, draft, network)
    except Refusal as refusal:
        faults.append(Fault("audience", "", refusal))
        return [], 0
    texts = {tag: text for tag, text in draft.texts.items() if tag in catalogue.languages}
    counted = replace(draft, texts=texts or {network.language: ""})
    choice = choice_of(conn, counted, audience, network, catalogue, now=now)
    rows = audiences.outlook(conn, with_those_who_had_enough(conn, choice))
    verdicts = _verdicts(rows)
    if not verdicts[OK] and not verdicts[HAD_ENOUGH]:
        fault = nobody(verdicts)
        faults.append(Fault("wire" if fault.code == "no_route" else "audience", "", fault))
    return rows, cut_off.people_cut_off(conn, choice.whom)


def _summed_up(conn: Connection, sheet: _Sheet, now: datetime) -> Preview:
    network, kind, verdicts = sheet.network, sheet.kind, _verdicts(sheet.rows)
    reached = [row for row in sheet.rows if row.verdict == OK]
    totals = _totals(sheet, reached)
    leaders = _totals(sheet, [row for row in reached if row.is_leader])
    price = _price(totals, network, sheet.faults)
    seconds = seconds_of(conn, totals)
    first = first_moment(network, kind, max(now + UNDO, sheet.send_at or now))
    last = first + timedelta(seconds=seconds)
    held = held_of(network, kind, verdicts, price, sheet.send_at or now)
    shared = Counter({SAME_PHONE: sum(row.people - row.addresses for row in reached)})
    return Preview(
        faults=tuple(sheet.faults),
        ref=sheet.ref,
        chosen=verdicts.total(),
        people=verdicts[OK],
        addresses=sum(one.addresses for one in totals),
        leaders=sum(one.addresses for one in leaders),
        leaders_seconds=seconds_of(conn, leaders),
        segments=sum(one.addresses * one.segments for one in totals),
        price_micro=price,
        currency=network.currency,
        seconds=seconds,
        held=tuple(one for one in held if one["people"]),
        left_out=tuple(left_out_of(verdicts + shared)),
        texts=sheet.texts,
        month_spent_micro=broadcasts.spent_since(conn, network.id, month_start(network, now)),
        month_cap_micro=network.monthly_cap_micro,
        first_at=first,
        last_at=last,
        cut_at=cut_at(network, kind, first, last),
        cut_off=sheet.cut_off,
    )


def _verdicts(rows: Sequence[Outlook]) -> Counter[str]:
    verdicts = Counter[str]()
    for row in rows:
        verdicts[row.verdict] += row.people
    return verdicts


def _totals(sheet: _Sheet, reached: Sequence[Outlook]) -> list[Total]:
    segments = {text.language: len(text.segments) for text in sheet.texts}
    return [
        total(
            row.language, sheet.offers[row.route_id], row.addresses, segments.get(row.language, 0)
        )
        for row in reached
        if row.route_id is not None
    ]


def _price(totals: Sequence[Total], network: NetworkInfo, faults: list[Fault]) -> int:
    """The whole price; a budget that cannot be watched is a fault once something is written."""
    try:
        return price_of([one for one in totals if one.segments], network)
    except Refusal as refusal:
        faults.append(Fault("wire", "", refusal))
        return sum(one.price_micro for one in totals)
