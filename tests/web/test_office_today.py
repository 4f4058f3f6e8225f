"""The first page: what waits for this officer, and for nobody else; and the yes after a restore."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.main import utc_now
from app.store import restored
from app.store.database import Database
from tests.web.office import ROMAN, Office, running, until
from tests.web.visitor import Visitor, signed_in

TODAY = "/office/today"
DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"
MARKUP = f"<script>alert(1)</script> & {DANGER}"
CELL = re.compile("<(?:t[dhr]|br|p|small)\\b")
TAG = re.compile("<[^>]*>")


async def say(office: Office, text: str, sender: str = ROMAN) -> None:
    key = f"say-{abs(hash((text, sender)))}"
    await office.call("POST", "/api/v1/say", json={"msisdn": sender, "text": text, "key": key})


async def plan(office: Office, author: dict[str, str], text: str = "Kal ijlas hai.") -> Any:
    body = {"audience": "all", "texts": {"ur-Latn": text}, "kind": "notice"}
    answer = await office.client.post("/api/v1/broadcasts", json=body, headers=author)
    assert answer.is_success, answer.text
    return answer.json()


async def shown(visitor: Visitor, path: str = TODAY) -> str:
    """The words of a page as they are read."""
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(html.unescape(TAG.sub("", CELL.sub(" \\g<0>", answer.text))).split())


async def test_a_new_office_says_that_nothing_waits(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            page = await shown(sajida)
            assert "Nothing waits for you." in page
            assert "Nothing was sent in the last seven days." in page
            assert "No meeting is called." in page
            assert "Rs 0. No limit is set." in page
            assert "simulator Working Never used yet" in page
            assert "Going out now" not in page


async def test_a_danger_word_stands_first_and_opens_its_talk(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            await say(office, "hamare gaon mein transformer jal gaya hai, kya karein ab")
            page = await shown(sajida)
            assert f"“{DANGER}”, Zarina Bibi. Open the message" in page
            assert "1 Message to answer. Open what waits" in page
            assert page.index("A danger word came in") < page.index("Message to answer")
            link = re.search('<a href="([^"]*)">Open the message', (await sajida.get(TODAY)).text)
            assert link
            assert DANGER in await shown(sajida, link[1])


async def test_a_plan_waits_for_others_to_approve_and_for_its_author_to_see(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        author = await office.officer("Gul", "press")
        made = await plan(office, author)
        async with signed_in(office, "Rehmat", "president") as rehmat:
            page = await shown(rehmat)
            assert "1 Message to approve. Gul: “Kal ijlas hai." in page
            assert "4 people" in page
            assert (
                f'href="/office/broadcasts/{made["id"]}">Read and approve'
                in (await rehmat.get(TODAY)).text
            )
        async with signed_in(office, "Guest", "viewer") as guest:
            page = await shown(guest)
            assert "to approve" not in page
            assert "Write a message" not in page
            assert "Nothing waits for you." in page
        body = {"hash": made["hash"], "now": True}
        headers = await office.officer("Nusrat", "president")
        await office.client.post(
            f"/api/v1/broadcasts/{made['id']}/approval", json=body, headers=headers
        )
        async with signed_in(office, "Karim", "press") as karim:
            page = await shown(karim)
            assert "to approve" not in page
            assert f"Ref {made['ref']}" in page


async def test_ones_own_drafts_and_plans_can_be_found_again(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with (
            signed_in(office, "Sajida", "press") as sajida,
            signed_in(office, "Gul", "press") as gul,
        ):
            address = "/office/write/abcdefghijklmnop"
            fields = {"kind": "notice", "who": "all", "text_ur-Latn": "Fees 31 Oct tak."}
            await sajida.send(address, do="save", **fields)
            page = (await sajida.get(TODAY)).text
            assert f'href="{address}"' in page
            assert "“Fees 31 Oct tak.”" in page
            assert "Draft of yours is not planned yet." in page
            assert "Draft" not in await shown(gul)
            await sajida.send(address, do="plan", **fields)
            page = await shown(sajida)
            assert "Draft" not in page
            assert "1 Message of yours waits for a second officer." in page


async def hold_back(office: Office) -> None:
    """Let a broadcast wait, as in a copy that was restored."""
    author = await office.officer("Gul", "press")
    made = await plan(office, author)
    headers = await office.officer("Nusrat", "president")
    approval = f"/api/v1/broadcasts/{made['id']}/approval"
    await office.client.post(approval, json={"hash": made["hash"]}, headers=headers)
    async with Database(office.url) as database:
        await database.write(restored.hold_back, utc_now())
    assert await office.states() == {"held": 4}


@pytest.mark.parametrize("word", ["release", "drop"])
async def test_what_a_restore_held_back_goes_or_is_dropped_when_a_person_says_so(
    database_url: str, tmp_path: Path, word: str
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await hold_back(office)
        async with signed_in(office, "Rehmat", "president") as rehmat:
            page = await shown(rehmat)
            assert "4 Texts waited when the backup was made." in page
            assert "Let 4 texts go out" in page
            odd = await rehmat.send("/office/restored", do="perhaps")
            assert odd.status_code == 422
            assert await office.states() == {"held": 4}
            answer = await rehmat.send("/office/restored", do=word)
            assert (answer.status_code, answer.headers["location"]) == (303, TODAY)
            assert "when the backup was made" not in await shown(rehmat)
            held = (await office.states()).get("held", 0)
            dropped = (await office.states()).get("cancelled", 0)
            assert (held, dropped) == ((0, 4) if word == "drop" else (0, 0))


async def test_only_who_keeps_the_office_is_asked_about_restored_texts(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await hold_back(office)
        async with signed_in(office, "Sajida", "press") as sajida:
            assert "when the backup was made" not in await shown(sajida)
            answer = await sajida.send("/office/restored", do="release")
            assert answer.status_code == 403
            assert await office.states() == {"held": 4}


async def test_markup_and_long_words_are_shown_as_text(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        long = "<i>" + "ا" * 197
        table = f"name,sex,language,phone,basis\n{long},F,ur,0364 1000009,paper form\n"
        await office.members(table)
        await say(office, MARKUP, "+923641000009")
        async with signed_in(office, "Sajida", "press") as sajida:
            answer = await sajida.get(TODAY)
            assert "<script>alert" not in answer.text
            assert "<i>" not in answer.text
            assert "<script>alert(1)</script>" in html.unescape(answer.text)


async def test_the_demo_shows_meeting_lateness_and_money_in_both_languages(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Sajida", "press") as sajida,
    ):
        page = await shown(sajida)
        assert "Executive Committee, no. 23" in page
        assert "Decisions are past their date. The oldest, 13/2, is" in page
        urdu = await sajida.get(f"{TODAY}?lang=ur")
        assert 'dir="rtl"' in urdu.text
        assert "<bdi>LSO روشنی، شاہی" in urdu.text or "روشنی" in urdu.text


async def test_what_goes_out_can_be_followed(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await hold_back(office)
        async with signed_in(office, "Rehmat", "president") as rehmat:
            page = await shown(rehmat)
            assert "Going out now" in page
            assert "0 of 4 texts are sent." in page
            await rehmat.send("/office/restored", do="drop")

            async def is_over() -> bool:
                return "Going out now" not in await shown(rehmat)

            await until(is_over, "the end of the broadcast")
            assert "0 of 4" in await shown(rehmat)


async def test_the_last_backup_is_told(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "viewer") as gul:
        assert "No backup was made yet" in (await gul.get("/office/today")).text
        at = "2026-11-01T15:30:00+00:00"
        note = {"at": at, "file": "/media/stick/munadi.db"}
        (tmp_path / "backups.json").write_text(json.dumps(note), encoding="utf-8")
        page = (await gul.get("/office/today")).text
        assert "Last backup: 1 Nov" in page
        assert "stick" not in page
