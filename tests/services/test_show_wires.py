"""The wires: which stand open, what is wrong with one, when each last carried something."""

from datetime import timedelta

from app.domain.messages import State
from app.services.show_wires import show_wires
from app.store import routes
from app.store.settle import Result, settle
from tests.factories import Office, person, wire


async def test_a_wire_that_was_stopped_says_why_and_one_out_of_use_is_gone(
    office: Office,
) -> None:
    await office.wires(wire("old"))
    await office.wires(wire("new"), wire("sim"))
    await office.database.write(routes.stop, office.routes["new"], "The token is wrong.")
    seen = await show_wires(office.database, office.id)
    assert [(one.name, one.is_open, one.trouble) for one in seen] == [
        ("sim", True, ""),
        ("new", False, "The token is wrong."),
    ]


async def test_a_wire_shows_what_waits_and_when_it_was_last_used(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    await office.wires(wire("sim"), wire("idle", price_micro=9_000_000))
    await office.send()
    (row,) = (await office.claim(1)).rows
    later = office.now + timedelta(minutes=3)
    sent = Result(row.id, row.token, row.no, State.SENT, "sent")
    await office.database.write(settle, [sent], later)
    seen = {one.name: one for one in await show_wires(office.database, office.id)}
    assert (seen["sim"].waiting, seen["sim"].last_at) == (1, later)
    assert seen["sim"].last_day == office.now.date()
    assert (seen["idle"].waiting, seen["idle"].last_at, seen["idle"].last_day) == (0, None, None)


async def test_a_try_that_failed_is_not_taken_for_a_text_sent(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    (row,) = (await office.claim(1)).rows
    back = Result(row.id, row.token, row.no, State.QUEUED, "transient")
    await office.database.write(settle, [back], office.now)
    (seen,) = await show_wires(office.database, office.id)
    assert (seen.last_at, seen.waiting) == (None, 1)


async def test_a_text_that_came_in_counts_as_use_and_a_rest_is_shown(office: Office) -> None:
    heard = office.now + timedelta(hours=1)
    await office.hear(office.mo(1, "KARWAI"), now=heard)
    (seen,) = await show_wires(office.database, office.id)
    assert (seen.last_at, seen.is_paused) == (heard, False)
    await office.database.write(routes.rest, office.routes["sim"], 60.0)
    (seen,) = await show_wires(office.database, office.id)
    assert seen.is_paused
