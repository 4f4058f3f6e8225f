"""The simulated phones: what is typed on them takes the whole way in, and the answer is seen."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from app.main import Role
from tests.web.office import BOOT, NETWORK, ROMAN, Office, running, until
from tests.web.test_office_today import shown
from tests.web.visitor import SIGN_IN, Visitor, hidden, signed_in, stranger

PHONES, SCREENS = "/office/phones", "/office/phones/screens"
ZARINA, NOOR, ALI, GUL = (f"+92390100000{n}" for n in (1, 2, 3, 4))
LONG = "Shah " * 100
NOT_LISTED = "+923901999999"
MEMBERS = """name,sex,language,body,post,phone,shared,basis
Zarina Bibi,F,ur-Latn,GB|EC,Member|President,0390 1000001,no,paper form
Noor Jehan,F,ur,GB,Member,0390 1000002,yes,paper form
Ali Raza,M,en,GB,Member,0390 1000003,no,paper form
Gul Khan,M,en,GB,Member,0390 1000004,no,paper form
Real Man,M,en,GB,Member,0364 1000001,no,paper form
"""
BESIDE_THE_DEMO = MEMBERS.replace("Member|President", "Member|Member")
"""The demo has a President of its own."""
MARKUP = "<script>alert(1)</script> & <b>"


def at(*numbers: str, path: str = PHONES) -> str:
    """The page that shows these phones."""
    return f"{path}?" + "&".join(f"phone={quote(number)}" for number in numbers)


@asynccontextmanager
async def office_with(
    url: str, folder: Path, post: str = "press", *, members: str = MEMBERS, role: Role | None = None
) -> AsyncIterator[tuple[Office, Visitor]]:
    """An office with people of demo numbers, and somebody of that post inside."""
    async with running(url, folder, role=role) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        if members:
            await office.members(members)
        async with signed_in(office, "Sajida", post) as visitor:
            yield office, visitor


async def type_on(visitor: Visitor, number: str, **fields: str) -> httpx.Response:
    """Fill in the form of a phone as the page gives it."""
    page = await visitor.get(at(number))
    return await visitor.post(PHONES, {**hidden(page), "phone": number, "shown": number, **fields})


async def answered(visitor: Visitor, number: str, words: str) -> str:
    """The page of that phone as soon as these words stand on it."""

    async def holds() -> str:
        page = await shown(visitor, at(number))
        return page if words in page else ""

    return str(await until(holds, words))


def phones_on(text: str) -> list[str]:
    return ["+" + one for one in re.findall(r'<figure id="p([0-9]+)"', text)]


async def test_a_text_takes_the_whole_way_in_and_its_answer_is_on_the_next_page(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path) as (office, sajida):
        answer = await type_on(sajida, ALI, text="ref 41", shown=f"{ZARINA} {ALI}")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"{at(ZARINA, ALI)}#p{ALI[1:]}"
        page = await answered(sajida, ALI, "sent no text with Ref 41")
        assert "ref 41: Asked whether a Ref is real." in page
        assert re.search(r"Answer: [12] segments?[ ,]", page)
        assert await office.count("inbound", "intent = 'verify'") == 1


async def test_the_answer_is_there_at_once_where_nothing_else_dispatches(
    database_url: str, tmp_path: Path
) -> None:
    alone = Role(boot_token=BOOT, sends=False)
    async with office_with(database_url, tmp_path, role=alone) as (_, sajida):
        answer = await type_on(sajida, ALI, text="ref 41")
        page = await shown(sajida, answer.headers["location"].partition("#")[0])
        assert "sent no text with Ref 41" in page


async def test_a_missed_call_is_given_with_a_key_and_its_answer_is_shown(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path) as (office, sajida):
        assert (await type_on(sajida, ALI, key="call", text="")).status_code == 303
        page = await answered(sajida, ALI, "Send 1 minutes")
        assert "Missed call." in page
        assert await office.count("inbound", "intent = 'today' AND text = ''") == 1
        await type_on(sajida, ALI, text="call")
        assert await office.count("inbound", "text = 'call'") == 1


async def test_a_key_sends_its_digit(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        numbers = phones_on((await guest.get(PHONES)).text)
        await type_on(guest, numbers[0], key="1", text="")
        assert await office.count("inbound", "text = '1' AND intent = 'minutes'") == 1
        await type_on(guest, numbers[0], key="*", text="")
        assert await office.count("inbound", "text = '*'") == 1


async def test_the_demo_shows_three_phones_of_different_languages(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        page = (await guest.get(PHONES)).text
        assert len(set(phones_on(page))) == 3
        assert len(set(re.findall('<div class="lcd" lang="([^"]+)"', page))) == 3
        assert "These phones are not real" in page
        assert page.count('<button name="key"') == 39


async def test_a_double_click_or_a_reload_sends_one_text(database_url: str, tmp_path: Path) -> None:
    async with office_with(database_url, tmp_path) as (office, sajida):
        fields = {**hidden(await sajida.get(at(ALI))), "text": "ref 41"}
        for _ in range(3):
            assert (await sajida.post(PHONES, fields)).status_code == 303
        assert await office.count("inbound") == 1
        # The back button brings the same form again; another text in it is not lost.
        await sajida.post(PHONES, {**fields, "text": "ref 42"})
        assert await office.count("inbound") == 2
        await type_on(sajida, ALI, text="ref 41")
        assert await office.count("inbound") == 3


async def test_each_phone_of_the_page_has_a_form_of_its_own(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        page = (await guest.get(PHONES)).text
        assert len(set(re.findall('name="once" value="([^"]{8,})"', page))) == 3


async def test_the_parts_that_change_come_alone_and_only_when_they_changed(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path) as (_, sajida):
        page = (await sajida.get(at(ALI, NOOR))).text
        live = html.unescape(re.search('data-live="([^"]+)"', page)[1])  # type: ignore[index]
        assert live == at(ALI, NOOR, path=SCREENS)
        first = await sajida.get(live)
        assert "<html" not in first.text
        assert "<form" not in first.text
        for part in re.findall('data-part="([^"]+)"', first.text):
            assert f'data-part="{part}"' in page
        assert first.text.count("data-part") == 4
        same = {"If-None-Match": first.headers["etag"]}
        assert (await sajida.get(live, headers=same)).status_code == 304
        await type_on(sajida, ALI, text="ref 41")
        assert (await sajida.get(live, headers=same)).status_code == 200


async def test_who_holds_the_phone_is_said(database_url: str, tmp_path: Path) -> None:
    async with office_with(database_url, tmp_path) as (_, sajida):
        page = await shown(sajida, at(ZARINA, NOOR))
        assert "Zarina Bibi, EC President" in page
        assert "An own phone. Reads Roman Urdu." in page
        assert "A phone of the family: others read it too. Reads Urdu." in page
        assert "0390 1000001" in page


@pytest.mark.parametrize("other", ["0390 1000004", "+92 390-1000004", "923901000004"])
async def test_another_demo_number_is_put_on_the_page(
    demo_file: str, tmp_path: Path, other: str
) -> None:
    async with running(demo_file, tmp_path) as office:
        await office.members(BESIDE_THE_DEMO.replace("0364 1000001", "0390 1000005"))
        async with signed_in(office, "Sajida", "press") as sajida:
            page = await sajida.get(f"{at(ZARINA, NOOR, ALI)}&other={quote(other)}")
            assert page.status_code == 200
            assert phones_on(page.text) == [NOOR, ALI, GUL]


NO_PHONE_HERE = {
    "0364 1000001": "This is no demo number",
    "0345 1234567": "This is no demo number",
    "0390 1999999": "No one with this number is on the list",
    "0390 12": "digits",
    "hello": "number",
    MARKUP: "number",
    "9" * 5000: "number",
    "%00": "number",
}


async def test_a_number_that_has_no_phone_here_is_refused_with_its_reason(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path) as (office, sajida):
        for other, said in NO_PHONE_HERE.items():
            answer = await sajida.get(f"{at(ZARINA, ALI)}&other={quote(other)}")
            assert answer.status_code == 422
            assert phones_on(answer.text) == [ZARINA, ALI]
            fault = re.search('id="other-fault"[^>]*>([^<]+)<', answer.text)
            assert fault, answer.text
            assert said in fault[1]
            assert "<script>alert" not in answer.text
            refused = await sajida.send(
                PHONES, phone=other, text="ref 41", once="x" * 12, shown=f"{ZARINA} {ALI}"
            )
            assert refused.status_code == 422
            assert "Nothing was sent." in refused.text
            assert phones_on(refused.text) == [ZARINA, ALI]
        assert await office.count("inbound") == 0


async def test_a_real_number_never_gets_a_phone_however_it_is_asked_for(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path) as (_, sajida):
        for path in (PHONES, SCREENS):
            text = (await sajida.get(at(ROMAN, path=path))).text
            assert ROMAN not in phones_on(text)
            assert f"-{ROMAN[1:]}" not in text
            assert "Real Man" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Nothing was typed"),
        ({"text": "   "}, "Nothing was typed"),
        ({"text": "a" * 5001}, "too long"),
        ({"key": "A"}, "no such key"),
        ({"key": "12"}, "no such key"),
        ({"text": "hello", "once": ""}, "not whole"),
        ({"text": "hello", "once": "../../x y"}, "not whole"),
    ],
)
async def test_what_no_phone_would_send_is_refused_and_what_was_typed_is_kept(
    demo_file: str, tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    async with running(demo_file, tmp_path) as office:
        await office.members(BESIDE_THE_DEMO.replace("0364 1000001", "0390 1000005"))
        async with signed_in(office, "Sajida", "press") as sajida:
            answer = await type_on(sajida, ALI, **fields)
            assert answer.status_code == 422
            assert said in answer.text
            assert "Nothing was sent." in answer.text
            if fields.get("text") == "hello":
                assert 'value="hello"' in answer.text
            assert await office.count("inbound") == 0


async def test_looking_for_new_texts_sends_none(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        number = phones_on((await guest.get(PHONES)).text)[0]
        answer = await type_on(guest, number, look="yes", text="typed")
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"{at(number)}#p{number[1:]}",
        )
        assert await office.count("inbound") == 0


async def test_a_viewer_reads_the_phones_and_cannot_type(database_url: str, tmp_path: Path) -> None:
    async with office_with(database_url, tmp_path, "viewer") as (office, guest):
        page = (await guest.get(at(ALI))).text
        assert phones_on(page) == [ALI]
        assert 'name="text"' not in page
        assert "Typing on them is for other posts." in page
        answer = await guest.send(PHONES, phone=ALI, text="ref 41", once="x" * 12, shown=ALI)
        assert answer.status_code == 403
        assert await office.count("inbound") == 0
        async with stranger(office) as nobody:
            for path in (PHONES, SCREENS):
                turned = await nobody.get(path)
                assert turned.status_code == 303
                assert turned.headers["location"].startswith(SIGN_IN)


async def test_markup_and_long_names_are_shown_as_text(database_url: str, tmp_path: Path) -> None:
    members = MEMBERS.replace("Ali Raza", f"<i>{LONG[:80]}</i>").replace("Gul Khan", "<b>Gul</b>")
    async with office_with(database_url, tmp_path, members=members) as (_, sajida):
        await type_on(sajida, GUL, text=MARKUP)
        page = (await sajida.get(at(ALI, GUL))).text
        assert "<script>alert" not in page
        assert "<script>alert(1)</script>" in html.unescape(page)
        assert "<b>Gul" not in page
        assert "<i>" not in page
        parts = (await sajida.get(at(ALI, GUL, path=SCREENS))).text
        assert "<script>" not in parts


async def test_a_network_without_demo_numbers_says_how_to_get_phones(
    database_url: str, tmp_path: Path
) -> None:
    async with office_with(database_url, tmp_path, members="") as (_, sajida):
        page = await shown(sajida, PHONES)
        assert "has no demo numbers" in page
        assert "./munadi demo" in page
        assert (await sajida.get(SCREENS)).status_code == 200
        assert (await sajida.get(at(ALI))).status_code == 422


ODD = ("", "0", "-1", "x", "9" * 20, "9" * 5000, "%00", "%FF'", "%D9%A1", "&phone=" * 500)


async def test_odd_questions_get_a_page(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        for odd in ODD:
            for path in (
                f"{PHONES}?phone={odd}",
                f"{SCREENS}?phone={odd}",
                f"{PHONES}?other={odd}",
            ):
                answer = await guest.get(path)
                assert answer.status_code in {200, 422}, path
                assert len(phones_on(answer.text)) == (0 if "screens" in path else 3)
            sent = await guest.send(PHONES, phone=odd, shown=odd, once=odd, text="a", key=odd)
            assert sent.status_code == 422


async def test_the_page_speaks_urdu_from_right_to_left(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "press") as guest,
    ):
        page = (await guest.get(f"{PHONES}?lang=ur")).text
        assert '<html lang="ur" dir="rtl">' in page
        assert "lang=" in page.partition('class="lcd"')[2]
        assert "style=" not in page
