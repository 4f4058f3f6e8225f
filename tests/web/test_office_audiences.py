"""The builder of audiences and the groups: counted, saved, written to; donors for few eyes."""

import html
import re
from itertools import product
from pathlib import Path
from typing import Any

from tests.web.office import Office, problem_of, running
from tests.web.visitor import Visitor, signed_in

HOME = "/office/audiences"
MARKUP = "<script>alert(1)</script>"
HOSTILE = ("", MARKUP, "x" * 600, "%", "'; drop", "🙂", "و" * 90, "all except", "-1", "9" * 30)


async def shown(visitor: Visitor, path: str, **params: str) -> str:
    answer = await visitor.get(path, **({"params": params} if params else {}))
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def said(page: str) -> str:
    """What stands in the field of words."""
    found = re.search(r'id="words"[^>]*value="([^"]*)"', page)
    assert found is not None
    return found[1]


async def test_choices_become_words_that_can_be_added_and_taken_away(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        page = await shown(gul, HOME, sex="women", body="gb", quiet="6", unit="LSO Wafa", do="add")
        assert said(page) == "women gb quiet 6 under LSO Wafa"
        page = await shown(gul, HOME, words="gb", office="President", do="less")
        assert said(page) == "gb but not president"
        page = await shown(gul, HOME, words="gb, ec", do="count", sex="kings", quiet="7")
        assert said(page) == "gb, ec"
        assert "leaders first" in page
        assert "/office/write?to=gb%2C+ec" in page


async def test_who_is_named_reached_and_left_out_adds_up(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office:
        body = {"words": "all", "private": True}
        count = await office.call("POST", "/api/v1/audiences/count", json=body)
        rest = sum(one["people"] for one in (*count["left_out"], *count["held"]))
        assert count["chosen"] == count["phones"] + rest
        assert {one["reason"] for one in count["held"]} == {"shared_phone"}
        assert len(count["sample"]) == 20
        assert all("*" in one["number"] for one in count["sample"] if one["number"])


async def test_an_audience_is_saved_written_to_renamed_and_taken_away(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        answer = await gul.send(HOME, name="Raft list", words="women gb")
        assert answer.status_code == 303, answer.text
        found = (await office.call("GET", "/api/v1/audiences"))["audiences"]
        (one,) = [saved for saved in found if saved["name"] == "Raft list"]
        assert (one["name"], one["words"], one["saved_by"]) == ("Raft list", "women gb", "Gul")
        leads = (await gul.get("/office/write?to=raft+list")).headers["location"]
        page = await shown(gul, leads)
        assert 'value="raft list"' in page
        assert "people on" in page
        assert '<option value="Raft list">' in page
        where = f"{HOME}/{one['id']}"
        assert (await gul.send(where, do="rename", name="Sled list")).status_code == 303
        assert "Sled list" in await shown(gul, HOME)
        assert (await gul.send(where, do="remove")).status_code == 303
        assert "Sled list" not in await shown(gul, HOME)
        assert (await gul.send(where, do="remove")).status_code == 404


async def test_words_that_mean_nobody_are_told_and_kept(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Gul", "press") as gul:
        page = await shown(gul, HOME, words="women kings")
        assert "No group is called 'kings'" in page
        assert said(page) == "women kings"
        answer = await gul.send(HOME, name="Women", words="gb")
        assert answer.status_code == 422
        assert "already means something" in answer.text
        assert said(html.unescape(answer.text)) == "gb"


async def put_donor(office: Office, keeper: Visitor) -> str:
    """A group of donors with one in it, made by forms."""
    made = await keeper.send("/office/groups/new", name="Night donors", kind="donors")
    where = str(made.headers["location"])
    fields = {"who": "Sajida Parveen", "blood_group": "O-", "last_on": "1 Jan 2020"}
    without = await keeper.send(f"{where}/members", **fields)
    assert without.status_code == 422
    assert "Say how this person agreed" in without.text
    answer = await keeper.send(f"{where}/members", **fields, basis="paper form")
    assert answer.status_code == 303, answer.text
    return where


async def test_donors_are_kept_with_consent_and_shown_to_few(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Khan", "keeper") as khan,
        signed_in(office, "Gul", "press") as gul,
    ):
        where = await put_donor(office, khan)
        page = await shown(khan, where)
        assert "O-" in page
        assert "may give again" in page
        assert "Sajida Parveen" in page
        refused = await gul.get(where)
        assert refused.status_code == 403
        assert "O-" not in refused.text
        assert "Night donors" not in await shown(gul, HOME)
        for words in ("blood O-", "night donors"):
            told = await shown(gul, HOME, words=words)
            assert "for the President" in told
            assert "Sajida Parveen" not in told
        person = re.search(rf"{where}/members/(\d+)", page)
        assert person is not None
        theirs = f"person_id = {person[1]} AND group_id = {where.rpartition('/')[2]}"
        await khan.send(person[0], do="blank")
        assert await office.count("membership", f"{theirs} AND blood_group <> ''") == 0
        await khan.send(person[0], do="out")
        assert await office.count("membership", theirs) == 0


async def test_of_several_people_with_one_name_one_is_chosen(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Khan", "keeper") as khan:
        made = await khan.send("/office/groups/new", name="Loom circle", kind="resource")
        where = f"{made.headers['location']}/members"
        answer = await khan.send(where, who="Gul", skill="tailoring")
        assert answer.status_code == 200
        assert "Who is it?" in answer.text
        assert 'value="tailoring"' in answer.text
        chosen = re.findall(r'name="person_id" value="(\d+)"', answer.text)
        assert len(chosen) > 1
        await khan.send(where, who="Gul", skill="tailoring", person_id=chosen[1])
        assert await office.count("membership", f"person_id = {chosen[1]}") == 1
        assert (await khan.send(where, who="")).status_code == 422
        assert (await khan.send(where, who="Nobody At All")).status_code == 422


async def test_who_may_only_look_changes_nothing(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Wali", "viewer") as wali:
        page = await shown(wali, HOME, words="gb")
        assert "Write to them" not in page
        assert "Make a group" not in page
        assert (await wali.get("/office/groups/new")).status_code == 403
        for path in (HOME, f"{HOME}/1", "/office/groups/new", "/office/groups/1/members"):
            assert (await wali.send(path, name="X", words="gb")).status_code == 403


async def test_no_words_and_no_choice_break_the_page(demo_file: str, tmp_path: Path) -> None:
    parts = ("words", "unit", "group", "skill", "body", "quiet", "do")
    async with running(demo_file, tmp_path) as office, signed_in(office, "Khan", "keeper") as khan:
        for part, value in product(parts, HOSTILE):
            answer = await khan.get(HOME, params={part: value})
            assert answer.status_code == 200, (part, value)
            assert MARKUP not in answer.text
        for value in HOSTILE:
            body = {"words": value[:500], "name": value[:80]}
            assert (await khan.send(HOME, **body)).status_code in {303, 422}
            answer = await khan.send("/office/groups/new", name=value, ends_on=value, kind=value)
            assert answer.status_code == 422


async def test_no_address_of_a_group_breaks_the_page(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Khan", "keeper") as khan:
        for path in ("0", "x", "9" * 30, "987654321?after=x", "987654321"):
            assert (await khan.get(f"/office/groups/{path}")).status_code in {404, 422}
        assert (await khan.send("/office/groups/987654321/members", who="Gul")).status_code == 404
        assert (
            await khan.send("/office/groups/987654321/members/987654321", do="out")
        ).status_code == 404


REFUSED: Any = [
    ("POST", "/api/v1/audiences/count", {"words": "kings"}, "audience_unknown"),
    ("POST", "/api/v1/audiences", {"name": "vos", "words": "gb"}, "name_reserved"),
    ("POST", "/api/v1/audiences/987654321", {"name": "Snow"}, "not_found"),
    ("POST", "/api/v1/audiences/987654321/removal", {}, "not_found"),
    ("POST", "/api/v1/groups", {"name": "T", "kind": "club"}, "group_kind"),
    ("GET", "/api/v1/groups/987654321", None, "not_found"),
    ("POST", "/api/v1/groups/987654321", {"name": "T"}, "not_found"),
    ("POST", "/api/v1/groups/987654321/members", {"person_id": 1}, "not_found"),
    ("POST", "/api/v1/groups/987654321/members/1/removal", {}, "not_found"),
]


async def test_what_the_api_refuses_it_says_plainly(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office:
        for method, path, body, code in REFUSED:
            answer = await office.client.request(method, path, json=body)
            assert problem_of(answer)["code"] == code, path


async def test_groups_go_round_over_the_api(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office:
        new = {"name": "Loom circle", "kind": "resource", "ends_on": "2030-01-01"}
        path = f"/api/v1/groups/{(await office.call('POST', '/api/v1/groups', json=new))['id']}"
        await office.call("POST", f"{path}/members", json={"person_id": 1, "skill": "looming"})
        found = await office.call("GET", path)
        assert [one["skill"] for one in found["members"]] == ["looming"]
        body = {"words": "skill looming"}
        assert (await office.call("POST", "/api/v1/audiences/count", json=body))["chosen"] == 1
        await office.call("POST", f"{path}/members/1/removal", json={})
        listed = (await office.call("GET", "/api/v1/groups"))["groups"]
        assert [one["members"] for one in listed if one["name"] == "Loom circle"] == [0]
