"""Two records of one person made one: no seat, phone or group is lost, and it is shown before."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.domain.errors import Refusal
from app.services.merge_people import merge_people, plan_merge
from app.store.addresses import address, consent
from app.store.database import Connection
from app.store.groups import health_consent, membership, people_group
from app.store.people import person, person_address
from app.store.seats import seat
from tests.factories import Office
from tests.factories import person as row
from tests.services.people_of import noted, person_id, phone, rows


@pytest.fixture
async def twice(office: Office) -> Office:
    """Gul stands there twice, once with an old phone and once with a new one."""
    await office.unit("Roshni")
    await office.people(
        row("Gul Naz", 1, sex="F", lso="Roshni", body="GB", post="Member"),
        row(
            "Gul Rukh Naz",
            2,
            language="ur",
            lso="Roshni",
            body="EC|LSO",
            post="President|President",
        ),
        row("Bilal", 2, shared="yes"),
    )
    return office


async def both(office: Office) -> tuple[int, int]:
    return await person_id(office, "Gul Naz"), await person_id(office, "Gul Rukh Naz")


async def merge(office: Office) -> Any:
    return await merge_people(
        office.database, office.id, *await both(office), by="Nusrat", now=office.now
    )


async def put(office: Office, *statements: Any) -> None:
    def execute(conn: Connection) -> None:
        for one in statements:
            conn.execute(one)

    await office.database.write(execute)


async def test_what_would_happen_is_shown_and_nothing_is_changed(twice: Office) -> None:
    keep, other = await both(twice)
    planned = await plan_merge(twice.database, twice.id, keep, other)
    assert (planned.links, planned.seats, planned.memberships) == (1, 2, 0)
    assert planned.filled == {"language": "ur"}
    assert planned.differing == {"name": ("Gul Naz", "Gul Rukh Naz")}
    assert planned.clash is None
    assert len(await rows(twice, person)) == 3


async def test_no_seat_phone_or_consent_is_lost(twice: Office) -> None:
    keep, other = await both(twice)
    consents = await rows(twice, consent)
    await merge(twice)
    assert {one.id for one in await rows(twice, person)} == {keep, await person_id(twice, "Bilal")}
    (one,) = await rows(twice, person, person.c.id == keep)
    assert (one.name, one.sex, one.language, one.rank) == ("Gul Naz", "f", "ur", 0)
    seats = await rows(twice, seat, seat.c.person_id == keep)
    assert {(one.body, one.post) for one in seats} == {
        ("GB", "Member"),
        ("EC", "President"),
        ("LSO", "President"),
    }
    links = await rows(twice, person_address, person_address.c.person_id == keep)
    assert {one.address_id for one in links} == {
        (await phone(twice, 1)).id,
        (await phone(twice, 2)).id,
    }
    assert await rows(twice, consent) == consents
    acts = [(action, subject) for _, action, subject, _ in await noted(twice)]
    assert ("people merged", f"person {keep}") in acts
    assert "Gul" not in str([detail for *_, detail in await noted(twice)][-1])
    assert other not in {one.person_id for one in await rows(twice, person_address)}


async def test_a_phone_that_both_had_stays_one_and_is_private_only_if_both_were(
    office: Office,
) -> None:
    await office.people(row("Gul Naz", 1), row("Gul Rukh Naz", 1, shared="yes"))
    await merge(office)
    (link,) = await rows(office, person_address)
    assert (link.whose, link.is_private) == ("own", False)


async def test_a_seat_written_down_twice_keeps_its_office_and_its_longest_term(
    office: Office,
) -> None:
    roshni = await office.unit("Roshni")
    await office.people(row("Gul Naz", 1), row("Gul Rukh Naz", 2))
    keep, other = await both(office)
    same = {"network_id": office.id, "unit_id": roshni, "body": "GB"}
    first = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}
    second = {"starts_on": date(2025, 6, 1), "ends_on": date(2027, 5, 31)}
    await put(
        office,
        insert(seat).values(**same, person_id=keep, post="Member", **first),
        insert(seat).values(**same, person_id=other, post="President", **second),
    )
    await merge(office)
    (one,) = await rows(office, seat)
    assert (one.person_id, one.post) == (keep, "President")
    assert (one.starts_on, one.ends_on) == (date(2025, 6, 1), date(2027, 12, 31))


async def test_two_offices_in_one_body_and_unit_have_to_be_settled_first(office: Office) -> None:
    roshni = await office.unit("Roshni")
    await office.people(row("Gul Naz", 1), row("Gul Rukh Naz", 2))
    keep, other = await both(office)
    same = {"network_id": office.id, "unit_id": roshni, "body": "LSO"}
    await put(
        office,
        insert(seat).values(**same, person_id=keep, post="President"),
        insert(seat).values(**same, person_id=other, post="Finance Secretary"),
    )
    planned = await plan_merge(office.database, office.id, keep, other)
    assert planned.clash is not None
    with pytest.raises(Refusal, match="End one of the two"):
        await merge(office)
    assert len(await rows(office, person)) == len(await rows(office, seat)) == 2
    ended = update(seat).where(seat.c.person_id == other).values(left_on=office.now.date())
    await put(office, ended)
    await merge(office)
    seats = await rows(office, seat)
    assert {(one.person_id, one.post) for one in seats} == {
        (keep, "President"),
        (keep, "Finance Secretary"),
    }


async def test_groups_come_over_and_one_that_both_were_in_knows_what_either_knew(
    twice: Office,
) -> None:
    keep, other = await both(twice)
    day = twice.now.date()

    def fill(conn: Connection) -> None:
        ids = []
        for name in ("Donors", "Tailors"):
            named = {"network_id": twice.id, "name": name, "name_key": name.lower()}
            new = insert(people_group).values(**named, kind="other").returning(people_group.c.id)
            ids.append(conn.execute(new).scalar_one())
        donors, tailors = ids
        more = {"skill": "", "blood_group": "O-", "last_on": day}
        for values in (
            {"group_id": donors, "person_id": keep, "place": "Shahi"},
            {"group_id": donors, "person_id": other, "place": "Laspa", **more},
            {"group_id": tailors, "person_id": other, "skill": "tailoring"},
        ):
            conn.execute(insert(membership).values(**values))
        agreed = {"network_id": twice.id, "person_id": other, "is_given": True, "at": twice.now}
        conn.execute(insert(health_consent).values(**agreed))
        conn.execute(update(address).values(speaker_id=other))

    await twice.database.write(fill)
    await merge(twice)
    found = await rows(twice, membership)
    assert {(one.person_id, one.place, one.skill, one.blood_group) for one in found} == {
        (keep, "Shahi", "", "O-"),
        (keep, "", "tailoring", ""),
    }
    assert {one.person_id for one in await rows(twice, health_consent)} == {keep}
    assert {one.speaker_id for one in await rows(twice, address)} == {keep}


async def test_a_broadcast_after_a_merge_reaches_the_kept_record(twice: Office) -> None:
    await merge(twice)
    plan = await twice.plan("ec")
    assert plan.people == 1


async def test_people_of_two_networks_are_never_merged(twice: Office) -> None:
    other = await Office.open(twice.database, twice.now, "sarang")
    await other.people(row("Theirs", 7))
    ours, theirs = (await both(twice))[0], await person_id(other, "Theirs")
    for pair in ((ours, theirs), (theirs, ours)):
        with pytest.raises(Refusal) as refused:
            await merge_people(twice.database, twice.id, *pair, by="x", now=twice.now)
        assert refused.value.code == "not_found"
    assert len(await rows(twice, person)) == 4


async def test_one_record_is_not_merged_with_itself_or_again(twice: Office) -> None:
    keep, other = await both(twice)
    how = {"by": "x", "now": twice.now + timedelta(minutes=1)}
    with pytest.raises(Refusal, match="one record already"):
        await merge_people(twice.database, twice.id, keep, keep, **how)  # type: ignore[arg-type]
    await merge(twice)
    with pytest.raises(Refusal):
        await merge_people(twice.database, twice.id, keep, other, **how)  # type: ignore[arg-type]
