"""A text becomes a report, the draft of a story, or a word on a decision, linked both ways."""

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.keep_story import Writer
from app.services.show_threads import show_threads
from app.services.turn_text import (
    Turned,
    turn_into_follow_up,
    turn_into_story,
    turn_into_ticket,
)
from app.store import turned_texts
from app.store.inbound import inbound
from app.store.journal import first_broken
from app.store.meetings import decision_step
from app.store.stories import story
from tests.factories import Office, catalogue, number, person

TOLD = "hamare gaon ki auraton ne mil kar pul banaya, 0300 1234567 par pochen, bohat acha kaam hua"


def deed(office: Office) -> Deed:
    return Deed(office.id, "Sajida", office.now)


async def heard(office: Office, text: str = TOLD, sender: int = 1) -> int:
    await office.say(sender, text)
    threads = (await show_threads(office.database, office.id)).threads
    return max(one.text_id for one in threads)


async def into_story(office: Office, text_id: int, **changes: Any) -> Turned:
    by = Writer("Sajida", office.officers["Sajida"])
    languages = catalogue().languages
    asked = changes.get("deed", deed(office))
    return await turn_into_story(office.database, asked, text_id, languages=languages, by=by)


async def waits(office: Office) -> int:
    return len((await show_threads(office.database, office.id)).threads)


async def sources(office: Office, turned: Turned) -> list[int]:
    found = await office.database.read(turned_texts.sources, office.id, turned.kind, turned.id)
    return [row.inbound_id for row in found]


async def test_a_story_begins_with_the_words_and_without_name_and_number(office: Office) -> None:
    await office.people(person("Zarina Bibi", 1))
    text_id = await heard(office)
    turned = await into_story(office, text_id)
    (row,) = await office.database.read(lambda conn: conn.execute(select(story)).all())
    assert (row.id, row.state, row.author) == (turned.id, "draft", "Sajida")
    assert set(row.texts) == set(row.titles)
    (text,), (title,) = row.texts.values(), row.titles.values()
    assert text.startswith("hamare gaon ki auraton ne mil kar pul banaya")
    assert "1234567" not in text
    assert "Zarina" not in text + title
    assert len(title) <= 61
    assert await waits(office) == 0
    assert await sources(office, turned) == [text_id]
    again = await into_story(office, text_id)
    assert (again.id, again.is_new) == (turned.id, False)
    assert await office.database.read(first_broken, office.id) is None


async def test_a_report_is_filed_once_and_found_from_both_sides(office: Office) -> None:
    text_id = await heard(office)
    turned = await turn_into_ticket(office.database, deed(office), text_id)
    assert (turned.kind, turned.is_new) == ("ticket", True)
    assert turned.code.startswith("R")
    again = await turn_into_ticket(office.database, deed(office), text_id)
    assert (again.id, again.code, again.is_new) == (turned.id, turned.code, False)
    assert await sources(office, turned) == [text_id]
    assert await waits(office) == 0


async def test_a_text_is_noted_on_the_decision_that_its_code_names(office: Office) -> None:
    await office.meeting(14)
    await office.minutes(14)
    text_id = await heard(office)
    turned = await turn_into_follow_up(office.database, deed(office), text_id, " 14/1 ")
    assert turned.code == "14/1"
    steps = await office.database.read(
        lambda conn: conn.execute(
            select(decision_step)
            .where(decision_step.c.decision_id == turned.id)
            .order_by(decision_step.c.id)
        ).all()
    )
    assert "auraton ne mil kar pul" in steps[-1].note
    assert "1234567" not in steps[-1].note
    assert steps[-1].actor == "Sajida"
    assert await sources(office, turned) == [text_id]
    again = await turn_into_follow_up(office.database, deed(office), text_id, "14/1", "Other")
    assert (again.id, again.is_new) == (turned.id, False)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "decision_code"),
        ("14", "decision_code"),
        ("99/1", "no_decision"),
        ("x" * 90, "decision_code"),
    ],
)
async def test_a_code_that_names_nothing_changes_nothing(
    office: Office, code: str, fault: str
) -> None:
    text_id = await heard(office)
    with pytest.raises(Refusal) as refused:
        await turn_into_follow_up(office.database, deed(office), text_id, code)
    assert refused.value.code == fault
    assert await waits(office) == 1


async def test_only_what_was_read_is_settled(office: Office) -> None:
    text_id = await heard(office)
    await office.say(1, "aur ek baat bhi hai jo mujhe aap se kehni hai zaroori")
    await into_story(office, text_id)
    assert await waits(office) == 1


async def test_another_network_s_text_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "nirala")
    text_id = await heard(office)
    theirs = deed(other)
    for odd in (text_id, 0, -1, 10**9, 2**70):
        for turn in (
            turn_into_ticket(other.database, theirs, odd),
            turn_into_follow_up(other.database, theirs, odd, "14/1"),
            into_story(other, odd),
        ):
            with pytest.raises(Refusal) as fault:
                await turn
            assert fault.value.code == "not_found"


async def test_a_member_s_number_never_gets_into_a_story(office: Office) -> None:
    await office.people(person("Zarina Bibi", 7))
    text_id = await heard(
        office, f"mera number {number(7)} hai is par sab log call kar sakte hain ji"
    )
    turned = await into_story(office, text_id)
    (row,) = await office.database.read(lambda conn: conn.execute(select(story)).all())
    assert turned.is_new
    assert number(7)[-7:] not in str(row.texts) + str(row.titles)


async def test_nothing_is_made_of_a_text_that_only_few_may_read(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "6 gumnam ration walay paise maang rahe hain")
    hidden = select(inbound.c.id).where(inbound.c.is_hidden.is_(True))
    text_id = await office.database.read(lambda conn: conn.execute(hidden).scalar_one())
    with pytest.raises(Refusal) as refused:
        await turn_into_ticket(office.database, deed(office), text_id)
    assert refused.value.code == "hushed"
