"""Saved audiences: words under a name, which then means these people whoever they are now."""

import pytest

from app.domain.errors import Refusal
from app.services._deed import Deed
from app.services.save_audience import (
    list_audiences,
    remove_audience,
    rename_audience,
    save_audience,
)
from app.store import seats
from app.store.database import Connection
from tests.factories import Office
from tests.services.shapes import Directory, names


def deed(office: Office) -> Deed:
    return Deed(office.slug, "Nusrat", office.now)


async def saved(office: Office, name: str, words: str, **sees: bool) -> int:
    return await save_audience(office.database, name, words, deed(office), **sees)


async def test_a_saved_audience_follows_the_seats(office: Office) -> None:
    def build(conn: Connection) -> int:
        here = Directory(conn, office.id, office.now)
        here.seat(here.person("Zarina"), "EC")
        here.person("Noor")
        return here.ids["Noor"]

    noor = await office.database.write(build)
    await saved(office, "Flood list", "women ec")
    assert await names(office, "flood LIST") == {"Zarina"}
    seat = {"network_id": office.id, "person_id": noor, "body": "EC", "post": ""}
    await office.database.write(seats.add, [{**seat, "unit_id": None}])
    assert await names(office, "flood list") == {"Zarina", "Noor"}
    assert await names(office, "flood list but not ec") == set()
    assert await names(office, "men of the flood list") == set()


async def test_saving_again_under_the_name_replaces_the_words(office: Office) -> None:
    first = await saved(office, "Flood list", "women")
    assert await saved(office, "flood list", "men") == first
    (only,) = await list_audiences(office.database, office.slug)
    assert (only.name, only.words, only.saved_by) == ("flood list", "men", "Nusrat")


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("Flood", "kings", "audience_unknown"),
        ("Flood", "", "audience_empty"),
        ("Women", "women", "name_reserved"),
        ("Roshni", "women", "name_taken"),
        ("Flood", "blood O-", "not_allowed"),
        ("EC", "women", "name_reserved"),
    ],
)
async def test_what_means_nobody_or_something_else_is_not_saved(
    office: Office, name: str, words: str, code: str
) -> None:
    await office.unit("Roshni")
    with pytest.raises(Refusal) as refused:
        await saved(office, name, words)
    assert refused.value.code == code
    assert await list_audiences(office.database, office.slug) == ()


async def test_audiences_may_name_others_but_never_themselves(office: Office) -> None:
    await saved(office, "Aaa", "women")
    await saved(office, "Bbb", "aaa, men")
    for words in ("bbb", "aaa", "women, bbb"):
        with pytest.raises(Refusal) as refused:
            await saved(office, "Aaa", words)
        assert refused.value.code == "audience_deep"
    (aaa, _) = await list_audiences(office.database, office.slug)
    assert aaa.words == "women"


async def test_it_can_be_renamed_and_taken_away(office: Office) -> None:
    audience_id = await saved(office, "Flood", "women")
    await rename_audience(office.database, audience_id, "Snow", deed(office))
    assert await names(office, "snow") == set()
    with pytest.raises(Refusal):
        await names(office, "flood")
    await remove_audience(office.database, audience_id, deed(office))
    assert await list_audiences(office.database, office.slug) == ()
    with pytest.raises(Refusal) as refused:
        await remove_audience(office.database, audience_id, deed(office))
    assert refused.value.code == "not_found"
