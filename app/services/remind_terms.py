"""Remind of terms: 60 and 30 days before the end a text to the holder and the LSO's President."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.broadcast import Kind, Total, Worded, plan_hash
from app.domain.language import chain
from app.domain.offices import WORDS, is_office
from app.domain.routing import Offer, choose
from app.domain.terms import LEADS, lead_of
from app.domain.unit_names import called
from app.services.approve_broadcast import fan_out_broadcast
from app.services.price_plan import month_start, offers
from app.services.report_bodies import notice_key
from app.store import broadcasts, journal, networks, posts, seats, term_notices, unit_tree
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

BY = "Munadi"
"""Who the journal says it was: no person writes these texts."""
USEFUL_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Reached:
    """A phone that the notice goes to."""

    address_id: int
    language: str
    offer: Offer


async def remind_terms(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the notices that are due today in all networks; gives how many there were.

    A term gets each of its notices once, whoever asks and however often. One that was missed
    while nothing ran is made up for by the nearest only. Whoever has no phone that may be texted
    is tried again on the next day.
    """
    sent = 0
    for network in await database.read(networks.every):
        today = now.astimezone(ZoneInfo(network.tz)).date()
        for row in await database.read(_due, network.id, today):
            made = await database.write(_notify, network, catalogue, row, now)
            if made is not None:
                await fan_out_broadcast(database, made, now=now)
                sent += 1
    return sent


def _due(conn: Connection, network_id: int, today: date) -> list[Any]:
    """The terms whose nearest notice has not been sent."""
    rows = term_notices.due(conn, network_id, today, today + timedelta(days=max(LEADS)))
    keys = {row.id: _key(row, today) for row in rows}
    sent = term_notices.notices_with(conn, network_id, keys.values()) if keys else {}
    return [row for row in rows if keys[row.id] not in sent]


def _key(row: Any, today: date) -> str:
    lead = lead_of((row.ends_on - today).days)
    return notice_key(row.id, row.ends_on, lead or min(LEADS))


def _notify(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, row: Any, now: datetime
) -> int | None:
    """Write one notice as a broadcast; None when nobody can be reached or it was sent before."""
    networks.hold(conn, network.id)
    key = _key(row, now.astimezone(ZoneInfo(network.tz)).date())
    held = seats.get(conn, network.id, row.id)
    if held is None or held.left_on is not None or held.ends_on != row.ends_on:
        return None
    if broadcasts.by_idem_key(conn, network.id, key) is not None:
        return None
    reached = _reached(conn, network, [row.person_id, *_presidents(conn, network.id, row)])
    if not reached:
        return None
    ref = networks.next_ref(conn, network.id)
    texts = _texts(catalogue, network, row, {one.language for one in reached}, ref)
    shown = {one.language: texts[one.language] for one in reached}
    totals = [_total(one, shown[one.language]) for one in reached]
    price = sum(total.price_micro for total in totals)
    if _is_too_dear(conn, network, price, now):
        return None
    values = _broadcast(network, row, key, ref, now)
    values |= {
        "plan_hash": plan_hash(values["audience"], Kind.NOTICE, tuple(shown.values()), totals),
        "people": len(reached),
        "addresses": len(reached),
        "segments": sum(total.segments for total in totals),
        "price_micro": price,
    }
    broadcast_id = broadcasts.add(conn, values, _stored(shown.values()))
    term_notices.add_recipients(conn, broadcast_id, [_recipient(one, shown) for one in reached])
    detail = {"seat": row.id, "ends_on": row.ends_on.isoformat(), "addresses": len(reached)}
    entry = {"network_id": network.id, "at": now, "actor": BY, "detail": detail}
    journal.append(conn, {**entry, "action": "term notice sent", "subject": f"Ref {ref}"})
    return broadcast_id


def _broadcast(network: NetworkInfo, row: Any, key: str, ref: int, now: datetime) -> dict[str, Any]:
    """Approved by the by-laws, one may say; the + keeps its words off the public page."""
    return {
        "network_id": network.id,
        "ref": ref,
        "kind": Kind.NOTICE.value,
        "state": "fanning",
        "audience": f"seat:{row.id}+president",
        "source": "",
        "idem_key": key,
        "currency": network.currency,
        "created_at": now,
        "approved_at": now,
        "due_at": now,
        "expires_at": now + USEFUL_FOR,
    }


def _presidents(conn: Connection, network_id: int, row: Any) -> list[int]:
    """The President of the LSO that the seat's unit is, or stands under."""
    way = unit_tree.way(conn, row.unit_id) if row.unit_id is not None else ()
    return [
        seat.person_id
        for step in way
        if step.kind == "LSO"
        for seat in seats.held_in(conn, network_id, step.kind, step.id, "President")
    ]


def _reached(
    conn: Connection, network: NetworkInfo, person_ids: Sequence[int]
) -> tuple[_Reached, ...]:
    """The phones of these people that agreed to routine texts and that a wire reaches, once."""
    routes = choose(offers(conn))
    phones = posts.phones(conn, set(person_ids))
    languages = term_notices.languages(conn, set(person_ids))
    found: dict[int, _Reached] = {}
    for person_id in person_ids:
        phone = phones.get(person_id)
        if phone is None or phone.standing != "active" or phone.reach not in routes:
            continue
        wanted = phone.language or languages.get(person_id, "") or network.language
        offer = routes[phone.reach]
        found.setdefault(phone.address_id, _Reached(phone.address_id, wanted, offer))
    return tuple(found.values())


def _texts(
    catalogue: Catalogue, network: NetworkInfo, row: Any, languages: Iterable[str], ref: int
) -> Mapping[str, Worded]:
    """The notice for each language that somebody reads, in the writing that there is for it."""
    return {tag: _worded(catalogue, network, row, tag, ref) for tag in languages}


def _worded(catalogue: Catalogue, network: NetworkInfo, row: Any, wanted: str, ref: int) -> Worded:
    tags = chain(wanted, catalogue.languages, network.language)
    known = catalogue.languages
    tag = next((one for one in tags if one in known), network.language)
    is_local = tag in known and known[tag].direction == "rtl"
    text = catalogue.render(
        "term_ends",
        {
            "network": network.short_name(tags),
            "name": (row.local_name if is_local else "") or row.name,
            "seat": _seat_words(row, tag, is_local=is_local),
            "unit": _unit_words(row, is_local=is_local),
            "on": row.ends_on,
            "ref": ref,
        },
        tag,
    )
    if text.language != tag:
        return _worded(catalogue, network, row, text.language, ref)
    encoding = gsm.encoding_of(text.text).value
    return Worded(text.language, text.text, encoding, gsm.count(text.text))


def _seat_words(row: Any, tag: str, *, is_local: bool) -> str:
    """The office; of a plain member the body."""
    body = (row.local_body if is_local else "") or row.body_name or row.body
    if not is_office(row.post):
        return str(body)
    local = row.local_post if is_local else ""
    return local or WORDS.get(tag, {}).get(row.post, row.post)


def _unit_words(row: Any, *, is_local: bool) -> str:
    if not row.kind:
        return ""
    return (row.local_unit if is_local else "") or called(row.kind, row.unit_name)


def _total(one: _Reached, text: Worded) -> Total:
    price = text.segments * one.offer.price_micro
    return Total(text.language, one.offer.name, 1, text.segments, price)


def _stored(texts: Iterable[Worded]) -> list[dict[str, Any]]:
    """Each language once; two readers may share the writing that there is for both."""
    once = {text.language: text for text in texts}
    return [
        {
            "language": text.language,
            "body": text.body,
            "encoding": text.encoding,
            "segments": text.segments,
        }
        for text in once.values()
    ]


def _recipient(one: _Reached, texts: Mapping[str, Worded]) -> dict[str, Any]:
    return {
        "address_id": one.address_id,
        "language": texts[one.language].language,
        "route_id": one.offer.route_id,
    }


def _is_too_dear(conn: Connection, network: NetworkInfo, price: int, now: datetime) -> bool:
    """Whether the month's budget leaves no room; then it is tried again on the next day."""
    if not network.monthly_cap_micro:
        return False
    spent = broadcasts.spent_since(conn, network.id, month_start(network, now))
    return spent + price > network.monthly_cap_micro
