"""Plan a broadcast: who gets which words over which wire, at what price, and how long it takes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.audience_terms import Audience
from app.domain.broadcast import Kind, Medium, Worded, conditions, plan_hash, worded
from app.domain.errors import Busy, Refusal
from app.domain.language import chain
from app.domain.routing import choose as choose_routes
from app.services._month_measure import is_measured, measure_at, with_those_who_had_enough
from app.services._texts_per_reader import default_text, text_per_language
from app.services.price_plan import (
    Plan,
    held_of,
    left_out_of,
    nobody,
    offers,
    price_of,
    seconds_of,
    shown,
    totals_of,
)
from app.store import audience as audiences
from app.store import audience_names, broadcasts, digest_lists, journal, networks
from app.store.audience import OK, Choice
from app.store.database import Connection, Database
from app.store.month_measure import HAD_ENOUGH, NO_MEASURE
from app.store.networks import NetworkInfo

SLICE = 5_000
"""People in one transaction, so that none holds the writer for long."""
GIVEN_UP_AFTER = timedelta(minutes=5)
"""A plan that is still being made after this was cut off."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an author wants to send. `texts` maps language tags to words; one is enough."""

    audience: str
    texts: Mapping[str, str]
    kind: Kind
    author: str
    author_id: int | None
    network: str = ""
    idem_key: str | None = None
    source: str = ""
    """How the author knows; for the approver and the journal, never sent."""
    is_private: bool = False
    """Only to phones that are a person's own."""
    sees_health: bool = False
    """Whether the author may write to blood groups and donors."""
    medium: Medium = Medium.TEXT
    letters: Mapping[str, int] = field(default_factory=dict)
    """For mail: the stored letter of each language."""
    publication_id: int | None = None
    readers_of: tuple[int, ...] = ()
    """Only addresses that these broadcasts reached: for a correction."""
    send_at: datetime | None = None
    """When it is to go; None for as soon as somebody agrees."""
    but_readers_of: tuple[int, ...] = ()
    """Nobody whom these broadcasts reached: the same words, stopped half way."""


async def plan_broadcast(
    database: Database, draft: Draft, *, catalogue: Catalogue, now: datetime, at_once: int = SLICE
) -> Plan:
    """Store a plan that waits for approval; the same `idem_key` gives the same plan again.

    `at_once` is how many people are looked at in one transaction. Raises Refusal when the
    words, the audience or the wires do not allow it; nothing is kept of it then.
    """
    begun = await database.write(_begin, draft, catalogue, now)
    if isinstance(begun, Plan):
        return begun
    try:
        verdicts = await gathered(database, begun.choice, at_once)
        return await database.write(_finish, begun, verdicts, now)
    except Refusal:
        await database.write(broadcasts.drop, begun.choice.broadcast_id)
        raise


async def gathered(database: Database, choice: Choice, at_once: int = SLICE) -> Counter[str]:
    """Write down everybody whom the choice reaches; gives how many people have which verdict."""
    after, verdicts = 0, Counter[str]()
    while (until := await database.read(_slice_end, choice, after, at_once)) is not None:
        verdicts.update(await database.write(_add_slice, choice, after, until))
        after = until
    return verdicts


@dataclass(frozen=True, slots=True)
class Begun:
    """A broadcast that is being planned: its words stand, its recipients do not yet."""

    draft: Draft
    network: NetworkInfo
    choice: Choice
    texts: tuple[Worded, ...]
    ref: int


def _begin(conn: Connection, draft: Draft, catalogue: Catalogue, now: datetime) -> Begun | Plan:
    network = networks.named(conn, draft.network)
    networks.hold(conn, network.id)
    if (known := _made_before(conn, network, draft, now)) is not None:
        return known
    ref = networks.next_ref(conn, network.id)
    return begin(conn, draft, _worded(draft.texts, network, catalogue, ref), ref, catalogue, now)


def begin(  # noqa: PLR0913, PLR0917 -- all that a plan begins with
    conn: Connection,
    draft: Draft,
    texts: tuple[Worded, ...],
    ref: int,
    catalogue: Catalogue,
    now: datetime,
) -> Begun:
    """Store a broadcast in the state `planning` with its words as they go out."""
    network = networks.named(conn, draft.network)
    everybody = replace(draft, audience="all") if draft.readers_of else draft
    audience = audience_of(conn, everybody, network)
    choice = choice_of(conn, draft, audience, network, catalogue, now=now)
    broadcast_id = broadcasts.add(
        conn,
        {
            "network_id": network.id,
            "ref": ref,
            "kind": draft.kind.value,
            "state": "planning",
            "audience": draft.audience,
            "is_private": draft.is_private,
            "source": draft.source.strip()[:200],
            "author_id": draft.author_id,
            "idem_key": draft.idem_key,
            "publication_id": draft.publication_id,
            "send_at": draft.send_at,
            "medium": draft.medium.value,
            "is_measured": bool(choice.measure.cap),
            "created_at": now,
        },
        [
            {
                "language": text.language,
                "body": text.body,
                "encoding": text.encoding,
                "segments": text.segments,
                "document_id": draft.letters.get(text.language),
            }
            for text in texts
        ],
    )
    return Begun(draft, network, replace(choice, broadcast_id=broadcast_id), texts, ref)


def _made_before(
    conn: Connection, network: NetworkInfo, draft: Draft, now: datetime
) -> Plan | None:
    """The plan that was made with the same key; one that a crash cut off is made anew."""
    if not draft.idem_key:
        return None
    row = broadcasts.by_idem_key(conn, network.id, draft.idem_key)
    if row is None:
        return None
    if row.state != "planning":
        return shown(conn, row)
    if now - row.created_at < GIVEN_UP_AFTER:
        raise Busy("This plan is being made. Ask again in a moment.")
    broadcasts.drop(conn, row.id)
    return None


def _worded(
    texts: Mapping[str, str], network: NetworkInfo, catalogue: Catalogue, ref: int
) -> tuple[Worded, ...]:
    if not texts or any(tag not in catalogue.languages for tag in texts):
        raise unknown_language(catalogue)
    return tuple(word(text, tag, network, catalogue, ref) for tag, text in texts.items())


def unknown_language(catalogue: Catalogue) -> Refusal:
    """The Refusal that lists the languages of this installation."""
    known = ", ".join(sorted(catalogue.languages))
    return Refusal(
        "language", "Write the text in a language that is known here: {known}.", known=known
    )


def word(text: str, tag: str, network: NetworkInfo, catalogue: Catalogue, ref: int) -> Worded:
    """One text as it goes out in that language; raises Refusal like `worded`."""
    short_name = network.short_name(chain(tag, catalogue.languages, network.language))
    return worded(text, tag, network=short_name, ref=ref)


def audience_of(conn: Connection, draft: Draft, network: NetworkInfo) -> Audience:
    """The audience that a draft's words mean; raises Refusal for words that are not known."""
    return audience_names.resolved(conn, network.id, draft.audience, sees_health=draft.sees_health)


def choice_of(  # noqa: PLR0913 -- all that a choice hangs on
    conn: Connection,
    draft: Draft,
    audience: Audience,
    network: NetworkInfo,
    catalogue: Catalogue,
    *,
    now: datetime,
) -> Choice:
    """Who of the audience gets which text over which route, for a broadcast that has no id yet."""
    default = default_text(draft.texts, network, catalogue)
    return Choice(
        broadcast_id=0,
        network_id=network.id,
        audience=audience,
        is_urgent=draft.kind is Kind.URGENT,
        texts=text_per_language(conn, draft.texts, network, catalogue, default),
        default=default,
        routes={reach: one.route_id for reach, one in choose_routes(offers(conn)).items()},
        now=now,
        today=network.day_at(now),
        is_private=draft.is_private,
        medium=draft.medium,
        readers_of=draft.readers_of,
        but_readers_of=draft.but_readers_of,
        # A correction goes to all its readers, however much they had.
        measure=measure_at(conn, network, draft.send_at or now)
        if is_measured(network, draft.kind, draft.medium) and not draft.readers_of
        else NO_MEASURE,
    )


def _slice_end(conn: Connection, choice: Choice, after: int, limit: int) -> int | None:
    return audiences.last_of_slice(conn, choice.network_id, after, limit)


def _add_slice(conn: Connection, choice: Choice, after: int, until: int) -> Counter[str]:
    choice = with_those_who_had_enough(conn, choice, (after, until))
    audiences.add_recipients(conn, choice, after, until)
    digest_lists.take_out(conn, choice.broadcast_id, choice.had_enough)
    return Counter({row.verdict: row.n for row in audiences.verdicts(conn, choice, after, until)})


def _finish(conn: Connection, begun: Begun, verdicts: Counter[str], now: datetime) -> Plan:
    choice, values = begun.choice, figures(conn, begun, verdicts, now)
    broadcasts.change(conn, choice.broadcast_id, **values)
    journal.append(
        conn,
        {
            "network_id": begun.network.id,
            "at": now,
            "actor": begun.draft.author,
            "action": "broadcast planned",
            "subject": f"Ref {begun.ref}",
            "detail": {key: values[key] for key in ("plan_hash", "people", "addresses")},
        },
    )
    return shown(conn, broadcasts.get(conn, choice.broadcast_id))


def figures(
    conn: Connection, begun: Begun, verdicts: Counter[str], now: datetime
) -> dict[str, Any]:
    """The columns of a plan whose recipients stand; raises Refusal when it reaches nobody."""
    draft, is_mail = begun.draft, begun.draft.medium is Medium.MAIL
    totals = totals_of(conn, begun.choice.broadcast_id, begun.texts)
    if not totals and not verdicts[HAD_ENOUGH]:
        raise nobody(verdicts)
    price = sum(one.price_micro for one in totals)
    if not is_mail:
        price = price_of(totals, begun.network)
    held = held_of(begun.network, draft.kind, verdicts, price, draft.send_at or now)
    besides = conditions(is_private=draft.is_private, send_at=draft.send_at)
    return {
        "state": "planned",
        "plan_hash": plan_hash(draft.audience, draft.kind, begun.texts, totals, besides),
        "people": verdicts[OK],
        "addresses": sum(total.addresses for total in totals),
        "segments": sum(total.addresses * total.segments for total in totals),
        "price_micro": price,
        "currency": begun.network.currency,
        "seconds": seconds_of(conn, totals),
        "held": [one for one in held if not (is_mail and one["reason"] == "quiet")],
        "left_out": left_out_of(verdicts),
    }
