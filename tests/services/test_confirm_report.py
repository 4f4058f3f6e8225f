"""The General Secretary's word on reports: the decision takes the step, or the sender is told."""

from typing import Any

import pytest

from app.domain import gsm
from app.domain.errors import Refusal
from app.services.confirm_report import Ruling, confirm_report, refuse_report
from app.store import journal
from tests.factories import Office, catalogue
from tests.services.owed import Owing


@pytest.fixture
async def owing(office: Office) -> Owing:
    return await Owing.open(office)


async def reported(owing: Owing, text: str = "14/2 HO GAYA khat bheja", **values: Any) -> Any:
    """The decision and the report that waits."""
    await owing.owner(language=values.pop("language", "en"))
    decision_id = await owing.decide(await owing.meeting(), **values)
    await owing.office.say(1, text)
    return decision_id, (await owing.reports())[-1].id


async def confirm(owing: Owing, report_id: int, note: str = "", by: str = "Nusrat") -> None:
    office = owing.office
    ruling = Ruling(report_id, note)
    await confirm_report(office.database, office.id, ruling, by=by, now=office.now)


async def refuse(owing: Owing, report_id: int, note: str = "") -> bool:
    office = owing.office
    return await refuse_report(
        office.database, office.id, Ruling(report_id, note),
        catalogue=catalogue(), by="Nusrat", now=office.now,
    )  # fmt: skip


async def test_a_confirmed_report_closes_the_decision_and_its_note_is_history(
    owing: Owing,
) -> None:
    decision_id, report_id = await reported(owing)
    await confirm(owing, report_id, "seen the letter")
    assert await owing.status(decision_id) == "done"
    (step,) = await owing.steps(decision_id)
    assert (step.status, step.actor) == ("done", "Nusrat")
    assert step.note == "seen the letter; khat bheja (reported by text)"
    (report,) = await owing.reports()
    assert (report.state, report.decided_by) == ("confirmed", "Nusrat")
    assert await owing.office.database.read(journal.first_broken, owing.office.id) is None


async def test_in_hand_is_a_step_too(owing: Owing) -> None:
    decision_id, report_id = await reported(owing, "14/2 JARI", status="approved")
    await confirm(owing, report_id)
    assert await owing.status(decision_id) == "in hand"


@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn", "sd", "ps"])
async def test_who_is_refused_is_told_once_in_one_segment(owing: Owing, language: str) -> None:
    decision_id, report_id = await reported(owing, language=language)
    assert await refuse(owing, report_id, "The pump was dry on Sunday")
    assert await owing.status(decision_id) == "in hand"
    text = (await owing.office.texts())[-1]
    assert "14/2" in text.body
    assert text.body.startswith(("Mirkhai", "میرخائی"))
    assert gsm.count(text.body) == text.segments == 1
    with pytest.raises(Refusal, match="Nusrat has decided about this report already"):
        await refuse(owing, report_id)


async def test_a_phone_that_stopped_gets_nothing(owing: Owing) -> None:
    _, report_id = await reported(owing)
    await owing.office.say(1, "STOP")
    count = len(await owing.office.texts())
    assert not await refuse(owing, report_id)
    assert len(await owing.office.texts()) == count


async def test_one_report_is_decided_about_once(owing: Owing) -> None:
    decision_id, report_id = await reported(owing)
    await confirm(owing, report_id)
    with pytest.raises(Refusal, match="already"):
        await confirm(owing, report_id)
    assert len(await owing.steps(decision_id)) == 1


async def test_what_a_committee_only_recommended_cannot_be_confirmed_and_goes_on_waiting(
    owing: Owing,
) -> None:
    await owing.owner()
    decision_id = await owing.decide(await owing.meeting("3", "HEALTH"), status="recommended")
    await owing.office.say(1, "3/2 DONE")
    (report,) = await owing.reports()
    with pytest.raises(Refusal, match="only recommends"):
        await confirm(owing, report.id)
    assert await owing.status(decision_id) == "recommended"
    assert [one.state for one in await owing.reports()] == ["waiting"]


@pytest.mark.parametrize("report_id", [0, -1, 987_654, 2**63, 10**30])
async def test_a_report_that_is_not_there(owing: Owing, report_id: int) -> None:
    for rule in (confirm, refuse):
        with pytest.raises(Refusal) as told:
            await rule(owing, report_id)
        assert told.value.code == "not_found"


async def test_another_networks_report_is_not_there(owing: Owing) -> None:
    _, report_id = await reported(owing)
    other = await Office.open(owing.office.database, owing.office.now, "sarang")
    with pytest.raises(Refusal) as told:
        await confirm(Owing(other, owing.chamber), report_id)
    assert told.value.code == "not_found"


async def test_a_long_note_is_refused_and_nothing_is_decided(owing: Owing) -> None:
    _, report_id = await reported(owing)
    with pytest.raises(Refusal, match="101 letters"):
        await refuse(owing, report_id, "x" * 101)
    assert [one.state for one in await owing.reports()] == ["waiting"]
