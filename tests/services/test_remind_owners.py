"""Reminders of decisions: each owner gets each of them once, and nobody of what is done."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.domain import gsm
from app.domain.lint import Severity, lint
from app.services.end_seat import Leaving, end_seat
from app.services.remind_owners import remind_owners
from app.services.verify_ref import verify_ref
from app.store import journal
from app.store.broadcasts import broadcast
from app.store.networks import network
from tests.factories import Office, catalogue, number
from tests.services.owed import Owing
from tests.services.seated import TODAY


@pytest.fixture
async def owing(office: Office) -> Owing:
    return await Owing.open(office)


async def remind(office: Office, days: int = 0) -> int:
    now = office.now + timedelta(days=days)
    return await remind_owners(office.database, catalogue=catalogue(), now=now)


async def test_three_days_before_on_the_day_after_and_every_fortnight(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=10)
    days = [day for day in range(60) if await remind(owing.office, day)]
    assert [day - 10 for day in days] == [-3, 1, 15, 29, 43]
    assert len(await owing.sent()) == 5


async def test_the_owner_reads_what_is_due_when_and_how_to_answer(owing: Owing) -> None:
    await owing.owner(1, language="ur-Latn")
    await owing.decide(await owing.meeting(), days=3)
    assert await remind(owing.office) == 1
    assert await owing.sent() == [
        (
            number(1),
            "Mirkhai: faisla 14/2 (pump) 24 Nov tak karna hai. "
            "Jawab den: 14/2 HO GAYA ya 14/2 JARI. Ref 1",
        )
    ]


@pytest.mark.parametrize(
    ("days", "reminders"), [(4, 0), (3, 1), (0, 1), (-1, 1), (-14, 1), (-15, 1), (-400, 1)]
)
async def test_what_was_missed_is_made_up_for_by_the_nearest_only(
    owing: Owing, days: int, reminders: int
) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=days)
    assert [await remind(owing.office) for _ in range(3)] == [reminders, 0, 0]


@pytest.mark.parametrize("status", ["done", "dropped", "lapsed", "recommended"])
async def test_nobody_is_reminded_of_what_is_closed_or_only_recommended(
    owing: Owing, status: str
) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=-3, status=status)
    assert await remind(owing.office) == 0


async def test_whoever_holds_the_post_now_is_reminded_and_who_left_is_not(owing: Owing) -> None:
    office, chamber = owing.office, owing.chamber
    old, seat_id = await chamber.officer("Amina", chamber.roshni, "President")
    await chamber.phone(old, 1)
    await owing.decide(await owing.meeting(), days=-1)
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    assert await remind(office) == 0  # vacant: the page lists it
    await owing.owner(2, "Bilqis")
    assert await remind(office) == 1
    assert [to for to, _ in await owing.sent()] == [number(2)]


async def test_a_unit_without_a_post_is_owed_for_by_its_president(owing: Owing) -> None:
    await owing.owner(1)
    manager, _ = await owing.chamber.officer("Gul", owing.chamber.dosti, "Manager")
    await owing.chamber.phone(manager, 2)
    minutes_id = await owing.meeting()
    await owing.decide(minutes_id, 1, owner_body="", owner_post="")
    await owing.decide(
        minutes_id, 2, owner_body="VO", owner_post="Manager", owner_unit_id=owing.chamber.dosti
    )
    assert await remind(owing.office) == 2
    assert {to for to, _ in await owing.sent()} == {number(1), number(2)}


async def test_a_new_date_begins_anew(owing: Owing) -> None:
    await owing.owner()
    decision_id = await owing.decide(await owing.meeting(), days=-1)
    assert await remind(owing.office) == 1
    await owing.change(decision_id, due=TODAY + timedelta(days=2))
    assert await remind(owing.office) == 1


async def test_an_owner_gets_one_text_that_names_all_late_decisions(owing: Owing) -> None:
    await owing.owner(1, language="ur-Latn")
    minutes_id = await owing.meeting()
    for no, days in ((2, -1), (3, -5), (4, -40)):
        await owing.decide(minutes_id, no, days=days)
    await owing.decide(minutes_id, 5, days=9)
    assert await remind(owing.office) == 1
    assert await owing.sent() == [
        (
            number(1),
            "Mirkhai: in faislon ki tareekh guzar gayi: 14/4 14/3 14/2. Har ek ka jawab den, "
            "jaise 14/4 HO GAYA ya 14/4 JARI. Ref 1",
        )
    ]
    assert await remind(owing.office) == 0


async def test_a_day_brings_one_text_and_only_when_a_reminder_is_due(owing: Owing) -> None:
    await owing.owner()
    minutes_id = await owing.meeting()
    await owing.decide(minutes_id, 2, days=-1)
    await owing.decide(minutes_id, 3, days=-5)
    days = [day for day in range(20) if await remind(owing.office, day)]
    assert days == [0, 10, 14]  # both; 14/3 after 15 days; 14/2 after 15 days
    assert all("14/2" in words and "14/3" in words for _, words in await owing.sent())


async def test_each_owner_reads_of_their_own_and_a_phone_for_two_posts_gets_one(
    owing: Owing,
) -> None:
    chamber = owing.chamber
    both = await owing.owner(1)
    await chamber.name(both, chamber.dosti, "Manager")
    other, _ = await chamber.officer("Gul", chamber.umeed, "President")
    await chamber.phone(other, 2)
    minutes_id = await owing.meeting()
    manager = {"owner_body": "VO", "owner_post": "Manager", "owner_unit_id": chamber.dosti}
    await owing.decide(minutes_id, 1, days=-1)
    await owing.decide(minutes_id, 2, days=-1, **manager)
    await owing.decide(minutes_id, 3, days=-1, owner_unit_id=chamber.umeed)
    assert await remind(owing.office) == 2
    words = dict(await owing.sent())
    assert "14/1 14/2" in words[number(1)]
    assert "14/3" in words[number(2)]
    assert "14/1" not in words[number(2)]


@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn", "sd", "ps"])
async def test_many_late_ones_are_cut_to_one_segment_and_the_rest_counted(
    owing: Owing, language: str
) -> None:
    await owing.owner(1, language=language)
    minutes_id = await owing.meeting("E114")
    for no in range(1, 31):
        await owing.decide(minutes_id, no, days=-no)
    assert await remind(owing.office) == 1
    ((_, body),) = await owing.sent()
    assert gsm.count(body) == 1
    plain = body.replace("\u2066", "").replace("\u2069", "")
    named = set(re.findall(r"E114/\d+", plain))
    rest = re.search(r"(?:and|aur|اور) (\d+)", plain)
    assert rest is not None
    assert len(named) + int(rest[1]) == 30
    assert "E114/30" in named
    assert not [one for one in lint(body, language) if one.severity is Severity.STOP]


async def test_a_second_owner_that_a_crash_left_out_is_told_on_the_same_day(
    owing: Owing,
) -> None:
    await owing.owner(1)
    await owing.decide(await owing.meeting(), days=-1, owner_body="", owner_post="")
    assert await remind(owing.office) == 1
    manager, _ = await owing.chamber.officer("Bilqis", owing.chamber.roshni, "Manager")
    await owing.chamber.phone(manager, 2)
    assert await remind(owing.office) == 1
    assert await remind(owing.office, 1) == 0
    assert [to for to, _ in await owing.sent()] == [number(1), number(2)]


async def test_at_night_it_waits_for_the_morning(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=-1)
    night = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
    assert await remind_owners(owing.office.database, catalogue=catalogue(), now=night) == 1
    row = (await owing.office.texts())[0]
    assert (row.state, row.reason) == ("held", "quiet")


async def test_a_reminder_before_the_date_is_not_delivered_after_it(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=3)
    await remind(owing.office)
    statement = select(broadcast.c.expires_at)
    ends = await owing.office.database.read(lambda conn: conn.execute(statement).scalar_one())
    assert ends == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


async def test_of_a_restricted_decision_only_the_number_is_said(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=3, is_restricted=True)
    await remind(owing.office)
    ((_, words),) = await owing.sent()
    assert "14/2" in words
    assert "pump" not in words


async def test_its_ref_is_real_and_its_words_are_not_public(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=3)
    await remind(owing.office)
    found = await verify_ref(owing.office.database, owing.office.id, 1)
    assert found is not None
    assert (found.is_public, found.texts) == (False, {})
    assert await owing.office.database.read(journal.first_broken, owing.office.id) is None


@pytest.mark.parametrize("days", [3, -30])
@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn", "sd", "ps", "khw", ""])
async def test_each_is_one_segment_with_network_code_date_and_ref(
    owing: Owing, language: str, days: int
) -> None:
    office = owing.office
    ref = update(network).where(network.c.id == office.id).values(last_ref=99_998)
    await office.database.write(lambda conn: conn.execute(ref))
    await owing.owner(1, language=language)
    await owing.decide(await owing.meeting("E114"), 12, days=days)
    assert await remind(office) == 1
    ((_, body),) = await owing.sent()
    assert gsm.count(body) == 1
    assert body.startswith(("Mirkhai", "میرخائی"))
    assert "E114/12" in body.replace("\u2066", "").replace("\u2069", "")
    assert "Ref 99999" in body
    assert not [one for one in lint(body, language) if one.severity is Severity.STOP]


async def test_each_network_reminds_its_own(owing: Owing) -> None:
    other = await Owing.open(await Office.open(owing.office.database, owing.office.now, "sarang"))
    for one in (owing, other):
        await one.owner()
        await one.decide(await one.meeting(), days=3)
    assert await remind(owing.office) == 2
    assert len({row.network_id for row in await owing.office.texts()}) == 2
