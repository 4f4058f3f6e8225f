"""A lost answer: the provider is asked, or a person decides; nothing is sent again blindly."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import psycopg
import pytest

from app.domain.errors import Busy, Refusal, Transient, Uncertain
from app.domain.messages import Dlr, Mt, Sent, State
from app.services.record_dlr import record_dlrs
from app.services.resolve_uncertain import (
    AT_ONCE,
    Decider,
    Resolved,
    Verdict,
    decide_uncertain,
    reap_leases,
    resolve_uncertain,
)
from tests.services.wires import Office, ToldWire, accept, always, calls_of, opened


@dataclass
class AskedWire(ToldWire):
    """A wire to a gateway that may lose its answers and can be asked afterwards."""

    lookup_after_s: float = 60.0
    took: list[tuple[str, str, str]] = field(default_factory=list)
    """What the gateway has: its id, the number, the words."""
    trouble: dict[str, Exception] = field(default_factory=dict)
    """What it says when it is asked about these words."""
    asked: list[str] = field(default_factory=list)
    meanwhile: Office | None = None

    def take(self, mt: Mt) -> Sent:
        """Accept a text under a new id."""
        self.took.append((f"gw-{len(self.took) + 1}", mt.to, mt.text))
        return Sent(self.took[-1][0])

    async def find(self, mt: Mt, *, since: datetime, known: Collection[str]) -> Sent | None:
        """The oldest text with this number and these words that nobody knows yet."""
        assert since == mt.started
        self.asked.append(mt.text)
        if mt.text in self.trouble:
            raise self.trouble[mt.text]
        fitting = (one for one, to, text in self.took if (to, text) == (mt.to, mt.text))
        found = next((one for one in fitting if one not in known), None)
        return Sent(found) if found else None


def asked_wire(*, takes: bool, loses: int = 10**6) -> AskedWire:
    """A wire that accepts or not, and loses the first so many answers."""
    left = [loses]

    async def answer(mt: Mt) -> Sent:
        is_lost, left[0] = left[0] > 0, left[0] - 1
        if is_lost and not takes:
            raise Uncertain("lost")
        sent = wire.take(mt)
        if is_lost:
            raise Uncertain("lost")
        return sent

    wire = AskedWire(answer)
    return wire


async def ask(office: Office, wire: ToldWire) -> Resolved:
    """Ask the provider now."""
    return await resolve_uncertain(
        office.database, office.route_ids["told"], wire, now=office.clock()
    )


async def test_a_text_that_the_provider_has_is_sent_and_never_goes_out_again(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue(3)
        await office.send(wire := asked_wire(takes=True))
        assert await office.states() == [State.UNCERTAIN] * 3
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(accepted=3)
        await office.send(wire)
        assert [row.external_id for row in await office.rows()] == ["gw-1", "gw-2", "gw-3"]
        assert calls_of(await office.attempts()) == ["found"] * 3
        assert len(wire.seen) == 3


async def test_a_text_that_the_provider_never_had_goes_out_exactly_once_more(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue()
        await office.send(wire := asked_wire(takes=False, loses=1))
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(queued=1)
        await office.send(wire)
        await office.send(wire)
        assert await office.states() == [State.SENT]
        assert (len(wire.seen), len(wire.took)) == (2, 1)
        assert calls_of(await office.attempts()) == ["not accepted", "sent"]


async def test_nobody_is_asked_before_the_provider_can_know(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        await office.queue()
        await office.send(wire := asked_wire(takes=True))
        office.clock.go(59)
        assert await ask(office, wire) == Resolved()
        assert wire.asked == []


async def test_while_the_provider_cannot_be_asked_a_text_stays_uncertain(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(3)
        await office.send(wire := asked_wire(takes=True))
        wire.trouble["Text 0"] = Transient("no line")
        office.clock.go(61)
        assert await ask(office, wire) == Resolved()
        assert await office.states() == [State.UNCERTAIN] * 3
        assert len(wire.asked) == 1


async def test_a_wire_that_can_never_be_asked_leaves_it_to_people(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        await office.queue()
        await office.send(wire := ToldWire(always(Uncertain("lost"))))
        office.clock.go(3600)
        assert await ask(office, wire) == Resolved()
        await office.send(wire)
        assert await office.states() == [State.UNCERTAIN]
        assert len(wire.seen) == 1


async def test_texts_that_the_provider_cannot_tell_apart_do_not_stop_the_others(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(AT_ONCE + 5)
        await office.send(wire := asked_wire(takes=True), in_flight=AT_ONCE + 5)
        wire.trouble = {f"Text {n}": Uncertain("older twin", "twin") for n in range(AT_ONCE)}
        office.clock.go(61)
        assert await ask(office, wire) == Resolved()
        assert await ask(office, wire) == Resolved(accepted=5)
        assert (await office.states()).count(State.UNCERTAIN) == AT_ONCE
        wire.trouble = {}
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(accepted=AT_ONCE)


async def test_of_two_same_texts_to_one_number_each_finds_its_own(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue(2, to="+923640000001", body="The same words")
        await office.send(wire := asked_wire(takes=True, loses=1), in_flight=1)
        assert await office.states() == [State.UNCERTAIN, State.SENT]
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(accepted=1)
        assert [row.external_id for row in await office.rows()] == ["gw-1", "gw-2"]


async def test_a_same_text_that_went_out_is_not_taken_for_the_lost_one(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue(2, to="+923640000001", body="The same words")
        await office.send(wire := asked_wire(takes=False, loses=1), in_flight=1)
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(queued=1)
        await office.send(wire)
        assert await office.states() == [State.SENT, State.SENT]
        assert len(wire.took) == 2


async def test_a_same_text_whose_answer_is_still_open_is_not_taken_for_the_lost_one(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        lost, under_way = await office.queue(2, to="+923640000001", body="The same words")
        wire = asked_wire(takes=False)
        await office.send(wire, in_flight=1)
        await office.change(under_way, state=State.SENDING, lease_until_us=2**62)
        wire.take(wire.seen[1])
        office.clock.go(61)
        assert await ask(office, wire) == Resolved()
        assert await office.states() == [State.UNCERTAIN, State.SENDING]
        await office.change(under_way, state=State.SENT, external_id="gw-1")
        assert await ask(office, wire) == Resolved(queued=1)
        assert (await office.rows())[0].id == lost


async def test_two_processes_that_ask_at_once_do_not_find_the_same_text_twice(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue(2, to="+923640000001", body="The same words")
        wire = asked_wire(takes=False)
        await office.send(wire, in_flight=1)
        wire.take(wire.seen[0])
        office.clock.go(61)
        await asyncio.gather(ask(office, wire), ask(office, wire))
        await ask(office, wire)
        assert sorted(await office.states()) == [State.QUEUED, State.SENT]


async def test_who_found_a_text_waits_for_another_who_is_writing_down_what_it_found(
    postgres_url: str,
) -> None:
    async with opened(postgres_url) as office:
        await office.queue()
        wire = asked_wire(takes=True)
        await office.send(wire)
        office.clock.go(61)
        with psycopg.connect(postgres_url) as other:
            other.execute("SELECT id FROM route FOR UPDATE")
            with pytest.raises(Busy):
                await ask(office, wire)
        assert await office.states() == [State.UNCERTAIN]
        await ask(office, wire)
        assert await office.states() == [State.SENT]


async def test_a_receipt_that_names_the_text_is_an_answer_whatever_its_word(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue()
        await office.send(wire := asked_wire(takes=True))
        dlr = Dlr("told", "e1", "gw-1", wire.seen[0].ref, None, "queued")
        await record_dlrs(office.database, [dlr], now=office.clock())
        assert await office.states() == [State.UNCERTAIN]
        office.clock.go(61)
        assert await ask(office, wire) == Resolved(accepted=1)
        await office.send(wire)
        (row,) = await office.rows()
        assert (row.state, row.external_id, len(wire.seen)) == (State.SENT, "gw-1", 1)


async def test_what_a_dead_worker_held_becomes_uncertain_only_when_its_lease_is_over(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        first, second = await office.queue(2)
        await office.change(first, state=State.SENDING, lease_until_us=0)
        await office.change(second, state=State.SENDING, lease_until_us=2**62)
        assert await reap_leases(office.database, now=office.clock()) == 1
        assert await office.states() == [State.UNCERTAIN, State.SENDING]


@pytest.mark.parametrize("standing", ["stopped", "wrong"])
async def test_who_stopped_meanwhile_does_not_get_it_once_more(
    sqlite_url: str, standing: str
) -> None:
    async with opened(sqlite_url) as office:
        (outbox_id,) = await office.queue()
        await office.send(wire := asked_wire(takes=False))
        await office.stand(outbox_id, standing)
        office.clock.go(61)
        await ask(office, wire)
        assert await office.states() == [State.CANCELLED]


async def test_a_person_may_have_it_sent_once_more_as_a_text_that_names_the_first(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        (outbox_id,) = await office.queue()
        await office.send(ToldWire(always(Uncertain("lost"))))
        now = office.clock() + timedelta(minutes=1)
        again = await decide_uncertain(
            office.database, outbox_id, Verdict.AGAIN, by=Decider("S"), now=now
        )
        office.clock.go(60)
        await office.send(wire := ToldWire(accept))
        old, new = await office.rows()
        assert (old.state, old.reason) == (State.CANCELLED, "may have been sent")
        assert (new.id, new.first_id, new.state) == (again, outbox_id, State.SENT)
        assert [mt.text for mt in wire.seen] == ["Text 0"]


async def test_a_person_may_let_it_be(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        (outbox_id,) = await office.queue()
        await office.send(ToldWire(always(Uncertain("lost"))))
        now = office.clock()
        assert (
            await decide_uncertain(
                office.database, outbox_id, Verdict.LEAVE, by=Decider("S"), now=now
            )
            is None
        )
        assert await office.states() == [State.CANCELLED]


async def test_only_an_uncertain_text_can_be_decided_and_only_once(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        (outbox_id,) = await office.queue()
        now = office.clock()
        with pytest.raises(Refusal):
            await decide_uncertain(
                office.database, outbox_id, Verdict.AGAIN, by=Decider("S"), now=now
            )
        await office.send(ToldWire(always(Uncertain("lost"))))
        await decide_uncertain(office.database, outbox_id, Verdict.AGAIN, by=Decider("S"), now=now)
        with pytest.raises(Refusal):
            await decide_uncertain(
                office.database, outbox_id, Verdict.AGAIN, by=Decider("S"), now=now
            )
        with pytest.raises(Refusal):
            await decide_uncertain(office.database, 999, Verdict.AGAIN, by=Decider("S"), now=now)
        assert len(await office.rows()) == 2


async def test_a_text_that_a_person_knows_to_have_arrived_is_delivered(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        (outbox_id,) = await office.queue()
        await office.send(ToldWire(always(Uncertain("lost"))))
        by, now = Decider("S"), office.clock()
        await decide_uncertain(office.database, outbox_id, Verdict.ARRIVED, by=by, now=now)
        (row,) = await office.rows()
        assert (row.state, row.reason) == (State.DELIVERED, "told by a person")


async def test_nobody_decides_about_another_networks_text(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        (outbox_id,) = await office.queue()
        await office.send(ToldWire(always(Uncertain("lost"))))
        by, now = Decider("S", network_id=999), office.clock()
        with pytest.raises(Refusal):
            await decide_uncertain(office.database, outbox_id, Verdict.LEAVE, by=by, now=now)
        assert await office.states() == [State.UNCERTAIN]
