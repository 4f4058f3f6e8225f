"""The list of who asked to join: oldest first, masked, with people of the same name."""

from app.services.show_joins import count_joins, show_joins
from tests.factories import Office, number
from tests.services.phones import put_on


async def test_who_waits_is_shown_oldest_first_with_a_masked_number(office: Office) -> None:
    for n, name in enumerate(("Zarmina", "Gul", "Naz"), start=1):
        await office.say(n, f"JOIN {name}")
    lines = await show_joins(office.database, office.id)
    assert [line.name for line in lines] == ["Zarmina", "Gul", "Naz"]
    assert [line.text for line in lines] == ["JOIN Zarmina", "JOIN Gul", "JOIN Naz"]
    assert all(number(n + 1)[3:] not in line.number for n, line in enumerate(lines))
    rest = await show_joins(office.database, office.id, after=lines[0].id, limit=1)
    assert [line.name for line in rest] == ["Gul"]
    assert await count_joins(office.database, office.id) == 3


async def test_people_of_the_same_name_in_any_writing_stand_beside_it(office: Office) -> None:
    known, _ = await put_on(office, 8, "Zarmina  WAFA", "Zarmina Khan")
    await office.say(1, "JOIN zarmina wafa")
    (line,) = await show_joins(office.database, office.id)
    (same,) = line.namesakes
    assert (same.person_id, same.name) == (known, "Zarmina  WAFA")
    assert same.number.endswith("08")
    assert line.on_phone == ()


async def test_who_is_on_the_phone_already_is_named(office: Office) -> None:
    await put_on(office, 1, "Gul Bibi")
    await office.say(1, "JOIN Naz")
    (line,) = await show_joins(office.database, office.id)
    assert line.on_phone == ("Gul Bibi",)


async def test_the_standing_of_a_phone_that_stopped_is_shown(office: Office) -> None:
    await office.say(1, "STOP")
    await office.say(1, "JOIN Naz")
    assert [line.standing for line in await show_joins(office.database, office.id)] == ["stopped"]


async def test_another_network_s_requests_and_people_are_not_shown(office: Office) -> None:
    other = await Office.open(office.database, office.now, "shahi")
    await put_on(other, 3, "Naz")
    await other.say(1, "JOIN Zarmina")
    await office.say(2, "JOIN Naz")
    (line,) = await show_joins(office.database, office.id)
    assert (line.name, line.namesakes) == ("Naz", ())
    assert await count_joins(other.database, other.id) == 1
