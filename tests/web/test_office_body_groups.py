"""A body's group on its page: the code is shown once, and only editors may make one."""

import html
import re
from pathlib import Path
from typing import Any

from app.domain.messages import ChatChange, Mo
from tests.web.office import Office
from tests.web.test_office_posts import BODIES, MARKUP, chamber
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

GROUP = "tg:-100900"


async def heard(office: Office, *what: Mo | ChatChange) -> None:
    """What the wire of the messenger hands over."""
    await office.app.state.runtime.take(what)


def said(text: str, key: str) -> Mo:
    return Mo("sim", key, GROUP, "bot", text, is_group=True, raw={"title": f"EC {MARKUP}"})


async def test_a_group_is_linked_with_the_code_shown_once_and_taken_away_again(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, _),
        signed_in(office, "Rehmat", "president") as president,
    ):
        assert "No group is linked" in await shown(president, f"{BODIES}/EC")
        made = (await president.send(f"{BODIES}/EC/group-code")).text
        code = re.search(r"LINK (\d{6})", made)[1]
        assert code not in (await president.get(f"{BODIES}/EC")).text
        await heard(office, said(f"link {code}", "1"))
        page = (await president.get(f"{BODIES}/EC")).text
        assert MARKUP not in page
        assert f"EC {MARKUP}" in html.unescape(page)
        assert "linked by" in page
        await heard(office, ChatChange("sim", "left", GROUP, "left"))
        assert "not in this group any more" in await shown(president, f"{BODIES}/EC")
        group = re.search(r'name="group" value="(\d+)"', page)[1]
        answer = await president.send(f"{BODIES}/EC/group-removal", group=group)
        assert answer.headers["location"] == f"{BODIES}/EC"
        assert "No group is linked" in await shown(president, f"{BODIES}/EC")


async def test_whoever_may_not_change_bodies_makes_no_code(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        chamber(database_url, tmp_path, now) as (office, _),
        signed_in(office, "Guest", "viewer") as guest,
        signed_in(office, "Rehmat", "president") as president,
    ):
        assert "Make a code" not in await shown(guest, f"{BODIES}/EC")
        for path in ("group-code", "group-removal"):
            assert (await guest.send(f"{BODIES}/EC/{path}", group="1")).status_code == 403
            answer = await president.send(f"{BODIES}/NONE/{path}", group="1")
            assert answer.status_code == 404
        for hostile in ("", "x", "-1", "9" * 30, "0"):
            answer = await president.send(f"{BODIES}/EC/group-removal", group=hostile)
            assert answer.status_code == 303, hostile
