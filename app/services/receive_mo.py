"""Receive texts from members: each once, STOP before anything else, the reply into the outbox."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.guard import Verdict
from app.domain.language import chain
from app.domain.messages import Mo
from app.domain.storable import storable
from app.services._calls import call_reply, is_call_due
from app.services._chats import committees, in_company
from app.services._guard import Guard
from app.services._hidden_rows import hidden
from app.services._mailboxes import LONGEST_MAIL_SENDER, is_mail
from app.services._network_words import Memory, words_of
from app.services._opened import keep_opened
from app.services._papers import with_papers
from app.services._reply_row import reply_row
from app.services._senders import senders
from app.services._speaking import speaker_of
from app.services.carry_out import Heard, carry_out, is_for_a_person, where_of
from app.services.link_chat import tell_phone
from app.store import inbound, networks, outbox, routes, speakers
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.register import StoreRegister, Tongues
from app.store.speakers import Household
from bots.ask import Reply
from bots.conversation import reply_to
from bots.keywords.verify import MISSED
from bots.vocabulary import Vocabulary

LONGEST_ID = 120
"""Longer ids of a provider are kept as their SHA-256."""
LONGEST_SENDER = 60
ANSWERED = frozenset({"real", "demo", "test", "email", "telegram"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs: the words, and which network each channel belongs to."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    homes: Mapping[str, str] = field(default_factory=dict)
    spoken: Memory = field(default_factory=dict, compare=False, repr=False)
    """The words of networks that have synonyms of their own, as they were last built."""


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
        self._guard = Guard(conn, now)

    def take(self, mos: Sequence[Mo]) -> dict[tuple[str, str], Received]:
        heard = self._listen(mos)
        verdicts = self._guard.judge([one for one in heard if self._may_answer(one)])
        ids = inbound.record(self._conn, [self._row(one, _of(one, verdicts)) for one in heard])
        new = [(one, ids[key]) for one in heard if (key := _key(one.mo)) in ids]
        carry_out(self._conn, new, self._now)
        rows: list[dict[str, Any]] = []
        told: list[tuple[Heard, str]] = []
        answers: dict[tuple[str, str], Received] = {}
        for one, inbound_id in new:
            verdict = _of(one, verdicts)
            text = self._words(one, verdict)
            if verdict is not None:
                self._guard.remember(one, verdict, text)
            told.append((one, text))
            if text:
                route = self._routes[one.mo.channel]
                row = reply_row(
                    self._conn,
                    one,
                    (inbound_id, text),
                    route=route,
                    catalogue=self._desk.catalogue,
                    now=self._now,
                )
                rows.extend(with_papers(self._conn, one, row, route))
            tell_phone(self._conn, where_of(one), one.reply, self._desk.catalogue.render, self._now)
            answers[_key(one.mo)] = Received(is_new=True, intent=one.reply.intent, reply=text)
        self._guard.keep()
        keep_opened(self._conn, told, self._now)
        outbox.put(self._conn, rows)
        return answers

    def _home(self, mo: Mo) -> NetworkInfo:
        slug = mo.home or self._desk.homes.get(mo.channel, "")
        return networks.at_home(self._networks, slug) or self._networks[0]

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
            members = {**members, **committees(self._conn, addresses.values())}
            register = self._register(network)
            register.expect(one.id for phone in members.values() for one in phone.people)
            for mo in texts:
                address = addresses[mo.sender]
                is_known = address is not None and address.id in members
                reply = self._reply(mo, network, address, members)
                heard.append(Heard(mo, network, address, reply, is_known))
        return heard

    def _reply(
        self, mo: Mo, network: NetworkInfo, address: Any | None, phones: Mapping[int, Household]
    ) -> Reply:
        if mo.is_automatic:
            return Reply(intent="automatic", template="", language=network.language)
        found = phones.get(address.id) if address is not None else None
        speaker = speaker_of(network, address, found, self._now)
        vocabulary = self._vocabulary(network)
        if mo.is_call:
            is_due = is_call_due(self._conn, network, address, speaker, self._now)
            return call_reply(speaker, self._register(network), vocabulary, is_due=is_due)
        words = mo.text if mo.line is None else mo.line
        return in_company(reply_to(words, speaker, self._register(network), vocabulary), speaker)

    def _vocabulary(self, network: NetworkInfo) -> Vocabulary:
        return words_of(self._conn, network, self._desk.vocabulary, self._desk.spoken)

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

    def _row(self, one: Heard, verdict: Verdict | None) -> dict[str, Any]:
        row = {
            "network_id": one.network.id,
            "address_id": one.address.id if one.address is not None else None,
            "channel": one.mo.channel,
            "external_id": one.mo.external_id,
            "sender": one.mo.sender[:LONGEST_SENDER],
            "text": one.mo.text,
            "raw": dict(one.mo.raw),
            "intent": one.reply.intent,
            "is_danger": one.reply.is_danger,
            "needs_person": self._needs_person(one) or (verdict is not None and verdict.is_news),
            "unanswered": verdict.why.value if verdict is not None and verdict.why else "",
            "speaker_id": one.reply.speaker_id,
            "is_hidden": False,
            "received_at": self._now,
        }
        return hidden(row) if one.reply.is_hidden and one.address is not None else row

    def _needs_person(self, one: Heard) -> bool:
        if one.mo.is_automatic or one.mo.is_call:
            return False
        return is_for_a_person(one) or not self._may_answer(one)

    def _may_answer(self, one: Heard) -> bool:
        """Whether an automatic reply may go: never to short codes, names or doubtful numbers."""
        is_number = one.address is not None and one.address.reach in ANSWERED
        return is_number and one.mo.channel in self._routes

    def _words(self, one: Heard, verdict: Verdict | None) -> str:
        if not one.reply.template or verdict is None or verdict.why is not None:
            return ""
        values = {**one.reply.values, **one.told}
        form = "whole" if one.reply.template == MISSED else "sms"
        reply = one.reply
        return self._desk.catalogue.render(reply.template, values, reply.language, form).text


def _of(one: Heard, verdicts: Mapping[int, Verdict]) -> Verdict | None:
    """What the guard said of a text; None for a sender that is never answered."""
    return verdicts.get(one.address.id) if one.address is not None else None


def _key(mo: Mo) -> tuple[str, str]:
    return mo.channel, mo.external_id
