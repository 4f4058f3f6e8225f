"""The report of bodies equals figures that were reckoned by hand from the table below."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.services.change_body import BodyChange, BodyFacts, add_body, change_body
from app.services.report_bodies import BodiesReport, report_bodies, report_body
from app.store import units
from tests.factories import Office
from tests.services.seated import TODAY, Chamber

# Who, sex, unit, and what they hold (body, post, last day). Today is 21 November 2026.
TABLE = (
    ("Nusrat", "f", "roshni", (("LSO", "President", None), ("GB", "", "2027-02-28"))),
    ("Amina", "f", "roshni", (("GB", "", "2026-12-21"),)),
    ("Rehmat", "m", "umeed", (("LSO", "President", "2027-01-20"), ("GB", "", "2027-01-21"),
                              ("EC", "President", "2026-11-20"))),
    ("Karim", "m", "himmat", (("EC", "", "2028-01-01"), ("GB", "", "2028-01-01"))),
    ("Sajida", "f", "umeed", (("EC", "Press Secretary", "2028-01-01"),
                              ("FLOOD", "Convener", "2027-03-01"))),
    ("Dilshad", "f", "dosti", (("VO", "President", None), ("LSO", "General Secretary", None))),
    ("Gul", "m", "umeed", (("LSO", "Finance Secretary", None),)),
)  # fmt: skip
# Reckoned by hand: three member LSOs with 2 seats each.
#   GB: 6 seats; Nusrat, Amina, Rehmat, Karim: 4 filled, 2 vacant (Umeed 1, Himmat 1);
#       2 women = 50 %; 40 % of 6 = 2.4, so 3 women are needed and 1 is missing.
#   EC: 11 seats fixed; Rehmat, Karim, Sajida: 3 filled, 8 vacant; 1 woman = 33 %;
#       33 % of 11 = 3.63, so 4 are needed and 3 missing.
#   FLOOD: seats not fixed; 1 filled, 0 vacant; 1 woman = 100 %; no by-law figure.
FIGURES = {
    #         seats filled vacant women share needed missing
    "GB": (6, 4, 2, 2, 50, 3, 1),
    "EC": (11, 3, 8, 1, 33, 4, 3),
    "FLOOD": (0, 1, 0, 1, 100, 0, 0),
}
# Ends: EC of Rehmat was yesterday; 21 Dec is day 30; 20 Jan is day 60, 21 Jan day 61.
ENDING = [("Rehmat", "EC", "past"), ("Amina", "GB", "30"), ("Rehmat", "LSO", "60")]


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    """Fill the seats of the table, past any rule that a naming would be held to."""
    chamber = await Chamber.open(office)
    for unit in (chamber.roshni, chamber.dosti):
        await office.database.write(units.change, unit, {"members": "mixed"})
    extra = {"himmat": await office.unit("Himmat", parent_id=chamber.lson)}
    await office.unit("Sehar", parent_id=chamber.lson, status="candidate")
    facts = BodyFacts("FLOOD", "Flood", term_months=0, ends_on=date(2026, 10, 1))
    await add_body(office.database, office.id, facts, by="x", now=office.now)
    for code, values in (
        ("GB", {"women_percent": 40}),
        ("EC", {"women_percent": 33, "seats": 11}),
    ):
        change = BodyChange(code, values)
        await change_body(office.database, office.id, change, by="x", now=office.now)
    for name, sex, unit, held in TABLE:
        unit_id = extra.get(unit) or getattr(chamber, unit)
        person_id = await chamber.person(name, unit_id, sex=sex)
        for body, post, ends in held:
            where = chamber.roshni if (name, body) == ("Dilshad", "LSO") else unit_id
            await chamber.name(
                person_id,
                where,
                post,
                body=body,
                starts_on=date(2025, 1, 1),
                ends_on=date.fromisoformat(ends) if ends else None,
            )
    return chamber


async def report(chamber: Chamber) -> BodiesReport:
    return await report_bodies(chamber.office.database, chamber.office.id, today=TODAY)


async def test_seats_and_women_are_as_reckoned_by_hand(chamber: Chamber) -> None:
    found = {
        one.code: (
            one.seats, one.filled, one.vacant, one.women, one.women_share,
            one.women_needed, one.women_missing,
        )
        for one in (await report(chamber)).bodies
    }  # fmt: skip
    assert found == FIGURES


async def test_empty_seats_are_named_by_lso(chamber: Chamber) -> None:
    body = (await report(chamber)).bodies[0]
    assert [(one.unit_name, one.vacant) for one in body.vacant_in] == [
        ("LSO Himmat", 1),
        ("LSO Umeed", 1),
    ]


async def test_terms_that_end_are_listed_in_order_to_the_day(chamber: Chamber) -> None:
    found = [(one.line.name, one.line.body, one.stage) for one in (await report(chamber)).ending]
    assert found == ENDING


async def test_a_committee_made_for_a_time_is_over_one_day(chamber: Chamber) -> None:
    assert {one.code: one.is_over for one in (await report(chamber)).bodies} == {
        "GB": False,
        "EC": False,
        "FLOOD": True,
    }


async def test_leading_at_two_tiers_is_flagged_and_the_way_up_is_not(chamber: Chamber) -> None:
    """Nusrat is in GB and Karim in EC as plain members; Sajida's committee only advises."""
    found = [
        (one.name, one.kind, [(office.body, office.post) for office in one.offices])
        for one in (await report(chamber)).overlaps
    ]
    assert found == [
        ("Dilshad", "tiers", [("VO", "President"), ("LSO", "General Secretary")]),
        ("Rehmat", "tiers", [("LSO", "President"), ("EC", "President")]),
    ]


async def test_two_offices_in_one_body_are_flagged(chamber: Chamber) -> None:
    gul = await chamber.person("Gul Khan", None, sex="m")
    await chamber.name(gul, chamber.umeed, "General Secretary")
    await chamber.name(gul, chamber.roshni, "President of the shop")
    twice = [one for one in (await report(chamber)).overlaps if one.kind == "body"]
    assert [(one.name, [office.unit_name for office in one.offices]) for one in twice] == [
        ("Gul Khan", ["LSO Umeed", "LSO Roshni"])
    ]


async def test_who_sits_in_the_executive_without_the_general_body_is_named(
    chamber: Chamber,
) -> None:
    assert [name for _, name, _ in (await report(chamber)).outside_general_body] == ["Sajida"]


async def test_one_body_is_shown_with_its_seats(chamber: Chamber) -> None:
    office = chamber.office
    general = await report_body(office.database, office.id, "gb", today=TODAY)
    assert [(line.unit_name, line.name or "-") for line in general.lines] == [
        ("LSO Himmat", "Karim"),
        ("LSO Himmat", "-"),
        ("LSO Roshni", "Nusrat"),
        ("LSO Roshni", "Amina"),
        ("LSO Umeed", "Rehmat"),
        ("LSO Umeed", "-"),
    ]
    assert [one.line.name for one in general.ending] == ["Amina"]
    cabinet = await report_body(office.database, office.id, "EC", today=TODAY)
    assert [line.post for line in cabinet.lines if line.is_vacant] == [
        "Vice President", "General Secretary", "Joint Secretary", "Finance Secretary",
    ]  # fmt: skip
    with pytest.raises(Refusal, match="no body NONE"):
        await report_body(office.database, office.id, "NONE", today=TODAY)


async def test_an_empty_network_has_an_empty_report(office: Office) -> None:
    found = await report_bodies(office.database, office.id, today=TODAY)
    assert [(one.code, one.seats, one.filled, one.vacant) for one in found.bodies] == [
        ("GB", 0, 0, 0),
        ("EC", 0, 0, 0),
    ]
    assert (found.ending, found.overlaps, found.outside_general_body) == ((), (), ())
