"""Two networks in which everything has the same names: each sees and counts its own only."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import update

from app.store.units import unit
from tests.web.neighbours import API, Belongings, rows_of, two_networks
from tests.web.office import Office

LOOKED_AT = (
    "units",
    "units?kind=department",
    "units/which?name=Roshni",
    "people",
    "posts",
    "posts?vacant=true",
    "bodies",
    "bodies/SEHAT",
    "reports/bodies",
    "groups",
    "joins",
    "imports",
    "welcomes",
)
COUNTED = ("all", "women", "pashto", "lso", "under Roshni", "presidents", "department", "sehat")
UNKNOWN = ("khazanchi", "skill silai", "group Silai", "Wazir")
"""Words that mean something as soon as the other network has somebody whom they name."""


def headers_of(them: Belongings) -> dict[str, str]:
    return {"Authorization": f"Bearer {them.accounts['general secretary']['token']}"}


async def ask(office: Office, them: Belongings, path: str) -> Any:
    """What their General Secretary is answered, refusals too."""
    return (await office.client.get(f"{API}/{path}", headers=headers_of(them))).json()


async def count(office: Office, them: Belongings, words: str) -> Any:
    """How many they are told an audience has, or the refusal."""
    path, body = f"{API}/audiences/count", {"words": words}
    return (await office.client.post(path, json=body, headers=headers_of(them))).json()


async def tell(office: Office, them: Belongings, path: str, **body: Any) -> Any:
    """Let their General Secretary do something that can be done."""
    return await office.call("POST", f"{API}/{path}", json=body, headers=headers_of(them))


async def lay_out(office: Office, them: Belongings) -> dict[str, int]:
    """The same tree, committee and people's names for each network."""

    async def add(path: str, **body: Any) -> int:
        return int((await tell(office, them, path, **body))["id"])

    ids = {"root": await add("units", kind="LSON", name="Tanzeem")}
    ids["lso"] = await add("units", kind="LSO", name="Roshni")
    ids["department"] = await add("units", kind="department", name="Mehkma Sehat")
    await tell(office, them, "bodies", code="SEHAT", name="Sehat Committee", seats=2)
    ids["person"] = await add("people", name="Naseem Bano", unit=ids["lso"], sex="f")
    return ids


async def live(office: Office, them: Belongings, ids: dict[str, int]) -> None:
    """Let a network get what the other one has nothing of."""

    async def add(path: str, **body: Any) -> int:
        return int((await tell(office, them, path, **body))["id"])

    person = await add("people", name="Gul Bano", unit=ids["lso"], sex="f", language="ps")
    officer = await add("people", name="Wazir", unit=ids["department"], sex="m")
    await add("seats", person_id=person, body="SEHAT")
    await add("seats", person_id=ids["person"], unit_id=ids["lso"], post="Khazanchi")
    seat = await add("seats", person_id=officer, unit_id=ids["department"], post="Tehsildar")
    await add(f"seats/{seat}/end")
    group = await add("groups", name="Silai")
    member = {"person_id": person, "skill": "silai"}
    await tell(office, them, f"groups/{group}/members", **member)
    for name, kind in (("Doosra", "department"), ("Teesra", "LSO")):
        await add("units", kind=kind, name=name)


async def all_that_is_told(office: Office, them: Belongings, ids: dict[str, int]) -> dict[str, Any]:
    told = {path: await ask(office, them, path) for path in (*LOOKED_AT, f"units/{ids['root']}")}
    for words in (*COUNTED, *UNKNOWN):
        told[words] = await count(office, them, words)
    return told


async def test_what_one_network_gets_changes_nothing_that_the_other_is_told(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        ids, their_ids = [await lay_out(office, them) for them in (ours, theirs)]
        told = await all_that_is_told(office, ours, ids)
        await live(office, theirs, their_ids)
        assert await all_that_is_told(office, ours, ids) == told
        assert {"code" in told[words] for words in UNKNOWN} == {True}
        assert told["all"]["chosen"] == told["people"]["total"] == 3
        assert told[f"units/{ids['root']}"]["people_below"] == 1
        for unit_id in (ids["lso"], their_ids["lso"]):
            counted = await count(office, ours, f"unit {unit_id}")
            assert ("code" in counted) == (unit_id == their_ids["lso"])
        texts = {"texts": {"en": "Water stops at 5."}}
        plan = await tell(office, ours, "broadcasts", audience="all", **texts)
        assert plan["people"] == 2
        await tell(office, theirs, "units", kind="department", name="Naya")
        await tell(office, ours, "units", kind="department", name="Naya")
        await tell(office, ours, "bodies/SEHAT/removal", network=ours.slug)
        assert (await ask(office, theirs, "bodies/SEHAT"))["code"] == "SEHAT"


async def test_units_that_stand_under_nothing_are_taken_in_by_their_own_network_only(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        their_ids = await lay_out(office, theirs)
        database = office.app.state.runtime.database
        loose = update(unit).where(unit.c.id == their_ids["lso"]).values(parent_id=None)
        await database.write(lambda conn: conn.execute(loose))
        before = await database.read(rows_of, theirs.slug)
        await tell(office, ours, "units", kind="LSO", name="Chotha")
        assert await database.read(rows_of, theirs.slug) == before
        root = (await ask(office, ours, "units?q=Chotha"))["units"][0]["way"][0]
        assert root["id"] != their_ids["root"]
