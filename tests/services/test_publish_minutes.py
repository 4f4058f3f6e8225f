"""Minutes are written down once; from then on members can ask for them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import DecisionState, Owner, Record, ResolutionEntry
from app.services.change_unit import remove_unit
from app.services.publish_minutes import DecisionDraft, publish_record
from app.store import meetings, person_ties, resolutions, seats
from tests.factories import Office
from tests.services.people_of import noted
from tests.services.written import ROAD, WATER, Book

DEMAND = ResolutionEntry(1, {"en": "Road"}, {"en": "Repair the road."}, {"en": "XEN C&W"})
WORDS = {"ur-Latn": {"text": "Sarak.", "short": "sarak"}}


async def test_published_minutes_are_told_at_once_and_the_meeting_is_held(office: Office) -> None:
    await office.meeting()
    assert "pani" not in (await office.say(1, "KARWAI")).reply
    await office.minutes()
    assert "pani" in (await office.say(1, "KARWAI")).reply
    row = await office.database.read(meetings.meeting_by_label, office.id, "EC", "14")
    assert row.state == "held"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"label": "99"}, "no_meeting"),
        ({"summaries": {"en": "x" * 161}}, "summary_too_long"),
        ({"summaries": {"ur": "ک" * 71}}, "summary_too_long"),
        ({"decisions": [DecisionDraft(1, WORDS), DecisionDraft(1, WORDS)]}, "decision_twice"),
        ({"decisions": [DecisionDraft(1, {})]}, "decision_empty"),
    ],
)
async def test_what_are_no_minutes_is_refused_and_nothing_is_kept(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    meeting_id = await office.meeting()
    with pytest.raises(Refusal) as refused:
        await office.minutes(**changes)
    assert refused.value.code == code
    assert await office.database.read(meetings.minutes_of, meeting_id) is None


async def test_a_meeting_has_its_minutes_once(office: Office) -> None:
    await office.meeting()
    await office.minutes()
    with pytest.raises(Refusal, match="has minutes already"):
        await office.minutes()


async def test_restricted_minutes_are_not_told_to_strangers(office: Office) -> None:
    await office.meeting()
    await office.minutes(is_restricted=True)
    assert "pani" not in (await office.say(1, "KARWAI")).reply


async def publish(office: Office, meeting_id: int, *, version: int) -> int:
    return await publish_record(
        office.database, office.id, meeting_id, version=version, by="Nusrat", now=office.now
    )


async def test_the_minutes_of_a_meeting_to_come_or_called_off_are_refused(office: Office) -> None:
    book = Book(office)
    to_come, called_off = await book.meeting(15, days=2), await book.meeting(16, state="cancelled")
    for meeting_id in (to_come, called_off):
        with pytest.raises(Refusal) as refused:
            await book.written(meeting_id)
        assert refused.value.code == "not_held"


async def test_without_quorum_nothing_is_decided_and_the_meeting_is_adjourned(
    office: Office,
) -> None:
    book = Book(office)
    meeting_id = await book.meeting(16, quorum=3)
    aziz, zarmina, _ = await book.members("Aziz", "Zarmina", "Rehana")
    with pytest.raises(Refusal) as refused:
        await book.written(meeting_id, WATER)
    assert refused.value.code == "attendance_missing"
    await book.attend(meeting_id, [aziz, zarmina], "A guest")
    for record in (Record(decisions=(WATER,)), Record(resolutions=(DEMAND,))):
        await book.keep(meeting_id, record)
        with pytest.raises(Refusal, match="2 of the 3 needed were there, so nothing could be"):
            await book.publish(meeting_id)
    await book.keep(meeting_id, Record(thanks="Dua"))
    assert await book.publish(meeting_id) == 1
    assert (await book.read(meeting_id)).state == "adjourned"


async def test_the_quorum_of_a_body_holds_for_its_next_meeting(office: Office) -> None:
    book = Book(office)
    await book.meeting(14, quorum=8)
    assert (await book.read(await book.meeting(15))).quorum == 8
    assert (await book.read(await book.meeting(16, quorum=0))).quorum == 0
    assert (await book.read(await book.meeting(1, body="HEALTH"))).quorum == 0


async def test_present_and_women_are_counted_from_the_marks(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting(quorum=2)
    await book.attend(meeting_id, await book.members("Aziz", "Zarmina", "Rehana"))
    await book.written(meeting_id)
    minutes = await office.database.read(meetings.minutes_of, meeting_id)
    assert (minutes.present, minutes.women) == (3, 2)
    assert (await book.read(meeting_id)).state == "held"


async def test_only_what_was_seen_is_published(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    with pytest.raises(Refusal) as refused:
        await publish(office, meeting_id, version=0)
    assert refused.value.code == "nothing_written"
    await book.keep(meeting_id, Record(decisions=(WATER,)))
    await book.keep(meeting_id, Record(decisions=(ROAD,)))
    with pytest.raises(Refusal) as refused:
        await publish(office, meeting_id, version=1)
    assert refused.value.code == "changed_meanwhile"
    assert await publish(office, meeting_id, version=2) == 1


async def test_a_decision_keeps_its_id_and_one_taken_out_is_dropped(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, ROAD)
    first = await book.rows(meeting_id)
    assert await book.written(meeting_id, replace(ROAD, texts={"en": "Letter to the XEN."})) == 2
    second = await book.rows(meeting_id)
    assert [row.id for row in second] == [row.id for row in first]
    assert [row.status for row in second] == ["dropped", "in hand"]
    assert await book.steps(second[0].id) == [("in hand", ""), ("dropped", "not in revision 2")]
    words = await office.database.read(meetings.words_of, [second[1].id])
    assert {tag: one.text for tag, one in words[second[1].id].items()} == {
        "en": "Letter to the XEN."
    }


async def test_published_again_unchanged_it_stays_one_revision(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    assert await book.written(meeting_id) == 1
    assert await book.publish(meeting_id) == 1
    assert not (await book.read(meeting_id)).is_changed
    await book.attend(meeting_id, await book.members("Aziz"))
    assert (await book.read(meeting_id)).is_changed
    assert await book.publish(meeting_id) == 2


async def test_an_owner_named_by_post_alone_is_told_in_words(office: Office) -> None:
    book = Book(office)
    unit_id = await office.unit("Umeed", local_name="امید")
    meeting_id = await book.meeting()
    owners = (
        Owner(body="EC", post="President"),
        Owner(body="LSO", post="Manager", unit_id=unit_id),
        Owner(unit_id=unit_id),
        Owner(words={"en": "The elders"}, body="EC", post="President"),
    )
    await book.written(
        meeting_id, *(replace(WATER, no=no, owner=one) for no, one in enumerate(owners, 1))
    )
    assert [row.owner for row in await book.rows(meeting_id)] == [
        {"en": "President", "ur": "صدر", "ur-Latn": "Sadar"},
        {"en": "Manager, LSO Umeed", "ur": "منیجر، LSO امید"},
        {"en": "LSO Umeed", "ur": "LSO امید"},
        {"en": "The elders"},
    ]


async def test_a_unit_that_owns_a_decision_is_not_taken_away(office: Office) -> None:
    book = Book(office)
    unit_id = await office.unit("Umeed")
    await book.written(await book.meeting(), replace(WATER, owner=Owner(unit_id=unit_id)))
    with pytest.raises(Refusal, match="named in minutes"):
        await remove_unit(office.database, office.slug, unit_id, **book.act)


async def test_who_held_the_seat_of_an_addressee_can_be_forgotten(office: Office) -> None:
    book = Book(office)
    (clerk,) = await book.members("Aziz", body="OUT", post="Deputy Commissioner")
    (seat,) = await office.database.read(seats.held_by, clerk)
    meeting_id = await book.meeting()
    demand = replace(DEMAND, addressee={}, seat_id=seat.id)
    await book.written(meeting_id, WATER, resolutions=(demand,))
    await office.database.write(person_ties.cut, clerk)
    minutes = await office.database.read(meetings.minutes_of, meeting_id)
    (row,) = await office.database.read(resolutions.of_minutes, minutes.id)
    assert (row.seat_id, row.addressee) == (None, {"en": "Deputy Commissioner"})


async def test_owners_and_addressees_of_another_network_are_not_there(office: Office) -> None:
    book, other = Book(office), await Office.open(office.database, office.now, "sarang")
    foreign = await other.unit("Sehar")
    meeting_id = await book.meeting()
    owners = Owner(body="LSO", post="President", unit_id=foreign), Owner(body="NONE", post="x")
    wrong = [Record(decisions=(replace(WATER, owner=one),)) for one in owners]
    wrong.append(Record(resolutions=(replace(DEMAND, seat_id=999),)))
    for record in wrong:
        await book.keep(meeting_id, record)
        with pytest.raises(Refusal) as refused:
            await book.publish(meeting_id)
        assert refused.value.code == "not_found"


async def test_a_restricted_decision_is_found_by_members_only(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, replace(ROAD, restricted="A dispute"))
    find = meetings.decisions
    for registered, numbers in ((True, [1, 2]), (False, [1])):
        rows = await office.database.read(find, office.id, registered=registered)
        assert [row.no for row in rows] == numbers
    assert (await book.rows(meeting_id))[1].restricted == "A dispute"


async def test_an_open_decision_whose_date_has_passed_is_told_as_overdue(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    day = office.now.date()
    await book.written(
        meeting_id,
        replace(WATER, due=day - timedelta(days=1)),
        replace(WATER, no=2, due=day),
        replace(WATER, no=3, due=day - timedelta(days=1), state=DecisionState.LAPSED),
    )
    replies = [(await office.say(1, f"14/{no}")).reply for no in (1, 2, 3)]
    words = ("der ho gayi", "kaam jari", "waqt guzar gaya")
    assert [word in reply for word, reply in zip(words, replies, strict=True)] == [True] * 3


async def test_every_act_is_in_the_journal_without_a_name(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.attend(meeting_id, await book.members("Zarmina"), "Rehmat the guest")
    await book.written(meeting_id)
    entries = await noted(office)
    assert [one[1] for one in entries][-3:] == [
        "attendance taken",
        "minutes kept",
        "minutes published",
    ]
    assert "Zarmina" not in str(entries)
    assert "Rehmat the guest" not in str(entries)
