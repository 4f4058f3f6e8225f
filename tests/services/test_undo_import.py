"""What a keeper who takes a list back may rely on: everything is as before, but what was used."""

import asyncio
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.domain.errors import Refusal
from app.services.undo_import import Undone, undo_import
from app.store import imports, journal
from app.store.addresses import address
from app.store.database import Database
from app.store.people import person
from tests.factories import Office, number
from tests.services.directory import brought, checksum, contents, rows

NAMES = ("Gul", "Naz", "Sher Wali", "Bibi Shireen", "Gul & Naz", "")
UNITS = ("Roshni", "Umeed", "", "Nowhere")


async def undone(office: Office, batch_id: int) -> Undone:
    return await undo_import(office.database, office.id, batch_id, by="keeper", now=office.now)


async def sums(office: Office) -> str:
    return await office.database.read(checksum)


async def ground(office: Office) -> None:
    """Two units and people who are there before."""
    await office.unit("Roshni")
    await office.unit("Umeed")
    first = {"Name": "Gul", "Mobile": number(1), "LSO": "Roshni", "Post": "President"}
    await brought(office, first, {"Name": "Naz", "Mobile": number(2), "LSO": "Umeed"})


async def test_an_import_that_is_taken_back_leaves_everything_as_it_was(office: Office) -> None:
    await ground(office)
    before = await office.database.read(contents)
    batch_id = await brought(
        office,
        {"Name": "Gul", "Mobile": number(1), "LSO": "Roshni", "Language": "Urdu", "Sex": "F"},
        {"Name": "Sher", "Mobile": number(1), "LSO": "Roshni", "Post": "Manager"},
        {"Name": "Bibi", "Mobile": number(4), "LSO": "New place", "Group": "Tailors"},
        {"Name": "Naz", "Mobile": f"{number(2)} / {number(5)}", "Email": "naz@example.org"},
        makes_units=True,
    )
    assert await office.database.read(contents) != before
    done = await undone(office, batch_id)
    assert await office.database.read(contents) == before
    assert done.removed == {"people": 2, "numbers": 3, "units": 1, "groups": 1, "changes": 2}
    assert not any(done.stayed.values())


@pytest.mark.parametrize("how", ["STOP", "1"])
async def test_what_was_used_since_stays_and_is_counted(office: Office, how: str) -> None:
    await ground(office)
    batch_id = await brought(
        office, {"Name": "Bibi", "Mobile": number(4)}, {"Name": "Sher", "Mobile": number(5)}
    )
    await office.say(4, how)
    done = await undone(office, batch_id)
    assert {row["name"] for row in await rows(office, "person")} == {"Gul", "Naz", "Bibi"}
    standing = {row["msisdn"]: row["standing"] for row in await rows(office, "address")}
    assert standing[number(4)] == ("stopped" if how == "STOP" else "active")
    assert number(5) not in standing
    assert (done.removed["people"], done.stayed["people"], done.stayed["numbers"]) == (1, 1, 1)


async def test_a_stop_is_never_taken_back(office: Office) -> None:
    await ground(office)
    await brought(office, {"Name": "Bibi", "Mobile": number(4)}, basis="")
    batch_id = await brought(office, {"Name": "Bibi", "Mobile": number(4)})
    await office.say(4, "STOP")
    before = (await rows(office, "address"))[-1]["standing"], len(await rows(office, "consent"))
    await undone(office, batch_id)
    after = (await rows(office, "address"))[-1]["standing"], len(await rows(office, "consent"))
    assert before == after == ("stopped", 8)


async def test_what_a_person_changed_since_stays(office: Office) -> None:
    await ground(office)
    batch_id = await brought(
        office,
        {"Name": "Gul", "Mobile": number(1), "Language": "Urdu", "Notes": "Speaks softly"},
        {"Name": "Bibi", "Mobile": number(4)},
    )
    change = update(person).where(person.c.name == "Bibi").values(notes="Lives by the mill")
    await office.database.write(lambda conn: conn.execute(change))
    mine = update(person).where(person.c.name == "Gul").values(language="en")
    await office.database.write(lambda conn: conn.execute(mine))
    done = await undone(office, batch_id)
    found = {row["name"]: row for row in await rows(office, "person")}
    assert set(found) == {"Gul", "Naz", "Bibi"}
    assert (found["Gul"]["language"], found["Gul"]["notes"]) == ("en", "")
    assert (
        done.stayed["people"],
        done.stayed["numbers"],
        done.stayed["changes"],
    ) == (1, 1, 1)


async def test_only_the_newest_list_can_be_taken_back(office: Office) -> None:
    await ground(office)
    first = await brought(office, {"Name": "Bibi", "Mobile": number(4)})
    second = await brought(office, {"Name": "Sher", "Mobile": number(5)})
    with pytest.raises(Refusal, match=f"The list {second} .*only the newest"):
        await undone(office, first)
    await undone(office, second)
    await undone(office, first)
    with pytest.raises(Refusal, match="Only a list that was kept"):
        await undone(office, first)


async def test_a_list_of_another_network_is_not_found(office: Office) -> None:
    batch_id = await brought(office, {"Name": "Bibi", "Mobile": number(4)})
    with pytest.raises(Refusal, match="no such list"):
        await undo_import(office.database, office.id + 1, batch_id, by="k", now=office.now)


async def test_that_a_list_was_taken_back_is_written_down(office: Office) -> None:
    batch_id = await brought(office, {"Name": "Bibi", "Mobile": number(4)})
    await undone(office, batch_id)
    batch = await office.database.read(imports.held, batch_id)
    assert (batch.state, batch.undone_by) == ("undone", "keeper")
    actions = await office.database.read(
        lambda conn: conn.execute(select(journal.journal.c.action)).scalars().all()
    )
    assert actions[-1] == "import taken back"


def row(chance: random.Random) -> dict[str, str]:
    def one(*choices: str) -> str:
        return chance.choice(choices)

    n = chance.randrange(8)
    return {
        "Name": one(*NAMES),
        "Sex": one("f", "m", "", "?"),
        "Language": one("Urdu", "ps", ""),
        "LSO": one(*UNITS),
        "Body": one("", "", "GB", "EC", "LSO"),
        "Post": one("", "President", "Member", "Manager"),
        "Mobile": one(number(n), f"{number(n)}/{number(n + 1)}", "", "051-2345678", "03OO"),
        "Whose": one("", "", "own", "neighbour"),
        "Notes": one("", "Tailor"),
        "Group": one("", "Tailors", "Donors"),
        "Blood group": one("", "B+"),
        "Email": one("", "", f"a{n}@example.org"),
        "Consent": one("", "asked"),
    }


async def there_and_back(url: str, now: Any, seed: int) -> None:
    """A random list over a random directory, brought in and taken back."""
    chance = random.Random(seed)  # noqa: S311
    async with Database(url) as database:
        office = await Office.open(database, now, slug=f"n{seed}")
        await office.unit("Roshni")
        await office.unit("Umeed")
        await brought(office, *(row(chance) for _ in range(12)), makes_units=chance.random() < 0.3)
        before = await database.read(contents)
        batch_id = await brought(
            office, *(row(chance) for _ in range(25)), makes_units=chance.random() < 0.5
        )
        await undo_import(database, office.id, batch_id, by="k", now=now)
        assert await database.read(contents) == before


@pytest.mark.slow
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_any_list_over_any_directory_can_be_taken_back_whole(
    database_url: str, now: Any, seed: int
) -> None:
    asyncio.run(there_and_back(database_url, now, seed))


async def test_an_address_that_was_there_before_keeps_its_id(office: Office) -> None:
    await office.say(9, "help")
    before = await sums(office)
    batch_id = await brought(office, {"Name": "Bibi", "Mobile": number(9)})
    assert (await rows(office, "address"))[0]["standing"] == "active"
    await undone(office, batch_id)
    assert await sums(office) == before
    found = await office.database.read(lambda conn: conn.execute(select(address)).all())
    assert [one.standing for one in found] == ["unknown"]


async def test_what_a_member_said_since_outlives_the_list_that_made_them_agree(
    office: Office,
) -> None:
    await office.say(9, "help")
    batch_id = await brought(office, {"Name": "Bibi", "Mobile": number(9)})
    await office.say(9, "STOP")
    await office.say(9, "START")
    await undone(office, batch_id)
    assert [row["standing"] for row in await rows(office, "address")] == ["active"]
