"""What becomes of texts that were handed to a wire, whoever dies meanwhile."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.domain.messages import State
from app.services.cancel_broadcast import cancel_broadcast
from app.store.claim import Claimed
from app.store.outbox import attempt
from app.store.settle import Result, hold_quiet, reap, settle, tidy
from tests.factories import Office, person


async def claimed(office: Office, texts: int = 1, **terms: Any) -> tuple[Claimed, ...]:
    await office.people(*(person(f"P{n}", n) for n in range(texts)))
    await office.send()
    return (await office.claim(**terms)).rows


def result(row: Claimed, state: State = State.SENT, **named: Any) -> Result:
    given = {"outcome": state.value, "external_id": f"SM{row.id}", **named}
    return Result(row.id, row.token, row.no, state, **given)


async def test_results_are_written_in_groups_and_once(office: Office) -> None:
    rows = await claimed(office, 20)
    results = [result(row) for row in rows]
    taken = await office.database.write(settle, results, office.now)
    assert taken == {row.id for row in rows}
    assert await office.database.write(settle, results, office.now) == set()
    texts = await office.texts()
    assert {(row.state, row.external_id) for row in texts} == {("sent", f"SM{r.id}") for r in texts}
    assert await office.database.write(settle, [], office.now) == set()


async def test_a_refused_text_keeps_the_reason(office: Office) -> None:
    (row,) = await claimed(office)
    no = result(row, State.REJECTED, external_id="", code="21211", detail="x" * 500)
    await office.database.write(settle, [no], office.now)
    (text,) = await office.texts()
    assert (text.state, text.reason, text.external_id) == ("rejected", "21211", None)
    (tried,) = await office.database.read(lambda conn: conn.execute(select(attempt)).all())
    assert (tried.outcome, tried.code, len(tried.detail)) == ("rejected", "21211", 200)
    assert tried.ended_us >= tried.started_us


async def test_a_lease_that_ran_out_is_uncertain_and_never_queued(office: Office) -> None:
    rows = await claimed(office, 2, lease_s=-1)
    assert await office.database.write(reap, office.now) == 2
    assert await office.states() == ["uncertain"] * 2
    assert await office.database.write(reap, office.now) == 0
    await office.database.write(settle, [result(rows[0])], office.now)
    assert await office.states() == ["sent", "uncertain"]


async def test_a_lease_that_runs_is_left_alone(office: Office) -> None:
    await claimed(office)
    assert await office.database.write(reap, office.now) == 0


async def test_a_worker_that_was_fenced_changes_nothing(office: Office) -> None:
    (row,) = await claimed(office)
    again = result(row, State.QUEUED, external_id="", outcome="abandoned")
    await office.database.write(settle, [again], office.now)
    (new,) = (await office.claim()).rows
    assert await office.database.write(settle, [result(row)], office.now) == set()
    (text,) = await office.texts()
    assert (text.state, text.external_id) == ("sending", None)
    forged = Result(new.id, new.token + 1, new.no, State.SENT, "sent")
    assert await office.database.write(settle, [forged], office.now) == set()


async def test_a_text_that_failed_for_the_moment_is_due_again(office: Office) -> None:
    (row,) = await claimed(office)
    again = result(row, State.QUEUED, external_id="", outcome="transient", retry_s=40)
    await office.database.write(settle, [again], office.now)
    (text,) = await office.texts()
    assert (text.state, text.due_at) == ("queued", office.now + timedelta(seconds=40))


async def test_a_text_is_not_tried_again_after_a_stop(office: Office) -> None:
    (row,) = await claimed(office)
    await office.say(0, "STOP")
    again = result(row, State.QUEUED, external_id="", outcome="transient")
    await office.database.write(settle, [again], office.now)
    assert (await office.texts())[0].state == "cancelled"


async def test_a_text_is_not_tried_again_after_its_broadcast_was_cancelled(office: Office) -> None:
    (row,) = await claimed(office)
    await cancel_broadcast(office.database, 1, by="Sajida", now=office.now)
    again = result(row, State.QUEUED, external_id="", outcome="transient")
    await office.database.write(settle, [again], office.now)
    assert (await office.texts())[0].state == "cancelled"


async def test_tidying_and_holding_work_through_few_rows_at_a_time(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(5)))
    await office.send()
    morning = office.now + timedelta(hours=5)

    def hold(conn: Any) -> int:
        return hold_quiet(conn, office.id, now=office.now, until=morning, limit=3)

    counts = [await office.database.write(hold) for _ in range(3)]
    assert counts == [3, 2, 0]
    assert await office.database.write(tidy, office.now) == 0
    assert await office.database.write(tidy, morning, limit=4) == 4
    assert sorted(await office.states()) == ["held"] + ["queued"] * 4
    late = office.now + timedelta(days=4)
    assert await office.database.write(tidy, late) == 5
    assert set(await office.states()) == {"expired"}
