"""One person's page: seats held and past, phones with who shares them, groups without blood."""

from datetime import date

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.show_person import show_person
from app.store.database import Connection
from app.store.groups import membership, people_group
from app.store.seats import seat
from tests.factories import Office, number
from tests.factories import person as row
from tests.services.people_of import person_id


async def test_a_page_tells_the_unit_s_way_the_seats_and_the_list_they_came_with(
    office: Office,
) -> None:
    top = await office.unit("Mirkhai", kind="LSON")
    await office.unit("Roshni", parent_id=top)
    await office.people(row("Gul", 1, lso="Roshni", body="GB|EC", post="Member|President"))
    gone = {"body": "VO", "post": "Manager", "left_on": date(2025, 1, 31)}
    who = await person_id(office, "Gul")

    def leave(conn: Connection) -> None:
        conn.execute(insert(seat).values(network_id=office.id, person_id=who, **gone))

    await office.database.write(leave)
    page = await show_person(office.database, office.id, who)
    assert [(one.kind, one.name) for one in page.way] == [("LSON", "Mirkhai"), ("LSO", "Roshni")]
    assert {(one.body, one.post) for one in page.held} == {("GB", "Member"), ("EC", "President")}
    assert [(one.post, one.left_on) for one in page.past] == [("Manager", date(2025, 1, 31))]
    assert page.import_file == "list.csv"


async def test_numbers_are_masked_and_sharing_is_said(office: Office) -> None:
    await office.people(row("Amina", 5, shared="yes"), row("Bilal", 5, shared="yes"))
    page = await show_person(office.database, office.id, await person_id(office, "Amina"))
    (phone,) = page.addresses
    assert (phone.shown, phone.whose, phone.is_private) == ("039*****05", "family", False)
    assert [one.name for one in phone.others] == ["Bilal"]
    assert [turn.choice for turn in phone.turns] == ["all"]
    assert number(5) not in repr(page)


async def test_blood_is_shown_only_to_those_who_may_see_it(office: Office) -> None:
    await office.people(row("Gul", 1))
    who = await person_id(office, "Gul")

    def donate(conn: Connection) -> None:
        named = {"network_id": office.id, "name": "Donors", "name_key": "donors", "kind": "donors"}
        group = conn.execute(insert(people_group).values(**named).returning(people_group.c.id))
        knows = {"blood_group": "O-", "last_on": date(2026, 5, 1), "place": "Shahi"}
        values = {"group_id": group.scalar_one(), "person_id": who, **knows}
        conn.execute(insert(membership).values(**values))

    await office.database.write(donate)
    page = await show_person(office.database, office.id, who)
    assert [(one.name, one.place, one.blood_group, one.last_on) for one in page.groups] == [
        ("Donors", "Shahi", "", None)
    ]
    page = await show_person(office.database, office.id, who, sees_health=True)
    assert [(one.blood_group, one.last_on) for one in page.groups] == [("O-", date(2026, 5, 1))]


async def test_a_stop_by_text_is_known_until_it_is_lifted(office: Office) -> None:
    await office.people(row("Gul", 1))
    who, said = await person_id(office, "Gul"), []
    for text in ("STOP", "START"):
        await office.say(1, text)
        page = await show_person(office.database, office.id, who)
        said.append(page.addresses[0].has_stopped)
    assert said == [True, False]


async def test_another_network_s_person_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(row("Theirs", 7))
    for who in (await person_id(other, "Theirs"), 999):
        with pytest.raises(Refusal) as refused:
            await show_person(office.database, office.id, who)
        assert refused.value.code == "not_found"
