"""Notice boards in the office and over the API: kept, hung, proved, taken down, printed."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.main import Role
from tests.web.office import BOOT, NETWORK, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

PAGE, API = "/office/boards", "/api/v1"
MARKUP = "<script>alert(1)</script>"
PEOPLE = """name,sex,unit,phone,basis
Nusrat Ansari,F,Roshni,0364 1000001,paper form
Amina Bibi,F,Roshni,0364 1000002,paper form
Amina Gul,F,Roshni,0364 1000003,paper form
"""


@asynccontextmanager
async def wall(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    """A network with an LSO and three people, without a board."""
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        await office.call("POST", f"{API}/networks", json=NETWORK)
        for kind, name in (("LSON", "Mirkhai"), ("LSO", "Roshni")):
            await office.call("POST", f"{API}/units", json={"kind": kind, "name": name})
        await office.members(PEOPLE)
        yield office


async def sent(visitor: Visitor, path: str, **fields: str) -> str:
    answer = await visitor.send(path, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_a_board_is_written_down_a_sheet_hung_proved_and_taken_off(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        wall(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        assert "No notice board yet" in await shown(hidayat, PAGE)
        fields = {"place": f"Gate {MARKUP}", "unit": "LSO Roshni", "keeper": "Nusrat"}
        board = await sent(hidayat, f"{PAGE}/new", **fields)
        assert "Nusrat Ansari" in await shown(hidayat, board)
        assert MARKUP not in (await hidayat.get(board)).text
        sheet = {"kind": "notice", "title_ur": "سڑک", "title_en": MARKUP, "valid_until": "30 Nov"}
        await sent(hidayat, f"{PAGE}/hang", **sheet)
        raw = (await hidayat.get(PAGE)).text
        assert MARKUP not in raw
        page = await shown(hidayat, PAGE)
        assert "1 sheet is not proved to hang" in page
        assert "30 November 2026" in page
        (hanging,) = re.findall(r"/office/boards/hanging/(\d+)", (await hidayat.get(board)).text)
        told = {"msisdn": "+923641000001", "text": "HUNG 1", "key": "k" * 20}
        await office.call("POST", f"{API}/say", json=told)
        assert "All that should hang hangs" in await shown(hidayat, PAGE)
        assert "Hangs Nusrat Ansari" in await shown(hidayat, board)
        paper = await hidayat.get(f"{PAGE}/sheets/1")
        assert paper.headers["content-type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
        path = f"{PAGE}/hanging/{hanging}"
        assert await sent(hidayat, path, do="down", board=board.rpartition("/")[2])
        assert "Nothing hangs here." in await shown(hidayat, board)
        gone = await sent(hidayat, f"{board}/change", do="close")
        assert "off the list" in await shown(hidayat, gone)


async def test_a_keeper_whose_name_is_not_clear_is_asked_for_again(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        wall(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        for keeper, told in (("Amina", "2 people are called"), ("Zubaida", "Nobody in the")):
            answer = await hidayat.send(f"{PAGE}/new", place="Gate", keeper=keeper)
            assert answer.status_code == 422
            assert told in answer.text
            assert 'value="Gate"' in answer.text
        board = await sent(hidayat, f"{PAGE}/new", place="Gate", keeper="Amina Gul")
        form = {"place": "Bazaar", "keeper": "Amina Gul", "keeper_was": "Amina Gul"}
        await sent(hidayat, f"{board}/change", **form)
        assert "Bazaar" in await shown(hidayat, board)


async def test_what_is_wrong_with_a_sheet_is_said_and_kept(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        wall(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        await sent(hidayat, f"{PAGE}/new", place="Gate")
        good = {"kind": "notice", "title_en": "Road"}
        for changes, told in (
            ({"title_en": ""}, "Give the sheet a title"),
            ({"title_en": "x" * 500}, "The title has 400 letters"),
            ({"valid_until": "2026-11-20"}, "2026-11-20 is past"),
            ({"valid_until": "32 Nov"}, "32 Nov"),
            ({"ref": "77"}, "No text with Ref 77"),
            ({"ref": "x"}, "is no number"),
            ({"meeting": "987654"}, "There is no such meeting"),
            ({"where": "some"}, "Tick a board"),
            ({"where": "some", "board-987654": "yes"}, "There is no such board"),
            ({"kind": "poster"}, "A sheet is one of"),
        ):
            answer = await hidayat.send(f"{PAGE}/hang", **{**good, **changes})
            assert answer.status_code == 422, changes
            assert told in answer.text, changes
        assert await office.count("hung_sheet") == 0


async def test_over_the_api_boards_sheets_and_packs_are_the_same(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with wall(database_url, tmp_path, now) as office:
        body = {"place": "Gate", "unit": "LSO Roshni"}
        board = await office.call("POST", f"{API}/boards", json=body)
        assert board["no"] == 1
        made = await office.call("POST", f"{API}/sheets", json={"titles": {"en": "Road"}})
        assert (made["no"], made["boards"]) == (1, 1)
        (pack,) = (await office.call("GET", f"{API}/boards"))["packs"]
        assert (pack["unit"], pack["sheets"][0]["copies"]) == ("LSO Roshni", 1)
        query = {"unit_id": pack["unit_id"], "language": "en"}
        packed = await office.client.get(f"{API}/boards/pack", params=query)
        assert packed.content.startswith(b"PK")
        (hanging,) = (await office.call("GET", f"{API}/boards"))["unproved"]
        for act in ("proof", "removal"):
            path = f"{API}/hangings/{hanging['hanging_id']}/{act}"
            await office.call("POST", path, json={})
        more = {"board_ids": [board["id"]]}
        again = await office.call("POST", f"{API}/sheets/{made['id']}/boards", json=more)
        assert again["boards"] == 1
        changed = await office.call("POST", f"{API}/boards/{board['id']}", json={"place": "Bridge"})
        assert changed["no"] == 1
        await office.call("POST", f"{API}/boards/{board['id']}/removal", json={})
        assert (await office.call("GET", f"{API}/boards"))["boards"] == []
        for path, told in (
            (f"{API}/boards/987654/removal", {}),
            (f"{API}/hangings/987654/proof", {}),
            (f"{API}/sheets/987654/boards", {"board_ids": [1]}),
            (f"{API}/boards", {"place": "x", "keeper_id": 987654}),
        ):
            assert problem_of(await office.client.post(path, json=told))["code"] == "not_found"


@pytest.mark.parametrize(("post", "may_hang"), [("viewer", False), ("press", True)])
async def test_other_posts_are_refused(
    database_url: str, tmp_path: Path, now: Any, post: str, may_hang: bool
) -> None:
    async with (
        wall(database_url, tmp_path, now) as office,
        signed_in(office, "Somebody", post) as visitor,
    ):
        board = await office.call("POST", f"{API}/boards", json={"place": "Gate"})
        await office.call("POST", f"{API}/sheets", json={"titles": {"en": "Road"}})
        page = (await visitor.get(PAGE)).text
        assert ("/office/boards/hang" in page) == may_hang
        assert "/office/boards/new" not in page
        refused = {
            f"{PAGE}/new": False, f"{PAGE}/{board['id']}/change": False,
            f"{PAGE}/hang": may_hang, f"{PAGE}/hanging/1": may_hang,
        }  # fmt: skip
        for path, may in refused.items():
            answer = await visitor.send(path, do="prove", title_en="x", kind="notice")
            assert (answer.status_code == 403) != may, path


async def test_hostile_addresses_give_a_page(database_url: str, tmp_path: Path, now: Any) -> None:
    async with (
        wall(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        await office.call("POST", f"{API}/boards", json={"place": "x" * 200})
        for path in (
            *("987654", "0", "x", str(10**30), "sheets/99", f"sheets/{10**30}", "sheets/x"),
            *("pack/x", "pack/987654", f"pack/{10**30}", "pack/network", "987654/change"),
            *("sheets/1?language=xx", "sheets/1?paper=a9", "pack/network?language=%00"),
        ):
            answer = await hidayat.get(f"{PAGE}/{path}")
            assert answer.status_code in {404, 422}, path
        for query in ("done=<b>", "done=%00"):
            assert (await hidayat.get(f"{PAGE}?{query}")).status_code == 200
        assert (await hidayat.send(f"{PAGE}/hanging/1")).status_code == 422
