"""Reminders of instalments: three days before and on the day, on private phones only."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain import gsm
from app.services.keep_instalments import mark_paid
from app.services.remind_instalments import remind_instalments
from app.services.show_instalments import list_instalments
from app.store import networks
from app.store.addresses import address
from app.store.broadcasts import broadcast, broadcast_text
from app.store.database import Connection
from app.store.outbox import outbox
from tests.factories import PRICE, Office, catalogue, number, person, wire
from tests.services.test_keep_instalments import add, person_id

DUE = date(2026, 12, 3)
TEN = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)
"""Ten in the morning of the day."""


async def remind(office: Office, days: int) -> int:
    now = TEN + timedelta(days=days)
    return await remind_instalments(office.database, catalogue=catalogue(), now=now)


async def told(office: Office) -> list[tuple[str, str]]:
    def read(conn: Connection) -> list[tuple[str, str]]:
        statement = (
            select(address.c.msisdn, broadcast_text.c.body)
            .join(outbox, outbox.c.address_id == address.c.id)
            .join(
                broadcast_text,
                (broadcast_text.c.broadcast_id == outbox.c.broadcast_id)
                & (broadcast_text.c.language == outbox.c.language),
            )
            .order_by(outbox.c.id)
        )
        return [(row.msisdn, row.body) for row in conn.execute(statement)]

    return await office.database.read(read)


@pytest.fixture
async def lent(office: Office) -> Office:
    """Gul and Amina pay back on one day; Zar too, but her phone is her neighbour's."""
    await office.people(
        person("Gul", 1, language="en"),
        person("Amina", 2, language="ur-Latn"),
        person("Zar", 3, shared="yes"),
    )
    for name in ("Gul", "Amina", "Zar"):
        await add(office, await person_id(office, name))
    return office


async def test_each_is_told_once_before_and_once_on_the_day_without_an_amount(
    lent: Office,
) -> None:
    for days, texts in ((-4, 0), (-3, 1), (-3, 0), (-2, 0), (0, 1), (0, 0), (1, 0)):
        assert await remind(lent, days) == texts, days
    said = await told(lent)
    assert [msisdn for msisdn, _ in said] == [number(1), number(2)] * 2
    assert said[0][1] == (
        "Mirkhai: your instalment (goat loan) is due on 3 Dec. "
        "We never ask for money by phone. Ref 1"
    )
    assert said[1][1] == (
        "Mirkhai: aap ki qist (goat loan) 3 Dec tak deni hai. "
        "Hum phone par paise nahi mangte. Ref 1"
    )
    found = await list_instalments(lent.database, lent.id, today=DUE)
    assert [(one.name, one.has_private_phone, one.told_at is not None) for one in found.lines] == [
        ("Gul", True, True),
        ("Amina", True, True),
        ("Zar", False, False),
    ]
    assert (found.open, found.late, found.unreached) == (3, 0, 1)


async def test_what_was_missed_is_made_up_for_while_the_day_has_not_passed(lent: Office) -> None:
    assert [await remind(lent, days) for days in (-1, 0, 1)] == [1, 1, 0]


async def test_who_has_paid_is_reminded_no_more(lent: Office) -> None:
    assert await remind(lent, -3) == 1
    found = await list_instalments(lent.database, lent.id, today=DUE)
    for one in found.lines[:2]:
        await mark_paid(lent.database, lent.id, one.id, paid=True, by="Rehmat", now=lent.now)
    assert await remind(lent, 0) == 0


async def test_one_that_is_written_down_late_is_told_beside_the_others(lent: Office) -> None:
    assert await remind(lent, -3) == 1
    await lent.people(person("Sana", 4))
    await add(lent, await person_id(lent, "Sana"))
    assert await remind(lent, -2) == 1
    assert [msisdn for msisdn, _ in await told(lent)][2:] == [number(4)]


async def test_it_waits_for_the_morning_and_is_dropped_after_the_day(lent: Office) -> None:
    await remind_instalments(lent.database, catalogue=catalogue(), now=TEN - timedelta(hours=9))
    rows = await lent.texts()
    assert {(row.state, row.reason, row.due_at) for row in rows} == {
        ("held", "quiet", TEN - timedelta(hours=1))
    }
    assert {row.expires_at for row in rows} == {datetime(2026, 12, 3, 19, 0, tzinfo=UTC)}


async def test_without_money_for_texts_or_with_a_stop_it_is_tried_on_the_next_day(
    lent: Office,
) -> None:
    await lent.say(1, "STOP")
    await lent.database.write(networks.change, lent.id, {"monthly_cap_micro": PRICE // 2})
    assert await remind(lent, -3) == 0
    await lent.database.write(networks.change, lent.id, {"monthly_cap_micro": 0})
    assert await remind(lent, -2) == 1
    assert [msisdn for msisdn, _ in await told(lent)] == [number(2)]


async def test_who_no_wire_reaches_today_is_tried_on_the_next_day(lent: Office) -> None:
    await lent.people(person("Sana", "0364 1000004"))
    await add(lent, await person_id(lent, "Sana"))
    await lent.wires(wire(reaches=frozenset({"demo"})))
    assert await remind(lent, -3) == 1
    await lent.wires(wire())
    assert await remind(lent, -2) == 1
    assert [msisdn for msisdn, _ in await told(lent)] == [number(1), number(2), "+923641000004"]


async def test_its_words_are_private_and_its_text_fits_one_segment(lent: Office) -> None:
    assert await remind(lent, -3) == 1
    row = await lent.database.read(lambda conn: conn.execute(select(broadcast)).one())
    assert (row.is_private, "+" in row.audience) == (True, True)
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        for label in ("goat", "bakriyon ka barra qarz poora", "بکریوں کا بڑا قرض"):
            values = {"network": "Mirkhai", "ref": 99_999, "short": label, "on": DUE}
            text = catalogue().render("instalment_due", values, tag).text
            assert gsm.count(text) == 1
            assert "99999" in text
