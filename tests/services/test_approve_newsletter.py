"""A newsletter goes out when a second officer agrees to what is public and what they saw."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.approve_newsletter import approve_newsletter
from app.services.approve_story import Agreeing, hold_story
from app.services.cancel_broadcast import cancel_broadcast
from app.services.plan_newsletter import plan_newsletter
from app.services.show_newsletters import list_archive
from app.store.broadcasts import broadcast
from app.store.database import Connection
from app.store.meetings import decision
from tests.factories import Office, catalogue, person
from tests.services.newsroom import Newsroom, code_of


async def planned(room: Newsroom) -> int:
    """An issue for everybody whose headline is planned; gives its id."""
    await room.office.people(person("Zarina", 1, language="ur-Latn"), person("Noor", 2))
    await room.agreed_story()
    newsletter_id = await room.make(audience="all")
    await plan_newsletter(
        room.database,
        room.office.id,
        newsletter_id,
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )
    return newsletter_id


async def states(office: Office) -> list[str]:
    def read(conn: Connection) -> list[str]:
        return list(conn.execute(select(broadcast.c.state)).scalars())

    return await office.database.read(read)


async def test_agreeing_sends_the_headline_and_opens_the_archive(office: Office) -> None:
    room = Newsroom(office)
    newsletter_id = await planned(room)
    assert (await list_archive(office.database, office.id)).lines == ()
    assert await room.agree(newsletter_id) == 1
    assert len(await office.texts()) == 2
    words = {one.language: one.body for one in (await room.issue(newsletter_id)).plans[0].texts}
    roman = words["ur-Latn"]
    assert roman.startswith("Mirkhai: Khabarnama 1: A spring is clean again.")
    assert roman.endswith("Ref 1")
    issue = (await list_archive(office.database, office.id)).lines[0]
    assert (issue.no, issue.approved_at) == (1, room.now)
    assert "A spring is clean again" in (await room.issue(newsletter_id)).texts["en"]


async def test_agreeing_twice_sends_once(office: Office) -> None:
    room = Newsroom(office)
    newsletter_id = await planned(room)
    version = (await room.issue(newsletter_id)).version
    assert await room.agree(newsletter_id, version=version) == 1
    later = room.now + timedelta(minutes=5)
    assert await room.agree(newsletter_id, version=version, now=later) == 1
    assert len(await office.texts()) == 2


async def test_neither_the_author_nor_somebody_without_an_account_may_agree(
    office: Office,
) -> None:
    room = Newsroom(office)
    newsletter_id = await planned(room)
    assert await code_of(room.agree(newsletter_id, "Sajida")) == "own_text"
    version = (await room.issue(newsletter_id)).version
    nobody = approve_newsletter(
        office.database,
        office.id,
        newsletter_id,
        catalogue=catalogue(),
        by=Agreeing("keeper", None, version),
        now=room.now,
    )
    assert await code_of(nobody) == "own_text"
    assert await code_of(room.agree(newsletter_id, version=version - 1)) == "changed_meanwhile"
    assert await states(office) == ["planned"]


async def test_what_was_closed_meanwhile_has_to_be_left_out(office: Office) -> None:
    room = Newsroom(office)
    await room.decided()
    story_id = await room.agreed_story("Held in time")
    newsletter_id = await room.make()
    await hold_story(office.database, office.id, story_id, by="Rehmat", now=room.now)
    with pytest.raises(Refusal, match="Held in time") as refused:
        await room.agree(newsletter_id)
    assert refused.value.code == "not_public"

    def restrict(conn: Connection) -> None:
        conn.execute(decision.update().values(is_restricted=True))

    await office.database.write(restrict)
    assert await code_of(room.agree(newsletter_id)) == "not_public"


async def test_a_plan_that_was_taken_back_stops_the_newsletter_too(office: Office) -> None:
    room = Newsroom(office)
    newsletter_id = await planned(room)
    plan = (await room.issue(newsletter_id)).text_id
    assert plan is not None
    await cancel_broadcast(office.database, plan, by="Rehmat", now=room.now)
    assert await code_of(room.agree(newsletter_id)) == "not_planned"


async def test_without_an_audience_it_goes_into_the_archive_only(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    assert await room.agree(await room.make()) == 1
    assert await office.texts() == []
