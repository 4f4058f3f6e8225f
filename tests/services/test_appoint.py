"""Naming somebody for a post: quotas and single offices hold, the rank follows, all is written."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.services.appoint import Appointment, appoint
from app.services.change_body import BodyChange, BodyFacts, add_body, change_body
from app.services.end_seat import Leaving, end_seat
from app.store import journal
from tests.factories import Office
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def test_a_term_begins_today_and_lasts_as_long_as_the_by_laws_say(chamber: Chamber) -> None:
    nusrat = await chamber.person("Nusrat", chamber.roshni)
    row = await chamber.seat(await chamber.name(nusrat, chamber.roshni, body="gb"))
    assert (row.body, row.post, row.unit_id) == ("GB", "Member", chamber.roshni)
    assert (row.starts_on, row.ends_on, row.left_on) == (TODAY, date(2028, 11, 21), None)
    leap = await chamber.person("Leap", chamber.roshni)
    seat_id = await chamber.name(leap, chamber.roshni, body="GB", starts_on=date(2024, 2, 29))
    assert (await chamber.seat(seat_id)).ends_on == date(2026, 2, 28)


async def test_officers_of_a_unit_have_the_term_that_they_are_given(chamber: Chamber) -> None:
    _, open_end = await chamber.officer("Nusrat", chamber.roshni, "president")
    row = await chamber.seat(open_end)
    assert (row.body, row.post, row.ends_on) == ("LSO", "President", None)
    _, fixed = await chamber.officer(
        "Amina", chamber.dosti, "Manager", ends_on=date(2027, 2, 28), local_post="منیجر"
    )
    row = await chamber.seat(fixed)
    assert (row.body, row.local_post, row.ends_on) == ("VO", "منیجر", date(2027, 2, 28))


async def test_an_lso_has_no_more_general_body_seats_than_the_others(chamber: Chamber) -> None:
    for name in ("Nusrat", "Amina"):
        await chamber.officer(name, chamber.roshni, "", body="GB")
    with pytest.raises(Refusal, match="LSO Roshni fills its 2 General Body seats already"):
        await chamber.officer("Bilqis", chamber.roshni, "", body="GB")
    await chamber.officer("Karim", chamber.umeed, "", body="GB", sex="m")
    office = chamber.office
    more = BodyChange("GB", {"seats_per_lso": 3})
    await change_body(office.database, office.id, more, by="x", now=office.now)
    await chamber.officer("Bilqis", chamber.roshni, "", body="GB")


async def test_a_body_with_fixed_seats_is_full_one_day(chamber: Chamber) -> None:
    office = chamber.office
    facts = BodyFacts("FLOOD", "Flood committee", seats=1, ends_on=date(2027, 3, 1))
    await add_body(office.database, office.id, facts, by="x", now=office.now)
    _, seat_id = await chamber.officer("Nusrat", chamber.roshni, "", body="FLOOD")
    assert (await chamber.seat(seat_id)).ends_on == date(2027, 3, 1)
    with pytest.raises(Refusal, match="All 1 seats of Flood committee are filled"):
        await chamber.officer("Amina", chamber.roshni, "", body="FLOOD")


async def test_a_single_office_has_one_holder_who_is_named(chamber: Chamber) -> None:
    until = date(2027, 2, 28)
    nusrat, seat_id = await chamber.officer("Nusrat", chamber.roshni, "President", ends_on=until)
    amina = await chamber.person("Amina", chamber.roshni)
    with pytest.raises(Refusal, match="President of LSO Roshni is Nusrat until 2027-02-28"):
        await chamber.name(amina, chamber.roshni, "president")
    # The same office elsewhere, and other offices here, are free; so is it for its own holder.
    await chamber.name(amina, chamber.roshni, "General Secretary")
    await chamber.officer("Karim", chamber.umeed, "President", sex="m")
    assert await chamber.name(nusrat, chamber.roshni, "President") == seat_id
    office = chamber.office
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    await chamber.officer("Bilqis", chamber.roshni, "President")


async def test_the_cabinet_is_one_for_the_whole_network(chamber: Chamber) -> None:
    await chamber.officer("Nusrat", chamber.roshni, "Press Secretary", body="EC")
    with pytest.raises(Refusal, match="Press Secretary of Executive Committee is Nusrat"):
        await chamber.officer("Karim", chamber.umeed, "Press Secretary", body="EC", sex="m")


async def test_who_sits_there_already_changes_the_office_and_keeps_the_seat(
    chamber: Chamber,
) -> None:
    nusrat, seat_id = await chamber.officer("Nusrat", chamber.roshni, "", body="EC")
    before = await chamber.seat(seat_id)
    assert await chamber.name(nusrat, chamber.lson, "Vice President", body="EC") == seat_id
    row = await chamber.seat(seat_id)
    assert (row.post, row.unit_id) == ("Vice President", chamber.roshni)
    assert (row.starts_on, row.ends_on) == (before.starts_on, before.ends_on)
    assert len(await chamber.seats()) == 1


async def test_the_rank_is_that_of_the_best_seat(chamber: Chamber) -> None:
    nusrat = await chamber.person("Nusrat", chamber.dosti, rank=9)
    for unit, post, body, rank in (
        (chamber.dosti, "President", "", 3),
        (chamber.roshni, "President", "", 2),
        (chamber.roshni, "", "GB", 1),
        (chamber.roshni, "", "EC", 0),
    ):
        await chamber.name(nusrat, unit, post, body=body)
        assert await chamber.rank(nusrat) == rank


async def test_a_womens_unit_names_women_and_its_own_people(chamber: Chamber) -> None:
    with pytest.raises(Refusal, match="LSO Roshni is a body of women only, and Karim"):
        await chamber.officer("Karim", chamber.roshni, "Manager", sex="m")
    stranger = await chamber.person("Zahida", chamber.umeed)
    with pytest.raises(Refusal, match="Zahida belongs to LSO Umeed, not to LSO Roshni"):
        await chamber.name(stranger, chamber.roshni, "President")
    # From a VO of the LSO, from above, and from nowhere in particular is well.
    for unit in (chamber.dosti, chamber.lson, None):
        member = await chamber.person("Amina", unit)
        await chamber.name(member, chamber.roshni, f"Activist {unit}")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"body": "GB", "unit": "lson"}, "General Body seats are an LSO's"),
        ({"body": "VO", "unit": "roshni"}, "LSO Roshni has no body VO"),
        ({"body": "XYZ", "unit": "roshni"}, "LSO Roshni has no body XYZ"),
        ({"body": "OUT", "unit": "roshni"}, "LSO Roshni has no body OUT"),
        ({"post": "", "unit": "roshni"}, "Say which post"),
        ({"post": "x" * 61, "unit": "roshni"}, "more than 60 letters"),
        ({"post": "President"}, "Say of which unit"),
        ({"post": "President", "unit": 999_999}, "no such unit"),
        ({"post": "President", "unit": "roshni", "starts_on": date(2026, 12, 1)}, "still to come"),
        ({"post": "President", "unit": "roshni", "ends_on": TODAY}, "Give a later end"),
        ({"post": "President", "unit": "roshni", "ends_on": date(2999, 1, 1)}, "Look at the year"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_stored(
    chamber: Chamber, values: dict, sentence: str
) -> None:
    values = dict(values)
    unit = values.pop("unit", None)
    unit_id = getattr(chamber, unit) if isinstance(unit, str) else unit
    nusrat = await chamber.person("Nusrat", chamber.roshni)
    before = await chamber.acts()
    with pytest.raises(Refusal, match=sentence):
        await chamber.name(nusrat, unit_id, **values)
    assert (await chamber.seats(), await chamber.acts()) == ([], before)


async def test_the_journal_says_who_was_named_by_whom(chamber: Chamber) -> None:
    await chamber.officer("Nusrat", chamber.roshni, "President")
    assert (await chamber.acts())[-1] == "named for a post"
    office = chamber.office
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_another_networks_people_and_units_are_not_there(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    theirs, ours = await other.person("Zahida"), await chamber.person("Nusrat")
    for person_id, unit_id in ((theirs, chamber.roshni), (ours, other.roshni)):
        new = Appointment(person_id, unit_id, "President")
        with pytest.raises(Refusal) as refused:
            await appoint(office.database, office.id, new, by="x", now=office.now)
        assert refused.value.code == "not_found"


async def test_who_comes_after_a_transferred_officer_gets_the_phone_of_the_office(
    chamber: Chamber,
) -> None:
    post = "District Health Officer"
    khan, seat_id = await chamber.officer("Dr Khan", chamber.health, post, sex="m")
    await chamber.phone(khan, 1, whose="office")
    await chamber.phone(khan, 2)
    office = chamber.office
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    assert len(await chamber.phones_of(khan)) == 2
    shah, _ = await chamber.officer("Dr Shah", chamber.health, post, sex="m")
    assert await chamber.phones_of(shah) == [("+923900000001", "office")]
    assert await chamber.phones_of(khan) == [("+923900000002", "own")]
    assert (await chamber.acts())[-1] == "office phones handed over"
