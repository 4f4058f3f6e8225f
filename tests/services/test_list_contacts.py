"""The list of people: everybody, and no number whole."""

from app.services.list_contacts import list_contacts
from tests.factories import Office, number, person


async def test_everybody_is_listed_with_numbers_masked(office: Office) -> None:
    await office.people(person("Gul", 1, sex="F"), person("Be-Phone"), person("Naz", 1))
    listed = await list_contacts(office.database)
    assert [one["name"] for one in listed] == ["Gul", "Be-Phone", "Naz"]
    assert listed[0]["sex"] == "f"
    assert number(1) not in str(listed)
    assert listed[0]["msisdn"] == listed[2]["msisdn"] == "039*****01"
    assert (listed[1]["msisdn"], listed[1]["standing"]) == (None, "no phone")


async def test_the_list_says_who_may_be_texted(office: Office) -> None:
    await office.people(person("Gul", 1), person("Daftar", "051-2345678"))
    await office.say(1, "STOP")
    listed = await list_contacts(office.database)
    assert [(one["reach"], one["standing"]) for one in listed] == [
        ("demo", "stopped"),
        ("none", "active"),
    ]
