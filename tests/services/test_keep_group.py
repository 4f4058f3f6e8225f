"""Groups: names that mean one thing, people with what is known of them, blood only with consent."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services._deed import Deed
from app.services.keep_group import (
    GroupFacts,
    MemberFacts,
    add_group,
    change_group,
    end_health_consent,
    put_in_group,
    take_out_of_group,
)
from app.services.show_group import show_group
from app.store import journal
from app.store.database import Connection
from app.store.groups import health_consent, membership
from tests.factories import Office
from tests.services.shapes import Directory, names

SEES = {"sees_health": True}


def deed(office: Office) -> Deed:
    return Deed(office.slug, "Nusrat", office.now)


async def people(office: Office, *wanted: str) -> dict[str, int]:
    def build(conn: Connection) -> dict[str, int]:
        here = Directory(conn, office.id, office.now)
        for name in wanted:
            here.person(name)
        return here.ids

    return await office.database.write(build)


async def group(office: Office, name: str = "Blood donors", kind: str = "donors") -> int:
    return await add_group(office.database, GroupFacts(name, kind=kind), deed(office), **SEES)


async def put(office: Office, group_id: int, facts: MemberFacts, **sees: bool) -> None:
    await put_in_group(office.database, group_id, facts, deed(office), **(sees or SEES))


async def known(office: Office) -> list[tuple[str, date | None]]:
    def work(conn: Connection) -> list[Any]:
        columns = (membership.c.blood_group, membership.c.last_on)
        return list(conn.execute(select(*columns).order_by(membership.c.id)))

    return [tuple(row) for row in await office.database.read(work)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Women", "name_reserved"),
        ("vos", "name_reserved"),
        ("group of tailors", "name_reserved"),
        ("Tailors, weavers", "name_reserved"),
        ("Roshni", "name_taken"),
        ("  tailors ", "name_taken"),
        ("Executive Committee", "name_reserved"),
        ("", "name"),
        ("!!!", "name"),
        ("x" * 81, "name"),
    ],
)
async def test_a_group_has_a_name_that_means_nothing_else(
    office: Office, name: str, code: str
) -> None:
    await office.unit("Roshni")
    await group(office, "Tailors", "interest")
    with pytest.raises(Refusal) as refused:
        await group(office, name, "interest")
    assert refused.value.code == code


async def test_a_person_is_in_a_group_once_and_what_is_known_may_change(office: Office) -> None:
    who = await people(office, "Zarina")
    tailors = await group(office, "Tailors", "resource")
    for skill in ("sewing", "tailoring"):
        await put(office, tailors, MemberFacts(who["Zarina"], skill=skill, place="Laspa"))
    assert await names(office, "skill tailoring") == {"Zarina"}
    with pytest.raises(Refusal):
        await names(office, "skill sewing")
    await take_out_of_group(office.database, tailors, who["Zarina"], deed(office))
    assert await names(office, "tailors") == set()
    with pytest.raises(Refusal, match="not in the group"):
        await take_out_of_group(office.database, tailors, who["Zarina"], deed(office))


async def test_a_blood_group_needs_its_own_consent_and_goes_when_that_is_taken_back(
    office: Office,
) -> None:
    who = (await people(office, "Zarina"))["Zarina"]
    donors = await group(office)
    given = MemberFacts(who, blood_group="O-", last_on=date(2026, 5, 3))
    with pytest.raises(Refusal) as refused:
        await put(office, donors, given)
    assert refused.value.code == "health_consent"
    assert await known(office) == []
    await put(office, donors, MemberFacts(who, "", "", "O-", date(2026, 5, 3), "paper form"))
    await put(office, donors, given)
    assert await known(office) == [("O-", date(2026, 5, 3))]
    await end_health_consent(office.database, who, deed(office), basis="she said so")
    assert await known(office) == [("", None)]
    with pytest.raises(Refusal):
        await put(office, donors, given)
    records = await office.database.read(
        lambda conn: conn.execute(select(health_consent.c.is_given)).scalars().all()
    )
    assert records == [True, False]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"blood_group": "X+", "basis": "form"}, "blood_group"),
        ({"blood_group": "o-", "basis": "form"}, "blood_group"),
        ({"last_on": date(2027, 1, 1), "basis": "form"}, "last_on"),
        ({"last_on": date(2026, 1, 1)}, "health_consent"),
    ],
)
async def test_what_cannot_be_is_not_kept(office: Office, facts: dict[str, Any], code: str) -> None:
    who = (await people(office, "Zarina"))["Zarina"]
    donors = await group(office)
    with pytest.raises(Refusal) as refused:
        await put(office, donors, MemberFacts(who, **facts))
    assert refused.value.code == code
    assert await known(office) == []


async def test_only_a_group_of_donors_keeps_blood_groups(office: Office) -> None:
    who = (await people(office, "Zarina"))["Zarina"]
    tailors = await group(office, "Tailors", "interest")
    with pytest.raises(Refusal) as refused:
        await put(office, tailors, MemberFacts(who, blood_group="O-", basis="form"))
    assert refused.value.code == "health"


async def test_donors_are_for_few_eyes_and_hands(office: Office) -> None:
    who = (await people(office, "Zarina"))["Zarina"]
    donors, none = await group(office), {"sees_health": False}
    facts = GroupFacts("Blood donors", kind="donors")
    tries = (
        add_group(office.database, GroupFacts("More", kind="donors"), deed(office)),
        change_group(office.database, donors, facts, deed(office)),
        put_in_group(office.database, donors, MemberFacts(who), deed(office)),
        take_out_of_group(office.database, donors, who, deed(office)),
        show_group(office.database, office.slug, donors, now=office.now, **none),
    )
    for one in tries:
        with pytest.raises(Refusal) as refused:
            await one
        assert refused.value.code == "not_allowed"


async def test_another_networks_groups_and_people_are_not_there(office: Office, now: Any) -> None:
    theirs = await Office.open(office.database, now, "barkat")
    who = (await people(theirs, "Theirs"))["Theirs"]
    ours, donors = await group(office), await group(theirs)
    for group_id, person_id in ((ours, who), (donors, who), (10**9, who)):
        with pytest.raises(Refusal) as refused:
            await put(office, group_id, MemberFacts(person_id))
        assert refused.value.code == "not_found"
    with pytest.raises(Refusal):
        await end_health_consent(office.database, who, deed(office))


async def test_a_group_may_be_renamed_but_donors_stay_donors(office: Office) -> None:
    tailors = await group(office, "Tailors", "interest")
    await change_group(office.database, tailors, GroupFacts("tailors", "درزی"), deed(office))
    await change_group(
        office.database, tailors, GroupFacts("Weavers", ends_on=date(2027, 1, 1)), deed(office)
    )
    assert await names(office, "weavers") == set()
    donors = await group(office)
    facts = GroupFacts("Blood donors", kind="interest")
    with pytest.raises(Refusal):
        await change_group(office.database, donors, facts, deed(office), **SEES)
    assert await office.database.read(journal.first_broken, office.id) is None
