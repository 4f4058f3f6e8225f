"""What a keeper who keeps a list may rely on: whole or not at all, and nobody texted unasked."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from app.domain.errors import Refusal
from app.services import keep_list as keeping
from app.services.correct_list import decide_row
from app.services.keep_list import (
    TAKEN_AT_ONCE,
    Keeping,
    begin_keeping,
    drop_list,
    settle_imports,
)
from app.services.stage_list import begin_list
from app.services.undo_import import begin_undoing
from app.store import imports
from app.store.imports import import_batch, import_row
from app.store.people import person
from tests.factories import Office, number
from tests.services.directory import brought, checksum, contents, file, judged, kept, rows, staged

MANY = TAKEN_AT_ONCE + 5
GUL = {"Name": "Gul", "Mobile": number(1)}


def crowd(count: int) -> list[dict[str, str]]:
    return [{"Name": f"P{n}", "Mobile": number(n)} for n in range(count)]


async def state(office: Office, batch_id: int) -> str:
    return str((await office.database.read(imports.held, batch_id)).state)


async def still(office: Office) -> None:
    """Let every list look as if nobody had been at work on it for long."""
    change = update(import_batch).values(touched_us=import_batch.c.touched_us - 60_000_000)
    await office.database.write(lambda conn: conn.execute(change))


async def test_held_rows_stay_out_until_somebody_decides(office: Office) -> None:
    await office.unit("Roshni")
    gul = {**GUL, "LSO": "Roshni"}
    await brought(office, gul)
    other = {**gul, "Mobile": number(2)}
    await brought(office, other)
    assert len(await rows(office, "person")) == 1
    batch_id = await staged(office, other)
    row = await decide_row(office.database, office.id, batch_id, 2, "same", now=office.now)
    assert row.verdict == "changed"
    await kept(office, batch_id)
    assert [len(await rows(office, name)) for name in ("person", "person_address")] == [1, 2]
    batch_id = await staged(office, {**gul, "Mobile": number(3)})
    await decide_row(office.database, office.id, batch_id, 2, "new", now=office.now)
    await kept(office, batch_id)
    assert len(await rows(office, "person")) == 2


async def test_a_number_without_a_record_gets_the_basis_of_the_list(office: Office) -> None:
    batch_id = await staged(office, GUL, basis="")
    await kept(office, batch_id, basis="signed list")
    (address,) = await rows(office, "address")
    consents = await rows(office, "consent")
    assert address["standing"] == "active"
    assert {(row["purpose"], row["basis"]) for row in consents} == {
        ("routine", "signed list"),
        ("alert", "signed list"),
    }


async def test_the_cells_of_rows_that_came_in_are_forgotten(office: Office) -> None:
    batch_id = await brought(office, GUL, {"Name": "", "Mobile": number(2)})
    came, stayed = await judged(office, batch_id)
    assert came.cells == {}
    assert stayed.cells == {"phone": number(2)}
    raw = await office.database.read(
        lambda conn: conn.execute(select(import_row.c.raw)).scalars().all()
    )
    assert list(raw) == [[], []]


async def test_a_keeping_that_was_cut_off_is_completed_at_the_next_start(office: Office) -> None:
    batch_id = await staged(office, *crowd(MANY))
    await begin_keeping(office.database, office.id, batch_id, Keeping(by="k"), now=office.now)
    cut = asyncio.create_task(keeping.complete_keeping(office.database, batch_id, now=office.now))

    async def people() -> int:
        count = select(func.count()).select_from(person)
        return int(await office.database.read(lambda conn: conn.execute(count).scalar_one()))

    while not await people():  # noqa: ASYNC110 -- the database tells nobody
        await asyncio.sleep(0.001)
    cut.cancel()
    await asyncio.gather(cut, return_exceptions=True)
    await still(office)
    await settle_imports(office.database, now=office.now)
    assert await state(office, batch_id) == "done"
    assert await people() == MANY
    assert len(await rows(office, "person_address")) == MANY


async def test_a_reading_that_was_cut_off_leaves_nothing(office: Office) -> None:
    await begin_list(office.database, file(office, GUL), now=office.now)
    await still(office)
    await settle_imports(office.database, now=office.now)
    assert await office.database.read(imports.every, office.id) == []


async def test_an_undoing_that_was_cut_off_is_completed_at_the_next_start(office: Office) -> None:
    before = await office.database.read(contents)
    batch_id = await brought(office, *crowd(MANY))
    await begin_undoing(office.database, office.id, batch_id, by="k", now=office.now)
    await still(office)
    await settle_imports(office.database, now=office.now)
    assert await state(office, batch_id) == "undone"
    assert await office.database.read(contents) == before


async def test_somebody_else_who_is_at_work_on_a_list_is_left_alone(office: Office) -> None:
    if office.database.is_sqlite:
        pytest.skip("there is only one process on SQLite")
    await begin_list(office.database, file(office, GUL), now=office.now)
    settling = asyncio.create_task(settle_imports(office.database, now=office.now))
    await asyncio.sleep(0.2)
    (batch,) = await office.database.read(imports.every, office.id)
    await office.database.write(imports.touch, batch.id, batch.touched_us, 0)
    await settling
    assert await state(office, batch.id) == "reading"


async def test_a_draft_can_be_thrown_away_and_a_kept_list_cannot(office: Office) -> None:
    before = await office.database.read(checksum)
    batch_id = await staged(office, GUL)
    await drop_list(office.database, office.id, batch_id)
    assert await office.database.read(imports.every, office.id) == []
    assert await office.database.read(checksum) == before
    batch_id = await brought(office, GUL)
    with pytest.raises(Refusal, match="Only a draft"):
        await drop_list(office.database, office.id, batch_id)
    with pytest.raises(Refusal, match="kept or taken back already"):
        await kept(office, batch_id)


async def test_what_came_in_since_the_draft_is_not_doubled(office: Office) -> None:
    batch_id = await staged(office, GUL)
    await brought(office, GUL)
    await kept(office, batch_id)
    assert len(await rows(office, "person")) == 1
    assert [row.verdict for row in await judged(office, batch_id)] == ["same"]


async def test_a_list_of_another_network_is_not_found(office: Office) -> None:
    batch_id = await staged(office, GUL)
    with pytest.raises(Refusal, match="no such list"):
        await drop_list(office.database, office.id + 1, batch_id)
    with pytest.raises(Refusal, match="no such list"):
        await begin_keeping(
            office.database, office.id + 1, batch_id, Keeping(by="k"), now=office.now
        )


async def test_groups_posts_and_a_blood_group_with_its_consent_come_in(office: Office) -> None:
    await office.unit("Roshni")
    gul = {**GUL, "LSO": "Roshni", "Post": "President", "From": "2026-01-05", "Until": "2028-01-04"}
    await brought(office, {**gul, "Group": "Tailors|Donors", "Blood group": "B+"})
    (seat,) = await rows(office, "seat")
    assert (seat["body"], seat["starts_on"].isoformat(), seat["ends_on"].isoformat()) == (
        "LSO",
        "2026-01-05",
        "2028-01-04",
    )
    assert {row["name"]: row["kind"] for row in await rows(office, "people_group")} == {
        "Tailors": "other",
        "Donors": "donors",
    }
    assert [row["blood_group"] for row in await rows(office, "membership")] == ["", ""]
