"""Writing: counted and priced while it grows, nothing typed is lost, nothing goes out alone."""

import asyncio
import html
from pathlib import Path

import pytest

from tests.web.office import Office, running
from tests.web.visitor import Visitor, hidden, signed_in, stranger

KEY = "a-page-of-my-own"
PAGE = f"/office/write/{KEY}"
FLOOD = "FORI: Aaj raat sailab ka khatra. Abhi school jayen."
DRAFT = {
    "kind": "urgent",
    "source": "PDMA on television",
    "who": "gb",
    "text_ur-Latn": FLOOD,
    "text_ur": "فوری: سیلاب کا خطرہ",
}
MARKUP = "<script>alert(1)</script>"


async def shown(visitor: Visitor, path: str = PAGE) -> str:
    answer = await visitor.get(path)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


async def test_a_blank_page_has_an_address_of_its_own_each_time(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        sent_to = [(await gul.get("/office/write?kind=urgent")).headers["location"] for _ in "12"]
        assert sent_to[0] != sent_to[1]
        assert 'value="urgent" checked' in await shown(gul, sent_to[0])


async def test_what_is_typed_is_counted_priced_and_kept(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        answer = await gul.send(PAGE, do="count", **DRAFT)
        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
        page = await shown(gul)
        assert FLOOD in page
        assert "people on" in page
        assert "1 segment, " in page
        assert "Urgent goes at any hour" in page
        assert await office.count("broadcast") == 0
        assert "Ref 44" in page


async def test_half_a_message_is_no_fault_until_it_is_sent(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        await gul.send(PAGE, do="save", who="", kind="news")
        assert "note stop" not in await shown(gul)
        answer = await gul.send(PAGE, do="plan", who="", kind="news")
        assert answer.status_code == 422
        assert "Nothing was sent; what you typed is kept." in html.unescape(answer.text)
        assert await office.count("broadcast") == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({**DRAFT, "who": "kings"}, "No group is called 'kings'"),
        ({**DRAFT, "source": " "}, "Say how you know of the danger"),
        ({**DRAFT, "text_ur": "دیکھیں bit.ly/abc"}, "bit.ly/abc"),
        ({**DRAFT, "text_en": "Send your CNIC number to 0300."}, "CNIC"),
        ({**DRAFT, "text_en": "x " * 700}, "segments"),
        ({**DRAFT, "text_en": "Hello {name}"}, "{name}"),
        ({"kind": "news", "who": "gb"}, "Write"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_kept(
    demo_file: str, tmp_path: Path, fields: dict[str, str], why: str
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        answer = await gul.send(PAGE, do="plan", **fields)
        assert answer.status_code == 422
        assert why in html.unescape(answer.text)
        assert await office.count("broadcast", "state <> 'cancelled'") == 0
        assert fields["who"] in await shown(gul)


async def test_a_dear_sign_is_made_plain_by_one_button(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        fields = {"who": "gb", "text_en": "Don’t wait — leave the stream bank now."}
        await gul.send(PAGE, do="count", **fields)
        assert "make the text dear: <bdi>’ —" in await shown(gul)
        await gul.send(PAGE, do="plain en", **fields)
        page = await shown(gul)
        assert "Don't wait - leave the stream bank now." in page
        assert "dear" not in page


async def test_a_double_click_plans_one_broadcast(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        seal = await gul.seal()
        twice = [gul.post(PAGE, {"seal": seal, "do": "plan", **DRAFT}) for _ in range(3)]
        answers = await asyncio.gather(*twice)
        assert {one.status_code for one in answers} == {303}
        assert len({one.headers["location"] for one in answers}) == 1
        assert await office.count("broadcast") == 1


async def test_a_changed_draft_takes_its_old_plan_back(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        first = (await gul.send(PAGE, do="plan", **DRAFT)).headers["location"]
        assert "the old plan is taken back" in await shown(gul)
        changed = {**DRAFT, "text_ur-Latn": FLOOD + " Jaldi!"}
        second = (await gul.send(PAGE, do="plan", **changed)).headers["location"]
        assert first != second
        assert "was taken back" in await shown(gul, first)
        assert await office.count("broadcast", "state = 'planned'") == 1


async def test_what_went_out_is_not_planned_again_by_the_back_button(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Rehmat", "president") as rehmat,
    ):
        plan = (await gul.send(PAGE, do="plan", **DRAFT)).headers["location"]
        await agree(rehmat, plan)
        again = await gul.send(PAGE, do="plan", **DRAFT)
        assert again.headers["location"] == plan
        other = await gul.send(PAGE, do="plan", **{**DRAFT, "who": "ec"})
        assert other.status_code == 422
        assert "went out as Ref 44" in other.text
        assert await office.count("broadcast") == 1


async def agree(visitor: Visitor, plan: str) -> None:
    seen = (await visitor.get(plan)).text.split('name="hash" value="')[1][:16]
    answer = await visitor.send(f"{plan}/approval", hash=seen)
    assert answer.status_code == 303, answer.text


async def test_the_counts_come_alone_while_one_types_and_are_kept(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        answer = await gul.send(PAGE, do="live", **DRAFT)
        assert answer.status_code == 200
        assert "<html" not in answer.text
        assert 'data-part="facts"' in answer.text
        assert FLOOD in await shown(gul)


async def test_a_draft_is_its_authors_alone_and_can_be_thrown_away(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "press") as gul,
        signed_in(office, "Naz", "press") as naz,
    ):
        await gul.send(PAGE, do="save", **DRAFT)
        assert FLOOD not in await shown(naz)
        assert (await naz.send(PAGE, do="save", who="mine")).status_code == 404
        assert FLOOD in await shown(gul)
        await gul.send(PAGE, do="drop")
        assert FLOOD not in await shown(gul)


async def test_markup_and_long_words_are_shown_as_they_are(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        fields = {
            "who": MARKUP,
            "source": MARKUP * 50,
            "text_en": MARKUP,
            "text_ur": "</textarea>" * 99,
        }
        for do in ("save", "plan", "plain en", "nonsense", "live"):
            answer = await gul.send(PAGE, do=do, **fields)
            assert answer.status_code < 500
            assert MARKUP not in answer.text
        answer = await gul.get(PAGE)
        assert MARKUP not in answer.text
        assert MARKUP in html.unescape(answer.text)
        assert (await gul.send(PAGE, do="save", who="x" * 5001)).status_code == 422


async def test_no_address_and_no_field_breaks_the_page(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        for path in ("/office/write/x", "/office/write/" + "y" * 900, "/office/write/%00"):
            assert (await gul.get(path)).status_code == 404
        for kind in ("", "king", MARKUP):
            assert (await gul.get(f"{PAGE}?kind={kind}")).status_code == 200
            assert (await gul.get(f"/office/write?kind={kind}")).status_code == 303


async def test_a_viewer_may_not_write(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "viewer") as gul:
        answer = await gul.get("/office/write")
        assert answer.status_code == 403
        assert "A viewer may not do this" in answer.text


async def test_what_was_typed_survives_a_lost_session(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office:
        made = await account(office)
        async with stranger(office) as gul:
            answer = await gul.post(PAGE, {"do": "count", **DRAFT})
            assert answer.status_code == 401

            fields = hidden(answer)
            back = await gul.sign_in("Gul", made, next=fields["next"], kept=fields["kept"])
            assert FLOOD in html.unescape(back.text)
            await gul.post(PAGE, hidden(back))
            assert FLOOD in await shown(gul)


async def account(office: Office) -> str:
    made = await office.call("POST", "/api/v1/accounts", json={"name": "Gul", "post": "press"})
    return str(made["password"])
