"""The wizard: a file is read, corrected in place, kept, and can be taken back; nothing else is."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.store.addresses import address
from app.store.database import Connection, Database
from app.store.people import person, person_address
from tests.web.office import Office, running, until
from tests.web.visitor import Visitor, signed_in, stranger

IMPORTS = "/office/imports"
NETWORK = {"slug": "mirkhai", "name": "LSON Mirkhai"}
LIST = """Naam,Jins,Mobile No.,CNIC
Zarina Bibi,F,0364 1000001,42101-1234567-1
Ali Raza,M,3641000003,42101-1234567-2
<b>Sultan,M,0364-22044,
"""
READY = 2


async def upload(
    visitor: Visitor, content: bytes, name: str = "list.csv", **more: Any
) -> httpx.Response:
    """Choose a file and press the button."""
    seal = more.pop("seal", None) or await visitor.seal()
    files = {"list": (name, content, "text/csv")}
    return await visitor.client.post(IMPORTS, data={"seal": seal}, files=files, **more)


async def settled(visitor: Visitor, path: str) -> httpx.Response:
    """The page of a list once nobody is at work on it."""

    async def page() -> httpx.Response | None:
        answer = await visitor.get(path)
        return None if "data-events" in answer.text else answer

    answer: httpx.Response = await until(page, "the list")
    return answer


async def draft(visitor: Visitor, content: bytes = LIST.encode()) -> tuple[str, str]:
    """Bring a list in; gives its address and its page as text."""
    answer = await upload(visitor, content)
    assert answer.status_code == 303, shown(answer)
    path = answer.headers["location"]
    return path, shown(await settled(visitor, path))


def shown(answer: httpx.Response) -> str:
    """What a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


@asynccontextmanager
async def keepers(url: str, folder: Path) -> AsyncIterator[tuple[Office, Visitor]]:
    """An office without people, and its keeper's browser."""
    async with running(url, folder) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        account = {"name": "Kamal", "post": "keeper", "network": "mirkhai"}
        made = await office.call("POST", "/api/v1/accounts", json=account)
        async with stranger(office) as keeper:
            await keeper.sign_in("Kamal", made["password"])
            yield office, keeper


def everybody(conn: Connection, network_id: int) -> list[tuple[Any, ...]]:
    """What an import makes of people: names, sex, numbers, standing, whose."""
    statement = (
        select(person.c.name, person.c.sex, address.c.msisdn, address.c.standing)
        .outerjoin(person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, address.c.id == person_address.c.address_id)
        .where(person.c.network_id == network_id)
        .order_by(person.c.name)
    )
    return [tuple(row) for row in conn.execute(statement)]


async def people_of(office: Office, network_id: int) -> list[tuple[Any, ...]]:
    async with Database(office.url) as database:
        return await database.read(everybody, network_id)


async def test_a_list_is_read_corrected_kept_and_taken_back(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        path, page = await draft(keeper)
        assert "3 rows read, 1 need you" in page
        assert await office.count("person") == 0
        raw = (await keeper.get(path)).text
        assert "<b>Sultan" not in raw
        assert "42101" not in raw
        line = re.search(r'name="cell-(\d+)-phone"', raw)
        assert line
        await keeper.send(f"{path}/rows", **{f"cell-{line[1]}-phone": "0364 2204410"})
        assert "3 rows read, nothing to ask" in shown(await settled(keeper, path))
        answer = await keeper.send(f"{path}/keep", basis="Paper form")
        assert answer.status_code == 303, shown(answer)
        done = shown(await settled(keeper, path))
        assert "3 rows are kept" in done
        assert "Undo the whole list" in done
        assert await office.count("person") == 3
        assert await office.count("address", "standing = 'active'") == 3
        await keeper.send(f"{path}/undo")
        assert "The list was taken back" in shown(await settled(keeper, path))
        assert await office.count("person") == 0


async def test_columns_can_be_said_anew(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        content = b"Naam,Xyzzy,Mobile\nZarina,Ali,0364 1000001\n"
        path, _ = await draft(keeper, content)
        await keeper.send(f"{path}/columns", **{"column-0": "", "column-1": "name"})
        page = shown(await settled(keeper, path))
        assert "1 row read" in page
        assert " Ali " in page.partition("is ready")[2]


async def test_a_list_can_be_thrown_away(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        path, _ = await draft(keeper)
        assert (await keeper.send(f"{path}/drop")).headers["location"] == IMPORTS
        assert (await keeper.get(path)).status_code == 404
        assert await office.count("import_row") == 0


async def test_rows_that_need_somebody_come_as_a_file(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        path, _ = await draft(keeper)
        answer = await keeper.get(f"{path}/held")
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert "Sultan" in answer.text
        assert "Zarina" not in answer.text
        assert "attachment" in answer.headers["content-disposition"]


async def test_a_list_kept_by_pages_equals_one_kept_by_command(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        path, _ = await draft(keeper)
        await keeper.send(f"{path}/keep", own_basis="signed list")
        await settled(keeper, path)
        other = await office.call("POST", "/api/v1/networks", json={"slug": "b", "name": "B"})
        query = {"name": "list.csv", "network": "b", "basis": "signed list"}
        await office.call("POST", "/api/v1/imports", params=query, content=LIST.encode())
        ours = await people_of(office, 1)
        assert ours == await people_of(office, other["id"])
        assert len(ours) == READY


async def test_another_networks_list_is_not_found(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        path, _ = await draft(keeper)
        await office.call("POST", "/api/v1/networks", json={"slug": "b", "name": "B"})
        account = {"name": "Nadia", "post": "keeper", "network": "b"}
        made = await office.call("POST", "/api/v1/accounts", json=account)
        async with stranger(office) as nadia:
            await nadia.sign_in("Nadia", made["password"])
            for door in ("", "/events", "/held"):
                assert (await nadia.get(path + door)).status_code == 404, door
            for door in ("/columns", "/units", "/rows", "/keep", "/drop", "/undo", "/welcome"):
                assert (await nadia.send(path + door)).status_code == 404, door
            assert "list.csv" not in (await nadia.get(IMPORTS)).text
        assert "3 rows read" in shown(await keeper.get(path))


async def test_only_some_posts_bring_lists_in(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (office, _):
        async with signed_in(office, "Sajida", "press") as press:
            page = await press.get(IMPORTS)
            assert 'type="file"' not in page.text
            assert (await upload(press, LIST.encode())).status_code == 403
        async with stranger(office) as nobody:
            answer = await upload(nobody, LIST.encode(), seal="x")
            assert answer.headers["location"].startswith("/office/sign-in")
        assert await office.count("import_batch") == 0


async def test_no_other_form_takes_a_file_and_a_forged_one_is_not_read(
    database_url: str, tmp_path: Path
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        files = {"list": ("a.csv", b"a", "text/csv")}
        data = {"seal": await keeper.seal()}
        answer = await keeper.client.post("/office/lists", data=data, files=files)
        assert answer.status_code == 400
        assert (await upload(keeper, LIST.encode(), seal="0" * 32)).status_code == 409
        cross = await upload(keeper, LIST.encode(), headers={"Origin": "https://evil.example"})
        assert cross.status_code == 403
        many = [("list", ("a.csv", b"a", "text/csv"))] * 2
        assert (await keeper.client.post(IMPORTS, data=data, files=many)).status_code == 400
        assert await office.count("import_batch") == 0


HOSTILE = {
    "nothing": b"",
    "blanks": b" \r\n \r\n",
    "zeros": b"\x00" * 5_000,
    "noise": bytes(range(256)) * 40,
    "half a spreadsheet": b"PK\x03\x04" + b"\x99" * 400,
    "an old spreadsheet that is none": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    "a page": b"<html><body><script>alert(1)</script></body></html>",
    "a paper": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "no header": b"1,2,3\n4,5,6\n",
    "one endless line": b"name,phone," * 20_000,
    "an open quote": b'name,phone\n"Ali,03641000003\n' + b"x" * 200_000,
    "half a letter": b"\xff\xfe\x00",
}


async def test_whatever_is_uploaded_gives_a_page(database_url: str, tmp_path: Path) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        for what, content in HOSTILE.items():
            answer = await upload(keeper, content, "‮<b>لسٹ</b>.xlsx")
            assert answer.status_code in {303, 422}, (what, shown(answer))
            if answer.status_code == 303:
                answer = await settled(keeper, answer.headers["location"])
            assert "<h1>" in answer.text, what
            assert "<b>لسٹ" not in answer.text, what


@pytest.mark.parametrize(("size", "status"), [(20_000_001, 422), (20_600_000, 413)])
async def test_a_file_that_is_too_large_is_refused_in_plain_words(
    database_url: str, tmp_path: Path, size: int, status: int
) -> None:
    async with keepers(database_url, tmp_path) as (office, keeper):
        answer = await upload(keeper, b"name,phone\n" + b"x" * (size - 11))
        assert answer.status_code == status
        assert "larger than" in shown(answer)
        assert "20 MB" in shown(answer)
        assert "<h1>" in answer.text
        assert await office.count("import_batch") == 0


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 19, "9" * 40, "1%00"])
async def test_a_strange_number_of_a_list_gives_a_page(
    database_url: str, tmp_path: Path, number: str
) -> None:
    async with keepers(database_url, tmp_path) as (_, keeper):
        assert (await keeper.get(f"{IMPORTS}/{number}")).status_code == 404
        path, _ = await draft(keeper)
        asked = {"after": number, "held_after": number}
        assert (await keeper.get(path, params=asked)).status_code == 200
        fields = {f"cell-{number}-phone": "1", "cell-2-nothing": "1", "decision-2": number}
        assert (await keeper.send(f"{path}/rows", **fields)).status_code == 303
        fields = {f"column-{number}": "name", "column-999": "name", "column-0": "nonsense"}
        assert (await keeper.send(f"{path}/columns", **fields)).status_code in {303, 422}
