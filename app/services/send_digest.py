"""Send the digest: one text a phone names what it missed last month, when it had had enough."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain import gsm
from app.domain.broadcast import Kind
from app.domain.routing import Offer, choose
from app.services._act import Deed
from app.services._digest_words import DigestWords, missed_of
from app.services._month_measure import month_of
from app.services._notice import BY
from app.services._row_times import row_times
from app.services.price_plan import first_moment, month_start, offers
from app.store import broadcasts, digest_lists, networks, outbox
from app.store.database import Connection, Database
from app.store.digest_lists import Span
from app.store.networks import NetworkInfo

LAST_DAY = 10
"""After that day of the new month what the last one brought is no news any more."""
USEFUL_FOR = timedelta(days=7)
AUDIENCE = "digest+missed"
"""The + keeps its words off the public page."""


async def send_digests(database: Database, *, catalogue: Catalogue, now: datetime) -> int:
    """Send the digests of the month before, in the first days of a month; gives how many texts.

    Safe to repeat at any moment: each phone is told once of each text. A digest that would pass
    the month's budget is tried again on the next day, one that a person took back is not.
    """
    sent = 0
    for network in await database.read(networks.every):
        if network.day_at(now).day > LAST_DAY:
            continue
        sent += await _send(database, network, catalogue, now)
    return sent


@dataclass(frozen=True, slots=True)
class _Digest:
    """The broadcast whose Ref the texts of one digest bear, and the month that they tell of."""

    id: int
    words: DigestWords
    span: Span
    now: datetime

    @property
    def network(self) -> NetworkInfo:
        """Whose it is."""
        return self.words.network


async def _send(
    database: Database, network: NetworkInfo, catalogue: Catalogue, now: datetime
) -> int:
    last_month = month_of(network, month_start(network, now) - timedelta(days=1))
    if not await database.read(_waiting, network, last_month):
        return 0
    digest = await database.write(_begin, network, catalogue, last_month, now)
    sent = 0
    while digest is not None and (put := await database.write(_put_chunk, digest)):
        sent += put
    return sent


def _waiting(conn: Connection, network: NetworkInfo, span: Span) -> Mapping[str, int]:
    return digest_lists.wait_by_reach(conn, network.id, span, _wires(conn).keys())


def _begin(
    conn: Connection, network: NetworkInfo, catalogue: Catalogue, span: Span, now: datetime
) -> _Digest | None:
    """The digest of that month; None when it was taken back or the budget leaves no room."""
    networks.hold(conn, network.id)
    key = f"digest-{span[0]:%Y-%m}"
    row = broadcasts.by_idem_key(conn, network.id, key)
    if row is not None:
        is_off = row.state == "cancelled"
        words = DigestWords(network, catalogue, row.ref)
        return None if is_off else _Digest(row.id, words, span, now)
    wires = _wires(conn)
    waiting = _waiting(conn, network, span)
    price = sum(n * wires[reach].price_micro for reach, n in waiting.items())
    if not waiting or _is_too_dear(conn, network, price, now):
        return None
    ref = networks.next_ref(conn, network.id)
    words = DigestWords(network, catalogue, ref)
    phones = sum(waiting.values())
    values = {
        "network_id": network.id,
        "ref": ref,
        "kind": Kind.NEWS.value,
        "state": "running",
        "audience": AUDIENCE,
        "idem_key": key,
        "currency": network.currency,
        "created_at": now,
        "approved_at": now,
        "due_at": first_moment(network, Kind.NEWS, now),
        "people": phones,
        "addresses": phones,
        "segments": phones,
        "price_micro": price,
    }
    digest_id = broadcasts.add(conn, values, _sample_texts(words))
    Deed(network.id, BY, now).note(conn, "digest sent", f"Ref {ref}", addresses=phones)
    return _Digest(digest_id, words, span, now)


def _wires(conn: Connection) -> Mapping[str, Offer]:
    return {reach: one for reach, one in choose(offers(conn)).items() if reach != "email"}


def _is_too_dear(conn: Connection, network: NetworkInfo, price: int, now: datetime) -> bool:
    if network.broadcast_cap_micro and price > network.broadcast_cap_micro:
        return True
    if not network.monthly_cap_micro:
        return False
    spent = broadcasts.spent_since(conn, network.id, month_start(network, now))
    return spent + price > network.monthly_cap_micro


def _sample_texts(words: DigestWords) -> list[dict[str, Any]]:
    """What the office is shown of it: each phone's own words stand in its own row."""
    found = {}
    for tag in sorted(words.catalogue.languages):
        language, body = words.of(tag, ())
        found[language] = {
            "language": language,
            "body": body,
            "encoding": gsm.encoding_of(body).value,
            "segments": gsm.count(body),
        }
    return list(found.values())


def _put_chunk(conn: Connection, digest: _Digest) -> int:
    """Put the next texts into the outbox and give how many; 0 at the end."""
    # A person may take the digest back between two chunks.
    if getattr(broadcasts.get(conn, digest.id, locked=True), "state", "") != "running":
        return 0
    network_id, wires = digest.network.id, _wires(conn)
    phones = digest_lists.waiting(conn, network_id, digest.span, wires.keys(), digest.id)
    ids = [one.address_id for one in phones]
    missed = digest_lists.missed_by(conn, network_id, digest.span, ids)
    outbox.put(conn, _rows(conn, digest, phones, missed, wires))
    digest_lists.tell(conn, digest.id, missed)
    return len(phones)


def _rows(
    conn: Connection,
    digest: _Digest,
    phones: Sequence[Any],
    missed: Sequence[Any],
    wires: Mapping[str, Offer],
) -> list[dict[str, Any]]:
    of_phone: dict[int, list[Any]] = defaultdict(list)
    for row in missed:
        of_phone[row.address_id].append(row)
    ids = sorted({row.broadcast_id for row in missed})
    known = missed_of(digest_lists.names(conn, ids))
    now = digest.now
    timed = row_times(digest.network, Kind.NEWS, now, useful_for=USEFUL_FOR, now=now)
    rows = []
    for one in phones:
        theirs = of_phone[one.address_id]
        language = one.language or theirs[-1].language
        tag, body = digest.words.of(language, [known[row.broadcast_id] for row in theirs])
        wire, segments = wires[one.reach], gsm.count(body)
        rows.append(
            {
                "network_id": digest.network.id,
                "address_id": one.address_id,
                "route_id": wire.route_id,
                "broadcast_id": digest.id,
                "dedupe_key": f"b{digest.id}:a{one.address_id}",
                "lane": int(Kind.NEWS.lane),
                "language": tag,
                "body": body,
                "segments": segments,
                "price_micro": segments * wire.price_micro,
                "currency": wire.currency,
                **timed,
            }
        )
    return rows
