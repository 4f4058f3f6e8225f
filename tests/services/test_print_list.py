"""Printed lists: who is on them, and that no woman's number leaves the office on paper."""

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.print_list import list_choices, print_list
from app.store import addresses, people, seats
from app.store.database import Connection
from app.store.groups import membership, people_group
from tests.factories import Office, number


async def member(office: Office, name: str, unit_id: int | None, n: int = 0, **more: str) -> int:
    """A person with the n-th number; `body` and `post` give a seat in that unit."""
    body, post = more.pop("body", ""), more.pop("post", "")

    def store(conn: Connection) -> int:
        values = {"network_id": office.id, "name": name, "unit_id": unit_id, **more}
        who = people.add_person(conn, values)
        if n:
            row = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
            people.link_address(conn, who, row.id, is_shared=False)
        if body:
            seat = {"network_id": office.id, "person_id": who, "unit_id": unit_id}
            seats.add(conn, [{**seat, "body": body, "post": post}])
        return who

    return await office.database.write(store)


async def names(office: Office, kind: str, of: str) -> list[str]:
    printed = await print_list(office.database, office.id, kind, of)
    return [line.name for line in printed.lines]


async def test_a_mans_number_is_masked_and_a_womans_is_not_printed(office: Office) -> None:
    unit_id = await office.unit("Sarwan")
    await member(office, "Babar", unit_id, 1, sex="m")
    await member(office, "Zarina", unit_id, 2, sex="f")
    await member(office, "Somebody", unit_id, 3)
    await member(office, "Paper", unit_id)
    printed = await print_list(office.database, office.id, "people", "LSO Sarwan")
    phones = {line.name: line.phone for line in printed.lines}
    assert phones == {
        "Babar": "039*****01",
        "Zarina": "through the office",
        "Somebody": "through the office",
        "Paper": "",
    }
    assert printed.women == 1


async def test_people_of_a_unit_are_those_under_it_too_and_officers_those_who_hold_office(
    office: Office,
) -> None:
    lso = await office.unit("Sarwan")
    village = await office.unit("Dosti", kind="VO", parent_id=lso)
    await office.unit("Tameer")
    await member(office, "President of the LSO", lso, body="LSO", post="President")
    await member(office, "General Body", lso, body="GB")
    await member(office, "Manager of the VO", village, body="VO", post="Manager")
    await member(office, "Member of the VO", village)
    assert set(await names(office, "people", "Sarwan")) == {
        "President of the LSO",
        "General Body",
        "Manager of the VO",
        "Member of the VO",
    }
    assert set(await names(office, "people", "VO Dosti")) == {
        "Manager of the VO",
        "Member of the VO",
    }
    assert set(await names(office, "officers", "LSO Sarwan")) == {
        "President of the LSO",
        "Manager of the VO",
    }
    assert await names(office, "people", "Tameer") == []
    assert await names(office, "body", "GB") == ["General Body"]


async def test_a_group_is_printed_and_offered_and_another_networks_is_not(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    who = await member(office, "Babar", None, 1, sex="m")

    def group(conn: Connection) -> int:
        values = {"network_id": office.id, "name": "Donors", "name_key": "donors", "kind": "donors"}
        statement = insert(people_group).values(**values).returning(people_group.c.id)
        group_id = int(conn.execute(statement).scalar_one())
        conn.execute(insert(membership).values(group_id=group_id, person_id=who))
        return group_id

    group_id = await office.database.write(group)
    assert await names(office, "group", str(group_id)) == ["Babar"]
    assert [one.name for one in (await list_choices(office.database, office.id)).groups] == [
        "Donors"
    ]
    assert (await list_choices(other.database, other.id)).groups == ()
    with pytest.raises(Refusal, match="no such group"):
        await names(other, "group", str(group_id))


@pytest.mark.parametrize(
    ("kind", "of", "said"),
    [
        ("everything", "1", "There is no list “everything”"),
        ("body", "XX", "no such body"),
        ("group", "987654321", "no such group"),
        ("group", "'; --", "no such group"),
        ("people", "Nowhere", "no unit called Nowhere"),
        ("officers", "", "no unit"),
        ("people", "9" * 40, "no unit"),
    ],
)
async def test_what_is_not_there_is_refused_in_plain_words(
    office: Office, kind: str, of: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        await names(office, kind, of)


async def test_a_list_too_long_to_print_says_what_to_do(office: Office) -> None:
    unit_id = await office.unit("Sarwan")

    def fill(conn: Connection) -> None:
        for n in range(2_001):
            values = {"network_id": office.id, "name": f"Person {n}", "unit_id": unit_id}
            people.add_person(conn, values)

    await office.database.write(fill)
    with pytest.raises(Refusal, match="Choose a smaller unit"):
        await names(office, "people", "Sarwan")
