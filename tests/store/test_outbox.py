"""The outbox: every text once by its key, cancelled only while it waits, counted in ten states."""

from typing import Any

import pytest

from app.domain.messages import State
from app.store import outbox
from app.store.database import Connection
from tests.factories import Office, number, person


async def set_states(office: Office, *states: State) -> None:
    """Give the texts these states, in order."""

    def work(conn: Connection) -> None:
        for at, state in enumerate(states, start=1):
            table = outbox.outbox
            conn.execute(table.update().where(table.c.id == at).values(state=state.value))

    await office.database.write(work)


async def queue(office: Office, texts: int) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(texts)))
    await office.send()


async def test_a_key_that_is_there_already_adds_nothing(office: Office) -> None:
    await queue(office, 1)
    (row,) = await office.texts()
    same = {key: value for key, value in row._mapping.items() if key not in ("id", "msisdn")}
    await office.database.write(outbox.put, [same, {**same, "dedupe_key": "other"}])
    await office.database.write(outbox.put, [])
    assert [one.dedupe_key for one in await office.texts()] == [row.dedupe_key, "other"]


async def test_every_state_is_counted_zeros_too(office: Office) -> None:
    await queue(office, len(State) - 1)
    await set_states(office, *list(State)[:-1])
    found = await office.database.read(outbox.counts)
    assert found == {state.value: 1 for state in list(State)[:-1]} | {list(State)[-1].value: 0}
    assert sum((await office.database.read(outbox.counts, 99)).values()) == 0


async def test_only_what_still_waits_is_cancelled(office: Office) -> None:
    await queue(office, len(State))
    await set_states(office, *State)
    cancel = outbox.cancel_broadcast
    assert await office.database.write(cancel, 1, office.now, limit=1) == 1
    assert await office.database.write(cancel, 1, office.now, limit=9) == 1
    states = await office.states()
    assert states[:2] == ["cancelled"] * 2
    assert states[2:] == [state.value for state in list(State)[2:]]


async def test_an_unknown_state_is_refused_by_the_database(office: Office) -> None:
    await queue(office, 1)
    table: Any = outbox.outbox
    with pytest.raises(Exception, match=r"(?i)check"):
        await office.database.write(lambda conn: conn.execute(table.update().values(state="lost")))


async def test_a_text_that_is_tried_again_names_the_first(office: Office) -> None:
    await queue(office, 1)
    first = await office.database.write(outbox.get, 1)
    again = await office.database.write(outbox.again, first, office.now)
    row = await office.database.write(outbox.get, again)
    assert (row.first_id, row.state, row.body, row.broadcast_id) == (1, "queued", None, 1)
    third = await office.database.write(outbox.again, row, office.now)
    assert (await office.database.write(outbox.get, third)).first_id == 1
    rows = (await office.claim()).rows
    assert {one.to for one in rows} == {number(0)}
    assert len({one.text for one in rows}) == 1
