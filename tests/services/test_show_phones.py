"""The simulated phones: what was typed, what really arrived, and which phones to begin with."""

from datetime import timedelta

from app.domain import gsm
from app.domain.messages import State
from app.services.show_phones import Screen, phone_screens, suggest_phones
from app.store.settle import Result, settle
from tests.factories import PRICE, Office, number, person, wire


async def screen(office: Office, n: int, limit: int = 20) -> Screen:
    (found,) = await phone_screens(office.database, office.id, numbers=[number(n)], limit=limit)
    return found


async def deliver(office: Office, state: State = State.DELIVERED, minutes: int = 0) -> None:
    rows = (await office.claim(now=office.now + timedelta(minutes=minutes))).rows
    results = [Result(row.id, row.token, row.no, state, state.value) for row in rows]
    await office.database.write(settle, results, office.now)


async def test_a_phone_shows_what_was_typed_and_what_arrived(office: Office) -> None:
    await office.unit("Umeed")
    await office.people(
        person("Gul", 1, lso="Umeed", language="ur-Latn", body="EC", post="President", shared="yes")
    )
    await office.send(text="Kal ijlas hai.")
    await deliver(office)
    await office.hear(office.mo(1, "KARWAI"), now=office.now + timedelta(minutes=1))
    seen = await screen(office, 1)
    assert (seen.names, seen.unit, seen.posts) == ("Gul", "Umeed", ("EC President",))
    assert (seen.language, seen.whose, seen.standing) == ("ur-Latn", "family", "active")
    assert [line.kind for line in seen.lines] == ["out", "in"]
    assert (seen.typed, seen.understood, seen.answer) == ("KARWAI", "minutes", None)
    await deliver(office, State.SENT, minutes=1)
    seen = await screen(office, 1)
    assert [line.kind for line in seen.lines] == ["out", "in", "out"]


async def test_the_answer_comes_after_its_question_with_its_weight(office: Office) -> None:
    await office.say(1, "KARWAI")
    await deliver(office)
    seen = await screen(office, 1)
    question, answer = seen.lines
    assert (question.kind, question.text, answer.kind) == ("in", "KARWAI", "out")
    assert seen.answer is not None
    assert seen.answer.segments == 1
    assert seen.answer.units == gsm.units(answer.text) > 0
    assert (seen.answer.price_micro, seen.answer.currency) == (PRICE, "PKR")
    assert (seen.names, seen.posts, seen.language) == ("", (), "ur-Latn")


async def test_a_text_that_did_not_arrive_is_not_on_the_screen(office: Office) -> None:
    for state in (State.UNDELIVERED, State.REJECTED, State.UNCERTAIN):
        await office.say(1, "KARWAI")
        await deliver(office, state)
    assert {line.kind for line in (await screen(office, 1)).lines} == {"in"}


async def test_a_text_over_a_real_wire_is_not_on_the_screen(office: Office) -> None:
    await office.wires(wire("sim", kind="twilio"))
    await office.say(1, "KARWAI")
    await deliver(office)
    assert (await screen(office, 1)).lines == ()


async def test_a_held_text_stands_where_it_arrived_not_where_it_was_written(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(text="Kal ijlas hai.")
    await office.approve(plan, now=office.now - timedelta(hours=2))
    await office.hear(office.mo(1, "HELP"), now=office.now - timedelta(hours=1))
    await deliver(office)
    kinds = [(line.kind, line.at) for line in (await screen(office, 1)).lines]
    assert kinds[0] == ("in", office.now - timedelta(hours=1))
    assert {at for kind, at in kinds if kind == "out"} == {office.now}


async def test_a_screen_keeps_the_newest_lines(office: Office) -> None:
    for n in range(5):
        await office.hear(office.mo(1, f"HELP {n}"), now=office.now + timedelta(minutes=n))
    seen = await screen(office, 1, limit=2)
    assert [line.text for line in seen.lines] == ["HELP 3", "HELP 4"]


async def test_phones_come_in_the_order_asked_and_unknown_ones_are_blank(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    asked = [number(2), number(9), "nonsense\x00", number(1)]
    seen = await phone_screens(office.database, office.id, numbers=asked)
    assert [one.names for one in seen] == ["Noor", "", "", "Gul"]
    assert (seen[1].address_id, seen[1].lines, seen[1].standing) == (None, (), "")
    other = await Office.open(office.database, office.now, "other")
    (strange,) = await phone_screens(office.database, other.id, numbers=[number(1)])
    assert (strange.names, strange.address_id) == ("", None)


async def test_three_languages_are_suggested_officers_first(office: Office) -> None:
    await office.people(
        person("Plain", 1, language="ur-Latn"),
        person("Officer", 2, language="ur-Latn", body="EC"),
        person("Urdu", 3, language="ur"),
        person("Sindhi", 4, language="sd", body="GB"),
        person("Second", 5, language="ur-Latn", body="EC"),
    )
    suggested = await suggest_phones(office.database, office.id)
    assert sorted(suggested) == [number(2), number(3), number(4)]
    assert suggested[-1] == number(3)
    assert await suggest_phones(office.database, office.id) == suggested


async def test_with_one_language_three_of_it_are_suggested(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(1, 6)))
    assert await suggest_phones(office.database, office.id) == [number(n) for n in (1, 2, 3)]


async def test_only_demo_phones_that_may_be_texted_are_suggested(office: Office) -> None:
    await office.people(person("Real", "+923001234567"), person("Gone", 1), person("Gul", 2))
    await office.say(1, "STOP")
    assert await suggest_phones(office.database, office.id) == [number(2)]
    other = await Office.open(office.database, office.now, "other")
    assert await suggest_phones(office.database, other.id) == []
