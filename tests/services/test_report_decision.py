"""What owners text of their decisions: it waits, from their phones only, changing nothing."""

import pytest

from tests.factories import Office
from tests.services.owed import Owing
from tests.services.phones import put_on


@pytest.fixture
async def owing(office: Office) -> Owing:
    return await Owing.open(office)


async def inbox(owing: Owing) -> list[str]:
    from app.store import inbound

    rows = await owing.office.database.read(inbound.waiting, owing.office.id, limit=20)
    return [row.text for row in rows]


async def test_an_owners_word_waits_for_the_secretary_with_its_note(owing: Owing) -> None:
    person_id = await owing.owner(1, language="ur-Latn")
    decision_id = await owing.decide(await owing.meeting())
    answer = await owing.office.say(1, "14/2 ho gaya, khat 18 Oct ko bheja, diary 553")
    assert answer.intent == "done"
    assert answer.reply.startswith("Likh liya: 14/2 ho gaya.")
    (report,) = await owing.reports()
    assert (report.decision_id, report.person_id, report.said, report.state) == (
        decision_id, person_id, "done", "waiting",
    )  # fmt: skip
    assert report.note == "khat 18 Oct ko bheja, diary 553"
    assert await owing.status(decision_id) == "in hand"
    assert await inbox(owing) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("14/2 HO GAYA", "done"), ("14/2 DONE", "done"), ("14/2 ہو گیا", "done"),
        ("۱۴/۲ ٿي ويو", "done"), ("14/2 وشو", "done"), ("14/2 JARI", "in hand"),
        ("14/2 in hand", "in hand"), ("14/2 جاری", "in hand"),
    ],
)  # fmt: skip
async def test_each_writing_is_understood(owing: Owing, text: str, said: str) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting())
    await owing.office.say(1, text)
    assert [one.said for one in await owing.reports()] == [said]


async def test_a_newer_word_takes_the_place_of_one_that_waits(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting())
    for text in ("14/2 JARI kaam adha", "14/2 HO GAYA"):
        await owing.office.say(1, text)
    assert [(one.said, one.note) for one in await owing.reports()] == [("done", "")]


async def test_others_are_thanked_and_people_read_it(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting())
    await put_on(owing.office, 5, "Gul", language="en")
    for phone in (5, 6):  # a member who owes nothing, and a stranger
        await owing.office.say(phone, "14/2 DONE")
    assert await owing.reports() == []
    assert await inbox(owing) == ["14/2 DONE", "14/2 DONE"]
    told = [row.body for row in await owing.office.texts()]
    assert all(body.startswith(("Thank you. Decision 14/2", "Shukriya")) for body in told)


async def test_a_phone_that_said_wrong_number_speaks_for_nobody(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting())
    await owing.office.say(1, "GALAT")
    await owing.office.say(1, "14/2 DONE")
    assert await owing.reports() == []


async def test_of_two_bodies_with_one_number_the_owners_is_meant(owing: Owing) -> None:
    await owing.owner()
    mine = await owing.decide(await owing.meeting("14", "EC"))
    press, _ = await owing.chamber.officer(
        "Gul", owing.chamber.roshni, "Press Secretary", body="EC"
    )
    await owing.chamber.phone(press, 2)
    other = await owing.meeting("14", "GB")
    hers = await owing.decide(
        other, owner_body="EC", owner_post="Press Secretary", owner_unit_id=None
    )
    for phone in (1, 2):
        await owing.office.say(phone, "14/2 DONE")
    assert [one.decision_id for one in await owing.reports()] == [mine, hers]


async def test_an_emergency_meetings_number_has_a_letter(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting("E1"))
    await owing.office.say(1, "e1/2 done")
    assert len(await owing.reports()) == 1


async def test_of_what_is_closed_no_report_is_kept(owing: Owing) -> None:
    await owing.owner(language="en")
    await owing.decide(await owing.meeting(), status="dropped")
    answer = await owing.office.say(1, "14/2 DONE")
    assert answer.reply == "Thank you. Decision 14/2 stands as dropped already"
    assert await owing.reports() == []


async def test_a_restricted_decision_is_not_there_for_strangers(owing: Owing) -> None:
    await owing.owner(language="en")
    await owing.decide(await owing.meeting(), is_restricted=True)
    assert "14/2" in (await owing.office.say(1, "14/2 DONE")).reply
    stranger = await owing.office.say(7, "14/2 DONE")
    assert stranger.reply == "There is no decision 14/2. The newest decisions: send 3"


async def test_a_decision_that_is_not_there_is_said_so(owing: Owing) -> None:
    await owing.owner(language="en")
    for text in ("99/99 DONE", "9999/9999 done", "0/0 done"):
        assert "There is no decision" in (await owing.office.say(1, text)).reply
    assert await owing.reports() == []


async def test_the_lone_code_still_shows_the_decision(owing: Owing) -> None:
    await owing.owner(language="en")
    await owing.decide(await owing.meeting())
    for text in ("14/2", "14/2 done?"):
        assert (await owing.office.say(1, text)).intent == "decision"
    assert await owing.reports() == []


async def test_the_forgotten_leave_no_words_in_reports(owing: Owing) -> None:
    from app.services.forget_number import forget_number
    from tests.factories import number

    await owing.owner()
    await owing.decide(await owing.meeting())
    await owing.office.say(1, "14/2 HO GAYA Sadaf ne khat diya")
    await forget_number(owing.office.database, number(1), by="keeper", now=owing.office.now)
    assert [(one.note, one.person_id) for one in await owing.reports()] == [("", None)]
