"""The next agenda begins with what is still open, so that no decision is forgotten."""

from dataclasses import replace

from app.domain.minutes import DecisionState
from app.services.draft_agenda import draft_agenda
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book


async def test_open_decisions_are_carried_over_oldest_first(office: Office) -> None:
    book = Book(office)
    first, second = await book.meeting(12, days=-60), await book.meeting(13, days=-30)
    await book.written(second, WATER)
    await book.written(first, replace(WATER, state=DecisionState.DONE), ROAD)
    items = await draft_agenda(office.database, office.id, await book.meeting(14, days=5))
    assert [(item.carried, item.title) for item in items] == [
        ("12/2", {"en": "road letter"}),
        ("13/1", {"ur-Latn": "Pani ki line theek ho.", "en": "Repair the water line."}),
    ]


async def test_a_committee_brings_its_recommendations_to_the_executive_only(
    office: Office,
) -> None:
    book = Book(office)
    health = await book.meeting(3, days=-9, body="HEALTH")
    await book.written(health, WATER)
    await book.written(await book.meeting(5, days=-8, body="GB"), ROAD)
    executive = await book.meeting(14, days=5)
    items = await draft_agenda(office.database, office.id, executive)
    assert [item.carried for item in items] == ["HEALTH 3/1"]
    again = await book.meeting(4, days=6, body="HEALTH")
    own = await draft_agenda(office.database, office.id, again)
    assert [item.carried for item in own] == ["3/1"]


async def test_drafts_and_later_meetings_are_not_carried_and_reasons_are(office: Office) -> None:
    book = Book(office)
    await book.written(await book.meeting(12, days=-9), replace(ROAD, restricted="A dispute"))
    draft = await book.meeting(13, days=-8)
    await book.keep(draft, (await book.read(draft)).record)
    now = await book.meeting(14, days=-7)
    await book.written(await book.meeting(15, days=-1), WATER)
    items = await draft_agenda(office.database, office.id, now)
    assert [(item.carried, item.restricted) for item in items] == [("12/2", "A dispute")]
