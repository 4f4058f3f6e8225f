"""The pages of the tree: who the network is, one unit, and the forms that change it."""

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.office import NETWORK, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, hidden, signed_in

PEOPLE, UNITS, API = "/office/people", "/office/units", "/api/v1/units"
MARKUP = "<script>alert(1)</script> & <b>"
POSTS = ("new", "change", "move", "removal")


@asynccontextmanager
async def open_office(
    url: str, folder: Path, post: str = "general secretary"
) -> AsyncIterator[tuple[Office, Visitor]]:
    """An office with a network and nobody in it, and somebody of that post at its pages."""
    async with running(url, folder) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        async with signed_in(office, "Nusrat", post) as visitor:
            yield office, visitor


async def add(office: Office, kind: str, name: str, **facts: Any) -> int:
    made = await office.call("POST", API, json={"kind": kind, "name": name, **facts})
    return int(made["id"])


async def tree(office: Office) -> dict[str, int]:
    roshni = await add(office, "LSO", "Roshni", place="Shahi", local_name="روشنی")
    umeed = await add(office, "LSO", "Umeed")
    dosti = await add(office, "VO", "Dosti", under=roshni, members="women")
    other = await add(office, "VO", "Dosti", under=umeed)
    gul = await add(office, "CO", "Gul", under=dosti)
    return {"roshni": roshni, "umeed": umeed, "dosti": dosti, "other": other, "gul": gul}


# --- the tree ---


async def test_an_empty_network_says_where_the_first_unit_comes_from(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (_, visitor):
        page = await shown(visitor, PEOPLE)
        assert "No unit is written down yet" in page
        assert "Departments, elected members" in page
        raw = (await visitor.get(PEOPLE)).text
        assert 'href="/office/units/new?kind=LSO"' in raw


async def test_the_tree_shows_its_figures_and_opens_one_level_at_a_time(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        await add(office, "media", "Press Club")
        page = await shown(visitor, PEOPLE)
        assert "0 people in 2 LSOs, 2 VOs and 1 CO; 0 are women." in page
        assert "LSON Mirkhai" in page
        assert "LSO Roshni, Shahi" in page
        assert "Press Club" in page
        raw = (await visitor.get(PEOPLE)).text
        assert f'href="{UNITS}/{ids["dosti"]}"' not in raw
        opened = (await visitor.get(f"{PEOPLE}?open={ids['roshni']}")).text
        assert f'href="{UNITS}/{ids["dosti"]}"' in opened
        assert f'href="{UNITS}/{ids["other"]}"' not in opened
        assert f'<details id="u{ids["roshni"]}" open>' in opened


async def test_the_women_of_a_list_that_came_in_are_counted(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        await office.members()
        page = await shown(visitor, PEOPLE)
        assert "4 people in" in page
        assert "2 are women." in page


async def test_many_units_stand_on_several_pages(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        for n in range(53):
            await add(office, "LSO", f"Lso {n:02d}")
        first = (await visitor.get(PEOPLE)).text
        assert "Lso 49" in first
        assert "Lso 50" not in first
        more = html.unescape(first.split('<a class="btn" href="')[3].split('"')[0])
        assert more.startswith(f"{PEOPLE}?after=")
        second = (await visitor.get(more)).text
        assert "Lso 50" in second
        assert "Lso 49" not in second
        assert "Back to the first units" in second


async def test_in_urdu_units_bear_their_local_names(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        raw = (await visitor.get(f"{PEOPLE}?lang=ur")).text
        assert "<bdi>LSO</bdi> روشنی" in raw
        raw = (await visitor.get(f"{UNITS}/{ids['roshni']}?lang=ur")).text
        assert "روشنی" in raw


async def test_units_are_found_by_name_with_what_they_stand_under(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        await tree(office)
        page = await shown(visitor, f"{UNITS}?q=dost")
        assert page.count("VO Dosti") == 2
        assert "LSO Umeed, LSON Mirkhai" in page
        assert "No unit has a name like that" in await shown(visitor, f"{UNITS}?q=xyzzy")


# --- one unit ---


async def test_a_unit_shows_its_facts_its_way_and_what_is_under_it(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        facts = {"households": 1842, "formed_on": "2019-03-14", "status": "candidate"}
        path = f"{API}/{ids['dosti']}"
        await office.call("PATCH", path, json={**facts, "cut_from": "1 Jan", "cut_until": "31 Dec"})
        page = await shown(visitor, f"{UNITS}/{ids['dosti']}")
        for words in (
            "VO Dosti",
            "Stands under LSO Roshni, LSON Mirkhai.",
            "1,842",
            "14 March 2019",
            "Candidate",
            "Cut off today: no road leads there from 1 Jan to 31 Dec.",
            "CO Gul",
            "President",
        ):
            assert words in page, words
        assert "Last made sure" not in page


async def test_a_viewer_sees_all_and_is_offered_no_change(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path, "viewer") as (office, visitor):
        ids = await tree(office)
        home = (await visitor.get(PEOPLE)).text
        raw = (await visitor.get(f"{UNITS}/{ids['dosti']}")).text
        for page in (home, raw):
            for word in ("/new", "/change", "/move", "/removal", '/office/imports" class'):
                assert f'{word}"' not in page
        for what in POSTS:
            path = f"{UNITS}/new" if what == "new" else f"{UNITS}/{ids['dosti']}/{what}"
            assert (await visitor.get(path)).status_code == 403
            assert (await visitor.send(path, name="X", kind="LSO")).status_code == 403
        assert await office.count("unit") == 6


async def test_markup_and_long_names_are_shown_as_words(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        bad = await add(office, "LSO", MARKUP, place=MARKUP, local_name=MARKUP)
        long = await add(office, "LSO", "Naya" * 30, place="شاہی" * 30)
        for path in (PEOPLE, f"{UNITS}?q=naya", *(f"{UNITS}/{one}" for one in (bad, long))):
            answer = await visitor.get(path)
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
        for form in ("change", "move", "removal"):
            assert "<script>alert" not in (await visitor.get(f"{UNITS}/{bad}/{form}")).text


HOSTILE = [
    f"{PEOPLE}?open=9999999999999999999999&after=",
    f"{PEOPLE}?open=%00%ff",
    f"{PEOPLE}?after=zzz",
    f"{PEOPLE}?after=1:%00",
    f"{UNITS}?kind=LSO%27",
    f"{UNITS}?q=%00%25_%5C",
    f"{UNITS}?after={'9' * 3000}:x",
    f"{UNITS}/0",
    f"{UNITS}/9223372036854775807",
    f"{UNITS}/99999999999999999999",
    f"{UNITS}/x",
    f"{UNITS}/987654321/move",
    f"{UNITS}/new?under={'9' * 5000}",
    f"{UNITS}/new?under=987654321&kind=%3Cb%3E",
]


async def test_a_hostile_address_gives_a_page(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        await tree(office)
        for path in HOSTILE:
            answer = await visitor.get(path)
            assert answer.status_code < 500
            assert "<h1>" in answer.text


# --- the forms ---


async def test_a_unit_is_added_where_the_page_stood(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        form = await visitor.get(f"{UNITS}/new?under={ids['roshni']}")
        assert '<option value="VO" selected>' in form.text
        answer = await visitor.post(
            f"{UNITS}/new",
            {
                **hidden(form),
                "kind": "VO",
                "name": "Sahara",
                "members": "women",
                "status": "member",
                "formed_on": "14 Mar 2019",
                "households": "1,842",
                "cut_from": "1 Dec",
                "cut_until": "31 March",
            },
        )
        assert answer.status_code == 303
        unit = await office.call("GET", answer.headers["location"].replace("/office", "/api/v1"))
        assert unit["way"][-1]["name"] == "Roshni"
        told = ("formed_on", "households", "cut_from", "cut_until", "members")
        assert [unit[name] for name in told] == ["2019-03-14", 1842, "1 Dec", "31 Mar", "women"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": ""}, "name", "Give the unit a name"),
        ({"name": "roshni"}, "name", "There is a unit LSO roshni at this place already"),
        ({"name": "X", "cut_from": "31 Feb"}, "cut_from", "is no day of the year"),
        ({"name": "X", "cut_from": "1 Dec"}, "cut_from", "Give both days"),
        ({"name": "X", "households": "many"}, "households", "is no number of households"),
        ({"name": "X", "formed_on": "yesterday"}, "formed_on", "is no date"),
        ({"name": "X", "kind": "VO"}, "kind", "Say under which unit this VO stands"),
        ({"name": "X", "kind": "CO", "under": "Nobody"}, "under", "no unit called Nobody"),
        ({"name": "X", "kind": "CO", "under": "Dosti"}, "under", "VO Dosti under LSO Umeed"),
    ],
)
async def test_a_form_comes_back_with_what_was_typed_and_what_is_wrong(
    database_url: str, tmp_path: Path, fields: dict[str, str], field: str, said: str
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        await tree(office)
        plain = {"kind": "LSO", "members": "men", "status": "member", "place": MARKUP}
        answer = await visitor.send(f"{UNITS}/new", **{**plain, **fields})
        assert answer.status_code == 422
        text = html.unescape(answer.text)
        assert said in text
        assert f'<a href="#{field}">' in answer.text
        assert f'id="{field}-fault"' in answer.text
        assert html.escape(MARKUP) in answer.text.replace("&#34;", '"')
        assert '<option value="men" selected>' in answer.text
        assert await office.count("unit") == 6


async def test_a_unit_is_changed_in_place_and_a_form_left_alone_changes_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        path = f"{API}/{ids['dosti']}"
        winter = {"cut_from": "1 Dec", "cut_until": "31 Mar"}
        await office.call("PATCH", path, json={**winter, "formed_on": "2019-03-14"})
        before = await office.call("GET", path)
        kept = {
            "name": "Dosti",
            "members": "women",
            "status": "member",
            "formed_on": "14 Mar 2019",
            **winter,
        }
        form = (await visitor.get(f"{UNITS}/{ids['dosti']}/change")).text
        for value in ("Dosti", "14 Mar 2019", "1 Dec", "31 Mar"):
            assert f'value="{value}"' in form
        answer = await visitor.send(f"{UNITS}/{ids['dosti']}/change", **kept)
        assert answer.status_code == 303
        assert await office.call("GET", path) == before
        await visitor.send(f"{UNITS}/{ids['dosti']}/change", **{**kept, "name": "Naya"})
        assert (await office.call("GET", path))["name"] == "Naya"
        other = f"{UNITS}/{ids['umeed']}/change"
        assert (await visitor.send(other, **{**kept, "name": "Roshni"})).status_code == 422


async def test_a_unit_moves_with_all_under_it_or_says_why_not(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        path = f"{UNITS}/{ids['gul']}/move"
        for under, said in (
            ("", "Name the unit"),
            ("Nobody", "no unit called"),
            ("VO Dosti", "Write the one above before it"),
            ("CO Gul", "cannot stand under itself"),
        ):
            answer = await visitor.send(path, under=under)
            assert answer.status_code == 422
            assert said in html.unescape(answer.text)
        assert (await visitor.send(path, under="Umeed/Dosti")).status_code == 303
        way = (await office.call("GET", f"{API}/{ids['gul']}"))["way"]
        assert [step["name"] for step in way] == ["LSON Mirkhai", "Umeed", "Dosti"]


async def test_only_an_empty_unit_goes_away(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, visitor):
        ids = await tree(office)
        assert "by mistake" in await shown(visitor, f"{UNITS}/{ids['gul']}/removal")
        full = await visitor.send(f"{UNITS}/{ids['dosti']}/removal")
        assert full.status_code == 422
        assert "VO Dosti is not empty" in full.text
        gone = await visitor.send(f"{UNITS}/{ids['gul']}/removal")
        assert gone.headers["location"] == f"{UNITS}/{ids['dosti']}"
        assert (await visitor.get(f"{UNITS}/{ids['gul']}")).status_code == 404


# --- the API ---


async def test_the_api_lists_finds_moves_and_removes(database_url: str, tmp_path: Path) -> None:
    async with open_office(database_url, tmp_path) as (office, _):
        ids = await tree(office)
        top = (await office.call("GET", API))["units"]
        assert [line["kind"] for line in top] == ["LSON"]
        lsos = await office.call("GET", API, params={"parent": top[0]["id"]})
        assert [(one["name"], one["units"]) for one in lsos["units"]] == [
            ("Roshni", {"VO": 1}),
            ("Umeed", {"VO": 1}),
        ]
        found = (await office.call("GET", API, params={"q": "VO dos"}))["units"]
        assert {line["id"] for line in found} == {ids["dosti"], ids["other"]}
        query = {"name": "VO Dosti"}
        both = await office.client.get(f"{API}/which", params=query)
        assert problem_of(both)["code"] == "which_unit"
        one = await office.call("GET", f"{API}/which", params={**query, "under": "Umeed"})
        assert one == {"id": ids["other"]}
        await office.call("POST", f"{API}/{ids['gul']}/move", json={"under": ids["other"]})
        await office.call("POST", f"{API}/{ids['dosti']}/removal", json={})
        gone = await office.client.get(f"{API}/{ids['dosti']}")
        assert problem_of(gone)["code"] == "not_found"
        changed = await office.call("PATCH", f"{API}/{ids['gul']}", json={"status": "lapsed"})
        assert changed["changed"] == ["status"]


async def test_the_api_refuses_with_a_code_and_asks_for_the_right_post(
    database_url: str, tmp_path: Path
) -> None:
    async with open_office(database_url, tmp_path) as (office, _):
        ids = await tree(office)
        viewer = await office.officer("Guest", "viewer")
        press = await office.officer("Sajida", "press")
        for who in (viewer, press):
            answer = await office.client.post(API, json={"kind": "LSO", "name": "Azm"}, headers=who)
            assert problem_of(answer)["code"] == "not_allowed"
            assert (await office.client.get(API, headers=who)).status_code == 200
        for body, code in (
            ({"kind": "LSO", "name": "ROSHNI"}, "taken"),
            ({"kind": "VO", "name": "Azm"}, "place"),
            ({"kind": "VO", "name": "Azm", "under": 987654321}, "not_found"),
            ({"kind": "VO", "name": "Azm", "under": 2**70}, "invalid"),
            ({"kind": "LSO", "name": "A\x00"}, "invalid"),
            ({"kind": "LSO", "name": "Azm", "cut_from": "x", "cut_until": "y"}, "day"),
        ):
            assert problem_of(await office.client.post(API, json=body))["code"] == code
        circle = {"under": ids["gul"]}
        answer = await office.client.post(f"{API}/{ids['dosti']}/move", json=circle)
        assert problem_of(answer)["code"] == "circle"
