"""A request to join: one officer decides, once; consent, phone and the one text follow."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from app.domain import gsm
from app.domain.errors import Refusal
from app.services.answer_join import (
    BASIS,
    Admitted,
    Approval,
    Decision,
    approve_join,
    refuse_join,
)
from app.services.show_joins import count_joins
from app.store.addresses import consent
from app.store.journal import first_broken, journal
from app.store.people import person
from tests.factories import Office, catalogue
from tests.services.phones import links_of, phone_of, put_on, requests, set_standing


async def asked(office: Office, n: int = 1, text: str = "JOIN Zarmina Wafa") -> int:
    """The n-th phone asks to join; gives the id of its request."""
    await office.say(n, text)
    return int((await requests(office))[-1].id)


async def approve(office: Office, request_id: int, *, by: str = "Nusrat", **how: Any) -> Admitted:
    decision = Decision(request_id, by, office.now)
    return await approve_join(
        office.database, office.id, decision, Approval(**how), catalogue=catalogue()
    )


async def refuse(office: Office, request_id: int) -> bool:
    decision = Decision(request_id, "Nusrat", office.now)
    return await refuse_join(office.database, office.id, decision, catalogue=catalogue())


async def somebody(office: Office, person_id: int) -> Any:
    wanted = select(person).where(person.c.id == person_id)
    return await office.database.read(lambda conn: conn.execute(wanted).one())


async def test_who_is_let_in_has_name_unit_phone_and_consent_and_is_welcomed(
    office: Office,
) -> None:
    unit = await office.unit("Sarwan")
    admitted = await approve(office, await asked(office), unit_id=unit)
    one = await somebody(office, admitted.person_id)
    assert (one.name, one.name_key, one.unit_id) == ("Zarmina Wafa", "zarmina wafa", unit)
    (link,) = await links_of(office, 1)
    assert (link.person_id, link.whose, link.is_private) == (one.id, "own", True)
    assert (await phone_of(office, 1)).standing == "active"
    records = await office.database.read(lambda conn: conn.execute(select(consent)).all())
    assert {(row.source, row.basis, row.recorded_by) for row in records} == {
        ("sms", BASIS, "Nusrat")
    }
    welcome = (await office.texts())[-1]
    assert admitted.is_told
    assert "Zarmina Wafa" in welcome.body
    assert (welcome.lane, welcome.segments) == (1, 1)
    assert gsm.count(welcome.body) == 1
    assert await count_joins(office.database, office.id) == 0
    assert "pehle se list mein hai: Zarmina Wafa" in (await office.say(1, "JOIN")).reply


async def test_a_broadcast_reaches_who_was_let_in(office: Office) -> None:
    await approve(office, await asked(office))
    assert (await office.plan()).addresses == 1


async def test_who_is_refused_gets_one_kind_text_and_nothing_else(office: Office) -> None:
    request_id = await asked(office)
    assert await refuse(office, request_id)
    text = (await office.texts())[-1]
    assert "Zarmina Wafa" in text.body
    assert gsm.count(text.body) == 1
    assert await links_of(office, 1) == []
    assert (await phone_of(office, 1)).standing == "unknown"
    with pytest.raises(Refusal, match="Nusrat has decided"):
        await approve(office, request_id)
    assert len(await office.texts()) == 2


async def test_who_was_refused_may_ask_again(office: Office) -> None:
    await refuse(office, await asked(office))
    again = await asked(office)
    assert [one.state for one in await requests(office)] == ["refused", "waiting"]
    assert (await approve(office, again)).is_told


async def test_of_two_officers_at_once_one_decides(office: Office) -> None:
    request_id = await asked(office)
    both = await asyncio.gather(
        approve(office, request_id, by="Nusrat"),
        approve(office, request_id, by="Rehmat"),
        return_exceptions=True,
    )
    won = [one for one in both if isinstance(one, Admitted)]
    lost = [one for one in both if isinstance(one, Refusal)]
    assert (len(won), len(lost), lost[0].code) == (1, 1, "decided")
    assert len(await links_of(office, 1)) == 1
    assert len(await office.texts()) == 2


async def test_who_is_on_the_list_already_only_gets_the_phone(office: Office) -> None:
    (known,) = await put_on(office, 9, "Zarmina Wafa")
    admitted = await approve(office, await asked(office), person_id=known)
    assert admitted.person_id == known
    count = select(person.c.id)
    assert len(await office.database.read(lambda conn: conn.execute(count).all())) == 1
    assert [row.person_id for row in await links_of(office, 1)] == [known]


async def test_a_second_person_on_a_phone_closes_it_for_private_content(office: Office) -> None:
    await put_on(office, 1, "Gul Bibi")
    await approve(office, await asked(office, text="JOIN Naz"))
    assert [(row.whose, row.is_private) for row in await links_of(office, 1)] == [
        ("own", False),
        ("family", False),
    ]


async def test_a_phone_whose_holder_denied_the_old_one_is_the_new_one_s_own(
    office: Office,
) -> None:
    await put_on(office, 1, "Gul Bibi")
    await office.say(1, "GALAT")
    await office.say(1, "START")
    await approve(office, await asked(office, text="JOIN Naz"))
    assert [(row.whose, row.is_private) for row in await links_of(office, 1)] == [
        ("denied", False),
        ("own", True),
    ]


@pytest.mark.parametrize("standing", ["stopped", "wrong", "alerts"])
async def test_being_let_in_does_not_change_what_a_phone_chose(
    office: Office, standing: str
) -> None:
    request_id = await asked(office)
    await set_standing(office, 1, standing)
    admitted = await approve(office, request_id)
    assert (await phone_of(office, 1)).standing == standing
    assert admitted.is_told is (standing == "alerts")
    assert len(await office.texts()) == 1 + admitted.is_told
    assert await office.database.read(lambda conn: conn.execute(select(consent)).all()) == []


async def test_the_answer_is_in_the_writing_that_the_phone_reads(office: Office) -> None:
    await approve(office, await asked(office, text="شامل زرمینہ وفا"))
    welcome = (await office.texts())[-1]
    assert (welcome.language, welcome.segments) == ("ur", 1)
    assert "زرمینہ وفا" in welcome.body
    await office.say(2, "ENGLISH")
    await approve(office, await asked(office, 2))
    assert (await office.texts())[-1].body.startswith("Welcome Zarmina Wafa.")
    names = select(person.c.name, person.c.local_name).order_by(person.c.id)
    found = await office.database.read(lambda conn: conn.execute(names).all())
    assert [tuple(row) for row in found] == [("زرمینہ وفا", "زرمینہ وفا"), ("Zarmina Wafa", "")]


async def test_a_corrected_name_is_kept_and_an_impossible_one_refused(office: Office) -> None:
    request_id = await asked(office)
    with pytest.raises(Refusal, match="201 letters"):
        await approve(office, request_id, name="x" * 201)
    admitted = await approve(office, request_id, name="  Zarmina\x00   Khan ")
    assert (await somebody(office, admitted.person_id)).name == "Zarmina Khan"


@pytest.mark.parametrize("odd", [0, -1, 987654321, 2**63, 10**30])
async def test_what_names_nothing_is_refused_and_changes_nothing(office: Office, odd: int) -> None:
    request_id = await asked(office)
    for how in ({"unit_id": odd}, {"person_id": odd}):
        with pytest.raises(Refusal, match="There is no such"):
            await approve(office, request_id, **how)
    for decide in (approve, refuse):
        with pytest.raises(Refusal, match="no such request"):
            await decide(office, odd)
    assert await count_joins(office.database, office.id) == 1
    assert await links_of(office, 1) == []


async def test_another_network_s_requests_people_and_units_are_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "shahi")
    mine, theirs = await asked(office), await asked(other, 2)
    unit, (known,) = await other.unit("Laspa"), await put_on(other, 3, "Gul")
    for how in ({"unit_id": unit}, {"person_id": known}):
        with pytest.raises(Refusal, match="There is no such"):
            await approve(office, mine, **how)
    for decide in (approve, refuse):
        with pytest.raises(Refusal, match="no such request"):
            await decide(office, theirs)
    assert await count_joins(other.database, other.id) == 1


async def test_every_decision_is_written_into_the_journal(office: Office) -> None:
    await approve(office, await asked(office))
    await refuse(office, await asked(office, 2))
    rows = select(journal.c.action, journal.c.actor).where(journal.c.action.like("request%"))
    found = await office.database.read(lambda conn: conn.execute(rows).all())
    assert [tuple(row) for row in found] == [
        ("request to join approved", "Nusrat"),
        ("request to join refused", "Nusrat"),
    ]
    assert await office.database.read(first_broken, office.id) is None
