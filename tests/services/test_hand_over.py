"""A post is handed over: one leaves, the next begins, and what is the office's stays with it."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.services.end_seat import Leaving, end_seat
from app.services.hand_over import HandedOver, Handover, hand_over
from app.services.show_posts import show_unit_posts
from tests.factories import Office
from tests.services.seated import TODAY, Chamber

POST = "District Health Officer"


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def pass_on(chamber: Chamber, change: Handover) -> HandedOver:
    office = chamber.office
    return await hand_over(office.database, office.id, change, by="Nusrat", now=office.now)


async def test_the_next_one_serves_the_rest_of_the_term(chamber: Chamber) -> None:
    days = {"starts_on": date(2025, 3, 1), "ends_on": date(2027, 3, 1)}
    old, seat_id = await chamber.officer("Nusrat", chamber.roshni, "President", **days)
    new = await chamber.person("Amina", chamber.dosti)
    done = await pass_on(chamber, Handover(seat_id, new, date(2026, 11, 1)))
    before, after = await chamber.seat(seat_id), await chamber.seat(done.seat_id)
    assert before.left_on == date(2026, 11, 1)
    assert (after.person_id, after.post, after.unit_id) == (new, "President", chamber.roshni)
    assert (after.starts_on, after.ends_on) == (date(2026, 11, 1), date(2027, 3, 1))
    assert (await chamber.rank(old), await chamber.rank(new)) == (9, 2)


@pytest.mark.parametrize(
    ("began", "is_new", "until"),
    [
        (date(2025, 3, 1), False, date(2027, 3, 1)),
        (date(2025, 3, 1), True, date(2028, 11, 21)),
        # Nothing is left of a term that is past, so a new one begins.
        (date(2024, 3, 1), False, date(2028, 11, 21)),
    ],
)
async def test_a_new_term_begins_where_it_is_wanted_or_nothing_is_left(
    chamber: Chamber, began: date, is_new: bool, until: date
) -> None:
    _, seat_id = await chamber.officer("Nusrat", chamber.roshni, "", body="GB", starts_on=began)
    new = await chamber.person("Amina", chamber.roshni)
    done = await pass_on(chamber, Handover(seat_id, new, is_new_term=is_new))
    row = await chamber.seat(done.seat_id)
    assert (row.starts_on, row.ends_on) == (TODAY, until)


async def test_the_quota_does_not_stand_in_the_way_of_a_handover(chamber: Chamber) -> None:
    seats = [(await chamber.officer(name, chamber.roshni, "", body="GB"))[1] for name in ("A", "B")]
    await pass_on(chamber, Handover(seats[0], await chamber.person("C", chamber.roshni)))
    held = [row for row in await chamber.seats() if row.left_on is None]
    assert len(held) == 2


async def test_only_the_phones_of_the_office_go_along_and_both_are_journalled(
    chamber: Chamber,
) -> None:
    khan, seat_id = await chamber.officer("Dr Khan", chamber.health, POST, sex="m")
    for n, whose in ((1, "office"), (2, "own"), (3, "family")):
        await chamber.phone(khan, n, whose=whose)
    shah = await chamber.person("Dr Shah", chamber.health, sex="m")
    done = await pass_on(chamber, Handover(seat_id, shah))
    assert done.phones == 1
    assert await chamber.phones_of(shah) == [("+923900000001", "office")]
    assert [whose for _, whose in await chamber.phones_of(khan)] == ["own", "family"]
    assert (await chamber.acts())[-2:] == ["post handed over", "office phones handed over"]
    # Nothing of the office is left, so the next handover moves nothing.
    row = next(one for one in await chamber.seats() if one.left_on is None)
    assert (await pass_on(chamber, Handover(row.id, khan))).phones == 1


async def test_a_member_of_the_committee_takes_the_office_and_keeps_the_seat(
    chamber: Chamber,
) -> None:
    _, president = await chamber.officer("Rehmat", chamber.umeed, "President", body="EC", sex="m")
    amina, member = await chamber.officer("Amina", chamber.roshni, "", body="EC")
    done = await pass_on(chamber, Handover(president, amina))
    assert done.seat_id == member
    held = [row for row in await chamber.seats() if row.left_on is None]
    assert [(row.person_id, row.post) for row in held] == [(amina, "President")]


async def test_a_post_outside_stays_known_while_nobody_holds_it(chamber: Chamber) -> None:
    office = chamber.office
    _, seat_id = await chamber.officer("Dr Khan", chamber.health, POST, sex="m")
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    lines = await show_unit_posts(office.database, office.id, chamber.health, today=TODAY)
    assert [(line.post, line.is_vacant, line.name) for line in lines] == [(POST, True, "")]
    await chamber.officer("Dr Shah", chamber.health, POST, sex="m")
    lines = await show_unit_posts(office.database, office.id, chamber.health, today=TODAY)
    assert [(line.post, line.is_vacant, line.name) for line in lines] == [(POST, False, "Dr Shah")]


async def test_what_cannot_be_is_refused_and_nothing_changes(chamber: Chamber) -> None:
    nusrat, seat_id = await chamber.officer("Nusrat", chamber.roshni, "President")
    man = await chamber.person("Karim", chamber.roshni, sex="m")
    stranger = await chamber.person("Zahida", chamber.umeed)
    amina = await chamber.person("Amina", chamber.roshni)
    for change, sentence in (
        (Handover(seat_id, nusrat), "Nusrat holds this post already"),
        (Handover(seat_id, man), "a body of women only"),
        (Handover(seat_id, stranger), "Zahida belongs to LSO Umeed"),
        (Handover(seat_id, 999_999), "no such person"),
        (Handover(999_999, amina), "no such seat"),
        (Handover(seat_id, amina, date(2026, 11, 20)), "before the term began"),
        (Handover(seat_id, amina, date(2026, 11, 22)), "still to come"),
        (Handover(seat_id, amina, ends_on=TODAY), "Give a later end"),
    ):
        with pytest.raises(Refusal, match=sentence):
            await pass_on(chamber, change)
    assert [(row.person_id, row.left_on) for row in await chamber.seats()] == [(nusrat, None)]


async def test_another_networks_seat_and_people_are_not_there(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    theirs, their_seat = await other.officer("Zahida", other.roshni, "President")
    ours, our_seat = await chamber.officer("Nusrat", chamber.roshni, "President")
    for change in (Handover(their_seat, ours), Handover(our_seat, theirs)):
        with pytest.raises(Refusal) as refused:
            await pass_on(chamber, change)
        assert refused.value.code == "not_found"
