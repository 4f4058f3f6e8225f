"""One broadcast on the page: the second pair of eyes, the undo, the progress to the last phone."""

import asyncio
import html
import re
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from app.main import Role
from app.store.database import Database
from tests.web.office import BOOT, Office, running, until
from tests.web.test_office_write import DRAFT, FLOOD, PAGE
from tests.web.visitor import Visitor, hidden, signed_in


async def planned(gul: Visitor) -> str:
    answer = await gul.send(PAGE, do="plan", **DRAFT)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def hash_on(visitor: Visitor, plan: str) -> str:
    return hidden(await visitor.get(plan))["hash"]


async def test_the_author_sees_who_can_agree_and_cannot_do_it_alone(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        plan = await planned(gul)
        page = (await gul.get(plan)).text
        assert "waits for a second officer" in page
        assert "<bdi>Rehmat Wali</bdi> (president)" in page
        assert "Send to" not in page
        answer = await gul.send(f"{plan}/approval", hash="0" * 16)
        assert answer.status_code == 409
        assert await office.count("outbox") == 0


async def test_the_second_officer_sees_all_that_matters_and_sends_it(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = await planned(gul)
        page = html.unescape((await rehmat.get(plan)).text)
        for words in (FLOOD, "PDMA on television", "gb", "Send to", "written by <bdi>Gul</bdi>"):
            assert words in page
        seen = await hash_on(rehmat, plan)
        answer = await rehmat.send(f"{plan}/approval", hash=seen, do="now")
        assert answer.headers["location"] == plan
        assert "agreed by <bdi>Rehmat</bdi>" in (await rehmat.get(plan)).text

        async def is_out() -> bool:
            return "has gone out to" in (await gul.get(plan)).text

        await until(is_out, "the last text")


async def test_for_sixty_seconds_it_can_be_taken_back(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = await planned(gul)
        await rehmat.send(f"{plan}/approval", hash=await hash_on(rehmat, plan))
        assert "leaves in" in (await gul.get(plan)).text
        await gul.send(f"{plan}/cancellation")
        assert "was stopped" in (await gul.get(plan)).text
        assert set(await office.states()) == {"cancelled"}


async def test_a_plan_that_changed_is_shown_again(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = await planned(gul)
        answer = await rehmat.send(f"{plan}/approval", hash="0123456789abcdef")
        assert answer.status_code == 409
        assert "This is not the plan that was shown to you" in answer.text
        assert await hash_on(rehmat, plan) in answer.text
        assert await office.count("outbox") == 0


async def test_of_two_who_agree_at_once_one_sends_it_and_the_other_is_told(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
        signed_in(office, "Nusrat", "general secretary") as nusrat,
    ):
        plan = await planned(gul)
        seen = await hash_on(rehmat, plan)
        both = [one.send(f"{plan}/approval", hash=seen) for one in (rehmat, nusrat)]
        answers = await asyncio.gather(*both)
        assert sorted(one.status_code for one in answers) == [303, 409]
        loser = next(one for one in answers if one.status_code == 409)
        assert "cannot be approved now" in loser.text
        assert "agreed by" in loser.text
        addresses = await office.count("recipient")
        assert await office.count("outbox") == addresses > 0


async def test_a_double_click_on_send_sends_once(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = await planned(gul)
        seen = await hash_on(rehmat, plan)
        twice = [rehmat.send(f"{plan}/approval", hash=seen) for _ in range(2)]
        assert {one.status_code for one in await asyncio.gather(*twice)} == {303}
        assert await office.count("outbox") == await office.count("recipient")


async def test_the_page_is_told_of_each_step_until_the_last(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = await planned(gul)
        await rehmat.send(f"{plan}/approval", hash=await hash_on(rehmat, plan), do="now")
        answer = await gul.get(f"{plan}/events")
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert 'data: <div data-part="head">' in answer.text
        assert answer.text.endswith("event: end\ndata: \n\n")


async def lose(office: Office) -> int:
    """Make one text of the office uncertain, as a power cut would; gives its id."""

    def cut(conn: object) -> int:
        execute = conn.execute  # type: ignore[attr-defined]
        outbox_id = int(execute(text("SELECT max(id) FROM outbox")).scalar_one())
        execute(text("UPDATE outbox SET state = 'uncertain' WHERE id = :id"), {"id": outbox_id})
        return outbox_id

    async with Database(office.url) as database:
        return await database.write(cut)


async def test_a_text_that_may_have_been_sent_is_decided_by_a_person(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
        signed_in(office, "Sher", "viewer") as sher,
    ):
        plan = await planned(gul)
        await rehmat.send(f"{plan}/approval", hash=await hash_on(rehmat, plan))
        lost = await lose(office)
        page = (await gul.get(plan)).text
        assert "1 may have been sent" in page
        assert "It arrived" in page
        assert "It arrived" not in (await sher.get(plan)).text
        address = f"{plan}/uncertain/{lost}"
        assert (await sher.send(address, do="arrived")).status_code == 403
        assert (await gul.send(address, do="sell")).status_code == 404
        assert (await gul.send(address, do="arrived")).status_code == 303
        assert (await office.states())["delivered"] == 1
        assert (await gul.send(address, do="again")).status_code == 409


async def test_numbers_of_no_broadcast_give_a_page(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        for number in ("9999", "0", "-1", "x", str(2**70), "1%00"):
            answer = await gul.get(f"/office/broadcasts/{number}")
            assert answer.status_code == 404, number
            assert "<h1>" in answer.text
            assert (await gul.get(f"/office/broadcasts/{number}/events")).status_code == 404


NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
"""23:00 in Karachi."""


async def test_what_waits_for_the_morning_does_not_say_that_it_leaves(
    demo_file: str, tmp_path: Path
) -> None:
    role = Role(boot_token=BOOT, sends=False, clock=lambda: NIGHT)
    async with (
        running(demo_file, tmp_path, role=role) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        notice = {**DRAFT, "kind": "notice"}
        plan = str((await gul.send(PAGE, do="plan", **notice)).headers["location"])
        await rehmat.send(f"{plan}/approval", hash=await hash_on(rehmat, plan))
        page = (await gul.get(plan)).text
        assert re.search(r"Ref \d+ waits until 22 Nov 09:00", page)
        assert "leaves in" not in page
        assert "Take it back" in page
