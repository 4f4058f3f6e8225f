"""Emergency cards and settings in the office and over the API."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, NETWORK, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

PAGE, SETTINGS, API = "/office/emergency", "/office/settings", "/api/v1"
MARKUP = "<script>alert(1)</script>"
PEOPLE = """name,sex,unit,phone,basis
Nusrat Ansari,F,Roshni,0364 1000001,paper form
Amina Bibi,F,Roshni,0364 1000002,paper form
Amina Gul,F,Roshni,0364 1000003,paper form
"""


@asynccontextmanager
async def village(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    """A network with an LSO and three people, without a card."""
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


async def test_a_number_is_put_on_a_card_tried_told_and_taken_off(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        village(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        assert "No emergency card yet" in await shown(hidayat, PAGE)
        fields = {"kind": "other", "number": "0944 411222", "unit": "LSO Roshni"}
        await sent(hidayat, f"{PAGE}/new", **fields, words_en=MARKUP, words_ur="ہسپتال")
        raw = (await hidayat.get(PAGE)).text
        assert MARKUP not in raw
        assert "1 number has to be tried" in await shown(hidayat, PAGE)
        (line_id,) = set(re.findall(r"/office/emergency/(\d+)", raw))
        await sent(hidayat, f"{PAGE}/{line_id}/check")
        page = await shown(hidayat, PAGE)
        assert "All emergency numbers were tried" in page
        assert "21 November 2026 Hidayat" in page
        told = {"msisdn": "+923641000077", "text": "7 roshni", "key": "k" * 20}
        reply = await office.call("POST", f"{API}/say", json=told)
        assert "0944 411222" in str(reply)
        form = (await hidayat.get(f"{PAGE}/{line_id}")).text
        assert 'value="LSO Roshni"' in form
        more = dict(re.findall(r'name="(unit_was|unit_id)" value="([^"]*)"', form))
        changed = {**fields, **more, "words_en": "Clinic", "number": "0944 411223"}
        await sent(hidayat, f"{PAGE}/{line_id}", **changed)
        assert "1 number has to be tried" in await shown(hidayat, PAGE)
        await sent(hidayat, f"{PAGE}/{line_id}", do="remove")
        assert "No emergency card yet" in await shown(hidayat, PAGE)


WRONG = (
    ({"kind": "rescue", "number": "call us"}, "no number that can be dialled"),
    ({"kind": "fire", "number": "16"}, "choose one of the list"),
    ({"kind": "other", "number": "1700"}, "Say in words whose number it is"),
    ({"kind": "rescue", "number": "1122", "unit": "Nowhere"}, "no unit called Nowhere"),
    ({"kind": "leader", "person": "Amina"}, "2 people are called Amina"),
    ({"kind": "leader", "person": "Nobody"}, "Nobody in the directory is called Nobody"),
    (
        {"kind": "leader", "person": "Nusrat", "number": "0364 1000001"},
        "unless they agreed",
    ),
    ({"kind": "ambulance", "number": "0364 1000001"}, "a person's own"),
    ({"kind": "rescue", "number": "1122", "position": "x"}, "is no number"),
)


async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        village(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        for fields, what in WRONG:
            typed = {**fields, "words_latn": "x" * 20} if "1700" not in fields.values() else fields
            answer = await hidayat.send(f"{PAGE}/new", **typed)
            assert answer.status_code == 422
            assert what in " ".join(unescape(answer.text).split()), what
            assert typed.get("words_latn", "") in answer.text


async def test_who_may_not_edit_may_still_say_that_a_number_works(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        village(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as sajida,
        signed_in(office, "Asad", "viewer") as asad,
    ):
        line = {"kind": "rescue", "number": "1122"}
        made = await office.call("POST", f"{API}/emergency", json=line)
        assert (await sajida.send(f"{PAGE}/new", **line)).status_code == 403
        assert (await sajida.get(f"{PAGE}/{made['id']}")).status_code == 403
        await sent(sajida, f"{PAGE}/{made['id']}/check")
        assert "Rescue" in await shown(asad, PAGE)
        assert (await asad.send(f"{PAGE}/{made['id']}/check")).status_code == 403
        assert (await asad.get(SETTINGS)).status_code == 403
        for path in (f"{PAGE}/999999", f"{PAGE}/{2**63}", f"{PAGE}/x"):
            assert (await asad.get(path)).status_code in (403, 404)


async def test_hostile_addresses_give_a_page(database_url: str, tmp_path: Path, now: Any) -> None:
    async with (
        village(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        for query in ("?unit=x", f"?unit={2**70}", "?unit=-1", "?unit=%00", "?unit=1&unit=2"):
            assert (await hidayat.get(f"{PAGE}/new{query}")).status_code == 200
        assert (await hidayat.get(f"{PAGE}?done={MARKUP}")).status_code == 200
        for path in (f"{PAGE}/999999", f"{PAGE}/{2**62}"):
            assert (await hidayat.get(path)).status_code == 404
            assert (await hidayat.send(path, do="remove")).status_code == 404
            assert (await hidayat.send(f"{path}/check")).status_code == 404


async def test_cards_over_the_api(database_url: str, tmp_path: Path, now: Any) -> None:
    async with village(database_url, tmp_path, now) as office:
        line = {"kind": "hospital", "number": "0944 411222", "unit": "LSO Roshni"}
        made = await office.call("POST", f"{API}/emergency", json=line)
        door = f"{API}/emergency/{made['id']}"
        await office.call("POST", f"{door}/check", json={})
        found = await office.call("GET", f"{API}/emergency")
        assert found["stale"] == 0
        (card,) = found["cards"]
        assert (card["unit"], card["lines"][0]["number"]) == ("LSO Roshni", "0944 411222")
        answer = await office.client.post(f"{API}/emergency", json={**line, "number": "x"})
        assert problem_of(answer)["code"] == "number"
        await office.call("POST", door, json={"kind": "police", "number": "15"})
        await office.call("POST", f"{door}/removal", json={})
        assert (await office.call("GET", f"{API}/emergency"))["cards"] == []


async def test_the_president_sets_the_number_of_the_office_and_what_strangers_cost(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        village(database_url, tmp_path, now) as office,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        location = await sent(rehmat, SETTINGS, office_phone="0944 ۱۰۰۱۰۰", stranger_answers="50")
        assert "The settings are kept." in await shown(rehmat, location)
        assert (await office.call("GET", f"{API}/settings"))["office_phone"] == "0944 100100"
        for fields, what in (
            ({"office_phone": MARKUP}, "no number that can be dialled"),
            ({"stranger_answers": "-5"}, "from 0 to 10000"),
            ({"stranger_answers": "9" * 50}, "from 0 to 10000"),
        ):
            answer = await rehmat.send(SETTINGS, **fields)
            assert answer.status_code == 422
            assert what in answer.text
            assert MARKUP not in answer.text
        await office.call("POST", f"{API}/settings", json={"stranger_answers": 7})
        kept = await office.call("GET", f"{API}/settings")
        assert (kept["office_phone"], kept["stranger_answers"]) == ("0944 100100", 7)
