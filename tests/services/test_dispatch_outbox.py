"""The dispatcher over wires that answer, fail, hang and explode: what becomes of each text."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain
from app.domain.messages import Dlr, Lane, Mt, Sent, State
from app.services.dispatch_outbox import POLL_S, SETTLE_AT_MOST, Patience
from app.services.give_way import LONGEST_S, RightOfWay
from app.services.record_dlr import match_loose_receipts, record_dlrs
from app.services.resolve_uncertain import reap_leases
from app.store import broadcasts
from app.store.database import Database
from tests.services.wires import (
    NOON,
    Clock,
    ToldWire,
    accept,
    accept_soon,
    always,
    becomes,
    calls_of,
    first,
    opened,
    working,
)

NIGHT = NOON + timedelta(hours=10)


async def test_an_accepted_text_is_sent_and_keeps_the_id_of_the_gateway(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue()
        wire = ToldWire(accept)
        await office.send(wire)
        (row,) = await office.rows()
        assert (row.state, row.external_id) == (State.SENT, f"gw-{wire.seen[0].ref}")
        assert calls_of(await office.attempts()) == ["sent"]


@pytest.mark.parametrize(
    ("error", "state", "outcome"),
    [
        (Transient("connection refused"), State.QUEUED, "transient"),
        (Throttled("slowly", after_s=60), State.QUEUED, "throttled"),
        (Refused("no such number", "21211"), State.REJECTED, "rejected"),
        (Misconfigured("wrong token"), State.QUEUED, "misconfigured"),
        (Uncertain("the answer was lost"), State.UNCERTAIN, "uncertain"),
        (SendError("none of the set"), State.QUEUED, "transient"),
        (ValueError("the wire broke its word"), State.UNCERTAIN, "uncertain"),
        (TimeoutError(), State.UNCERTAIN, "uncertain"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_each_way_to_fail_leads_to_its_state(
    sqlite_url: str, error: Exception, state: State, outcome: str
) -> None:
    async with opened(sqlite_url) as office:
        await office.queue()
        await office.send(wire := ToldWire(always(error)))
        assert await office.states() == [state]
        assert calls_of(await office.attempts()) == [outcome]
        assert len(wire.seen) == 1


async def test_a_wire_that_never_answers_leaves_the_text_uncertain(database_url: str) -> None:
    async def never(_mt: Mt) -> Sent:
        await asyncio.Event().wait()
        raise AssertionError

    async with opened(database_url) as office:
        await office.queue()
        await office.send(ToldWire(never), patience=Patience(call_s=0.05, lease_s=5))
        assert await office.states() == [State.UNCERTAIN]
        assert (await office.rows())[0].reason == "timeout"


async def test_a_gateway_that_asks_for_a_pause_gets_it_from_the_whole_route(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue(9)
        wire = ToldWire(always(Throttled("slowly", after_s=60)))
        await office.send(wire, in_flight=1)
        await office.send(wire, in_flight=1)
        assert len(wire.seen) == 1
        assert (await office.route()).paused_until_us > 0
        assert (await office.rows())[0].due_at == NOON + timedelta(seconds=61)


async def test_a_misconfigured_wire_stops_after_what_was_under_way_and_others_go_on(
    database_url: str,
) -> None:
    async def denied(_mt: Mt) -> Sent:
        await asyncio.sleep(0.01)
        raise Misconfigured("wrong token", "20003")

    async with opened(database_url) as office:
        await office.routes("told", "other")
        await office.queue(40)
        await office.queue(40, route="other")
        wire, other = ToldWire(denied), ToldWire(accept_soon, name="other")
        await office.send(wire, other)
        stopped = await office.route()
        assert 1 <= len(wire.seen) <= 4
        assert (stopped.is_open, stopped.trouble) == (False, "wrong token")
        assert await office.states() == [State.QUEUED] * 40 + [State.SENT] * 40
        await office.routes("told", "other")
        await office.send(ToldWire(accept))
        assert await office.states() == [State.SENT] * 80


async def test_a_pause_asked_for_in_the_same_breath_does_not_hide_a_misconfiguration(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(4)
        wire = ToldWire(first(Misconfigured("wrong token"), Throttled("slowly", after_s=9)))
        await office.send(wire)
        assert (await office.route()).trouble == "wrong token"


async def test_refused_numbers_do_not_slow_down_the_good_ones(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(60)
        await office.send(ToldWire(always(Refused("no such number"))))
        assert await office.states() == [State.REJECTED] * 60
        assert (await office.route()).paused_until_us == 0


async def test_a_wire_that_only_fails_is_given_a_rest(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(60)
        wire = ToldWire(always(Transient("connection refused")))
        await office.send(wire)
        assert len(wire.seen) < 20
        assert (await office.route()).paused_until_us > 0


async def test_no_more_calls_run_at_once_than_the_route_allows(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue(100)
        wire = ToldWire(accept_soon)
        await office.send(wire)
        assert wire.most_at_once == 4
        assert await office.states() == [State.SENT] * 100


async def test_one_text_goes_to_the_wire_once_however_many_workers_send(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue(60)
        wires = [ToldWire(accept_soon) for _ in range(3)]
        await asyncio.gather(*(office.send(wire, worker=f"w{n}") for n, wire in enumerate(wires)))
        seen = [mt.text for wire in wires for mt in wire.seen]
        assert sorted(seen) == sorted(f"Text {n}" for n in range(60))


async def test_stopping_claims_no_more_and_settles_what_is_under_way(database_url: str) -> None:
    gate = asyncio.Event()

    async def wait(mt: Mt) -> Sent:
        await gate.wait()
        return await accept(mt)

    async with opened(database_url) as office:
        await office.queue(10)
        wire = ToldWire(wait)
        async with working(office, wire, patience=Patience(5, 20)) as dispatcher:

            async def all_slots_are_taken() -> bool:
                return len(wire.seen) == 4

            await becomes(all_slots_are_taken)
            dispatcher.stop()
            gate.set()
        assert sorted(await office.states()) == [State.QUEUED] * 6 + [State.SENT] * 4


async def test_a_text_that_is_announced_goes_out_before_the_next_poll(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        wire = ToldWire(accept)
        loop = asyncio.get_running_loop()

        async def is_sent() -> bool:
            return await office.states() == [State.SENT] * len(await office.rows())

        async with working(office, wire) as dispatcher:
            fastest = POLL_S
            for _ in range(3):
                await office.queue()
                began = loop.time()
                dispatcher.wake()
                await becomes(is_sent)
                fastest = min(fastest, loop.time() - began)
        assert fastest < POLL_S / 2


async def test_replies_overtake_a_long_broadcast(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue(5000)

        async def write_in(mt: Mt) -> Sent:
            if len(wire.seen) == 10:
                await office.queue(lane=int(Lane.REPLY), body="The minutes")
            return await accept_soon(mt)

        wire = ToldWire(write_in)

        async def is_answered() -> bool:
            return any(mt.text == "The minutes" for mt in wire.seen)

        async with working(office, wire):
            await becomes(is_answered)
        at = [mt.text for mt in wire.seen].index("The minutes")
        assert at <= 10 + 3 * 4


async def test_urgent_texts_go_before_replies_and_replies_before_notices(sqlite_url: str) -> None:
    async with opened(sqlite_url) as office:
        for lane in (Lane.BULK, Lane.NORMAL, Lane.REPLY, Lane.URGENT):
            await office.queue(2, lane=int(lane), body=lane.name)
        await office.send(wire := ToldWire(accept), in_flight=1)
        assert [mt.text for mt in wire.seen] == [lane.name for lane in Lane for _ in range(2)]


async def test_a_route_is_never_driven_faster_than_its_pace(database_url: str) -> None:
    times: list[float] = []

    async def note(mt: Mt) -> Sent:
        times.append(asyncio.get_running_loop().time())
        return await accept(mt)

    async with opened(database_url) as office:
        await office.routes("told", interval_us=200_000)
        await office.queue(7)

        async def all_are_sent() -> bool:
            return len(times) == 7

        async with working(office, ToldWire(note)):
            await becomes(all_are_sent)
    assert 6 * 0.2 - 0.05 <= times[-1] - times[0] <= 6 * 0.2 + 1.0


async def test_routine_texts_wait_in_the_quiet_hours_and_others_do_not(database_url: str) -> None:
    async with opened(database_url, Clock(NIGHT)) as office:
        for lane in Lane:
            await office.queue(lane=int(lane), body=lane.name)
        await office.send(wire := ToldWire(accept))
        assert {mt.text for mt in wire.seen} == {"URGENT", "REPLY"}


async def test_a_text_that_came_too_late_is_not_sent(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue(expires_at=NOON)
        await office.queue(expires_at=NOON + timedelta(minutes=1), body="in time")
        await office.send(wire := ToldWire(accept))
        assert [mt.text for mt in wire.seen] == ["in time"]
        assert wire.seen[0].valid_for_s == 60


@pytest.mark.parametrize("standing", ["stopped", "wrong", "unknown", "alerts"])
async def test_consent_is_looked_at_again_in_the_moment_of_sending(
    sqlite_url: str, standing: str
) -> None:
    async with opened(sqlite_url) as office:
        for lane in Lane:
            await office.queue(lane=int(lane), body=lane.name, standing=standing)
        await office.send(wire := ToldWire(accept))
        allowed = {"REPLY", "URGENT"} if standing == "alerts" else {"REPLY"}
        assert {mt.text for mt in wire.seen} == allowed


async def test_a_failed_text_is_tried_again_when_its_time_has_come_and_not_before(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        (outbox_id,) = await office.queue()
        wire = ToldWire(first(Transient("refused"), Transient("refused")))
        await office.send(wire)
        (row,) = await office.rows()
        pause_s = (row.due_at - NOON).total_seconds()
        assert 5 <= pause_s < 7
        office.clock.go(pause_s - 1)
        await office.send(wire)
        assert len(wire.seen) == 1
        office.clock.go(1)
        await office.send(wire)
        assert 10 <= ((await office.rows())[0].due_at - office.clock()).total_seconds() < 13
        office.clock.go(13)
        await office.send(wire)
        assert await office.states() == [State.SENT]
        tries = await office.attempts()
        assert [(one.outbox_id, one.no) for one in tries] == [(outbox_id, n) for n in (1, 2, 3)]


async def test_after_twenty_tries_a_text_is_given_up(database_url: str) -> None:
    async with opened(database_url) as office:
        (outbox_id,) = await office.queue()
        await office.change(outbox_id, attempts=19)
        await office.send(ToldWire(always(Transient("refused"))))
        (row,) = await office.rows()
        assert (row.state, row.reason, row.attempts) == (State.REJECTED, "gave up", 20)


async def test_a_receipt_that_overtakes_the_answer_stands(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue()

        async def report_first(mt: Mt) -> Sent:
            dlr = Dlr("told", "e1", "gw-1", mt.ref, State.DELIVERED, "delivered")
            assert await record_dlrs(office.database, [dlr], now=office.clock()) == [True]
            return Sent("gw-1")

        await office.send(ToldWire(report_first))
        (row,) = await office.rows()
        assert (row.state, row.external_id) == (State.DELIVERED, "gw-1")


async def test_a_receipt_without_our_reference_waits_for_the_answer(database_url: str) -> None:
    async with opened(database_url) as office:
        await office.queue()

        async def report_first(mt: Mt) -> Sent:
            dlr = Dlr("told", "e1", "gw-1", "", State.DELIVERED, "delivered")
            await record_dlrs(office.database, [dlr], now=office.clock())
            return Sent("gw-1")

        await office.send(ToldWire(report_first))
        assert await office.states() == [State.SENT]
        assert await match_loose_receipts(office.database, now=office.clock()) == 1
        assert await office.states() == [State.DELIVERED]


async def test_an_answer_that_comes_after_the_lease_still_counts(database_url: str) -> None:
    async with opened(database_url) as office:
        (outbox_id,) = await office.queue()

        async def lose_the_lease(mt: Mt) -> Sent:
            await office.change(outbox_id, lease_until_us=0)
            assert await reap_leases(office.database, now=office.clock()) == 1
            assert await office.states() == [State.UNCERTAIN]
            return await accept(mt)

        await office.send(ToldWire(lose_the_lease), patience=Patience(5, 20))
        assert await office.states() == [State.SENT]


async def test_a_worker_that_was_frozen_before_its_call_does_not_call_any_more(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        await office.queue()
        wire = ToldWire(accept)

        async def is_given_back() -> bool:
            return "abandoned" in calls_of(await office.attempts())

        async with working(office, wire, patience=Patience(call_s=1.0, lease_s=1.0)):
            await becomes(is_given_back)
        assert wire.seen == []
        assert await office.states() == [State.QUEUED]


async def test_who_stopped_while_a_try_was_failing_gets_no_second_try(database_url: str) -> None:
    async with opened(database_url) as office:
        (outbox_id,) = await office.queue()

        async def stop_meanwhile(_mt: Mt) -> Sent:
            await office.stand(outbox_id, "stopped")
            raise Transient("refused")

        await office.send(ToldWire(stop_meanwhile))
        (row,) = await office.rows()
        assert (row.state, row.reason) == (State.CANCELLED, "stopped")


async def test_a_broadcast_called_back_while_a_try_was_failing_gets_no_second_try(
    database_url: str,
) -> None:
    async with opened(database_url) as office:
        broadcast_id = await office.broadcast("running")
        await office.queue(broadcast_id=broadcast_id)

        async def call_back_meanwhile(_mt: Mt) -> Sent:
            await office.database.write(broadcasts.change, broadcast_id, state="cancelled")
            raise Transient("refused")

        await office.send(ToldWire(call_back_meanwhile))
        assert await office.states() == [State.CANCELLED]


async def test_slots_stay_taken_by_answers_that_one_settlement_does_not_hold(
    sqlite_url: str,
) -> None:
    many = SETTLE_AT_MOST + 100
    async with opened(sqlite_url) as office:
        await office.queue(2 * many)
        gate = asyncio.Event()
        open_rows: list[int] = []

        async def wait(mt: Mt) -> Sent:
            await gate.wait()
            if len(wire.seen) == many + 1:
                open_rows.append((await office.states()).count(State.SENDING))
            return await accept(mt)

        wire = ToldWire(wait)

        async def all_slots_are_taken() -> bool:
            return len(wire.seen) == many

        async def is_counted() -> bool:
            return bool(open_rows)

        async with working(office, wire, in_flight=many, patience=Patience(30, 90)):
            await becomes(all_slots_are_taken)
            gate.set()
            await becomes(is_counted)
        assert 0 < open_rows[0] <= many


class FrozenAfterCommit(Database):
    """A database whose answers reach a process that stood still after each commit."""

    async def write(self, work: Any, *args: Any, **kwargs: Any) -> Any:
        """Commit, then take long."""
        answer = await super().write(work, *args, **kwargs)
        await asyncio.sleep(0.3)
        return answer


async def test_a_worker_that_was_frozen_right_after_its_claim_does_not_call_any_more(
    database_url: str,
) -> None:
    async with opened(database_url) as office, FrozenAfterCommit(database_url) as frozen:
        await office.queue()
        wire = ToldWire(accept)

        async def is_given_back() -> bool:
            return "abandoned" in calls_of(await office.attempts())

        slow = replace(office, database=frozen)
        async with working(slow, wire, patience=Patience(call_s=0.1, lease_s=0.4)):
            await becomes(is_given_back)
        assert wire.seen == []


async def test_while_a_member_waits_each_call_of_a_broadcast_gives_way_and_all_still_go(
    sqlite_url: str,
) -> None:
    async with opened(sqlite_url) as office:
        await office.queue(8)
        wire, way, loop = ToldWire(accept), RightOfWay(), asyncio.get_running_loop()
        with way.taken():
            began = loop.time()
            await office.send(wire, in_flight=8, right_of_way=way)
            assert loop.time() - began >= 8 * LONGEST_S
        assert len(wire.seen) == 8
