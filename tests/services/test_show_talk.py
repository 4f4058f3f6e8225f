"""Messages as people read them: both ways in one list, page by page, and one phone's thread."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.messages import State
from app.services.show_talk import TalkPage, list_talk, show_thread
from app.store.settle import Result, settle
from tests.factories import Office, number, person

DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"


async def talk(office: Office, **wanted: object) -> TalkPage:
    return await list_talk(office.database, office.id, **wanted)


async def address_of(office: Office, n: int) -> int:
    return next(row.address_id for row in await office.texts() if row.msisdn == number(n))


async def test_a_question_its_answer_and_a_broadcast_stand_in_one_list(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send(text="Kal ijlas hai.")
    await office.hear(office.mo(1, "KARWAI"), now=office.now + timedelta(minutes=1))
    page = await talk(office)
    answer, question, notice = page.lines
    assert page.next is None
    assert [line.kind for line in page.lines] == ["out", "in", "out"]
    assert (question.text, question.intent, question.state) == ("KARWAI", "minutes", "")
    assert (answer.state, answer.ref, answer.intent) == ("queued", None, "")
    assert (notice.ref, notice.broadcast_id, notice.language) == (plan.ref, plan.id, "ur-Latn")
    assert "Kal ijlas hai." in notice.text
    assert {line.names for line in page.lines} == {"Gul"}
    assert {line.number for line in page.lines} == {"039*****01"}
    assert {line.wire for line in page.lines} == {"sim"}
    assert number(1) not in repr(page)


async def test_pages_join_without_a_gap_or_a_repeat_whatever_comes_in_meanwhile(
    office: Office,
) -> None:
    for n in range(7):
        await office.hear(office.mo(n, "KARWAI"), now=office.now + timedelta(minutes=n))
    await office.hear(office.mo(8, "HELP"), now=office.now)
    whole = [(line.kind, line.id) for line in (await talk(office)).lines]
    assert len(whole) == 16
    seen, cursor = [], None
    while True:
        page = await talk(office, before=cursor, limit=3)
        seen += [(line.kind, line.id) for line in page.lines]
        await office.say(9, "KARWAI")
        if (cursor := page.next) is None:
            break
        assert len(page.lines) == 3
    assert sorted(seen) == sorted(whole)
    assert len(seen) == len(set(seen))


async def test_the_list_is_narrowed_to_one_way_to_a_state_or_to_what_waits(
    office: Office,
) -> None:
    await office.say(1, "KARWAI")
    await office.say(2, DANGER)
    (row, _) = (await office.claim()).rows
    done = Result(row.id, row.token, row.no, State.DELIVERED, "delivered")
    await office.database.write(settle, [done], office.now)
    assert [line.text for line in (await talk(office, which="in")).lines] == [DANGER, "KARWAI"]
    assert len((await talk(office, which="out")).lines) == 2
    (waits,) = (await talk(office, which="waiting")).lines
    assert (waits.text, waits.needs_person) == (DANGER, True)
    (delivered,) = (await talk(office, state="delivered")).lines
    assert (delivered.id, delivered.state) == (row.id, "delivered")
    assert (await talk(office, which="in", state="delivered")).lines == ()


async def test_a_state_or_a_page_that_does_not_exist_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="Known are: held, queued") as refused:
        await talk(office, state="lost")
    assert refused.value.code == "state"
    for cursor in ("", "7", "o1i2x", "o1i" + "9" * 40, "' OR 1=1"):
        with pytest.raises(Refusal, match="not known") as refused:
            await talk(office, before=cursor)
        assert refused.value.code == "cursor"


async def test_a_short_code_is_shown_whole_and_opens_no_thread(office: Office) -> None:
    await office.say("8171", "Aap ki qist")
    await office.say("JazzCash", "Aap ki qist")
    named, coded = (await talk(office)).lines
    assert [(line.number, line.address_id, line.names) for line in (coded, named)] == [
        ("8171", None, ""),
        ("JazzCash", None, ""),
    ]


async def test_many_people_on_a_phone_are_counted_beyond_the_third(office: Office) -> None:
    await office.people(*(person(name, 1, shared="yes") for name in ("A", "B", "C", "D", "E")))
    await office.say(1, "KARWAI")
    assert {line.names for line in (await talk(office)).lines} == {"A, B, C +2"}


async def test_a_thread_says_who_is_on_the_phone_and_reads_from_the_oldest(
    office: Office,
) -> None:
    await office.unit("Umeed")
    await office.people(
        person("Gul Rukh", 1, lso="Umeed", language="ur", body="EC", post="Press Secretary"),
        person("Lal", 1, lso="Umeed", shared="yes"),
        person("Noor", 2),
    )
    await office.send(text="Kal ijlas hai.")
    await office.hear(office.mo(1, "KARWAI"), now=office.now + timedelta(minutes=1))
    found = await show_thread(office.database, office.id, await address_of(office, 1))
    assert (found.number, found.reach, found.standing) == ("039*****01", "demo", "active")
    assert found.language == "ur"
    gul, lal = found.holders
    assert (gul.name, gul.unit, gul.posts) == ("Gul Rukh", "Umeed", ("EC Press Secretary",))
    assert (lal.name, lal.whose, lal.posts) == ("Lal", "family", ())
    assert [line.kind for line in found.lines] == ["out", "in", "out"]
    assert "Kal ijlas hai." in found.lines[0].text
    assert found.lines[1].text == "KARWAI"
    assert not found.has_earlier


async def test_a_long_thread_shows_its_newest_end(office: Office) -> None:
    for n in range(5):
        await office.hear(office.mo(1, f"HELP {n}"), now=office.now + timedelta(minutes=n))
    address_id = await address_of(office, 1)
    found = await show_thread(office.database, office.id, address_id, limit=4)
    assert found.has_earlier
    assert [line.text for line in found.lines if line.kind == "in"] == ["HELP 3", "HELP 4"]
    exact = await show_thread(office.database, office.id, address_id, limit=10)
    assert not exact.has_earlier


async def test_another_networks_talk_and_threads_are_not_there(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    await office.say(1, DANGER)
    other = await Office.open(office.database, office.now, "other")
    for which in ("all", "in", "out", "waiting"):
        assert (await talk(office, which=which)).lines
        assert (await talk(other, which=which)).lines == ()
    for wrong in (await address_of(office, 1), 0, -1, 10**30):
        with pytest.raises(Refusal) as refused:
            await show_thread(office.database, other.id, wrong)
        assert refused.value.code == "not_found"
