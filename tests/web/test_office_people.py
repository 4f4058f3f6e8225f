"""People on pages: found, shown with phones and consent, added, changed, merged, forgotten."""

import html
import re
from pathlib import Path

import pytest

from app.domain.permissions import Post
from tests.web.office import ENGLISH, Office, running
from tests.web.test_office_today import MARKUP, say, shown
from tests.web.visitor import Visitor, signed_in

PEOPLE = "/office/people"
LONG = "م" * 500


async def page_of(visitor: Visitor, words: str) -> str:
    """The address of the page of the first whom the words find."""
    page = (await visitor.get(f"{PEOPLE}/find", params={"q": words})).text
    found = re.search(rf'<th scope="row"><a href="({PEOPLE}/\d+)"', page)
    assert found, page
    return found[1]


async def phone_on(visitor: Visitor, path: str) -> str:
    """The id of the first phone on a person's page."""
    found = re.search(r'name="address_id" value="(\d+)"', (await visitor.get(path)).text)
    assert found
    return found[1]


async def test_people_are_found_and_their_numbers_stay_masked(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Guest", "viewer") as guest:
            page = await shown(guest, f"{PEOPLE}/find?q=zarina")
            assert "1 person found" in page
            assert "036*****01" in page
            assert "Everything" in page
            assert "Add a person" not in page
            assert "Karim Khan" in await shown(guest, f"{PEOPLE}/find?q=0364+1000004")
            assert "Nobody on the list fits." in await shown(guest, f"{PEOPLE}/find?q=xyz")
            person = await shown(guest, await page_of(guest, "zarina"))
            assert "641000001" not in page + person
            assert "Show the number" not in person
            assert "Change" not in person


async def test_a_person_is_added_with_a_phone_and_how_they_agreed(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            told = {"name": "Gul Rukh", "local_name": "گل رخ", "sex": "f", "language": "ur"}
            phone = {"phone": "0364-1000009", "whose": "", "basis": "paper form of 12 Oct"}
            answer = await nusrat.send(f"{PEOPLE}/new", **told, **phone)
            assert answer.status_code == 303
            page = await shown(nusrat, answer.headers["location"])
            for words in ("Gul Rukh", "گل رخ", "Woman", "their own", "paper form of 12 Oct"):
                assert words in page
            assert "All messages by the office" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "The name is missing."),
        ("name", LONG, "longer than 200 letters"),
        ("notes", "CNIC 12345-1234567-1", "The network never keeps one"),
        ("unit", "Nowhere", "There is no unit called Nowhere."),
        ("language", "xx", "is not known here"),
        ("phone", "0300 12345", "digits are missing"),
    ],
)
async def test_a_form_that_cannot_be_kept_is_shown_again_with_what_was_typed(
    sqlite_url: str, tmp_path: Path, field: str, value: str, words: str
) -> None:
    async with running(sqlite_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            answer = await nusrat.send(
                f"{PEOPLE}/new", **{"name": "Gul", "local_name": "typed", field: value}
            )
            assert answer.status_code == 422
            page = html.unescape(answer.text)
            assert words in page
            assert 'value="typed"' in page
            assert 'aria-invalid="true"' in page
            assert await office.count("person") == 4


async def test_facts_are_changed_and_the_unit_stays_unless_another_is_named(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            path = await page_of(nusrat, "ali")
            for unit in ("", "Sarwan"):
                if unit:
                    new = {"kind": "LSO", "name": unit}
                    await office.call("POST", "/api/v1/units", json=new)
                form = {"name": "Ali Raza Khan", "unit": unit, "notes": "Two\nlines"}
                answer = await nusrat.send(f"{path}/change", **form)
                assert answer.headers["location"] == path
            assert "LSO Sarwan" in await shown(nusrat, path)
            form_page = (await nusrat.get(f"{path}/change")).text
            kept = dict(re.findall(r'name="(unit\w*)" value="([^"]*)"', form_page))
            again = {"name": "Ali", "unit": kept["unit_was"], **kept}
            await nusrat.send(f"{path}/change", **again)
            assert "LSO Sarwan" in await shown(nusrat, path)


async def test_a_shared_phone_a_landline_and_private_texts_are_said_on_the_page(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            path = await page_of(nusrat, "karim")
            await nusrat.send(path, do="phone", kind="msisdn", raw="0364 1000001")
            page = await shown(nusrat, path)
            assert "Shared with Zarina Bibi" in page
            assert "Nothing private" in page
            assert "Nothing private" in await shown(nusrat, await page_of(nusrat, "zarina"))
            await nusrat.send(path, do="phone", kind="msisdn", raw="0943 412345")
            assert "Call only: it cannot get texts" in await shown(nusrat, path)
            answer = await nusrat.send(path, do="phone", kind="msisdn", raw="3.00E+09")
            assert answer.status_code == 422
            assert "shortened this number" in answer.text
            assert 'value="3.00E+09"' in answer.text


async def test_a_stop_by_text_is_lifted_with_a_signed_form_alone(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        await say(office, "STOP", ENGLISH)
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            path = await page_of(nusrat, "ali")
            assert "They stopped messages by their own text." in await shown(nusrat, path)
            form = {"do": "consent", "address_id": await phone_on(nusrat, path), "choice": "all"}
            answer = await nusrat.send(path, **form, basis="she said so")
            assert answer.status_code == 422
            assert "Only they can lift that" in answer.text
            answer = await nusrat.send(path, **form, basis="form 7", signed="yes")
            assert answer.status_code == 303
            assert "signed form: form 7" in await shown(nusrat, path)
            assert await office.count("consent", "address_id = " + form["address_id"]) == 6


async def test_a_number_is_shown_to_whoever_may_call_and_the_log_keeps_it(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with (
            signed_in(office, "Sajida", "press") as sajida,
            signed_in(office, "Guest", "viewer") as guest,
        ):
            path = await page_of(sajida, "zarina")
            which = {"address_id": await phone_on(sajida, path)}
            assert "+923641000001" in (await sajida.send(f"{path}/number", **which)).text
            assert await office.count("journal", "action = 'number shown'") == 1
            assert (await guest.send(f"{path}/number", **which)).status_code == 403
            for change in ({"do": "wrong", **which}, {"do": "remove", "sure": "yes"}):
                assert (await sajida.send(path, **change)).status_code == 403
            assert (await sajida.get(f"{PEOPLE}/new")).status_code == 403


async def test_two_records_are_made_one_after_the_page_has_shown_what_happens(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            keep, other = await page_of(nusrat, "ali"), await page_of(nusrat, "karim")
            found = await shown(nusrat, f"{keep}/merge?q=karim")
            assert "Karim Khan" in found
            other_id = other.rpartition("/")[2]
            page = await shown(nusrat, f"{keep}/merge?other={other_id}")
            assert "Make these two records one?" in page
            assert "Karim Khan is lost" in page
            assert await office.count("person") == 4
            answer = await nusrat.send(f"{keep}/merge", other=other_id)
            assert answer.headers["location"] == keep
            page = await shown(nusrat, keep)
            assert "036*****03" in page
            assert "036*****04" in page
            assert (await nusrat.get(other)).status_code == 404


async def test_nobody_is_taken_out_or_forgotten_by_one_slip(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Rehmat", "president") as rehmat:
            path = await page_of(rehmat, "noor")
            which = {"address_id": await phone_on(rehmat, path)}
            for slip in (rehmat.send(path, do="remove"), rehmat.send(f"{path}/forget", **which)):
                answer = await slip
                assert answer.status_code == 422
                assert "Tick that you are sure" in answer.text
            assert (await rehmat.send(path, do="remove", sure="yes")).status_code == 422
            assert await office.count("person") == 4
            assert (await rehmat.send(f"{path}/forget", **which, sure="yes")).status_code == 303
            assert await office.count("address", "msisdn = '+923641000002'") == 0


async def test_the_welcome_is_read_and_priced_before_it_goes(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            page = await shown(nusrat, f"{PEOPLE}/welcome")
            assert "4 phones were never texted" in page
            assert "Mirkhai: your name was put on our list of members." in page
            answer = await nusrat.send(f"{PEOPLE}/welcome")
            progress = await shown(nusrat, answer.headers["location"])
            assert "welcome" in progress
            assert "Everybody who agreed has had a text" in await shown(nusrat, f"{PEOPLE}/welcome")
            assert "All that was sent" in await shown(nusrat, "/office/broadcasts")


async def test_markup_and_long_words_are_shown_as_text(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            name = (MARKUP + LONG)[:200]
            told = {"name": name, "local_name": LONG[:200], "notes": MARKUP + LONG[:400]}
            answer = await nusrat.send(f"{PEOPLE}/new", **told)
            path = answer.headers["location"]
            for address in (path, f"{path}/change", f"{path}/merge", f"{PEOPLE}/find?q=%3Cb"):
                answer = await nusrat.get(address)
                assert answer.status_code == 200
                assert MARKUP not in answer.text


HOSTILE = [
    f"{PEOPLE}/find?q=%00&after=x",
    f"{PEOPLE}/find?after=99999999999999999999999",
    f"{PEOPLE}/find?q=" + "%D9%85" * 300,
    f"{PEOPLE}/find?q=1",
    f"{PEOPLE}/0",
    f"{PEOPLE}/x",
    f"{PEOPLE}/99999999999999999999999",
    f"{PEOPLE}/9223372036854775807",
    f"{PEOPLE}/1/merge?other=x",
    f"{PEOPLE}/1/merge?other=1",
    f"{PEOPLE}/1/merge?other=99999999999999999999",
    f"{PEOPLE}/new?unit=x",
    f"{PEOPLE}/new?unit=99999",
]


async def test_a_hostile_address_gives_a_page(sqlite_url: str, tmp_path: Path) -> None:
    async with running(sqlite_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            for path in HOSTILE:
                answer = await nusrat.get(path)
                assert answer.status_code in {200, 404, 422}, answer.text
                assert "<h1>" in answer.text


async def test_hostile_fields_give_a_page(sqlite_url: str, tmp_path: Path) -> None:
    async with running(sqlite_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Rehmat", "president") as rehmat:
            path = await page_of(rehmat, "ali")
            for fields in (
                {"do": "link", "address_id": "x", "whose": "own"},
                {"do": "link", "address_id": "9" * 30, "whose": "own"},
                {"do": "link", "address_id": "1", "whose": "mine"},
                {"do": "consent", "address_id": "1", "choice": "\x00", "basis": LONG},
                {"do": "phone", "raw": LONG, "kind": "msisdn"},
                {"do": "phone", "raw": "x", "kind": "pigeon"},
                {"do": "fly"},
                {},
            ):
                answer = await rehmat.send(path, **fields)
                assert answer.status_code in {404, 422}, fields
                assert "<h1>" in answer.text


async def test_every_post_sees_who_is_on_the_list(sqlite_url: str, tmp_path: Path) -> None:
    async with running(sqlite_url, tmp_path) as office:
        await office.network()
        for post in Post:
            await look(office, post)


async def look(office: Office, post: Post) -> None:
    async with signed_in(office, f"One {post.value}", post.value) as visitor:
        assert "Ali Raza" in await shown(visitor, await page_of(visitor, "ali"))
