"""Lists over the API: a verdict for every row, the rows that need a person, and the way back."""

from pathlib import Path
from typing import Any

from tests.web.office import Office, running

IMPORTS = "/api/v1/imports"
LIST = (
    "Person,Reach her at,Unit,CNIC\n"
    "Gul,0364 1000001,,1560212345671\n"
    "Naz,0364 1000002,Nowhere,\n"
    ",0364 1000003,,\n"
)


async def bring(office: Office, content: str = LIST, **query: Any) -> Any:
    told = {"name": "list.csv", "columns": "name=Person,phone=Reach her at", **query}
    return await office.call("POST", IMPORTS, params=told, content=content.encode())


async def test_a_list_comes_in_is_looked_at_and_taken_back(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json={"slug": "mirkhai", "name": "Mirkhai"})
        done = await bring(office)
        assert done["totals"] == {"added": 1, "held": 2}
        assert [row["row"] for row in done["rows"]] == [2, 3, 4]
        assert done["columns"]["Reach her at"] == "phone"
        assert any("CNIC" in note for note in done["notes"])
        (shown,) = (await office.call("GET", IMPORTS))["imports"]
        assert (shown["id"], shown["state"], shown["is_undoable"]) == (done["id"], "done", True)
        path = f"{IMPORTS}/{done['id']}"
        assert (await office.call("GET", path))["totals"] == done["totals"]
        page = await office.call("GET", f"{path}/rows", params={"verdict": "held", "limit": 1})
        assert [row["row"] for row in page["rows"]] == [3]
        rest = await office.call(
            "GET", f"{path}/rows", params={"verdict": "held", "after": page["next"]}
        )
        assert ([row["row"] for row in rest["rows"]], rest["next"]) == ([4], None)
        errors = await office.client.get(f"{path}/errors.csv")
        assert errors.headers["content-type"].startswith("text/csv")
        assert "There is no unit 'Nowhere'." in errors.content.decode("utf-8-sig")
        assert await office.count("person") == 1
        undone = await office.call("POST", f"{path}/undo")
        assert undone["removed"]["people"] == 1
        assert await office.count("person") == 0
        again = await office.client.post(f"{path}/undo")
        assert (again.status_code, again.json()["code"]) == (409, "taken")


async def test_missing_units_are_made_when_that_is_said(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json={"slug": "mirkhai", "name": "Mirkhai"})
        dry = await bring(office, dry_run=True, make_units=True)
        assert (dry["id"], await office.count("unit")) == (None, await office.count("unit"))
        before = await office.count("unit")
        done = await bring(office, make_units=True)
        assert done["totals"] == dry["totals"] == {"added": 2, "held": 1}
        assert await office.count("unit") == before + 1


async def test_what_cannot_be_done_is_refused_in_plain_words(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with running(sqlite_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json={"slug": "mirkhai", "name": "Mirkhai"})
        for query, words in (
            ({"columns": "phone"}, "Write columns as"),
            ({"columns": "cnic=CNIC"}, "no column called"),
            ({"sheet": "Men"}, "no sheet"),
        ):
            told = {"name": "list.csv", **query}
            answer = await office.client.post(IMPORTS, params=told, content=LIST.encode())
            assert answer.status_code == 422
            assert words in answer.json()["detail"]
        for path in ("7", "7/rows", "7/errors.csv"):
            assert (await office.client.get(f"{IMPORTS}/{path}")).status_code == 404
        assert (await office.client.post(f"{IMPORTS}/7/undo")).status_code == 404
        assert (await office.client.get(f"{IMPORTS}/{2**70}")).status_code == 422
        viewer = await office.officer("Vakil", "viewer")
        for path in ("1/rows", "1/errors.csv"):
            answer = await office.client.get(f"{IMPORTS}/{path}", headers=viewer)
            assert answer.status_code == 403
