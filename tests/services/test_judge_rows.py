"""What a keeper may rely on when rows are judged: matched by name and number, never guessed."""

import pytest

from app.domain.errors import Refusal
from tests.factories import Office, number
from tests.services.directory import brought, judged, kept, rows, staged, verdict, with_body

GUL = {"Name": "Gul", "Mobile": number(1), "LSO": "Roshni"}


@pytest.fixture
async def here(office: Office) -> Office:
    """An office with two LSOs and Gul, a member, in one of them."""
    lso = await office.unit("Roshni")
    await office.unit("Umeed")
    await office.unit("Dosti", kind="VO", parent_id=lso)
    await brought(office, {**GUL, "Post": "Member", "Language": "Urdu"})
    return office


RULES = {
    "the same person once more": ({**GUL}, "same", "is here with this number"),
    "in other capitals": ({**GUL, "Name": "GUL"}, "same", ""),
    "a blank cell empties nothing": ({**GUL, "Language": "", "Notes": ""}, "same", ""),
    "another post": ({**GUL, "Post": "Manager"}, "changed", "post was Member, becomes Manager"),
    "another language": ({**GUL, "Language": "ps"}, "changed", "language was ur, becomes ps"),
    "another unit": ({**GUL, "LSO": "Umeed"}, "changed", "unit was LSO Roshni, becomes LSO Umeed"),
    "a second number": ({**GUL, "Mobile": f"{number(1)}/{number(2)}"}, "changed", "another number"),
    "another name, same number": (
        {"Name": "Sher", "Mobile": number(1), "LSO": "Umeed"}, "added", "shares the phone with Gul",
    ),
    "another number, same unit": (
        {**GUL, "Mobile": number(2)}, "held", "another number is in LSO Roshni: is it the same",
    ),
    "no number, same unit": ({**GUL, "Mobile": ""}, "held", "is it the same person"),
    "another number, another unit": (
        {**GUL, "Mobile": number(2), "LSO": "Umeed"}, "added", "of this name is in LSO Roshni",
    ),
    "an unknown unit": ({**GUL, "LSO": "Roshny"}, "held", "no unit 'Roshny'"),
    "an unreadable number": ({**GUL, "Mobile": "03OO-12"}, "held", ""),
    "no name": ({**GUL, "Name": ""}, "held", "name is missing"),
    "a landline": ({"Name": "Naz", "Mobile": "051-2345678"}, "added", "cannot receive texts"),
    "no phone": ({"Name": "Naz"}, "added", "through a neighbour"),
    "an unknown prefix": ({"Name": "Naz", "Mobile": "+923670000001"}, "held", "not known"),
    "blood without its own consent": (
        {"Name": "Naz", "Mobile": number(3), "Blood group": "B+"}, "added", "left out",
    ),
    "two people in one cell": (
        {"Name": "Naz & Sher", "Mobile": number(3)}, "added", "2 people, who share the phone",
    ),
    "a post that nobody can place": (
        {"Name": "Naz", "Mobile": number(3), "Post": "President"}, "added", "neither body nor unit",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
async def test_every_rule_gives_its_verdict_and_says_why(here: Office, rule: str) -> None:
    cells, expected, said = RULES[rule]
    found = await verdict(here, **cells)
    assert (found.verdict, said in found.reason) == (expected, True), found.reason
    assert expected != "held" or found.cure


async def test_an_unknown_unit_is_suggested_or_made(here: Office) -> None:
    row = {"Name": "Naz", "Mobile": number(3), "LSO": "Roshny"}
    assert "LSO Roshni" in (await verdict(here, **row)).cure
    batch_id = await staged(here, row, makes_units=True)
    assert [one.verdict for one in await judged(here, batch_id)] == ["added"]
    await kept(here, batch_id)
    assert (await rows(here, "unit"))[-1]["name"] == "Roshny"


async def test_an_office_that_another_holds_is_held(here: Office) -> None:
    president = {"LSO": "Roshni", "Post": "President"}
    await brought(here, {"Name": "Naz", "Mobile": number(3), **president})
    found = await verdict(here, Name="Sher", Mobile=number(4), **president)
    assert found.verdict == "held"
    assert "President of LSO Roshni is Naz" in found.reason
    assert "End that seat first" in found.cure
    batch_id = await staged(
        here,
        {"Name": "Ali", "Mobile": number(5), "LSO": "Umeed", "Post": "President"},
        {"Name": "Jan", "Mobile": number(6), "LSO": "Umeed", "Post": "Sadar"},
    )
    assert [one.verdict for one in await judged(here, batch_id)] == ["added", "held"]


async def test_a_full_quota_of_the_general_body_is_held(here: Office) -> None:
    people = [
        {"Name": f"P{n}", "Mobile": number(10 + n), "LSO": "Roshni", "Body": "GB"} for n in range(3)
    ]
    found = await judged(here, await staged(here, *people))
    assert [one.verdict for one in found] == ["added", "added", "held"]
    assert "fills its 2 General Body seats" in found[2].reason


async def test_a_body_follows_from_the_unit_and_a_committee_from_its_code(here: Office) -> None:
    await with_body(here, "FLOOD")
    await brought(
        here,
        {"Name": "Naz", "Mobile": number(3), "VO": "Dosti", "Post": "Manager"},
        {"Name": "Sher", "Mobile": number(4), "Body": "flood", "Post": "Convener"},
    )
    seats = {row["body"]: row["post"] for row in await rows(here, "seat")}
    assert seats == {"LSO": "Member", "VO": "Manager", "FLOOD": "Convener"}


async def test_a_row_that_comes_twice_is_same_or_held(here: Office) -> None:
    naz = {"Name": "Naz", "Mobile": number(3), "LSO": "Umeed"}
    batch_id = await staged(here, naz, naz, {**naz, "Sex": "f"}, {**naz, "Mobile": number(4)})
    found = await judged(here, batch_id)
    assert [one.verdict for one in found] == ["added", "same", "held", "held"]
    assert "row 2 already" in found[1].reason
    assert "other particulars" in found[2].reason
    assert "row 2 with another number" in found[3].reason


async def test_whose_phone_it_is_can_be_said(here: Office) -> None:
    await brought(here, {"Name": "Naz", "Mobile": number(1), "Whose": "neighbour"})
    links = {row["person_id"]: row for row in await rows(here, "person_address")}
    assert [(row["whose"], row["is_private"]) for row in links.values()] == [
        ("own", True),
        ("neighbour", False),
    ]


async def test_two_on_a_phone_get_nothing_private_there(here: Office) -> None:
    await brought(here, {"Name": "Sher", "Mobile": number(1)})
    assert [(row["whose"], row["is_private"]) for row in await rows(here, "person_address")] == [
        ("family", False)
    ] * 2


async def test_a_language_that_was_chosen_by_text_is_not_changed(here: Office) -> None:
    await here.say(1, "ENGLISH")
    found = await verdict(here, **{**GUL, "Language": "ps"})
    assert found.verdict == "same"


async def test_a_unit_above_somebodys_own_is_where_they_have_a_seat(here: Office) -> None:
    naz = {"Name": "Naz", "Mobile": number(3)}
    await brought(here, {**naz, "VO": "Dosti"})
    await brought(here, {**naz, "LSO": "Roshni", "Body": "LSO", "Post": "Finance Secretary"})
    (person,) = [row for row in await rows(here, "person") if row["name"] == "Naz"]
    units = {row["id"]: row["name"] for row in await rows(here, "unit")}
    assert units[person["unit_id"]] == "Dosti"
    assert person["rank"] == 2
    seats = [row for row in await rows(here, "seat") if row["person_id"] == person["id"]]
    assert [(units[row["unit_id"]], row["post"]) for row in seats] == [
        ("Roshni", "Finance Secretary")
    ]


async def test_a_name_that_two_units_bear_is_held_until_one_is_meant(here: Office) -> None:
    await here.unit("Dosti", kind="CO")
    assert "2 units are called" in (await verdict(here, Name="A", LSO="Dosti")).reason
    assert (await verdict(here, Name="A", VO="Dosti")).verdict == "added"
    assert (await verdict(here, Name="A", LSO="Roshni", VO="Dosti")).verdict == "added"


async def test_an_unknown_sheet_or_column_is_refused(here: Office) -> None:
    with pytest.raises(Refusal, match="no column called"):
        await staged(here, GUL, columns={"height": "Name"})
    with pytest.raises(Refusal, match="no column 'Size'"):
        await staged(here, GUL, columns={"notes": "Size"})
