"""Who comes and who came: over the API, and on the pages of a body and a person."""

from pathlib import Path

from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.test_register_api import API, attended, meeting, refused
from tests.web.visitor import signed_in


async def test_an_answer_by_phone_is_written_down_and_the_forecast_follows(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office, days=-3)
        empty = await office.call("GET", f"{path}/answers")
        assert (empty["expected"], empty["coming"], empty["outlook"]) == (3, 0, "possible")
        first, second, _ = (one["person_id"] for one in empty["people"])
        told = {"person_id": first, "answer": "coming", "needs_transport": True}
        seen = await office.call("POST", f"{path}/answers", json=told)
        assert (seen["coming"], seen["transport"], seen["wanted"]) == (1, 1, 1)
        told = {"person_id": second, "answer": "not", "stand_in": "<b>Gul</b>"}
        await office.call("POST", f"{path}/answers", json=told)
        seen = await office.call("GET", f"{path}/answers")
        assert (seen["not_coming"], seen["stand_ins"], seen["outlook"]) == (1, 1, "possible")
        assert "phone" not in str(seen)
        for body, status in (
            ({"person_id": first, "answer": "maybe"}, 422),
            ({"person_id": 2**63, "answer": "not"}, 422),
            ({"person_id": 99_999, "answer": "not"}, 422),
            ({"person_id": first, "answer": "not", "stand_in": "x" * 81}, 422),
        ):
            assert (await refused(office, f"{path}/answers", body))[0] == status, body
        over = await meeting(office, 5, days=3)
        body = {"person_id": first, "answer": "coming"}
        assert (await refused(office, f"{over}/answers", body))[1] == "meeting_not_open"


async def test_who_came_how_often_stands_on_the_pages_of_the_body_and_the_person(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        none = await office.call("GET", f"{API}/bodies/GB/attendance")
        assert none["meetings"] == []
        for no in (5, 6):
            await attended(office, await meeting(office, no, days=9 - no))
        history = await office.call("GET", f"{API}/bodies/GB/attendance")
        assert [one["label"] for one in history["meetings"]] == ["6", "5"]
        person = history["people"][0]
        assert (person["came"], person["asked"], person["marks"]) == (2, 2, ["present"] * 2)
        async with signed_in(office, "Guest", "viewer") as guest:
            body = await shown(guest, "/office/bodies/GB")
            assert "At the last 2 meetings whose attendance was taken" in body
            assert "2 of 2" in body
            page = await shown(guest, f"/office/people/{person['person_id']}")
            assert "General Body: 2 of 2" in page
            assert "Who came" not in await shown(guest, "/office/bodies/EC")
