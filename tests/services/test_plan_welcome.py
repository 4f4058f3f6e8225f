"""The plan of a welcome: its words before it has a Ref, and what no wire reaches is not counted."""

from app.services.plan_welcome import plan_welcome
from tests.factories import Office, catalogue, person, wire


async def test_the_words_are_shown_by_language_before_anything_is_sent(office: Office) -> None:
    await office.people(person("Gul", 1, language="en"), person("Zar", 2, language="ur"))
    planned = await plan_welcome(office.database, office.id, catalogue=catalogue())
    assert set(planned.texts) == {"en", "ur"}
    assert planned.texts["en"].startswith("Mirkhai: your name was put on our list")
    assert await office.texts() == []


async def test_nobody_is_counted_whom_no_open_wire_reaches(office: Office) -> None:
    await office.wires(wire(reaches=frozenset({"real"})))
    await office.people(person("Gul", 1))
    planned = await plan_welcome(office.database, office.id, catalogue=catalogue())
    assert (planned.addresses, planned.texts) == (0, {})
