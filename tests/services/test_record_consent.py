"""Consent from paper: appended and never changed; a STOP by text is lifted by its owner alone."""

import pytest

from app.domain.errors import Refusal
from app.services.record_consent import ConsentForm, record_consent
from app.services.show_person import show_person
from app.store.addresses import consent
from tests.factories import Office
from tests.factories import person as row
from tests.services.people_of import noted, person_id, phone, rows


async def record(office: Office, choice: str, basis: str = "form 12", **more: bool) -> str:
    which = (await phone(office, 1)).id
    form = ConsentForm(choice, basis, **more)
    return await record_consent(
        office.database, office.id, which, form, by="Nusrat", now=office.now
    )


@pytest.mark.parametrize(
    ("choice", "standing", "routine", "alert"),
    [
        ("all", "active", True, True),
        ("alerts", "alerts", False, True),
        ("stop", "stopped", False, False),
    ],
)
async def test_what_a_paper_form_says_is_recorded_with_its_basis_and_who_wrote_it(
    office: Office, choice: str, standing: str, routine: bool, alert: bool
) -> None:
    await office.people(row("Gul", 1), basis="")
    assert await record(office, choice) == standing == (await phone(office, 1)).standing
    records = await rows(office, consent)
    assert [(one.purpose, one.is_given) for one in records] == [
        ("routine", routine),
        ("alert", alert),
    ]
    assert {(one.source, one.basis, one.recorded_by) for one in records} == {
        ("office", "form 12", "Nusrat")
    }
    assert (await noted(office))[-1][1] == "consent recorded"


async def test_the_history_only_grows(office: Office) -> None:
    await office.people(row("Gul", 1))
    before = list(await rows(office, consent))
    for choice in ("stop", "all", "alerts"):
        await record(office, choice)
        now = list(await rows(office, consent))
        assert now[: len(before)] == before
        assert len(now) == len(before) + 2
        before = now
    page = await show_person(office.database, office.id, await person_id(office, "Gul"))
    (shown,) = page.addresses
    assert [(one.choice, one.source) for one in shown.turns][:1] == [("alerts", "office")]
    assert len(shown.consents) == 8


@pytest.mark.parametrize(
    ("choice", "basis", "words"),
    [
        ("all", " ", "how you know"),
        ("all", "x" * 201, "longer than 200"),
        ("maybe", "form", "all, alerts or stop"),
    ],
)
async def test_a_record_without_basis_is_refused(
    office: Office, choice: str, basis: str, words: str
) -> None:
    await office.people(row("Gul", 1), basis="")
    with pytest.raises(Refusal, match=words):
        await record(office, choice, basis)
    assert await rows(office, consent) == []


@pytest.mark.parametrize("text", ["STOP", "0", "بند"])
async def test_a_stop_by_text_is_lifted_only_by_its_owner_or_a_signed_form(
    office: Office, text: str
) -> None:
    await office.people(row("Gul", 1))
    await office.say(1, text)
    for choice in ("all", "alerts"):
        with pytest.raises(Refusal) as refused:
            await record(office, choice, "she said so")
        assert refused.value.code == "stopped_by_text"
    assert (await phone(office, 1)).standing == "stopped"
    assert await record(office, "all", "no. 7 of 12 Oct", is_signed=True) == "active"
    newest = (await rows(office, consent))[-1]
    assert newest.basis == "signed form: no. 7 of 12 Oct"


async def test_after_her_own_start_the_office_may_record_again(office: Office) -> None:
    await office.people(row("Gul", 1))
    await office.say(1, "STOP")
    await office.say(1, "START")
    assert await record(office, "stop") == "stopped"
    assert await record(office, "all") == "active"


async def test_alerts_only_by_text_is_not_widened_without_a_signed_form(office: Office) -> None:
    await office.people(row("Gul", 1))
    await office.say(1, "ALERT")
    assert await record(office, "alerts") == "alerts"
    with pytest.raises(Refusal):
        await record(office, "all")


async def test_a_recorded_stop_cancels_what_waits_at_once(office: Office) -> None:
    await office.people(row("Gul", 1))
    await office.send()
    await record(office, "stop", "visit on Sunday")
    assert await office.states() == ["cancelled"]


async def test_another_network_s_phone_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(row("Theirs", 7))
    which = (await phone(other, 7)).id
    with pytest.raises(Refusal) as refused:
        await record_consent(
            office.database,
            office.id,
            which,
            ConsentForm("stop", "visit"),
            by="x",
            now=office.now,
        )
    assert refused.value.code == "not_found"
