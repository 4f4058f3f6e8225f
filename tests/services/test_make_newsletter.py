"""A newsletter gathers what was agreed and went out in none; nothing restricted, nothing twice."""

import asyncio
from datetime import date, timedelta

import pytest

from app.domain import gsm
from app.domain.errors import Refusal
from app.services.make_newsletter import Wish, gather
from app.services.publish_minutes import DecisionDraft
from tests.factories import Office
from tests.services.newsroom import WATER, Newsroom, code_of


async def test_an_issue_holds_public_decisions_agreed_stories_and_meetings_to_come(
    office: Office,
) -> None:
    room = Newsroom(office)
    await room.decided()
    await room.agreed_story()
    await room.story("Only written")
    await office.meeting(15, at=room.now + timedelta(days=20), venue={"en": "Roshni"})
    await office.meeting(16, at=room.now + timedelta(days=60))
    issue = await room.issue(await room.make())
    assert [(one.kind, one.code) for one in issue.items] == [
        ("decision", "14/1"),
        ("story", ""),
        ("meeting", "EC 15"),
    ]
    assert (issue.no, issue.state) == (1, "draft")


async def test_nothing_restricted_enters_an_issue(office: Office) -> None:
    room = Newsroom(office)
    await room.decided(14)
    await room.decided(13, is_restricted=True)
    issue = await room.issue(await room.make())
    assert [one.code for one in issue.items] == ["14/1"]
    everything = repr(issue)
    assert "jhagra" not in everything.lower()
    assert "13/1" not in everything


async def test_an_empty_one_is_not_made_and_says_so(office: Office) -> None:
    room = Newsroom(office)
    with pytest.raises(Refusal) as refused:
        await room.make(since=date(2026, 1, 5))
    assert refused.value.code == "nothing_new"
    assert str(refused.value).startswith("Nothing new since 2026-01-05: no decision, no story")
    assert await gather(office.database, office.id, Wish(), now=room.now) == ()


async def test_each_thing_goes_out_once(office: Office) -> None:
    room = Newsroom(office)
    await room.decided()
    first = await room.make()
    await room.agree(first)
    assert await code_of(room.make()) == "nothing_new"
    await room.agreed_story("New since")
    second = await room.issue(await room.make(room.now + timedelta(days=400)))
    assert [one.kind for one in second.items] == ["story"]
    assert second.no == 2


async def test_an_issue_that_waits_takes_in_what_is_new_instead_of_a_second_one(
    office: Office,
) -> None:
    room = Newsroom(office)
    await room.agreed_story("First")
    newsletter_id = await room.make()
    await room.agreed_story("Second")
    assert await room.make() == newsletter_id
    assert await room.make() == newsletter_id
    issue = await room.issue(newsletter_id)
    assert [one.titles["en"] for one in issue.items] == ["First", "Second"]


async def test_two_officers_at_once_make_one_issue(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    made = await asyncio.gather(*(room.make() for _ in range(4)))
    assert len(set(made)) == 1
    assert len((await room.issue(made[0])).items) == 1


async def test_topics_and_unit_choose_and_each_choice_keeps_its_own_count(office: Office) -> None:
    room = Newsroom(office)
    roshni, umeed = await office.unit("Roshni"), await office.unit("Umeed")
    vo = await office.unit("Gul", kind="VO", parent_id=roshni)
    await room.decided()
    await room.agreed_story("Of a village organisation", unit_id=vo, topics=("health",))
    await room.agreed_story("Of another", unit_id=umeed, topics=("water",))
    by_unit = await room.issue(await room.make(unit_id=roshni))
    assert [one.titles.get("en") for one in by_unit.items] == ["Of a village organisation"]
    by_topic = await room.issue(await room.make(topics=("water",)))
    assert [(one.kind, one.code) for one in by_topic.items] == [
        ("decision", "14/1"),
        ("story", "LSO Umeed"),
    ]
    of_all = await room.issue(await room.make())
    assert len(of_all.items) == 3


async def test_the_first_issue_looks_back_a_week_or_a_month_and_later_ones_forget_nothing(
    office: Office,
) -> None:
    room = Newsroom(office)
    await room.agreed_story("Old")
    later = room.now + timedelta(days=10)
    assert await code_of(room.make(later, period="weekly")) == "nothing_new"
    issue = await room.issue(await room.make(later, period="monthly"))
    assert [one.titles["en"] for one in issue.items] == ["Old"]
    reached = await room.make(later, period="weekly", since=room.now.date(), topics=())
    assert reached == issue.id


async def test_each_headline_is_one_text_and_begins_with_the_name(office: Office) -> None:
    room = Newsroom(office)
    drafts = [DecisionDraft(no, WATER) for no in range(1, 12)]
    await room.decided(14, decisions=drafts)
    await room.agreed_story("A very long title of a story " * 4)
    issue = await room.issue(await room.make())
    assert {"en", "ur", "ur-Latn"} <= set(issue.headlines)
    for tag, text in issue.headlines.items():
        assert gsm.count(f"{text} Ref 99999") == 1, tag
        assert "14/1" in text
    assert issue.headlines["en"].startswith("Mirkhai: Newsletter 1: 14/1 pani ki line")
    assert issue.headlines["ur"].startswith("میرخائی: خبرنامہ")


async def test_what_cannot_be_asked_for_is_refused(office: Office) -> None:
    room = Newsroom(office)
    other = await Office.open(office.database, office.now, "sarang")
    unit_id = await other.unit("Theirs")
    assert await code_of(room.make(unit_id=unit_id)) == "not_found"
    assert await code_of(room.make(topics=("no topic!",))) == "topic"
