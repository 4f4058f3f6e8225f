"""Texts that go out by themselves to a few people: once by a natural key, within the budget."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.broadcast import Kind, Total, Worded, plan_hash
from app.domain.language import chain
from app.domain.routing import Offer, choose
from app.services.price_plan import month_start, offers
from app.store import broadcasts, journal, networks, posts, term_notices
from app.store.database import Connection
from app.store.networks import NetworkInfo
from bots.values import Value

BY = "Munadi"
"""Who the journal says it was: no person writes these texts."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One text to a few people; `key` is natural, so that it goes out once whoever asks.

    `audience` has a + in it, which keeps its words off the public page. `values` gives what the
    template is filled with in a language, whether that is written in the local script, by its Ref.
    """

    key: str
    audience: str
    template: str
    person_ids: Sequence[int]
    expires_at: datetime
    values: Callable[[str, bool], Mapping[str, Value]]
    action: str
    detail: Mapping[str, Any]
    is_private: bool = False
    """Only to phones that are a person's own."""
    rtl_parts: int = 1
    """So many segments it may have in Arabic letters, of which 70 fit into one."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """A phone that the notice goes to."""

    address_id: int
    language: str
    offer: Offer


def put_notice(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, notice: Notice, now: datetime
) -> int | None:
    """Write it as an approved broadcast; None when it was before, reaches nobody, or is too dear.

    Gives its id; the caller lets it fan out.
    """
    networks.hold(conn, network.id)
    if broadcasts.by_idem_key(conn, network.id, notice.key) is not None:
        return None
    reached = _reached(conn, network, notice)
    if not reached:
        return None
    ref = networks.next_ref(conn, network.id)
    wanted = {one.language for one in reached}
    texts = {tag: worded(catalogue, network, notice, tag, ref) for tag in wanted}
    totals = [_total(one, texts[one.language]) for one in reached]
    price = sum(total.price_micro for total in totals)
    if is_too_dear(conn, network, price, now):
        return None
    bodies = tuple(texts[tag] for tag in sorted(texts))
    values = {
        "network_id": network.id,
        "ref": ref,
        "kind": Kind.NOTICE.value,
        "state": "fanning",
        "audience": notice.audience,
        "is_private": notice.is_private,
        "source": "",
        "idem_key": notice.key,
        "currency": network.currency,
        "created_at": now,
        "approved_at": now,
        "due_at": now,
        "expires_at": notice.expires_at,
        "plan_hash": plan_hash(notice.audience, Kind.NOTICE, bodies, totals),
        "people": len(reached),
        "addresses": len(reached),
        "segments": sum(total.segments for total in totals),
        "price_micro": price,
    }
    broadcast_id = broadcasts.add(conn, values, _stored(bodies))
    term_notices.add_recipients(conn, broadcast_id, [_recipient(one, texts) for one in reached])
    entry = {"network_id": network.id, "at": now, "actor": BY, "subject": f"Ref {ref}"}
    detail = {**notice.detail, "addresses": len(reached)}
    journal.append(conn, {**entry, "action": notice.action, "detail": detail})
    return broadcast_id


def worded(
    catalogue: Catalogue, network: NetworkInfo, notice: Notice, wanted: str, ref: int
) -> Worded:
    """The text in the writing that there is for a language; names are written as the text is."""
    tags = chain(wanted, catalogue.languages, network.language)
    known = catalogue.languages
    tag = next((one for one in tags if one in known), network.language)
    is_local = tag in known and known[tag].direction == "rtl"
    values = {**notice.values(tag, is_local), "network": network.short_name(tags), "ref": ref}
    parts = notice.rtl_parts if is_local else 1
    text = catalogue.render(notice.template, values, tag, parts=parts)
    if text.language != tag:
        return worded(catalogue, network, notice, text.language, ref)
    encoding = gsm.encoding_of(text.text).value
    return Worded(text.language, text.text, encoding, gsm.count(text.text))


def _reached(conn: Connection, network: NetworkInfo, notice: Notice) -> tuple[_Reached, ...]:
    """The phones of these people that agreed to routine texts and that a wire reaches, once."""
    routes = choose(offers(conn))
    people = set(notice.person_ids)
    phones = posts.phones(conn, people, is_private=notice.is_private)
    languages = term_notices.languages(conn, people)
    found: dict[int, _Reached] = {}
    for person_id in notice.person_ids:
        phone = phones.get(person_id)
        if phone is None or not may_be_texted(phone, routes):
            continue
        wanted = phone.language or languages.get(person_id, "") or network.language
        offer = routes[phone.reach]
        found.setdefault(phone.address_id, _Reached(phone.address_id, wanted, offer))
    return tuple(found.values())


def may_be_texted(phone: Any, wires: Collection[str]) -> bool:
    """Whether one of `posts.phones` agreed to routine texts and a wire reaches it."""
    is_mail = phone.kind == "email"
    return bool(phone.standing == "active" and phone.reach in wires and not is_mail)


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


def is_too_dear(conn: Connection, network: NetworkInfo, price: int, now: datetime) -> bool:
    """Whether the month's budget leaves no room; then it is tried again on the next day."""
    if not network.monthly_cap_micro:
        return False
    spent = broadcasts.spent_since(conn, network.id, month_start(network, now))
    return spent + price > network.monthly_cap_micro
