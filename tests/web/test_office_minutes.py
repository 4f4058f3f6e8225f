"""The minutes editor: written once, kept as it is typed, two people lose nothing to each other."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.web.assets import STATIC
from tests.web.forms import form_on
from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

EDIT = "/office/meetings/EC/23/edit"
SEE = "/office/meetings/EC/23"
MARKUP = '"><script>alert(1)</script>'
SECRETARY = ("Nusrat Ansari B", "general secretary")
KEEPER = ("Waheed Gul B", "keeper")
WORD = (
    "<html xmlns:o='urn:x'><body><p class=MsoNormal><b>Repair “the road”</b>\u00a0now</p>"
    "<p class=MsoNormal>before the snow<o:p></o:p></p></body></html>"
)


@asynccontextmanager
async def writing(url: str, folder: Path, *more: tuple[str, str]) -> AsyncIterator[list[Visitor]]:
    """The demo with its secretary at the desk, and others beside her."""
    async with running(url, folder) as office, signed_in(office, *SECRETARY) as first:
        if not more:
            yield [first]
            return
        async with signed_in(office, *more[0]) as second:
            yield [first, second]


async def typed(visitor: Visitor, path: str = EDIT, **fields: str) -> httpx.Response:
    """Fill fields into the page as it stands and press the button."""
    form = form_on((await visitor.get(path)).text)
    return await visitor.post(path.partition("?")[0], {**form, "do": "save", **fields})


async def live(visitor: Visitor, was: dict[str, str], **fields: str) -> httpx.Response:
    """Send what changed, as the script does."""
    form = form_on((await visitor.get(EDIT)).text)
    sent = {name: form[name] for name in ("seal", "in", "version")}
    return await visitor.post(EDIT, {**sent, "do": "live", "base": json.dumps(was), **fields})


async def stands(visitor: Visitor, name: str, path: str = EDIT) -> str:
    """What stands in a field of the page now."""
    return form_on((await visitor.get(path)).text).get(name, "")


async def test_open_decisions_are_the_agenda_until_somebody_writes_another(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        form = form_on((await desk.get(EDIT)).text)
        carried = [name for name in form if re.fullmatch(r"i\d+-carried", name)]
        assert "Carried over" in await shown(desk, EDIT)
        assert form["i1-title"]
        answer = await typed(desk, **{"i1-said": "The letter was sent.", "i2-title": ""})
        assert answer.status_code == 303
        after = form_on((await desk.get(EDIT)).text)
        assert after["i1-said"] == "The letter was sent."
        assert after["i1-title"] == form["i1-title"]
        assert after["i2-title"] == form["i3-title"]
        assert carried == []  # it is no field: nobody can change it by typing
        assert "From decision" in await shown(desk, EDIT)


async def test_what_was_not_spoken_about_goes_at_once(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        assert await stands(desk, "i1-title")
        await typed(desk, do="drop")
        assert await stands(desk, "i1-title") == ""


async def test_what_was_spoken_about_stays(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        form = form_on((await desk.get(EDIT)).text)
        await typed(desk, **{"do": "drop", "i2-said": "Forms were filled in."})
        after = form_on((await desk.get(EDIT)).text)
        assert after["i1-title"] == form["i2-title"]
        assert after["i1-said"] == "Forms were filled in."
        assert after["i2-title"] == ""
        assert "i3-title" not in after


async def test_ticking_counts_people_and_women_and_says_whether_the_meeting_counts(
    demo_url: str, tmp_path: Path
) -> None:
    async with writing(demo_url, tmp_path) as (desk,):
        page = (await desk.get(EDIT)).text
        people = re.findall(r'name="(h\d+)"', page)
        assert f"0 of {len(people)}, 0 of them women." in await shown(desk, EDIT)
        answer = await live(desk, {}, **dict.fromkeys(people[:3], "1"))
        assert re.search(rf"<b>3 of {len(people)}, \d of them women\.", answer.text)
        form = form_on((await desk.get(EDIT)).text)
        assert {name for name in people if form.get(name)} == set(people[:3])
        # Without script a tick that was taken away is only missing from the form.
        del form[people[0]]
        await desk.post(EDIT, {**form, "do": "save", f"x{people[4][1:]}": "1", "guests": "A B\nC"})
        form = form_on((await desk.get(EDIT)).text)
        assert {name for name in people if form.get(name)} == set(people[1:3])
        assert form["guests"].split() == ["A", "B", "C"]
        seen = await shown(desk, SEE)
        assert seen.index("Present") < seen.index("Excused") < seen.index("Absent")


async def test_what_is_typed_is_kept_at_once_and_says_when(demo_url: str, tmp_path: Path) -> None:
    async with writing(demo_url, tmp_path) as (desk,):
        answer = await live(desk, {}, **{"d1-text": "Repair the road.", "chair": "Rehmat Wali"})
        assert re.search(r"Kept at \d\d:\d\d\.", answer.text)
        assert 'data-left=""' in answer.text
        assert await stands(desk, "d1-text") == "Repair the road."
        assert await stands(desk, "chair") == "Rehmat Wali"
        assert "d2-text" in form_on((await desk.get(EDIT)).text)


async def test_one_bad_date_holds_back_nothing_else(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        bad = {"d1-text": "Repair the road.", "d1-due": "10 Oct 2001", "chair": "Rehmat Wali"}
        answer = await typed(desk, **bad)
        assert answer.status_code == 422
        assert "10 Oct 2001 is before the meeting. Give a later day." in answer.text
        assert form_on(answer.text)["d1-due"] == "10 Oct 2001"
        assert await stands(desk, "chair") == "Rehmat Wali"
        assert await stands(desk, "d1-due") == ""
        told = await live(desk, {}, **{"d1-due": "soon", "d1-topics": "pani", "recitation": "N"})
        assert 'data-left="d1-due"' in told.text
        assert await stands(desk, "d1-topics") == "water"
        assert await stands(desk, "recitation") == "N"


async def test_a_row_without_words_waits_and_the_button_says_so(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        told = await live(desk, {}, **{"d1-due": "20 Oct 2040"})
        assert 'data-left="d1-due"' in told.text
        answer = await typed(desk, **{"d1-due": "20 Oct 2040"})
        assert answer.status_code == 422
        assert "Write the words first" in answer.text
        assert form_on(answer.text)["d1-due"] == "20 Oct 2040"


async def test_a_row_that_is_emptied_goes_with_the_button_and_not_while_one_types(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        await typed(desk, **{"d1-text": "One.", "d2-text": "Two."})
        told = await live(desk, {"d1-text": "One."}, **{"d1-text": ""})
        assert 'data-left="d1-text"' in told.text
        assert await stands(desk, "d1-text") == "One."
        await typed(desk, **{"d1-text": ""})
        form = form_on((await desk.get(EDIT)).text)
        assert "d1-text" not in form
        assert form["d2-text"] == "Two."


async def test_words_from_word_become_plain_text(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        await live(desk, {}, **{"d1-text": WORD, "chair": "5 < 6 “and” so on"})
        assert await stands(desk, "d1-text") == 'Repair "the road" now before the snow'
        assert await stands(desk, "chair") == '5 < 6 "and" so on'


async def test_the_page_says_when_it_was_kept(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        assert "Kept at" not in await shown(desk, EDIT)
        saved = await typed(desk, **{"d1-text": "Some words."})
        assert saved.status_code == 303
        place = saved.headers["location"].partition("#")[0]
        told = re.search(r"Kept at (\d\d:\d\d)\.", await shown(desk, place))
        assert told is not None
        assert "محفوظ ہوئی:" in await shown(desk, f"{place}&lang=ur")
        for odd in ("x", "-1", "", "9" * 30, "0", "1e3", "%D9%A1", "<b>"):
            answer = await desk.get(f"{EDIT}?kept={odd}")
            assert answer.status_code == 200, odd
            assert "Kept at" not in answer.text, odd


async def test_two_people_at_different_places_keep_both(demo_url: str, tmp_path: Path) -> None:
    async with writing(demo_url, tmp_path, KEEPER) as (first, second):
        await typed(first, **{"d1-text": "Old words.", "finance": "Rs 100"})
        hers, his = [form_on((await one.get(EDIT)).text) for one in (first, second)]
        saved = await first.post(EDIT, {**hers, "do": "save", "d1-text": "New words."})
        assert saved.status_code == 303
        saved = await second.post(EDIT, {**his, "do": "save", "finance": "Rs 200"})
        assert saved.status_code == 303
        assert await stands(first, "d1-text") == "New words."
        assert await stands(first, "finance") == "Rs 200"
        told = await shown(second, saved.headers["location"].partition("#")[0])
        assert "Somebody else wrote meanwhile: decision 23/1. Both are kept." in told


async def test_the_second_at_one_place_is_told_and_loses_nothing(
    demo_url: str, tmp_path: Path
) -> None:
    async with writing(demo_url, tmp_path, KEEPER) as (first, second):
        await typed(first, **{"d1-text": "Old words."})
        his = form_on((await second.get(EDIT)).text)
        await live(first, {"d1-text": "Old words."}, **{"d1-text": "Hers."})
        told = await live(second, {"d1-text": "Old words."}, **{"d1-text": "His."})
        assert 'data-left="d1-text"' in told.text
        assert "Somebody else wrote here too: decision" in told.text
        answer = await second.post(EDIT, {**his, "do": "save", "d1-text": "His."})
        assert answer.status_code == 409
        assert "Hers." in answer.text
        form = form_on(answer.text)
        assert form["d1-text"] == "His."
        assert await stands(first, "d1-text") == "Hers."
        assert (await second.post(EDIT, {**form, "do": "save"})).status_code == 303
        assert await stands(first, "d1-text") == "His."


async def test_who_types_hears_that_somebody_else_does_too(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path, KEEPER) as (first, second):
        his = form_on((await second.get(EDIT)).text)
        sent = {name: his[name] for name in ("seal", "in", "version")} | {
            "do": "live",
            "base": "{}",
        }
        alone = await second.post(EDIT, {**sent, "chair": "Rehmat Wali"})
        assert "Somebody else" not in alone.text
        found = re.search(r'data-version="(\d+)"', alone.text)
        assert found is not None
        await live(first, {}, **{"d1-text": "Hers."})
        told = await second.post(EDIT, {**sent, "version": found[1], "recitation": "Noor"})
        assert "Somebody else writes in these minutes too." in told.text
        assert await stands(first, "recitation") == "Noor"


async def test_a_date_never_lands_in_a_decision_that_somebody_else_began(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path, KEEPER) as (first, second):
        await live(first, {}, **{"d1-text": "Hers."})
        told = await live(second, {}, **{"d1-text": "His.", "d1-due": "20 Oct 2040"})
        assert 'data-left="d1-due d1-text"' in told.text
        assert await stands(first, "d1-due") == ""


async def test_two_new_decisions_of_one_number_both_stay(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path, KEEPER) as (first, second):
        his = form_on((await second.get(EDIT)).text)
        await typed(first, **{"d1-text": "Hers."})
        mine = {"d1-text": "His.", "d1-due": "20 Oct 2040"}
        saved = await second.post(EDIT, {**his, "do": "save", **mine})
        assert saved.status_code == 303
        assert await stands(first, "d1-text") == "Hers."
        assert await stands(first, "d1-due") == ""
        assert await stands(first, "d2-text") == "His."
        assert await stands(first, "d2-due") == "20 Oct 2040"


async def test_a_row_that_was_kept_as_it_was_typed_stays_one_row(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        form = form_on((await desk.get(EDIT)).text)
        begun = {"d1-text": "The bridge.", "r1-title": "Road", "i1-title": "Water", "i1-said": ""}
        await live(desk, {}, **begun)
        # The first page never heard that it was kept; the second did.
        rest = {**begun, "d1-short": "Bridge", "r1-text": "Mend the road.", "i1-said": "Seven dry."}
        assert (await desk.post(EDIT, {**form, "do": "save", **rest})).status_code == 303
        await live(desk, {"d1-text": "The bridge."}, **{"d1-text": "The bridge at Laspa."})
        heard = json.loads(form["base"]) | {"d1-text": "The bridge at Laspa.", "r1-title": "Road"}
        more = {**rest, "d1-text": "The bridge at Laspa is mended.", "r1-title": "Road to Laspa"}
        told = {**form, "do": "save", "base": json.dumps(heard), **more}
        assert (await desk.post(EDIT, told)).status_code == 303
        after = form_on((await desk.get(EDIT)).text)
        assert after["d1-text"] == "The bridge at Laspa is mended."
        assert (after["r1-title"], after["r1-text"]) == ("Road to Laspa", "Mend the road.")
        assert [after["d2-text"], after["r2-title"]] == ["", ""]
        assert "d3-text" not in after


async def test_a_form_that_comes_twice_is_kept_once(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        form = form_on((await desk.get(EDIT)).text)
        # The second row was added by the script: the page does not know how it began.
        new = {
            "d1-text": "“One”.",
            "d2-state": "in hand",
            "d2-text": "",
            "i2-said": "Done.",
            "r1-title": "Road",
            "r1-due": "20 Oct 2040",
        }
        for _ in range(2):
            assert (await desk.post(EDIT, {**form, "do": "save", **new})).status_code == 303
        after = form_on((await desk.get(EDIT)).text)
        assert [name for name in after if name.endswith("-text")] == [
            "d1-text",
            "d2-text",
            "r1-text",
            "r2-text",
        ]
        assert after["d2-text"] == after["r2-title"] == ""


async def test_a_button_keeps_and_goes_to_a_fresh_row_or_another_language(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        saved = await typed(desk, **{"do": "add-d", "d1-text": "One."})
        assert saved.headers["location"].endswith("&in=en#d2-text")
        saved = await typed(desk, **{"do": "in-ur-Latn", "d1-due": "20 Oct 2040"})
        assert saved.headers["location"].endswith("&in=ur-Latn")
        assert await stands(desk, "d1-due") == "20 Oct 2040"


async def test_one_language_is_written_beside_the_other_and_gaps_are_told(
    demo_url: str, tmp_path: Path
) -> None:
    async with writing(demo_url, tmp_path) as (desk,):
        await typed(desk, **{"d1-text": "Repair the road."})
        urdu = f"{EDIT}?in=ur"
        page = await shown(desk, urdu)
        assert "23/1: not in Urdu yet. Until then its readers get English." in page
        raw = (await desk.get(urdu)).text
        assert '<small lang="en" dir="ltr">Repair the road.</small>' in raw
        await typed(desk, urdu, **{"d1-text": "سڑک کی مرمت۔"})
        assert await stands(desk, "d1-text", urdu) == "سڑک کی مرمت۔"
        assert await stands(desk, "d1-text", f"{EDIT}?in=en") == "Repair the road."
        assert "not in Urdu yet" not in await shown(desk, urdu)


async def test_an_owner_is_chosen_and_nobody_else_can_be_put_in(
    demo_file: str, tmp_path: Path
) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        page = (await desk.get(EDIT)).text
        assert '<option value="EC|President|">President</option>' in page
        await typed(desk, **{"d1-text": "One.", "d1-owner": "EC|President|"})
        assert await stands(desk, "d1-owner") == "EC|President|"
        assert "Owed by President." in await shown(desk, SEE)
        answer = await typed(desk, **{"d1-owner": "LSO|President|999999"})
        assert "No such post is known here" in answer.text
        assert await stands(desk, "d1-owner") == "EC|President|"


async def test_restricted_words_say_why_and_resolutions_and_closing_are_kept(
    demo_file: str, tmp_path: Path
) -> None:
    wanted = {
        "i1-restricted": "a dispute between two families",
        "d1-text": "Both elders are heard.",
        "d1-restricted": "a dispute",
        "r1-title": "The road",
        "r1-to": "Deputy Commissioner",
        "r1-text": "We demand its repair.",
        "r1-due": "20 Oct 2040",
        "finance": "Rs 500 came in.",
        "next": "9 Nov 2040, 10:00",
        "place": "Shahi",
        "thanks": "Sher Nawab",
    }
    async with writing(demo_file, tmp_path) as (desk,):
        assert (await typed(desk, **wanted)).status_code == 303
        form = form_on((await desk.get(EDIT)).text)
        assert {name: form[name] for name in wanted} == wanted
        page = await shown(desk, SEE)
        for words in ("a dispute between two families", "We demand its repair.", "Sher Nawab"):
            assert words in page


@pytest.mark.parametrize("post", ["viewer", "press", "president"])
async def test_only_the_secretary_and_the_keeper_write(
    demo_file: str, tmp_path: Path, post: str
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Other", post) as other:
        assert (await other.get(EDIT)).status_code == 403
        answer = await other.send(EDIT, do="save", base="{}", **{"d1-text": "Mine."})
        assert answer.status_code == 403
        assert "/edit" not in (await other.get(SEE)).text


async def test_a_draft_is_for_officers_only(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path, ("Guest", "viewer")) as (desk, guest):
        await typed(desk, **{"d1-text": "Not yet for all."})
        assert "Not yet for all." in await shown(desk, SEE)
        assert "Not yet for all." not in await shown(guest, SEE)


async def test_markup_and_hostile_fields_are_only_words(demo_file: str, tmp_path: Path) -> None:
    async with writing(demo_file, tmp_path) as (desk,):
        odd = {
            "base": "[" * 5000,
            "version": "9" * 40,
            "d1-text": f"5 > 4 & {MARKUP}",
            "d0-text": "x",
            "d1-none": "x",
            "h999999": "1",
            "x0": "1",
            "chair": MARKUP + "x" * 500,
            "guests": f"{MARKUP}\n" + "y" * 500,
        }
        answer = await live(desk, {}, **odd)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        for path in (EDIT, SEE, f"{EDIT}?in=<b>&theirs=d1-text,{MARKUP}", f"{SEE}?revision=9"):
            answer = await desk.get(path)
            assert answer.status_code in {200, 404}
            assert "<script>alert" not in answer.text
        assert (await desk.get("/office/meetings/EC/999/edit")).status_code == 404


def test_the_script_is_small() -> None:
    assert (STATIC / "minutes.js").stat().st_size < 4_400
