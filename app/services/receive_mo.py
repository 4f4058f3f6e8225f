"""Receive texts from members: each once, STOP before anything else, the reply into the outbox."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.language import chain
from app.domain.messages import Mo
from app.domain.storable import storable
from app.services._mailboxes import LONGEST_MAIL_SENDER, is_mail
from app.services._reply_row import reply_row
from app.services._senders import senders
from app.services._speaking import speaker_of
from app.services.carry_out import Heard, carry_out, is_for_a_person
from app.store import inbound, networks, outbox, routes, speakers
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.register import StoreRegister, Tongues
from app.store.speakers import Household
from bots.ask import Reply
from bots.conversation import reply_to
from bots.vocabulary import Vocabulary

LONGEST_ID = 120
"""Longer ids of a provider are kept as their SHA-256."""
LONGEST_SENDER = 60
ANSWERED = frozenset({"real", "demo", "test", "email"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs: the words, and which network each channel belongs to."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    homes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one text; `reply` is empty when nothing is said or it was a repeat."""

    is_new: bool
    intent: str = ""
    reply: str = ""


async def receive_mos(
    database: Database, mos: Sequence[Mo], *, desk: Desk, now: datetime
) -> list[Received]:
    """Store these texts, carry out what they ask and queue the replies, in one transaction.

    A text whose (channel, external id) was stored before changes nothing. Raises Busy when
    nothing could be committed, Refusal when there is no network yet.
    """
    return await database.write(_receive, [_kept(mo) for mo in mos], desk, now)


def _kept(mo: Mo) -> Mo:
    """The text as it is stored: without what no database takes, its key never too long."""
    name = storable(mo.external_id)
    if len(name) > LONGEST_ID:
        name = hashlib.sha256(name.encode()).hexdigest()
    return replace(
        mo,
        external_id=name,
        sender=storable(mo.sender)[: LONGEST_MAIL_SENDER if is_mail(mo) else LONGEST_SENDER],
        text=storable(mo.text),
        line=None if mo.line is None else storable(mo.line),
        raw={storable(key): storable(value) for key, value in mo.raw.items()},
    )


def _receive(conn: Connection, mos: Sequence[Mo], desk: Desk, now: datetime) -> list[Received]:
    batch = _Batch(conn, desk, now)
    answers: dict[tuple[str, str], Received] = {}
    for texts in _one_per_sender(mos):
        answers.update(batch.take(texts))
    return [answers.pop((mo.channel, mo.external_id), Received(is_new=False)) for mo in mos]


def _one_per_sender(mos: Sequence[Mo]) -> Iterable[list[Mo]]:
    """Rounds in which each sender speaks once, so that each text finds what the last one did."""
    rounds: list[dict[str, Mo]] = []
    turns: dict[str, int] = {}
    known: set[tuple[str, str]] = set()
    for mo in mos:
        if (mo.channel, mo.external_id) in known:
            continue
        known.add((mo.channel, mo.external_id))
        turn = turns.get(mo.sender, 0)
        turns[mo.sender] = turn + 1
        if turn == len(rounds):
            rounds.append({})
        rounds[turn][mo.sender] = mo
    return [list(texts.values()) for texts in rounds]


class _Batch:
    """One transaction's view of the networks, routes and register."""

    def __init__(self, conn: Connection, desk: Desk, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now
        self._networks = networks.every(conn)
        if not self._networks:
            raise Refusal("no_network", "There is no network yet: make one with `network create`.")
        self._routes = {row.name: row for row in routes.every(conn)}
        self._registers: dict[int, StoreRegister] = {}

    def take(self, mos: Sequence[Mo]) -> dict[tuple[str, str], Received]:
        heard = self._listen(mos)
        ids = inbound.record(self._conn, [self._row(one) for one in heard])
        new = [(one, ids[key]) for one in heard if (key := _key(one.mo)) in ids]
        carry_out(self._conn, new, self._now)
        rows: list[dict[str, Any]] = []
        answers: dict[tuple[str, str], Received] = {}
        for one, inbound_id in new:
            text = self._words(one)
            if text:
                route = self._routes[one.mo.channel]
                rows.append(
                    reply_row(self._conn, one, (inbound_id, text), route=route, now=self._now)
                )
            answers[_key(one.mo)] = Received(is_new=True, intent=one.reply.intent, reply=text)
        outbox.put(self._conn, rows)
        return answers

    def _home(self, mo: Mo) -> NetworkInfo:
        slug = mo.home or self._desk.homes.get(mo.channel, "")
        named = (network for network in self._networks if network.slug == slug)
        return next(named, self._networks[0])

    def _listen(self, mos: Sequence[Mo]) -> list[Heard]:
        heard: list[Heard] = []
        by_home: dict[int, tuple[NetworkInfo, list[Mo]]] = {}
        for mo in mos:
            network = self._home(mo)
            by_home.setdefault(network.id, (network, []))[1].append(mo)
        for network, texts in by_home.values():
            addresses = senders(self._conn, network.id, texts, self._now)
            members = speakers.on_phones(
                self._conn, [row.id for row in addresses.values() if row is not None]
            )
            for mo in texts:
                address = addresses[mo.sender]
                heard.append(
                    Heard(mo, network, address, self._reply(mo, network, address, members))
                )
        return heard

    def _reply(
        self, mo: Mo, network: NetworkInfo, address: Any | None, phones: Mapping[int, Household]
    ) -> Reply:
        if mo.is_automatic:
            return Reply(intent="automatic", template="", language=network.language)
        found = phones.get(address.id) if address is not None else None
        speaker = speaker_of(network, address, found, self._now)
        words = mo.text if mo.line is None else mo.line
        return reply_to(words, speaker, self._register(network), self._desk.vocabulary)

    def _register(self, network: NetworkInfo) -> StoreRegister:
        if network.id not in self._registers:
            catalogue = self._desk.catalogue
            tongues = Tongues(
                chain=lambda tag: chain(tag, catalogue.languages, network.language),
                status=catalogue.status,
            )
            register = StoreRegister(self._conn, network, tongues, self._now)
            self._registers[network.id] = register
        return self._registers[network.id]

    def _row(self, one: Heard) -> dict[str, Any]:
        return {
            "network_id": one.network.id,
            "address_id": one.address.id if one.address is not None else None,
            "channel": one.mo.channel,
            "external_id": one.mo.external_id,
            "sender": one.mo.sender[:LONGEST_SENDER],
            "text": one.mo.text,
            "raw": dict(one.mo.raw),
            "intent": one.reply.intent,
            "needs_person": self._needs_person(one),
            "speaker_id": one.reply.speaker_id,
            "received_at": self._now,
        }

    def _needs_person(self, one: Heard) -> bool:
        return not one.mo.is_automatic and (is_for_a_person(one) or not self._may_answer(one))

    def _may_answer(self, one: Heard) -> bool:
        """Whether an automatic reply may go: never to short codes, names or doubtful numbers."""
        is_number = one.address is not None and one.address.reach in ANSWERED
        return is_number and one.mo.channel in self._routes

    def _words(self, one: Heard) -> str:
        if not one.reply.template or not self._may_answer(one):
            return ""
        rendered = self._desk.catalogue.render(
            one.reply.template, one.reply.values, one.reply.language
        )
        return rendered.text


def _key(mo: Mo) -> tuple[str, str]:
    return mo.channel, mo.external_id
