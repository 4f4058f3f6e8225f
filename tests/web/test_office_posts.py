"""Bodies and posts in the office: named, renewed, handed over and left, by those who may."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, NETWORK, Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

BODIES, POSTS = "/office/bodies", "/office/posts"
MARKUP = "<script>alert(1)</script>"
PEOPLE = """name,sex,unit,phone,basis
Nusrat Ansari,F,Roshni,0364 1000001,paper form
Amina Bibi,F,Roshni,0364 1000002,paper form
Bilqis Gul,F,Roshni,0364 1000003,paper form
"""


@asynccontextmanager
async def chamber(url: str, folder: Path, now: Any) -> AsyncIterator[tuple[Office, dict[str, int]]]:
    """A network with an LSO and three people; gives their ids by first name, and the unit's."""
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        ids = {}
        for kind, name in (("LSON", "Mirkhai"), ("LSO", "Roshni")):
            made = await office.call("POST", "/api/v1/units", json={"kind": kind, "name": name})
            ids[name] = made["id"]
        await office.members(PEOPLE)
        async with signed_in(office, "Keeper", "keeper") as keeper:
            page = (await keeper.get(f"{POSTS}/new?q=a")).text
            for name in ("Nusrat", "Amina", "Bilqis"):
                page = (await keeper.get(f"{POSTS}/new?q={name}")).text
                ids[name] = int(re.search(r"person=(\d+)", page)[1])
        yield office, ids


async def appoint(office: Office, ids: dict[str, int], name: str, **told: Any) -> int:
    body = {"person_id": ids[name], "unit_id": ids["Roshni"], **told}
    return int((await office.call("POST", "/api/v1/seats", json=body))["id"])


async def send(visitor: Visitor, path: str, **fields: str) -> str:
    """Send a form; gives where the browser is sent."""
    answer = await visitor.send(path, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_somebody_is_named_by_looking_for_the_name(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        asked = f"{POSTS}/new?unit={ids['Roshni']}&body=GB&q=nusr"
        found = (await president.get(asked)).text
        link = html.unescape(re.search(r'href="([^"]*person=[^"]*)"', found)[1])
        form = await shown(president, link)
        assert "Name Nusrat Ansari for this post" in form
        assert "General Body, LSO Roshni" in form
        fields = {"person": str(ids["Nusrat"]), "unit": str(ids["Roshni"]), "body": "GB"}
        where = await send(president, f"{POSTS}/new", **fields, ends_on="28 Feb 2027")
        assert where == f"{BODIES}/GB"
        page = await shown(president, where)
        assert "1 of 2" in page
        assert "until 28 February 2027" in page
        assert "General Body seat 2 of 2" in page
        assert "+92364" not in page


async def test_the_first_page_counts_seats_women_ends_and_overlaps(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, ids),
        signed_in(office, "Guest", "viewer") as guest,
    ):
        await office.call("POST", "/api/v1/bodies/GB", json={"women_percent": 100})
        ends = {"starts_on": "2025-01-01", "ends_on": "2026-12-15"}
        await appoint(office, ids, "Nusrat", body="GB", **ends)
        await appoint(office, ids, "Nusrat", post="President")
        await appoint(office, ids, "Nusrat", post="Press Secretary", body="EC")
        page = await shown(guest, BODIES)
        assert "1 seat is empty; 1 terms end" in page
        assert "1 of 2, 1 empty" in page
        assert "by-laws: 100 percent, 2 women" in page
        assert "1 woman is missing" in page
        assert "ends in 24 days" in page
        assert "Press Secretary, Executive Committee" in page
        assert "Two tiers" in page
        # Whoever may only look gets no door that is shut.
        raw = (await guest.get(BODIES)).text
        assert f"{POSTS}/" not in raw


async def test_a_seat_is_renewed_handed_over_and_left(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        seat = await appoint(office, ids, "Nusrat", body="GB", starts_on="2025-01-01")
        renewed = await send(president, f"{POSTS}/{seat}/renewal", ends_on="1 Mar 2029")
        assert "1 March 2029" in await shown(president, renewed)
        match = (await president.get(f"{renewed}?q=amina")).text
        assert f"{renewed}?person={ids['Amina']}#handover" in match
        chosen = await shown(president, f"{renewed}?person={ids['Amina']}")
        assert "Hand over to Amina Bibi" in chosen
        fields = {"person": str(ids["Amina"])}
        # A term that begins in 2027 cannot be handed over before it has begun.
        answer = await president.send(f"{renewed}/handover", **fields)
        assert answer.status_code == 422
        assert "before the term began" in html.unescape(answer.text)
        seat = await appoint(office, ids, "Bilqis", post="President", starts_on="2026-01-01")
        handed = await send(president, f"{POSTS}/{seat}/handover", **fields, on="20 Nov")
        assert "Amina Bibi" in await shown(president, handed)
        home = await send(president, f"{handed}/end", left_on="")
        assert home == f"/office/units/{ids['Roshni']}"
        assert (await president.get(handed)).status_code == 404


async def test_what_is_refused_is_said_and_the_form_stays(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        await appoint(office, ids, "Nusrat", post="President", ends_on="2027-02-28")
        fields = {"person": str(ids["Amina"]), "unit": str(ids["Roshni"])}
        for more, said in (
            ({"post": "President"}, "President of LSO Roshni is Nusrat Ansari until 2027-02-28"),
            ({"post": "Manager", "ends_on": "soon"}, "'soon' is no date"),
            ({"post": ""}, "Say which post"),
            ({"post": "Manager", "unit": "", "where": "Nowhere"}, "no unit called Nowhere"),
        ):
            answer = await president.send(f"{POSTS}/new", **{**fields, **more})
            assert answer.status_code == 422, more
            page = html.unescape(answer.text)
            assert said in page
            assert "Nothing was changed." in page
            assert 'name="person"' in page


async def test_a_committee_is_added_changed_and_removed(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, _),
        signed_in(office, "Rehmat", "president") as president,
    ):
        facts = {"code": "flood", "name": "Flood committee", "ends_on": "28 Feb 2027", "seats": "7"}
        assert await send(president, f"{BODIES}/new", **facts) == f"{BODIES}/FLOOD"
        page = await shown(president, f"{BODIES}/FLOOD")
        assert "Made until 28 February 2027" in page
        assert "0 of 7, 7 empty" in page
        form = (await president.get(f"{BODIES}/FLOOD/change")).text
        assert 'value="2027-02-28"' in form
        assert await send(president, f"{BODIES}/FLOOD/change", name="Flood", seats="5")
        assert "0 of 5" in await shown(president, f"{BODIES}/FLOOD")
        for path, more, said in (
            (f"{BODIES}/new", facts, "There is a body FLOOD already"),
            (f"{BODIES}/new", {"code": "LSO", "name": "x"}, "not the name of a tier"),
            (f"{BODIES}/FLOOD/change", {"name": ""}, "needs a name"),
            (f"{BODIES}/FLOOD/change", {"name": "x", "seats": "many"}, "'many' is no number"),
            (f"{BODIES}/GB/removal", {}, "is part of every network"),
        ):
            answer = await president.send(path, **more)
            assert answer.status_code == 422, path
            assert said in html.unescape(answer.text)
        assert await send(president, f"{BODIES}/FLOOD/removal") == BODIES
        assert (await president.get(f"{BODIES}/FLOOD")).status_code == 404


async def test_posts_that_may_not_change_are_refused(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with chamber(database_url, tmp_path, now) as (office, ids):
        seat = await appoint(office, ids, "Nusrat", post="President")
        for post in ("viewer", "press"):
            async with signed_in(office, f"Some {post}", post) as guest:
                for path in (f"{POSTS}/new", f"{POSTS}/{seat}", f"{BODIES}/new"):
                    assert (await guest.get(path)).status_code == 403
                for path in (f"{POSTS}/new", f"{POSTS}/{seat}/end", f"{BODIES}/GB/removal"):
                    assert (await guest.send(path)).status_code == 403
        async with signed_in(office, "Rehmat", "president") as president:
            assert "Nusrat" in await shown(president, f"{POSTS}/{seat}")


async def test_markup_and_long_names_are_shown_as_text(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        told = {"code": "BAD", "name": f"{MARKUP} 100% %(x)s", "local_name": "ص" * 120}
        await office.call("POST", "/api/v1/bodies", json=told)
        posts = (f"{MARKUP} %s %(x)s {{}}", "x" * 60)
        for name, post in zip(("Nusrat", "Amina"), posts, strict=True):
            seat = await appoint(office, ids, name, post=post, local_post=MARKUP)
            await appoint(office, ids, name, body="BAD", post=post)
            person, sheet = f"/office/people/{ids[name]}", "/office/lists/print?list=body&of=GB"
            body = f"{BODIES}/BAD"
            for path in (BODIES, body, f"{body}/change", f"{POSTS}/{seat}", person, sheet):
                for lang in ("en", "ur"):
                    joint = "&" if "?" in path else "?"
                    answer = await president.get(f"{path}{joint}lang={lang}")
                    assert answer.status_code == 200
                    assert "<script>alert" not in answer.text
        asked = f"{POSTS}/new?q=%3Cscript%3E&post=%3Cscript%3Ealert&where=%3Cb%3E&body=%3Cb%3E"
        assert "<script>alert" not in (await president.get(asked)).text


ODD = ("", "0", "-1", "x", "9" * 20, "9" * 5000, "%00", "%FF'", "%D9%A1", "GB/../EC")


async def test_odd_addresses_get_a_page(sqlite_url: str, tmp_path: Path, now: Any) -> None:
    async with (
        chamber(sqlite_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        seat = await appoint(office, ids, "Nusrat", post="President")
        for odd in ODD:
            for path in (
                f"{BODIES}/{odd}",
                f"{BODIES}/{odd}/change",
                f"{POSTS}/{odd}",
                f"{POSTS}/{seat}?person={odd}&q={odd}",
                f"{POSTS}/new?unit={odd}",
                f"{POSTS}/new?unit={ids['Roshni']}&body={odd}&person={odd}&post={odd}&q={odd}",
                f"{POSTS}/new?where={odd}",
            ):
                answer = await president.get(path)
                assert answer.status_code in {200, 307, 404, 422}, path
                assert answer.status_code == 307 or "<h1>" in answer.text, path


async def test_the_page_speaks_urdu_where_the_data_does(
    sqlite_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(sqlite_url, tmp_path, now) as (office, ids),
        signed_in(office, "Rehmat", "president") as president,
    ):
        seat = await appoint(office, ids, "Nusrat", post="President", local_post="صدرِ اعلیٰ")
        assert "صدرِ اعلیٰ" in (await president.get(f"{POSTS}/{seat}?lang=ur")).text
        assert "جنرل باڈی" in (await president.get(f"{BODIES}?lang=ur")).text


async def test_programs_read_and_change_the_same(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with chamber(database_url, tmp_path, now) as (office, ids):
        name = {"person_id": ids["Nusrat"], "unit": "LSO Roshni", "post": "President"}
        seat = (await office.call("POST", "/api/v1/seats", json=name))["id"]
        listed = await office.call("GET", "/api/v1/posts?unit=Roshni")
        found = next(one for one in listed["posts"] if one["seat_id"] == seat)
        assert (found["name"], found["post"], found["vacant"]) == (
            "Nusrat Ansari", "President", False,
        )  # fmt: skip
        vacant = await office.call("GET", "/api/v1/posts?vacant=true")
        assert all(one["vacant"] for one in vacant["posts"])
        assert len(vacant["posts"]) == 2 + 2 + 6
        made = await office.call("POST", f"/api/v1/seats/{seat}/renewal", json={})
        to = {"person_id": ids["Amina"], "on": "2026-11-21"}
        handed = await office.call("POST", f"/api/v1/seats/{made['id']}/handover", json=to)
        assert handed["phones"] == 0
        await office.call("POST", f"/api/v1/seats/{handed['id']}/end", json={})
        report = await office.call("GET", "/api/v1/reports/bodies")
        assert [one["code"] for one in report["bodies"]] == ["GB", "EC"]
        body = await office.call("GET", "/api/v1/bodies/gb")
        assert (body["seats"], body["vacant"], len(body["posts"])) == (2, 2, 2)
        viewer = await office.officer("Guest", "viewer")
        answer = await office.client.post("/api/v1/seats", json=name, headers=viewer)
        assert answer.status_code == 403
        answer = await office.client.post(f"/api/v1/seats/{handed['id']}/end", json={})
        assert answer.status_code == 404
