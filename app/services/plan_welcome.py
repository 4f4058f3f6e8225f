"""Plan the welcome: who agreed and was never texted, in which words, and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.language import chain
from app.domain.routing import Offer, choose
from app.services.price_plan import offers
from app.store import networks, welcome
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

TEMPLATE = "welcome"
NO_REF = "..."


@dataclass(frozen=True, slots=True)
class WelcomePlan:
    """What would happen: how many phones, at what price, in which words by language."""

    addresses: int
    segments: int
    price_micro: int
    currency: str
    texts: Mapping[str, str]


async def plan_welcome(
    database: Database,
    network_id: int,
    *,
    catalogue: Catalogue,
    only: Sequence[int] | None = None,
) -> WelcomePlan:
    """Count and price the welcome of all who agreed and were never texted.

    `only`: of these addresses alone.
    """
    return await database.read(plan, network_id, catalogue, only)


async def plan_welcome_of_import(
    database: Database, network_id: int, import_id: int, *, catalogue: Catalogue
) -> tuple[WelcomePlan, tuple[int, ...]]:
    """The same for the people of one list, with their addresses for `welcome_people`."""
    ids = await database.read(welcome.imported_with, network_id, import_id)
    return await plan_welcome(database, network_id, catalogue=catalogue, only=ids), tuple(ids)


def waiting_for_it(conn: Connection, network_id: int, only: Sequence[int] | None) -> list[Any]:
    """The addresses that would be welcomed, some of those ids where there are any."""
    wanted = None if only is None else set(only)
    rows = welcome.waiting(conn, network_id, reaches=list(wires_now(conn)))
    return [row for row in rows if wanted is None or row.id in wanted]


def wires_now(conn: Connection) -> Mapping[str, Offer]:
    """The wire for each kind of number that can be reached now; a welcome is a text, no mail."""
    return {reach: one for reach, one in choose(offers(conn)).items() if reach != "email"}


def plan(
    conn: Connection, network_id: int, catalogue: Catalogue, only: Sequence[int] | None
) -> WelcomePlan:
    """`plan_welcome` inside a transaction."""
    network, wires = networks.by_id(conn, network_id), wires_now(conn)
    texts: dict[str, tuple[str, str]] = {}
    shown: dict[str, str] = {}
    segments = price = 0
    rows = waiting_for_it(conn, network_id, only)
    for row in rows:
        if row.language not in texts:
            texts[row.language] = said(catalogue, network, row.language, NO_REF)
        tag, text = texts[row.language]
        shown[tag] = text
        count = gsm.count(text)
        segments += count
        price += count * wires[row.reach].price_micro
    currency = next((wires[row.reach].currency for row in rows), network.currency)
    return WelcomePlan(len(rows), segments, price, currency, shown)


def said(
    catalogue: Catalogue, network: NetworkInfo, language: str, ref: int | str
) -> tuple[str, str]:
    """The words for a reader of that language, with the tag that they are written in."""
    wanted = language or network.language
    # Once to learn in which writing there are words: the name must be in the same one.
    tag = catalogue.render(TEMPLATE, {"network": network.slug, "ref": NO_REF}, wanted).language
    name = network.short_name(chain(tag, catalogue.languages, network.language))
    return tag, catalogue.render(TEMPLATE, {"network": name, "ref": str(ref)}, tag).text
