"""Private texts: to a person's own phone only; who has none is held, and sees nothing sent."""

from app.domain.broadcast import Kind
from app.services.plan_broadcast import Draft
from app.services.preview_broadcast import preview_broadcast
from app.services.price_plan import HELD
from app.store import people
from app.store.people import person_address
from tests.factories import Office, catalogue, number, person
from tests.services.shapes import asked

FAMILY = (
    person("Own", 1, sex="f"),
    person("Zarina", 2, sex="f", shared="yes"),
    person("Her brother", 2, sex="m", shared="yes"),
    person("Nothing", sex="f"),
)


async def numbers_texted(office: Office) -> list[str]:
    return sorted(row.msisdn for row in await office.texts())


async def test_two_people_on_one_phone_get_one_broadcast(office: Office) -> None:
    await office.people(*FAMILY)
    plan = await office.send()
    assert (plan.people, plan.addresses) == (3, 2)
    assert await numbers_texted(office) == [number(1), number(2)]


async def test_a_private_text_to_a_shared_phone_is_held_with_its_reason(office: Office) -> None:
    await office.people(*FAMILY)
    plan = await office.send(is_private=True)
    assert plan.is_private
    assert (plan.people, plan.addresses) == (1, 1)
    assert plan.held == ({"reason": "shared_phone", "people": 2},)
    assert plan.left_out == ({"reason": "no_phone", "people": 1},)
    assert await numbers_texted(office) == [number(1)]


async def test_the_person_may_lift_it_by_saying_that_the_phone_is_their_own(
    office: Office,
) -> None:
    await office.people(*FAMILY)
    await office.database.write(
        lambda conn: conn.execute(
            person_address.update()
            .where(person_address.c.person_id == people.listing(conn)[1].id)
            .values(is_private=True)
        )
    )
    plan = await office.send(is_private=True)
    assert plan.held == ({"reason": "shared_phone", "people": 1},)
    assert await numbers_texted(office) == [number(1), number(2)]


async def test_what_is_approved_is_private_or_not(office: Office) -> None:
    await office.people(person("Own", 1))
    plans = [await office.plan(is_private=private) for private in (False, True)]
    assert plans[0].addresses == plans[1].addresses == 1
    assert plans[0].hash != plans[1].hash


async def test_the_preview_the_plan_and_the_count_agree_and_add_up(office: Office) -> None:
    await office.people(*FAMILY, person("Doubt", "+923670000001", sex="m"))
    for private in (False, True):
        draft_of = {"is_private": private}
        plan = await office.plan(**draft_of)
        count = await asked(office, "all", is_private=private)
        shown = await preview_broadcast(
            office.database, _draft(office, private), catalogue=catalogue(), now=office.now
        )
        held = sum(one["people"] for one in shown.held if one["reason"] in HELD)
        left = sum(one["people"] for one in shown.left_out)
        assert shown.chosen == shown.addresses + held + left == 5
        assert shown.left_out == count.left_out
        assert [one for one in shown.held if one["reason"] in HELD] == list(count.held)
        assert (plan.people, plan.addresses) == (count.people, count.phones)
        assert shown.addresses == count.phones


def _draft(office: Office, private: bool) -> Draft:

    texts = {"ur-Latn": "Kal ijlas hai."}
    return Draft("all", texts, Kind.NOTICE, "Sajida", None, office.slug, is_private=private)
