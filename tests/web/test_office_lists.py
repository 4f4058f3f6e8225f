"""Lists to take away over the pages and the API: as files and on paper."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import insert

from app.domain.names import name_key
from app.store import networks
from app.store.database import Connection, Database
from app.store.groups import people_group
from tests.web.office import Office, running
from tests.web.visitor import Visitor, signed_in

LISTS = "/office/lists"
MEMBERS = """name,name_ur,sex,body,phone,basis
<b>Zarina,زرینہ,F,GB,0364 1000001,paper form
Ali Raza,علی رضا,M,GB,0364 1000003,paper form
"""


async def add_group(office: Office, slug: str, name: str) -> int:
    """A group of a network, without members."""

    def store(conn: Connection) -> int:
        network_id = networks.named(conn, slug).id
        values = {
            "network_id": network_id,
            "name": name,
            "name_key": name_key(name),
            "kind": "other",
        }
        statement = insert(people_group).values(**values).returning(people_group.c.id)
        return int(conn.execute(statement).scalar_one())

    async with Database(office.url) as database:
        return await database.write(store)


async def begun(office: Office) -> None:
    await office.call("POST", "/api/v1/networks", json={"slug": "mirkhai", "name": "LSON Mirkhai"})
    await office.members(MEMBERS)


@asynccontextmanager
async def keepers(url: str, folder: Path) -> AsyncIterator[tuple[Office, Visitor]]:
    """An office with two members, and its keeper's browser."""
    async with running(url, folder) as office:
        await begun(office)
        async with signed_in(office, "Kamal", "keeper") as keeper:
            yield office, keeper


async def test_whoever_may_look_takes_a_masked_file_and_only_some_the_numbers(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await begun(office)
        async with signed_in(office, "Guest", "viewer") as guest:
            assert "With whole numbers" not in (await guest.get(LISTS)).text
            answer = await guest.send(LISTS, kind="people", format="csv")
            rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
            assert [row["phone"] for row in rows] == ["through the office", "036*****03"]
            refused = await guest.send(LISTS, kind="people", format="csv", numbers="yes")
            assert refused.status_code == 403
            assert "A viewer may not do this" in refused.text
        async with signed_in(office, "Sajida", "press") as press:
            answer = await press.send(LISTS, kind="people", format="xlsx", numbers="yes")
            sheet = load_workbook(io.BytesIO(answer.content)).active
            cells = {cell.value for row in sheet.iter_rows() for cell in row}
            assert {"0364-1000001", "0364-1000003", "زرینہ"} <= cells
        assert await office.count("journal", "action = 'numbers exported'") == 1


async def test_a_file_bears_an_urdu_name_that_browsers_understand(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        await add_group(office, "mirkhai", "خون")
        answer = await keeper.send(LISTS, kind="groups", format="csv", group="خون")
        named = answer.headers["content-disposition"]
        assert "filename*=UTF-8''mirkhai-groups-%D8%AE%D9%88%D9%86-" in named
        assert named.isascii()


async def test_a_groups_name_cannot_write_headers_of_its_own(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        hostile = 'a"; filename="b.exe"\r\nX-Evil: 1'
        await add_group(office, "mirkhai", hostile)
        answer = await keeper.send(LISTS, kind="groups", format="csv", group=hostile)
        assert answer.status_code == 200
        assert "x-evil" not in answer.headers
        assert answer.headers["content-disposition"].count('"') == 2


STRANGE = [
    "",
    "?list=",
    "?list=people",
    "?list=people&of=%00",
    "?list=people&of=%ff",
    "?list=group&of=99999999999999999999999999",
    "?list=group&of=1&of=2",
    "?list=body&of=%3Cscript%3E",
    "?list=officers&of=" + "x" * 5_000,
    "?list[]=a",
]


async def test_a_strange_address_gives_a_page(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        for query in STRANGE:
            answer = await keeper.get(f"{LISTS}/print{query}")
            assert 400 <= answer.status_code < 500, query
            assert "<h1>" in answer.text, query


async def test_a_printed_list_shows_no_womans_number_and_markup_as_text(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        page = (await keeper.get(f"{LISTS}/print?list=body&of=GB")).text
        assert "&lt;b&gt;Zarina" in page
        assert "through the office" in page
        assert "036*****03" in page
        assert "1000001" not in page
        assert "1000003" not in page
        assert "*****01" not in page
        urdu = (await keeper.get(f"{LISTS}/print?list=body&of=GB&lang=ur")).text
        assert "<bdi>زرینہ</bdi>" in urdu


async def test_the_api_gives_files_and_refuses_what_is_no_list(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await begun(office)
        answer = await office.client.get("/api/v1/exports/people?format=csv&numbers=1")
        assert answer.headers["content-type"].startswith("text/csv")
        assert b"0364-1000001" in answer.content
        assert (await office.client.get("/api/v1/exports/everything")).status_code == 422
        assert (await office.client.get("/api/v1/exports/people?format=pdf")).status_code == 422
        viewer = await office.officer("Guest", "viewer")
        path = "/api/v1/exports/people?numbers=1"
        assert (await office.client.get(path, headers=viewer)).status_code == 403
        masked = await office.client.get("/api/v1/exports/people", headers=viewer)
        assert b"1000001" not in masked.content
