"""Cards that nobody tried for 90 days: one text a month to whoever looks after them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services.keep_card import LineFacts, add_line, check_line
from app.services.remind_cards import remind_cards
from app.services.show_today import show_today
from app.store.addresses import address
from app.store.broadcasts import broadcast_text
from app.store.database import Connection
from app.store.outbox import outbox
from tests.factories import Office, catalogue, number
from tests.services.seated import Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    """Amina leads Roshni, Gul is Vice President; both have phones."""
    chamber = await Chamber.open(office)
    amina, _ = await chamber.officer("Amina", chamber.roshni, "President", language="en")
    gul, _ = await chamber.officer(
        "Gul", chamber.umeed, "Vice President", body="EC", sex="m", language="ur-Latn"
    )
    await chamber.phone(amina, 1)
    await chamber.phone(gul, 2)
    return chamber


async def put(chamber: Chamber, unit_id: int | None) -> int:
    office = chamber.office
    facts = LineFacts("hospital", "0944 411222", unit_id=unit_id)
    return await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)


async def remind(chamber: Chamber, days: int = 0) -> int:
    office = chamber.office
    return await remind_cards(
        office.database, catalogue=catalogue(), now=office.now + timedelta(days=days)
    )


async def told(chamber: Chamber) -> list[tuple[str, str]]:
    def read(conn: Connection) -> list[tuple[str, str]]:
        statement = (
            select(address.c.msisdn, broadcast_text.c.body)
            .join(outbox, outbox.c.address_id == address.c.id)
            .join(
                broadcast_text,
                (broadcast_text.c.broadcast_id == outbox.c.broadcast_id)
                & (broadcast_text.c.language == outbox.c.language),
            )
        )
        return [(row.msisdn, row.body) for row in conn.execute(statement)]

    return await chamber.office.database.read(read)


def without_ref(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(msisdn, body.rpartition(" Ref ")[0]) for msisdn, body in texts]


async def test_each_owner_gets_one_text_and_no_other_for_a_month(chamber: Chamber) -> None:
    for unit_id in (None, chamber.roshni, chamber.umeed, chamber.dosti):
        await put(chamber, unit_id)
    assert await remind(chamber) == 2
    assert sorted(without_ref(await told(chamber))) == [
        (
            number(1),
            "Mirkhai: emergency numbers of LSO Roshni, VO Dosti were not tried for 90 days. "
            "Call each once and tell the office.",
        ),
        (
            number(2),
            "Mirkhai: hangami number (LSO Umeed) 90 din se nahi aazmaye gaye. Har number par "
            "call karke daftar ko batayen.",
        ),
    ]
    assert [await remind(chamber, days) for days in (0, 1, 29)] == [0, 0, 0]
    assert await remind(chamber, 30) == 2


async def test_a_card_that_was_tried_lately_asks_nobody(chamber: Chamber) -> None:
    office = chamber.office
    line_id = await put(chamber, chamber.roshni)
    await check_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    assert [await remind(chamber, days) for days in (0, 90)] == [0, 0]
    assert await remind(chamber, 91) == 1


async def test_who_has_no_phone_is_asked_once_they_have_one(chamber: Chamber) -> None:
    head, _ = await chamber.officer("Nadia", chamber.umeed, "President", language="en")
    await put(chamber, chamber.umeed)
    assert await remind(chamber) == 0
    await chamber.phone(head, 5)
    assert await remind(chamber, 1) == 1
    assert (await told(chamber))[0][0] == number(5)


async def test_who_stopped_is_not_asked(chamber: Chamber) -> None:
    await put(chamber, chamber.roshni)
    await chamber.office.say(1, "STOP")
    assert await remind(chamber) == 0


async def test_the_page_of_today_counts_the_cards(chamber: Chamber) -> None:
    office = chamber.office
    line_id = await put(chamber, chamber.roshni)
    await put(chamber, None)

    async def counted() -> int:
        shown = await show_today(
            office.database, office.id, account_id=None, may_approve=False, now=office.now
        )
        return shown.stale_cards

    assert await counted() == 2
    await check_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    assert await counted() == 1


async def test_other_networks_are_asked_for_their_own(chamber: Chamber) -> None:
    other = await Office.open(chamber.office.database, chamber.office.now, "sarang")
    facts = LineFacts("rescue", "1122")
    await add_line(other.database, other.id, facts, by="x", now=other.now)
    assert await remind(chamber) == 0
