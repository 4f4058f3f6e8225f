"""The posts of a unit: who holds them until when, what they get, and which are empty."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.services.end_seat import Leaving, end_seat
from app.services.show_posts import (
    PostLine,
    list_posts,
    show_seat,
    show_unit_posts,
)
from app.store import units
from tests.factories import Office
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def lines_of(chamber: Chamber, unit_id: int) -> list[PostLine]:
    office = chamber.office
    return list(await show_unit_posts(office.database, office.id, unit_id, today=TODAY))


def brief(lines: list[PostLine] | tuple[PostLine, ...]) -> list[tuple[str, str, str]]:
    return [(line.body, line.post, line.name or "-") for line in lines]


async def test_an_lso_shows_its_seats_its_officers_and_what_is_empty(chamber: Chamber) -> None:
    await chamber.officer("Nusrat", chamber.roshni, "President", ends_on=date(2026, 12, 15))
    await chamber.officer("Zubaida", chamber.roshni, "", body="GB")
    assert brief(await lines_of(chamber, chamber.roshni)) == [
        ("GB", "Member", "Zubaida"),
        ("GB", "Member", "-"),
        ("LSO", "President", "Nusrat"),
        ("LSO", "General Secretary", "-"),
        ("LSO", "Finance Secretary", "-"),
    ]
    empty, president = (await lines_of(chamber, chamber.roshni))[1:3]
    assert (empty.place, empty.places, empty.seat_id, empty.unit_id) == (2, 2, None, chamber.roshni)
    assert (president.days_left, president.unit_name) == (24, "LSO Roshni")
    assert president.local_unit == "روشنی"


async def test_the_network_shows_its_cabinet(chamber: Chamber) -> None:
    await chamber.officer("Sajida", chamber.roshni, "Press Secretary", body="EC")
    await chamber.officer("Karim", chamber.umeed, "", body="EC", sex="m")
    assert brief(await lines_of(chamber, chamber.lson)) == [
        ("EC", "President", "-"),
        ("EC", "Vice President", "-"),
        ("EC", "General Secretary", "-"),
        ("EC", "Joint Secretary", "-"),
        ("EC", "Finance Secretary", "-"),
        ("EC", "Press Secretary", "Sajida"),
        ("EC", "Member", "Karim"),
    ]


async def test_a_holder_is_shown_with_the_phone_that_reaches_her_best(chamber: Chamber) -> None:
    nusrat, _ = await chamber.officer("Nusrat", chamber.dosti, "President", language="ur")
    assert (await lines_of(chamber, chamber.dosti))[0].msisdn_masked == ""
    await chamber.phone(nusrat, 1, whose="family")
    await chamber.phone(nusrat, 2, standing="stopped")
    line = (await lines_of(chamber, chamber.dosti))[0]
    assert (line.msisdn_masked, line.whose, line.is_private) == ("039*****01", "family", False)
    await chamber.phone(nusrat, 3)
    line = (await lines_of(chamber, chamber.dosti))[0]
    assert (line.msisdn_masked, line.whose, line.standing) == ("039*****03", "own", "active")
    assert (line.language, line.reach) == ("ur", "demo")


async def test_the_list_of_all_holds_each_post_once(chamber: Chamber) -> None:
    office = chamber.office
    _, seat_id = await chamber.officer("Dr Khan", chamber.health, "Doctor", sex="m")
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    await chamber.officer("Nusrat", chamber.roshni, "President")
    every = await list_posts(office.database, office.id, today=TODAY)
    # 6 of the cabinet; 2 LSOs with 2 seats and 3 officers each, one of them filled; the
    # President and the Manager of the VO; the doctor's post.
    assert len(every) == 6 + 2 * (2 + 3) + 2 + 1
    vacant = await list_posts(office.database, office.id, today=TODAY, is_vacant=True)
    assert len(vacant) == len(every) - 1
    assert ("OUT", "Doctor", "-") in brief(vacant)
    mine = await list_posts(
        office.database, office.id, today=TODAY, unit_id=chamber.roshni, is_vacant=True
    )
    assert len(mine) == 4


async def test_units_that_lapsed_miss_nobody_and_candidates_have_no_seats_yet(
    chamber: Chamber,
) -> None:
    office = chamber.office
    await office.database.write(units.change, chamber.roshni, {"status": "lapsed"})
    await office.database.write(units.change, chamber.umeed, {"status": "candidate"})
    assert await lines_of(chamber, chamber.roshni) == []
    assert {line.body for line in await lines_of(chamber, chamber.umeed)} == {"LSO"}


async def test_one_seat_is_shown_while_it_is_held(chamber: Chamber) -> None:
    office = chamber.office
    _, seat_id = await chamber.officer("Nusrat", chamber.roshni, "President")
    line = await show_seat(office.database, office.id, seat_id, today=TODAY)
    assert (line.name, line.post) == ("Nusrat", "President")
    await end_seat(office.database, office.id, Leaving(seat_id), by="x", now=office.now)
    with pytest.raises(Refusal, match="no such seat"):
        await show_seat(office.database, office.id, seat_id, today=TODAY)


async def test_what_is_another_networks_is_not_there(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    _, theirs = await other.officer("Zahida", other.roshni, "President")
    with pytest.raises(Refusal, match="no such unit"):
        await show_unit_posts(office.database, office.id, other.roshni, today=TODAY)
    with pytest.raises(Refusal, match="no such seat"):
        await show_seat(office.database, office.id, theirs, today=TODAY)
    every = await list_posts(office.database, office.id, today=TODAY)
    assert all(line.is_vacant for line in every)
