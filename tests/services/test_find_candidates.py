"""Whoever may be named for a post is found by any word of the name, and the post is called so."""

import pytest

from app.domain.errors import Refusal
from app.services.find_candidates import find_candidates, show_candidate, show_place
from tests.factories import Office
from tests.services.seated import Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def test_people_are_found_by_any_word_of_their_name_in_both_writings(
    chamber: Chamber,
) -> None:
    office = chamber.office
    await chamber.person("Nusrat Ansari", chamber.roshni, local_name="نصرت انصاری")
    await chamber.person("Ansar_% Gul")
    for words, found in (
        ("nusr", ["Nusrat Ansari"]),
        ("ANSARI", ["Nusrat Ansari"]),
        ("انصار", ["Nusrat Ansari"]),
        ("ansar", ["Ansar_% Gul", "Nusrat Ansari"]),
        ("usrat", []),
        ("%", []),
        ("  ", []),
    ):
        hits = await find_candidates(office.database, office.id, words)
        assert [one.name for one in hits] == found, words
    assert (await find_candidates(office.database, office.id, "nusrat"))[0].unit_name == (
        "LSO Roshni"
    )


async def test_a_post_is_called_by_its_unit_and_its_body(chamber: Chamber) -> None:
    office = chamber.office
    place = await show_place(office.database, office.id, chamber.roshni, "")
    assert (place.unit_name, place.local_unit, place.code) == ("LSO Roshni", "روشنی", "LSO")
    assert place.body_name == ""
    place = await show_place(office.database, office.id, None, "ec")
    assert (place.unit_name, place.code, place.body_name) == ("", "EC", "Executive Committee")
    place = await show_place(office.database, office.id, chamber.health, "")
    assert (place.unit_name, place.code) == ("District Health Office", "OUT")


async def test_what_is_another_networks_is_not_there(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    theirs = await other.person("Zahida")
    assert await find_candidates(office.database, office.id, "Zahida") == ()
    with pytest.raises(Refusal, match="no such person"):
        await show_candidate(office.database, office.id, theirs)
    with pytest.raises(Refusal, match="no such unit"):
        await show_place(office.database, office.id, other.roshni, "")
    with pytest.raises(Refusal, match="no body XYZ"):
        await show_place(office.database, office.id, None, "xyz")
    assert (await show_candidate(other.office.database, other.office.id, theirs)).name == "Zahida"
