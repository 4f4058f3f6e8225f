"""Where the texts of a broadcast stand: each phone once, under its first leader's unit."""

from typing import Any

from sqlalchemy import update

from app.domain.messages import State
from app.store import outbox, progress
from app.store.database import Connection
from tests.factories import PRICE, Office, person


async def moved(office: Office, **values: Any) -> None:
    await office.database.write(lambda conn: conn.execute(update(outbox.outbox).values(**values)))


async def again(office: Office, outbox_id: int) -> int:
    def work(conn: Connection) -> int:
        return outbox.again(conn, outbox.get(conn, outbox_id), office.now)

    return await office.database.write(work)


async def test_only_the_newest_try_of_each_text_counts(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2), person("Zar", 3))
    plan = await office.send()
    first, other, _ = [row.id for row in await office.texts()]
    second = await again(office, first)
    third = await again(office, second)
    await again(office, other)
    old = await office.database.read(progress.superseded, plan.id)
    assert old == [first, other, second]
    counts = await office.database.read(progress.standing, plan.id, old)
    assert counts == {**dict.fromkeys(State, 0), State.QUEUED: 3}
    rows = await office.database.read(progress.by_unit, plan.id, old)
    assert sum(row.texts for row in rows) == 3
    assert third not in old


async def test_texts_are_counted_by_unit_state_and_wire_with_their_price(office: Office) -> None:
    unit_id = await office.unit("Roshni")
    await office.people(
        person("A", 1),
        person("Leader", 1, lso="Roshni", body="LSO", shared="yes"),
        person("B", 2, lso="Roshni"),
        person("C", 3),
    )
    plan = await office.send()
    rows = await office.database.read(progress.by_unit, plan.id, [])
    assert {
        (row.unit_id, row.state, row.route_id, bool(row.was_taken)): row.texts for row in rows
    } == {
        (unit_id, "queued", office.routes["sim"], False): 2,
        (None, "queued", office.routes["sim"], False): 1,
    }
    assert sum(int(row.price_micro) for row in rows) == 3 * PRICE
    await moved(office, external_id="x")
    rows = await office.database.read(progress.by_unit, plan.id, [])
    assert all(row.was_taken for row in rows)


async def test_another_broadcast_and_another_network_are_left_out(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.people(person("Gul", 1))
    await other.people(person("Zar", 1))
    plan, theirs = await office.send(), await other.send()
    await moved(office, state=State.HELD.value, reason="quiet")
    for one in (plan, theirs):
        counts = await office.database.read(progress.standing, one.id, [])
        assert counts[State.HELD] == sum(counts.values()) == 1
    assert await office.database.read(progress.found, theirs.id, office.id) is None
    row = await office.database.read(progress.found, plan.id, office.id)
    assert row is not None
    assert (row.author, row.approver) == ("Sajida", "Rehmat")
    held = await office.database.read(progress.held, plan.id, [])
    assert held is not None
    assert (held.reason, held.due_at) == ("quiet", office.now)


async def test_the_oldest_doubt_and_the_newest_failure_come_first(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(3)))
    plan = await office.send()
    ids = [row.id for row in await office.texts()]
    for state, ask in (("uncertain", progress.uncertain), ("expired", progress.failed)):
        await moved(office, state=state)
        rows = await office.database.read(ask, plan.id, [], 2)
        expected = ids[:2] if state == "uncertain" else ids[:0:-1]
        assert [row.id for row in rows] == expected
        assert [row.id for row in await office.database.read(ask, plan.id, ids[1:], 2)] == ids[:1]
