"""Messages: lists, one phone's talk, its answer, what is settled, and all that was sent."""

import html
import re
from pathlib import Path

from app.domain.messages import Mo
from tests.web.office import ENGLISH, Office, running, until
from tests.web.test_office_today import DANGER, MARKUP, hold_back, plan, say, shown
from tests.web.visitor import Visitor, hidden, signed_in

MESSAGES = "/office/messages"


async def thread_of(visitor: Visitor, name: str) -> str:
    """The address of somebody's talk, as the list links it."""
    page = (await visitor.get(f"{MESSAGES}?which=all")).text
    found = re.search(rf'<a href="({MESSAGES}/\d+)"><bdi>{re.escape(name)}', page)
    assert found, page
    return found[1]


async def test_what_waits_for_a_person_is_shown_first_and_tabs_lead_to_the_rest(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            assert "No text waits for a person." in await shown(sajida, MESSAGES)
            await say(office, "KARWAI", ENGLISH)
            await say(office, DANGER)
            page = await shown(sajida, MESSAGES)
            assert "1 text waits for a person." in page
            assert DANGER in page
            assert "A danger word: waits for a person" in page
            assert "KARWAI" not in page
            assert 'which=waiting" aria-current="true"' in (await sajida.get(MESSAGES)).text
            came = await shown(sajida, f"{MESSAGES}?which=in")
            assert "KARWAI Came in Asked for minutes" in came
            gone = await shown(sajida, f"{MESSAGES}?which=out")
            assert DANGER not in gone
            assert "An answer" in gone


async def test_numbers_are_never_shown_whole(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            await say(office, DANGER, "+923641000077")
            for path in (MESSAGES, await thread_of(sajida, "Zarina Bibi")):
                page = (await sajida.get(path)).text
                assert "641000001" not in page
                assert "641000077" not in page


async def test_whoever_has_to_call_is_shown_the_number_once_and_a_viewer_is_not(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with (
            signed_in(office, "Sajida", "press") as sajida,
            signed_in(office, "Guest", "viewer") as guest,
        ):
            await say(office, DANGER)
            path = await thread_of(sajida, "Zarina Bibi")
            assert "+923641000001" in (await sajida.send(path, do="number")).text
            assert await office.count("journal", "action = 'number shown'") == 1
            assert "641000001" not in (await sajida.get(path)).text
            assert (await guest.send(path, do="number")).status_code == 403
            assert "Show the number" not in (await guest.get(path)).text


async def test_a_broadcast_s_texts_are_linked_to_it_and_older_ones_are_a_page_away(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        author = await office.officer("Gul", "press")
        second = await office.officer("Nusrat", "president")
        await office.call("POST", "/api/v1/hours", json={"routine_cap": 0})
        for n in range(9):
            made = await plan(office, author, f"Khabar {n}.")
            approval = f"/api/v1/broadcasts/{made['id']}/approval"
            await office.client.post(approval, json={"hash": made["hash"]}, headers=second)
        async with signed_in(office, "Sajida", "press") as sajida:
            newest = (await sajida.get(f"{MESSAGES}?which=out")).text
            assert f'<a href="/office/broadcasts/{made["id"]}">Ref {made["ref"]}</a>' in newest
            assert "Khabar 8." in newest
            assert "Khabar 0." not in newest
            older = re.search('<a class="btn" href="([^"]*)">Older texts', newest)
            assert older
            rest = await sajida.get(html.unescape(older[1]))
            assert "Khabar 0." in rest.text
            assert "Khabar 8." not in rest.text
            assert "Back to the newest" in rest.text
            assert "Older texts" not in rest.text


async def test_an_answer_goes_out_once_however_often_the_button_is_pressed(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            address = await thread_of(sajida, "Zarina Bibi")
            form = hidden(await sajida.get(address))
            fields = {**form, "do": "answer", "text": "Hum aa rahe hain."}
            for _ in "ab":
                answer = await sajida.post(address, fields)
                assert (answer.status_code, answer.headers["location"]) == (303, address)
            assert await office.count("outbox", "dedupe_key LIKE 'answer%'") == 1
            assert await office.count("inbound", "needs_person") == 0

            async def is_there() -> bool:
                return "Hum aa rahe hain. Delivered" in await shown(sajida, address)

            await until(is_there, "the answer's receipt")
            assert "Answered by telephone" not in await shown(sajida, address)
            assert "No text waits for a person." in await shown(sajida, MESSAGES)


async def test_a_refused_answer_is_shown_again_with_its_reason_and_its_words(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            address = await thread_of(sajida, "Zarina Bibi")
            form = hidden(await sajida.get(address))
            words = "Apna CNIC bhejen </textarea><b>"
            fields = {**form, "do": "answer", "text": words}
            answer = await sajida.post(address, fields)
            assert answer.status_code == 422
            assert "never asks for identity cards" in answer.text
            assert "Nothing was sent; what you typed is kept." in answer.text
            assert html.escape(words, quote=False) in answer.text
            assert words not in answer.text
            assert hidden(answer)["key"] == form["key"]
            assert await office.count("outbox", "dedupe_key LIKE 'answer%'") == 0
            odd = await sajida.post(address, {**fields, "text": "Salam", "key": "x"})
            assert odd.status_code == 422
            again = {**hidden(odd), "do": "answer", "text": "Salam"}
            assert (await sajida.post(address, again)).status_code == 303


async def test_whoever_stopped_all_messages_cannot_be_answered(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            address = await thread_of(sajida, "Zarina Bibi")
            form = hidden(await sajida.get(address))
            await say(office, "STOP")
            page = await shown(sajida, address)
            assert "Stopped all messages." in page
            assert "Send the answer" not in page
            assert "Answered by telephone: nothing more to do" in page
            answer = await sajida.post(address, {**form, "do": "answer", "text": "Salam"})
            assert answer.status_code == 422
            assert "has stopped all messages, and nothing goes there" in answer.text


async def test_done_by_telephone_settles_what_was_on_the_page_and_no_more(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Sajida", "press") as sajida:
            await say(office, DANGER)
            address = await thread_of(sajida, "Zarina Bibi")
            form = hidden(await sajida.get(address))
            await say(office, DANGER + " jaldi karo")
            answer = await sajida.post(address, {**form, "do": "done"})
            assert (answer.status_code, answer.headers["location"]) == (303, address)
            assert await office.count("inbound", "needs_person") == 1
            assert await office.count("journal", "action = 'texts settled'") == 1
            odd = await sajida.post(address, {**form, "do": "perhaps"})
            assert odd.status_code == 422
            await sajida.post(address, {**hidden(await sajida.get(address)), "do": "done"})
            assert await office.count("inbound", "needs_person") == 0


async def test_a_text_of_no_phone_number_is_settled_in_the_list(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Sajida", "press") as sajida,
    ):
        code = Mo("simulator", "code-1", "8171", "simulator", DANGER)
        await office.app.state.runtime.take([code])
        page = await sajida.get(MESSAGES)
        assert "8171" in page.text
        for odd in ("", "x", "9" * 18, "9" * 5000, "-1"):
            answer = await sajida.send(MESSAGES, text_id=odd)
            assert answer.status_code == 422
            assert "not waiting for anybody" in answer.text
        answer = await sajida.post(MESSAGES, hidden(page))
        assert (answer.status_code, answer.headers["location"]) == (303, MESSAGES)
        assert "8171" not in await shown(sajida, f"{MESSAGES}?which=waiting")


async def test_a_viewer_reads_and_does_nothing(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await say(office, DANGER)
        async with signed_in(office, "Guest", "viewer") as guest:
            address = await thread_of(guest, "Zarina Bibi")
            page = await shown(guest, address)
            assert DANGER in page
            assert "Answer" not in page
            for do in ("done", "answer"):
                answer = await guest.send(address, do=do, text="Salam", key="k" * 16, until="9")
                assert answer.status_code == 403
            assert (await guest.send(MESSAGES, text_id="1")).status_code == 403
            assert await office.count("inbound", "needs_person") == 1


async def test_markup_and_long_names_do_not_break_the_pages(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        name = "<i>" + "ا" * 197
        table = f"name,sex,language,phone,basis\n{name},F,ur,0364 1000009,paper form\n"
        await office.members(table)
        await say(office, MARKUP, "+923641000009")
        async with signed_in(office, "Sajida", "press") as sajida:
            address = await thread_of(sajida, html.escape(name))
            for path in (MESSAGES, f"{MESSAGES}?which=all", address):
                page = (await sajida.get(path)).text
                assert "<i>" not in page
                assert "<script>alert" not in page
                assert html.escape(MARKUP) in page or MARKUP in html.unescape(page)


ODD = ("", "0", "-1", "x", "9" * 20, "9" * 5000, "%00", "o1", "o99999999999999999999i", "%FF'")


async def test_odd_addresses_get_a_page(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Sajida", "press") as sajida,
    ):
        for odd in ODD:
            for path in (
                f"{MESSAGES}/{odd}",
                f"{MESSAGES}?which={odd}",
                f"{MESSAGES}?state={odd}",
                f"{MESSAGES}?before={odd}",
                f"/office/broadcasts?before={odd}",
            ):
                answer = await sajida.get(path)
                assert answer.status_code in {200, 307, 404, 422}, path
                assert answer.status_code == 307 or "<h1>" in answer.text
            if odd.isdigit() and odd != "":
                answer = await sajida.send(f"{MESSAGES}/{odd}", do="answer", until=odd, text="x")
                assert answer.status_code in {404, 422}


async def all_sent(office: Office, visitor: Visitor, query: str = "") -> str:
    return await shown(visitor, f"/office/broadcasts{query}")


async def test_all_that_was_sent_names_who_agreed_and_what_arrived(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Guest", "viewer") as guest:
            assert "Nothing was sent yet." in await all_sent(office, guest)
            await hold_back(office)
            page = await all_sent(office, guest)
            assert "Ref 1 Notice: Mirkhai: Kal ijlas hai. Ref 1 Nusrat" in page
            assert "0 of 4" in page
            assert "Going out" in page
            older = await all_sent(office, guest, "?before=1")
            assert "Ref 1" not in older
            assert "Back to the newest" in older
