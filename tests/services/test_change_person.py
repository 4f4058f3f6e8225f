"""Adding, changing and taking out people: only what may be kept, and each act written down."""

from dataclasses import replace

import pytest

from app.domain.errors import Refusal
from app.services.change_person import NewPerson, add_person, change_person, remove_person
from app.store import seats
from app.store.addresses import consent
from app.store.people import person, person_address
from tests.factories import Office
from tests.factories import person as row
from tests.services.people_of import LANGUAGES, noted, person_id, phone, rows

GUL = NewPerson(
    name="Gul Rukh Naz",
    local_name="گل رخ ناز",
    sex="f",
    language="ur-Latn",
    reads="helped",
    phone_kind="basic",
    notes="Call after asr.",
)


async def add(office: Office, new: NewPerson) -> int:
    how = {"languages": LANGUAGES, "by": "Nusrat", "now": office.now}
    return await add_person(office.database, office.id, new, **how)  # type: ignore[arg-type]


async def change(office: Office, who: int, new: NewPerson) -> bool:
    return await change_person(
        office.database, office.id, who, new, languages=LANGUAGES, by="Nusrat", now=office.now
    )


async def test_a_person_is_kept_as_told_and_found_by_both_names(office: Office) -> None:
    who = await add(office, replace(GUL, name="  Gul   Rukh Naz ", unit_id=await office.unit("R")))
    (one,) = await rows(office, person)
    assert (one.id, one.name, one.local_key) == (who, "Gul Rukh Naz", "گل رخ ناز")
    assert (one.sex, one.reads, one.phone_kind, one.rank) == ("f", "helped", "basic", 9)
    assert (await noted(office))[-1] == ("Nusrat", "person added", f"person {who}", {})


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "The name is missing"),
        ("name", "x" * 201, "longer than 200"),
        ("local_name", "x" * 201, "longer than 200"),
        ("sex", "other", "Known are f, m"),
        ("language", "xx", "Known are"),
        ("reads", "maybe", "self, helped, not"),
        ("phone_kind", "fax", "basic, smart"),
        ("notes", "x" * 501, "longer than 500"),
        ("notes", "CNIC 12345-1234567-1.", "never keeps one"),
        ("notes", "1234512345671", "never keeps one"),
        ("notes", "۱۲۳۴۵۱۲۳۴۵۶۷۱", "never keeps one"),
        ("notes", "12345 1234567 1", "never keeps one"),
        ("notes", "12345–1234567–1", "never keeps one"),
        ("unit_id", 999, "no such unit"),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_the_reason_and_nothing_is_stored(
    office: Office, field: str, value: object, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        await add(office, replace(GUL, **{field: value}))
    assert await rows(office, person) == []


async def test_a_telephone_number_in_notes_is_no_identity_card(office: Office) -> None:
    await add(office, replace(GUL, notes="Brother 0390 1234567, 923901234567"))


async def test_the_unit_of_another_network_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    with pytest.raises(Refusal):
        await add(office, replace(GUL, unit_id=await other.unit("Theirs")))


async def test_a_change_is_written_down_by_its_fields_and_no_change_is_not(office: Office) -> None:
    who = await add(office, GUL)
    assert await change(office, who, replace(GUL, name="Gul Naz", notes=""))
    assert not await change(office, who, replace(GUL, name="Gul Naz", notes=""))
    (one,) = await rows(office, person)
    assert (one.name, one.name_key, one.notes) == ("Gul Naz", "gul naz", "")
    acts = [(action, detail) for _, action, _, detail in await noted(office)]
    assert acts.count(("person changed", {"what": ["name", "notes"]})) == 1
    assert "Gul" not in str(await noted(office))


async def test_an_unknown_language_that_came_with_a_list_may_stay(office: Office) -> None:
    await office.people(row("Zar", 1, language="khw"))
    who = await person_id(office, "Zar")
    assert await change(office, who, NewPerson("Zar Bibi", language="khw"))
    with pytest.raises(Refusal):
        await change(office, who, NewPerson("Zar Bibi", language="scl"))


async def test_another_network_s_person_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    who = await add(other, GUL)
    with pytest.raises(Refusal) as refused:
        await change(office, who, GUL)
    assert refused.value.code == "not_found"
    with pytest.raises(Refusal):
        await remove_person(office.database, office.id, who, by="x", now=office.now)
    assert len(await rows(office, person)) == 1


async def test_who_holds_a_seat_cannot_be_taken_out(office: Office) -> None:
    await office.people(row("Gul", 1, body="GB"))
    who = await person_id(office, "Gul")
    with pytest.raises(Refusal, match="holds a seat"):
        await remove_person(office.database, office.id, who, by="Nusrat", now=office.now)
    await office.database.write(
        lambda conn: conn.execute(seats.seat.update().values(left_on=office.now.date()))
    )
    await remove_person(office.database, office.id, who, by="Nusrat", now=office.now)
    assert await rows(office, person) == await rows(office, seats.seat) == []


async def test_consent_stays_with_the_number_when_a_person_is_taken_out(office: Office) -> None:
    await office.people(row("Gul", 1))
    await office.say(1, "STOP")
    who = await person_id(office, "Gul")
    await remove_person(office.database, office.id, who, by="Nusrat", now=office.now)
    assert await rows(office, person_address) == []
    assert (await phone(office, 1)).standing == "stopped"
    assert len(await rows(office, consent)) == 4
