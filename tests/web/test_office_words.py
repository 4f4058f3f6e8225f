"""Words that nobody understood, on the pages and over the API: tried, kept, used, retired."""

import re
from pathlib import Path

import pytest

from tests.web.office import ENGLISH, ROMAN, Office, problem_of, running
from tests.web.test_office_today import say, shown
from tests.web.visitor import hidden, signed_in

WORDS = "/office/words"
TRY = f"{WORDS}/try"
API = "/api/v1/synonyms"
ODD = "karguzari <script>x</script>"


async def intents(office: Office) -> list[str]:
    found = await office.call("GET", "/api/v1/inbox/threads")
    return [one["intent"] for one in found["items"]]


async def test_a_word_is_tried_kept_used_and_retired_on_the_pages(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await say(office, "karguzari")
        await say(office, "Kargozari", ENGLISH)
        async with signed_in(office, "Sajida", "press") as sajida:
            page = await shown(sajida, WORDS)
            assert "karguzari" in page
            assert re.search(rf'href="{TRY}\?word=k\w+"', (await sajida.get(WORDS)).text)
            asked = {"word": "karguzari", "intent": "minutes", "language": "ur-Latn"}
            tried = await sajida.get(TRY, params=asked)
            assert "This word may have that meaning" in tried.text
            assert "1 text that nobody understood" in tried.text
            assert await office.count("synonym") == 0
            kept = await sajida.post(WORDS, hidden(tried))
            assert (kept.status_code, kept.headers["location"]) == (303, f"{WORDS}#taught")
            assert "karguzari Minutes Roman Urdu" in await shown(sajida, WORDS)
            await say(office, "KARGUZARI", ROMAN)
            assert await office.count("inbound", "intent = 'minutes'") == 1
            place = re.search(rf'action="({WORDS}/\d+/retirement)"', (await sajida.get(WORDS)).text)
            assert place
            assert (await sajida.send(place[1])).status_code == 303
            assert "1 retired word" in await shown(sajida, WORDS)
            assert (await sajida.send(place[1])).status_code == 404
            assert await office.count("journal", "action LIKE 'word %'") == 2


async def test_odd_words_get_the_form_again_and_never_run(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        await say(office, ODD, "+923641000077")
        assert "<script>x" not in (await gul.get(WORDS)).text
        assert (await gul.get(TRY)).status_code == 200
        for word in ("", "a", "stop", "sailab", "\u0000x", "y" * 9_000, ODD * 20):
            asked = {"word": word, "intent": "minutes", "language": "ur-Latn"}
            answer = await gul.get(TRY, params=asked)
            assert answer.status_code == 422, word
            assert "<script>x" not in answer.text
        for intent in ("stop", "blood", "yes", "x" * 300):
            asked = {"word": "karguzari", "intent": intent, "language": "ur-Latn"}
            assert (await gul.send(WORDS, **asked)).status_code == 422
        assert (await gul.send(f"{WORDS}/{10**18}/retirement")).status_code == 404
        assert await office.count("synonym") == 0


async def test_a_viewer_reads_the_words_and_gives_none_a_meaning(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        await say(office, "karguzari", "+923641000077")
        page = await shown(guest, WORDS)
        assert "karguzari" in page
        assert "Give it a meaning" not in page
        assert (await guest.get(TRY)).status_code == 403
        assert (await guest.send(WORDS, word="karguzari", intent="minutes")).status_code == 403
        assert (await guest.send(f"{WORDS}/1/retirement")).status_code == 403


async def test_the_same_over_the_api(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        headers = await office.officer("Sajida", "press")
        await say(office, "karguzari")
        (group,) = (await office.call("GET", "/api/v1/unknown"))["items"]
        assert (group["word"], group["phones"]) == ("karguzari", 1)
        word = {"word": "karguzari", "intent": "minutes"}
        trial = await office.call("POST", f"{API}/trial", json=word, headers=headers)
        assert (trial["harmed"], trial["helped"]) == ([], 1)
        made = await office.call("POST", API, json=word, headers=headers)
        (listed,) = (await office.call("GET", API))["items"]
        assert (listed["id"], listed["made_by"]) == (made["id"], "Sajida")
        await office.call("POST", f"{API}/{made['id']}/retirement", json={}, headers=headers)
        viewer = await office.officer("Guest", "viewer")
        for path, body in ((f"{API}/trial", word), (API, word), (f"{API}/1/retirement", {})):
            answer = await office.client.post(path, json=body, headers=viewer)
            assert problem_of(answer)["status"] == 403


@pytest.mark.parametrize("path", ["desk", "answers", "settlement"])
async def test_a_phone_that_is_not_there_is_told_so_over_the_api(
    demo_file: str, tmp_path: Path, path: str
) -> None:
    async with running(demo_file, tmp_path) as office:
        body = {"text": "Salam", "key": "k" * 16, "until": 1}
        answer = await office.client.post(f"/api/v1/inbox/threads/{10**12}/{path}", json=body)
        assert answer.status_code == 404, answer.text


async def test_a_thread_is_dealt_with_over_the_api(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        headers = await office.officer("Sajida", "press")
        await say(office, "hamare gaon mein bijli ka khamba tirchha hai kisi ko bhejen")
        (one,) = (await office.call("GET", "/api/v1/inbox/threads"))["items"]
        assert "1000001" not in str(one)
        at = f"/api/v1/inbox/threads/{one['address_id']}"
        await office.call("POST", f"{at}/desk", json={"mine": True}, headers=headers)
        mine = await office.call("GET", "/api/v1/inbox/threads?whose=mine", headers=headers)
        assert [line["assignee"] for line in mine["items"]] == ["Sajida"]
        said = {"text": "Hum aa rahe hain.", "key": "k" * 16, "until": one["text_id"], "seen": 0}
        done = await office.call("POST", f"{at}/answers", json=said, headers=headers)
        assert (done["language"], done["new"]) == ("ur-Latn", True)
        late = {**said, "key": "l" * 16}
        assert (await office.client.post(f"{at}/answers", json=late, headers=headers)).is_error
        text = f"/api/v1/inbox/texts/{one['text_id']}"
        story = await office.call("POST", f"{text}/story", json={}, headers=headers)
        assert (story["kind"], story["new"]) == ("story", True)
        again = await office.call("POST", f"{text}/story", json={}, headers=headers)
        assert again == {**story, "new": False}
        ticket = await office.call("POST", f"{text}/ticket", json={}, headers=headers)
        assert ticket["code"].startswith("R")
        odd = await office.client.post(f"{text}/decision", json={"code": "9/9"}, headers=headers)
        assert odd.status_code == 422
        assert await intents(office) == []
