"""The journal: nobody can change what was written down without being noticed."""

import asyncio
from typing import Any

import pytest

from app.store import journal
from app.store.database import Connection
from app.store.journal import journal as table
from tests.factories import Office


def entry(office: Office, n: int) -> dict[str, Any]:
    return {
        "network_id": office.id,
        "at": office.now,
        "actor": "Sajida",
        "action": "test",
        "subject": f"no. {n} کارروائی",
        "detail": {"n": n, "nested": {"a": [1, 2.5, None, "😀"]}},
    }


async def write(office: Office, n: int) -> None:
    await office.database.write(journal.append, entry(office, n))


async def test_a_chain_that_nobody_touched_is_whole(office: Office) -> None:
    for n in range(5):
        await write(office, n)
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_acts_at_once_make_one_chain(office: Office) -> None:
    await asyncio.gather(*(write(office, n) for n in range(12)))
    assert await office.database.read(journal.first_broken, office.id) is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "Rehmat"},
        {"action": "other"},
        {"subject": ""},
        {"detail": {"n": 2}},
        {"seal": "0" * 64},
    ],
)
async def test_a_changed_entry_is_found(office: Office, change: dict[str, Any]) -> None:
    for n in range(4):
        await write(office, n)

    def edit(conn: Connection) -> None:
        conn.execute(table.update().where(table.c.id == 3).values(**change))

    await office.database.write(edit)
    assert await office.database.read(journal.first_broken, office.id) == 3


async def test_a_removed_entry_is_found(office: Office) -> None:
    for n in range(4):
        await write(office, n)
    await office.database.write(lambda conn: conn.execute(table.delete().where(table.c.id == 2)))
    assert await office.database.read(journal.first_broken, office.id) == 3


async def test_each_network_has_its_own_chain(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    for n in range(3):
        await write(office, n)
        await write(other, n)
    assert await office.database.read(journal.first_broken, office.id) is None
    assert await office.database.read(journal.first_broken, other.id) is None
