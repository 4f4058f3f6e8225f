"""Changing and removing units: in place, each change noted, nothing lost that hangs on one."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.add_units import NewUnit, add_units
from app.services.change_unit import CHANGEABLE, change_unit, remove_unit
from app.store import seats, unit_tree, units
from app.store.journal import journal
from app.store.people import add_person
from tests.factories import Office

BY = {"by": "Nusrat"}


async def tree(office: Office) -> tuple[int, int, int]:
    """An LSO and two VOs of it."""
    news = [
        NewUnit("LSO", "Roshni"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("VO", "Sahara", under=("Roshni",), cut_from=1201, cut_until=331),
    ]
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    roshni, dosti, sahara = made.ids
    return roshni, dosti, sahara


async def change(office: Office, unit_id: int, **changes: Any) -> tuple[str, ...]:
    return await change_unit(office.database, office.slug, unit_id, changes, **BY, now=office.now)


async def remove(office: Office, unit_id: int) -> None:
    await remove_unit(office.database, office.slug, unit_id, **BY, now=office.now)


async def row_of(office: Office, unit_id: int) -> Any:
    return await office.database.read(units.get, office.id, unit_id)


async def noted(office: Office, action: str) -> list[Any]:
    statement = select(journal).where(journal.c.action == action).order_by(journal.c.id)
    return list(await office.database.read(lambda conn: conn.execute(statement).all()))


async def test_only_what_is_given_becomes_different(office: Office) -> None:
    _, dosti, _ = await tree(office)
    before = await row_of(office, dosti)
    facts = {
        "name": "Nayi Dosti",
        "local_name": "نئی دوستی",
        "place": "Laspa",
        "local_place": "لاسپا",
        "members": "women",
        "status": "lapsed",
        "formed_on": date(2019, 3, 14),
        "households": 99,
        "cut_from": 1101,
        "cut_until": 430,
        "verified_on": date(2026, 11, 1),
    }
    assert set(facts) == set(CHANGEABLE)
    for name, value in facts.items():
        other = {"cut_from": {"cut_until": 1231}, "cut_until": {}}.get(name, {})
        assert name in await change(office, dosti, **{name: value}, **other)
    after = await row_of(office, dosti)
    assert {name: getattr(after, name) for name in facts} == facts
    assert (after.parent_id, after.kind) == (before.parent_id, before.kind)
    assert [
        r.id for r in await office.database.read(unit_tree.called, office.id, ["نیی دوستی"])
    ] == [dosti]


async def test_the_journal_has_what_it_was_and_what_it_is(office: Office) -> None:
    _, dosti, _ = await tree(office)
    assert await change(office, dosti, status="lapsed", households=0) == ("status",)
    assert await change(office, dosti, status="lapsed") == ()
    (entry,) = await noted(office, "unit changed")
    assert (entry.actor, entry.subject) == ("Nusrat", "VO Dosti")
    assert entry.detail == {"status": ["member", "lapsed"]}


async def test_a_name_that_is_taken_there_is_refused_but_ones_own_may_be_respelled(
    office: Office,
) -> None:
    _, dosti, sahara = await tree(office)
    for taken in ("Dosti", "DOSTI", " dosti "):
        with pytest.raises(Refusal) as error:
            await change(office, sahara, name=taken)
        assert error.value.code == "taken"
    assert await change(office, dosti, name="DOSTI") == ("name",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cut_from": 0}, "cut_off"),
        ({"cut_until": 0}, "cut_off"),
        ({"cut_from": 1301}, "day"),
        ({"name": "!"}, "name"),
        ({"status": "gone"}, "status"),
        ({"parent_id": 1}, "field"),
        ({"kind": "LSO"}, "field"),
        ({"network_id": 7}, "field"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_changed(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    _, _, sahara = await tree(office)
    before = await row_of(office, sahara)
    with pytest.raises(Refusal) as error:
        await change(office, sahara, place="Elsewhere", **changes)
    assert error.value.code == code
    assert await row_of(office, sahara) == before
    assert await noted(office, "unit changed") == []


async def test_a_winter_can_be_taken_back(office: Office) -> None:
    _, _, sahara = await tree(office)
    assert await change(office, sahara, cut_from=0, cut_until=0) == ("cut_from", "cut_until")


async def test_an_empty_unit_goes_away_and_is_noted(office: Office) -> None:
    roshni, dosti, sahara = await tree(office)
    await remove(office, dosti)
    assert await row_of(office, dosti) is None
    await remove(office, sahara)
    await remove(office, roshni)
    assert [e.subject for e in await noted(office, "unit removed")] == [
        "VO Dosti",
        "VO Sahara",
        "LSO Roshni",
    ]


async def test_a_unit_with_something_in_it_stays_and_it_is_said_what(office: Office) -> None:
    roshni, dosti, sahara = await tree(office)
    values = {"network_id": office.id, "name": "Gul", "unit_id": dosti}
    gul = await office.database.write(add_person, values)
    seat = {"network_id": office.id, "person_id": gul, "unit_id": sahara, "body": "VO"}
    await office.database.write(seats.add, [{**seat, "post": "Manager"}])
    left = seats.seat.update().values(left_on=date(2026, 1, 1))
    await office.database.write(lambda conn: conn.execute(left))
    for unit_id, said in ((roshni, "2 units"), (dosti, "1 people"), (sahara, "1 posts")):
        with pytest.raises(Refusal, match=said) as error:
            await remove(office, unit_id)
        assert error.value.code == "not_empty"
        assert await row_of(office, unit_id) is not None


async def test_another_networks_unit_is_neither_changed_nor_removed(office: Office) -> None:
    _, dosti, _ = await tree(office)
    other = await Office.open(office.database, office.now, "barkat")
    for attempt in (change(other, dosti, place="X"), remove(other, dosti)):
        with pytest.raises(Refusal) as error:
            await attempt
        assert error.value.code == "not_found"
    assert (await row_of(office, dosti)).place == ""
