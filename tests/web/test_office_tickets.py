"""Reports of problems in the office and over the API: work on them, and who may not see them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Role
from app.store.database import Database
from tests.factories import Office as Rows
from tests.factories import person
from tests.web.office import BOOT, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

PAGE, API = "/office/tickets", "/api/v1/tickets"
MARKUP = "<script>alert(1)</script>"
ABUSE = "ghar mein maar peet hoti hai roz"


@asynccontextmanager
async def reported(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    """An office with three reports: one with markup, one protected, one without a name."""
    async with Database(url) as database:
        rows = await Rows.open(database, now)
        await rows.people(person("Gul " + MARKUP + " " + "x" * 150, 1))
        await rows.unit("Umeed", place="Laspa")
        await rows.say(1, f"6 pump kharab hai {MARKUP} Laspa mein")
        await rows.say(2, ABUSE)
        await rows.say(3, "6 gumnam numberdar paise mangta hai")
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        yield office


async def test_an_officer_reads_assigns_answers_and_closes(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida Bibi", "press") as sajida,
    ):
        page = await shown(sajida, PAGE)
        assert "2 reports wait." in page
        assert MARKUP not in (await sajida.get(PAGE)).text
        assert "Without a name" in page
        one = await shown(sajida, f"{PAGE}/1")
        assert "LSO Umeed" in one
        answer = await sajida.send(
            f"{PAGE}/1", do="change", owner="Finance Secretary", owner_unit="", unit="Umeed"
        )
        assert answer.headers["location"] == f"{PAGE}/1?done=changed"
        assert "Finance Secretary" in await shown(sajida, f"{PAGE}/1")
        key = "a" * 20
        sent = await sajida.send(f"{PAGE}/1", do="answer", text="Mistri kal aayega", key=key)
        assert sent.headers["location"] == f"{PAGE}/1?done=answered"
        closed = await sajida.send(f"{PAGE}/1", do="close")
        assert closed.headers["location"] == f"{PAGE}/1?done=closed"
        found = await office.call("GET", f"{API}/1")
        assert (found["state"], found["answer"]) == ("closed", "Mistri kal aayega")
        assert [one["step"] for one in found["steps"]] == [
            "filed", "assigned", "answered", "closed",
        ]  # fmt: skip
        assert await office.count("outbox", "body LIKE 'R1: Mistri%'") == 1


async def test_what_is_wrong_is_said_and_what_was_typed_stays(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida Bibi", "press") as sajida,
    ):
        refused = await sajida.send(
            f"{PAGE}/1", do="answer", text="CNIC number bhejen " + MARKUP, key="a" * 20
        )
        assert refused.status_code == 422
        assert "cannot go out" in refused.text
        assert "CNIC number bhejen &lt;script" in refused.text
        nowhere = await sajida.send(f"{PAGE}/1", do="change", owner="President", unit="Nirala")
        assert nowhere.status_code == 422
        assert "There is no unit called" in nowhere.text
        assert (await sajida.send(f"{PAGE}/1", do="dance")).status_code == 422


async def test_a_protected_report_is_for_the_president_and_the_focal_person(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida Bibi", "press") as sajida,
        signed_in(office, "Zarmina", "focal person") as zarmina,
    ):
        for path in (PAGE, f"{PAGE}?which=all", "/office/messages?which=all", "/office/today"):
            text = (await sajida.get(path)).text
            assert "maar peet" not in text
            assert "numberdar" not in text or path.startswith(PAGE)
        for path in (f"{PAGE}/2", f"{PAGE}?which=protected"):
            assert (await sajida.get(path)).status_code == 403
        assert (await sajida.send(f"{PAGE}/2", do="close")).status_code == 403
        for path in (f"{API}/2", f"{API}?which=protected"):
            problem = problem_of(await office.client.get(path))
            assert problem["code"] == "not_allowed"
        listed = await shown(zarmina, f"{PAGE}?which=protected")
        assert "R2" in listed
        assert "maar peet" not in listed, "a list names no content"
        assert "maar peet" in await shown(zarmina, f"{PAGE}/2")
        assert "1 Protected report waits" in await shown(zarmina, "/office/today")
        answer = await zarmina.send(f"{PAGE}/2", do="spoken", text="Wakeel se baat ho gayi")
        assert answer.status_code == 303


async def test_somebody_who_came_gets_a_number_too(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida Bibi", "press") as sajida,
    ):
        assert "Write down a report" in await shown(sajida, f"{PAGE}/new")
        empty = await sajida.send(f"{PAGE}/new", text=" ", teller="Lal")
        assert empty.status_code == 422
        made = await sajida.send(f"{PAGE}/new", text="Nali tooti hai, Laspa", teller="Lal Khan")
        assert made.headers["location"] == f"{PAGE}/4?done=filed"
        page = await shown(sajida, made.headers["location"])
        assert "Lal Khan" in page
        assert "This report came from no phone." in page
        hidden = await sajida.send(f"{PAGE}/new", text="Ziadti", teller="", kind="protected")
        assert hidden.headers["location"] == PAGE


async def test_a_viewer_may_look_and_do_nothing(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Naveed", "viewer") as naveed,
    ):
        page = await shown(naveed, f"{PAGE}/1")
        assert "Send the answer" not in page
        assert (await naveed.send(f"{PAGE}/1", do="close")).status_code == 403
        assert (await naveed.get(f"{PAGE}/new")).status_code == 403


HOSTILE = ("/0", "/99", "/x", f"/{'9' * 20}", "?which=mine", "?before=x", f"?before={'9' * 30}")


async def test_hostile_addresses_give_a_page(database_url: str, tmp_path: Path, now: Any) -> None:
    async with (
        reported(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida Bibi", "press") as sajida,
    ):
        for path in HOSTILE:
            assert (await sajida.get(f"{PAGE}{path}")).status_code < 500, path


async def test_over_the_api_a_report_is_filed_answered_and_opened_again(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with reported(database_url, tmp_path, now) as office:
        made = await office.call("POST", API, json={"text": "Pump", "unit": "LSO Umeed"})
        assert made["number"] == "R4"
        spoken = {"text": "By telephone.", "is_spoken": True, "closes": True}
        assert await office.call("POST", f"{API}/4/answer", json=spoken) == {"no": 4, "told": False}
        await office.call("POST", f"{API}/4/reopening", json={})
        found = await office.call("GET", f"{API}/4")
        assert (found["state"], found["unit"]) == ("open", "LSO Umeed")
        page = await office.call("GET", API, params={"which": "open"})
        assert [one["number"] for one in page["items"]] == ["R4", "R3", "R1"]
        assert page["protected"] == 0
