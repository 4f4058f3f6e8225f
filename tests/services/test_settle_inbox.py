"""A person has dealt with what waited: it waits no more, later texts do, and it is written down."""

import pytest

from app.domain.errors import Refusal
from app.services.settle_inbox import settle_inbox, settle_text
from app.services.show_talk import TalkLine, list_talk
from app.store.journal import first_broken, journal
from tests.factories import Office, number

DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"


async def waiting(office: Office) -> list[TalkLine]:
    page = await list_talk(office.database, office.id, which="waiting")
    return list(page.lines)


async def settled_notes(office: Office) -> list[tuple[str, str, dict[str, int]]]:
    def rows(conn):
        found = conn.execute(journal.select().where(journal.c.action == "texts settled"))
        return [(row.actor, row.subject, row.detail) for row in found.all()]

    assert await office.database.read(first_broken, office.id) is None
    return await office.database.read(rows)


async def settle(office: Office, address_id: int, until: int) -> int:
    return await settle_inbox(
        office.database, office.id, address_id, until=until, by="Sajida", now=office.now
    )


async def test_what_a_phone_had_sent_waits_no_more_and_other_phones_go_on(office: Office) -> None:
    for sender in (1, 1, 2):
        await office.say(sender, DANGER)
    other, newest, _ = await waiting(office)
    assert await settle(office, newest.address_id, newest.id) == 2
    assert [line.id for line in await waiting(office)] == [other.id]
    assert await settled_notes(office) == [("Sajida", f"phone {newest.address_id}", {"texts": 2})]


async def test_a_text_that_came_in_after_the_page_was_shown_goes_on_waiting(
    office: Office,
) -> None:
    await office.say(1, DANGER)
    (read,) = await waiting(office)
    await office.say(1, DANGER)
    assert await settle(office, read.address_id, read.id) == 1
    (unread,) = await waiting(office)
    assert unread.id > read.id


async def test_settling_again_changes_nothing_and_writes_nothing(office: Office) -> None:
    await office.say(1, DANGER)
    (line,) = await waiting(office)
    assert [await settle(office, line.address_id, line.id) for _ in "ab"] == [1, 0]
    assert len(await settled_notes(office)) == 1


@pytest.mark.parametrize("odd", [0, -1, 2**63, 10**30])
async def test_a_number_that_names_nothing_settles_nothing(office: Office, odd: int) -> None:
    await office.say(1, DANGER)
    (line,) = await waiting(office)
    assert await settle(office, odd, line.id) == 0
    assert await settle(office, line.address_id, odd) == 0
    with pytest.raises(Refusal, match="not waiting"):
        await settle_text(office.database, office.id, odd, by="Sajida", now=office.now)
    assert len(await waiting(office)) == 1


async def test_a_text_of_a_short_code_is_settled_by_itself_and_only_once(office: Office) -> None:
    await office.say("8171", "Your parcel waits, call our office today")
    await office.say(1, DANGER)
    member, stranger = await waiting(office)
    await settle_text(office.database, office.id, stranger.id, by="Sajida", now=office.now)
    assert [line.id for line in await waiting(office)] == [member.id]
    assert await settled_notes(office) == [("Sajida", f"text in {stranger.id}", {"texts": 1})]
    with pytest.raises(Refusal, match="not waiting"):
        await settle_text(office.database, office.id, stranger.id, by="Sajida", now=office.now)


async def test_another_network_s_texts_cannot_be_settled(office: Office) -> None:
    await office.say(1, DANGER)
    (line,) = await waiting(office)
    other = await Office.open(office.database, office.now, "shahi")
    assert await settle(other, line.address_id, line.id) == 0
    with pytest.raises(Refusal, match="not waiting"):
        await settle_text(other.database, other.id, line.id, by="Sajida", now=office.now)
    assert [one.number for one in await waiting(office)] == [line.number]
    assert number(1) not in line.number
