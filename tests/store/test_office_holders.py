"""Who holds a post, as members are told it: the cabinet by name, never anybody's own number."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from app.services.set_network import NetworkSettings, set_network
from app.store.database import Database
from app.store.office_holders import post_named
from app.store.units import unit
from bots.fold import fold
from tests.factories import Office
from tests.services.seated import Chamber


@pytest.fixture
async def chamber(database_url: str, now: datetime) -> AsyncIterator[Chamber]:
    """A cabinet of two, the officers of Umeed, and Amina, a member, on phone 1."""
    async with Database(database_url) as database:
        office = await Office.open(database, now)
        chamber = await Chamber.open(office)
        await chamber.officer("Rehmat", chamber.umeed, "President", body="EC", sex="m")
        await chamber.officer(
            "Nusrat", chamber.umeed, "General Secretary", body="EC", local_name="نصرت"
        )
        await chamber.officer("Zarmina", chamber.umeed, "President")
        await chamber.officer("Sher", chamber.umeed, "Finance Secretary", sex="m")
        await office.unit("Himmat", kind="VO", parent_id=chamber.umeed)
        place = update(unit).where(unit.c.id == chamber.umeed).values(place="Laspa")
        await database.write(lambda conn: conn.execute(place))
        amina = await chamber.person("Amina", chamber.dosti, language="en")
        await chamber.phone(amina, 1)
        phone = NetworkSettings(office_phone="0944 100100")
        await set_network(database, office.id, phone, by="Rehmat", now=now)
        yield chamber


async def said(chamber: Chamber, text: str, sender: int = 1) -> str:
    # Not sooner than the guard against loops lets a phone be answered again.
    chamber.office.now += timedelta(hours=1)
    return (await chamber.office.say(sender, text)).reply


async def test_a_member_is_told_the_cabinet_or_the_post_asked_for(chamber: Chamber) -> None:
    office = "Office: 0944 100100. Or send 6 and your message"
    both = f"President: Rehmat. General Secretary: Nusrat. {office}"
    assert await said(chamber, "5") == both
    assert await said(chamber, "contact") == both
    assert await said(chamber, "contact secretary") == f"General Secretary: Nusrat. {office}"
    assert await said(chamber, "contact president") == f"President: Rehmat. {office}"


async def test_an_lso_or_a_village_means_its_officers_and_women_of_it_go_unnamed(
    chamber: Chamber,
) -> None:
    told = (
        "President LSO Umeed. Finance Secretary LSO Umeed: Sher. Office: 0944 100100. "
        "Or send 6 and your message"
    )
    for text in ("contact umeed", "contact laspa", "contact lso umeed", "contact himmat"):
        assert await said(chamber, text) == told, text
    assert "Zarmina" not in await said(chamber, "contact president umeed")


async def test_a_stranger_gets_the_office_and_no_name(chamber: Chamber) -> None:
    for text in ("contact", "contact president", "contact umeed", "5"):
        reply = await said(chamber, text, 77)
        assert "0944 100100" in reply
        assert not {"Rehmat", "Nusrat", "Sher", "Zarmina"} & set(reply.replace(".", " ").split())


async def test_no_text_about_posts_holds_a_members_number(chamber: Chamber) -> None:
    for text in ("5", "contact umeed", "contact president"):
        assert "390" not in await said(chamber, text)


async def test_an_empty_post_tells_the_way_to_the_office(chamber: Chamber) -> None:
    assert await said(chamber, "contact manager") == (
        "Mirkhai office: 0944 100100. Or send 6 and your message, we answer"
    )


@pytest.mark.parametrize(
    ("words", "post"),
    [
        ("sadar", "President"),
        ("naib sadar roshni", "Vice President"),
        ("صدر", "President"),
        ("نائب صدر", "Vice President"),
        ("secretary", "General Secretary"),
        ("سیکریٹری", "General Secretary"),
        ("press secretary", "Press Secretary"),
        ("finance", "Finance Secretary"),
        ("joint secretary", "Joint Secretary"),
        ("roshni", ""),
        ("", ""),
    ],
)
def test_posts_are_known_by_what_people_call_them(words: str, post: str) -> None:
    assert post_named(fold(words).split()) == post
