"""The inbox on the pages: who waits, whose it is, ready answers, and what a text becomes."""

import html
import re
from pathlib import Path

from tests.web.office import ENGLISH, URDU, Office, running
from tests.web.test_office_today import DANGER, MARKUP, say, shown
from tests.web.visitor import Visitor, hidden, signed_in

MESSAGES = "/office/messages"
WAITING = f"{MESSAGES}?which=waiting"
PLAIN = "hamare gaon mein bijli ka khamba tirchha hai kisi ko bhejen"
URDU_TEXT = "ہمارے گاؤں کا کھمبا ٹیڑھا ہے کسی کو جلدی بھیج دیں شکریہ جناب"


async def threads(visitor: Visitor, path: str = WAITING) -> list[str]:
    """The addresses of the threads in the list, as they stand."""
    page = (await visitor.get(path)).text
    return list(dict.fromkeys(re.findall(rf'<a href="({MESSAGES}/\d+)"', page)))


async def typed(visitor: Visitor, path: str) -> str:
    """What stands in the field of the answer."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", (await visitor.get(path)).text, re.S)
    assert found
    return html.unescape(found[1])


async def two_waiting(office: Office) -> None:
    await office.network()
    await say(office, PLAIN, ENGLISH)
    await say(office, DANGER)


async def test_danger_stands_first_and_each_officer_finds_theirs(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await two_waiting(office)
        async with (
            signed_in(office, "Sajida", "press") as sajida,
            signed_in(office, "Rehmat", "president") as rehmat,
        ):
            danger, plain = await threads(sajida)
            page = await shown(sajida, WAITING)
            assert page.index(DANGER) < page.index(PLAIN)
            assert "All that wait 2" in page.replace("\xa0", " ")
            answer = await sajida.send(plain, do="take")
            assert (answer.status_code, answer.headers["location"]) == (303, plain)
            assert "You look after this phone since" in await shown(sajida, plain)
            assert "Sajida looks after it." in await shown(rehmat, WAITING)
            assert await threads(sajida, f"{WAITING}&whose=mine") == [plain]
            assert await threads(sajida, f"{WAITING}&whose=free") == [danger]
            assert await threads(sajida, f"{WAITING}&whose=danger") == [danger]
            choice = re.search(r'<option value="(\d+)">Rehmat', (await sajida.get(plain)).text)
            assert choice
            await sajida.send(plain, do="hand over", officer=choice[1])
            assert await threads(rehmat, f"{WAITING}&whose=mine") == [plain]
            await rehmat.send(plain, do="give back")
            assert "Nobody looks after this phone yet." in await shown(sajida, plain)
            for odd in ("", "999999", "x", "9" * 400):
                answer = await sajida.send(plain, do="hand over", officer=odd)
                assert answer.status_code == 422


async def test_a_danger_text_stands_at_the_very_top_of_the_first_page(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await say(office, DANGER)
        for n in range(6):
            await say(office, f"{PLAIN} {n}", ENGLISH)
        async with signed_in(office, "Sajida", "press") as sajida:
            page = await shown(sajida, "/office/today")
            assert page.index(DANGER) < page.index("Write a message")


async def test_a_ready_answer_is_in_the_language_of_the_phone_and_is_counted(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await two_waiting(office)
        await say(office, URDU_TEXT, URDU)
        async with signed_in(office, "Sajida", "press") as sajida:
            danger, english, urdu = await threads(sajida)
            assert "Isi number par call" in await typed(sajida, f"{danger}?ready=call")
            assert "will call you" in await typed(sajida, f"{english}?ready=call")
            assert "فون آئے گا" in await typed(sajida, f"{urdu}?ready=call")
            page = await shown(sajida, f"{urdu}?ready=call")
            assert "In Urdu" in page
            assert "1 segment, 16 letters left." in page
            for odd in ("x", "ready_call", "../../x", "%00"):
                assert await typed(sajida, f"{danger}?ready={odd}") == ""
            form = hidden(await sajida.get(english))
            counted = await sajida.post(english, {**form, "do": "count", "text": "a" * 200})
            assert counted.status_code == 200
            assert "2 segments, 106 letters left." in html.unescape(counted.text)
            assert hidden(counted)["key"] == form["key"]
            assert await office.count("outbox", "dedupe_key LIKE 'answer%'") == 0


async def test_two_officers_on_one_thread_see_what_the_other_sent(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await two_waiting(office)
        async with (
            signed_in(office, "Sajida", "press") as sajida,
            signed_in(office, "Rehmat", "president") as rehmat,
        ):
            path = (await threads(sajida))[0]
            first, second = hidden(await sajida.get(path)), hidden(await rehmat.get(path))
            sent = await sajida.post(path, {**first, "do": "answer", "text": "Hum aa rahe hain."})
            assert sent.status_code == 303
            late = {**second, "do": "answer", "text": "Kya hua?"}
            refused = await rehmat.post(path, late)
            assert refused.status_code == 422
            assert "Sajida answered this phone meanwhile." in refused.text
            assert "Hum aa rahe hain." in refused.text
            assert "Kya hua?" in refused.text
            again = {**hidden(refused), "do": "answer", "text": "Kya hua?"}
            assert (await rehmat.post(path, again)).status_code == 303
            assert await office.count("outbox", "dedupe_key LIKE 'answer%'") == 2


async def test_a_text_becomes_a_report_or_a_story_and_each_leads_to_the_other(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await two_waiting(office)
        async with signed_in(office, "Sajida", "press") as sajida:
            danger, plain = await threads(sajida)
            text_id = await chosen(sajida, danger)
            made = await sajida.send(danger, do="ticket", text_id=text_id)
            assert made.headers["location"] == f"{danger}#text-{text_id}"
            assert "Became report R" in await shown(sajida, danger)
            assert await threads(sajida) == [plain]
            text_id = await chosen(sajida, plain)
            story = await sajida.send(plain, do="story", text_id=text_id)
            place = story.headers["location"]
            assert place.startswith("/office/stories/")
            assert f"{plain}#text-{text_id}" in (await sajida.get(place)).text
            assert (
                f'<a href="{place}">Became the draft of a story' in (await sajida.get(plain)).text
            )
            assert "No text waits for a person." in await shown(sajida, MESSAGES)


async def chosen(visitor: Visitor, path: str) -> str:
    """The text that something is made of, where nobody chooses another."""
    found = re.search(r'name="text_id" value="(\d+)" checked', (await visitor.get(path)).text)
    assert found
    return found[1]


async def test_what_cannot_be_made_is_said_on_the_page(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        await say(office, MARKUP, "+923641000077")
        path = (await threads(gul))[0]
        text_id = await chosen(gul, path)
        for fields in (
            {"do": "decision", "text_id": text_id, "code": "999/9"},
            {"do": "decision", "text_id": text_id, "code": "<b>" * 20},
            {"do": "story", "text_id": "x"},
            {"do": "ticket", "text_id": "9" * 30},
            {"do": "ticket"},
        ):
            answer = await gul.send(path, **fields)
            assert answer.status_code == 422, fields
            assert "Nothing was made." in answer.text
            assert "<script>alert" not in answer.text
        assert MARKUP not in (await gul.get(WAITING)).text


async def test_a_viewer_takes_nothing_and_sees_no_number(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        await say(office, DANGER, "+923641000077")
        path = (await threads(guest))[0]
        assert "1000077" not in (await guest.get(WAITING)).text + (await guest.get(path)).text
        for do in ("take", "hand over", "give back", "ticket", "story", "decision", "count"):
            assert (await guest.send(path, do=do)).status_code == 403
        assert "I take this one" not in (await guest.get(WAITING)).text


async def test_hostile_addresses_get_a_page(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        await say(office, DANGER, "+923641000077")
        for query in ("whose=x", "after=x", "after=d" + "9" * 40, "whose=mine&after=n1", "after="):
            answer = await gul.get(f"{WAITING}&{query}")
            assert answer.status_code in {200, 422}, query


async def test_a_text_that_got_no_answer_says_why_in_plain_words(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await say(office, "KARWAI", ENGLISH)
        await say(office, "karwai", ENGLISH)
        async with signed_in(office, "Sajida", "press") as sajida:
            listed = f"{MESSAGES}?which=all"
            (thread,) = await threads(sajida, listed)
            why = "No answer went: the same words came just before."
            for page in (thread, listed):
                assert (await shown(sajida, page)).count(why) == 1
            assert "جواب نہیں گیا" in await shown(sajida, f"{thread}?lang=ur")
