"""Whose thread it is: taken, handed on, given back, once in the journal each."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.assign_thread import assign_thread, show_answerers
from app.services.forget_number import forget_number
from app.services.show_desk import Desk, show_desk
from app.services.show_threads import show_threads
from app.store import accounts
from app.store.journal import journal
from app.store.thread_desk import thread_desk
from tests.factories import Office, number

PLAIN = "hamare gaon mein bijli ka khamba tirchha hai kisi ko bhejen"


async def thread(office: Office) -> int:
    await office.say(1, PLAIN)
    (one,) = (await show_threads(office.database, office.id)).threads
    assert one.address_id is not None
    return one.address_id


async def desk(office: Office, address_id: int) -> Desk:
    return await show_desk(office.database, office.id, address_id, [])


async def actions(office: Office) -> list[tuple[str, str]]:
    wanted = select(journal).where(journal.c.action.like("thread %")).order_by(journal.c.id)
    rows = await office.database.read(lambda conn: conn.execute(wanted).all())
    return [(row.action, row.actor) for row in rows]


async def test_a_thread_is_taken_handed_on_and_given_back(office: Office) -> None:
    address_id = await thread(office)
    sajida, rehmat = office.officers["Sajida"], office.officers["Rehmat"]
    deed = Deed(office.id, "Sajida", office.now)
    assert (await desk(office, address_id)).assignee == ""
    for officer, name in ((sajida, "Sajida"), (sajida, "Sajida"), (rehmat, "Rehmat"), (None, "")):
        await assign_thread(office.database, deed, address_id, officer)
        shown = await desk(office, address_id)
        assert (shown.assignee_id, shown.assignee) == (officer, name)
    assert await actions(office) == [
        ("thread assigned", "Sajida"),
        ("thread assigned", "Sajida"),
        ("thread given back", "Sajida"),
    ]


async def test_only_officers_of_this_network_who_may_answer_get_one(office: Office) -> None:
    address_id = await thread(office)
    other = await Office.open(office.database, office.now, "nirala")
    deed = Deed(office.id, "Sajida", office.now)
    for officer in (0, 10**6, 2**63):
        with pytest.raises(Refusal, match="Choose one"):
            await assign_thread(office.database, deed, address_id, officer)
    theirs = Deed(other.id, "Sajida", office.now)
    for asked, odd in ((theirs, address_id), (deed, 10**6), (deed, 0), (deed, 2**70)):
        with pytest.raises(Refusal) as fault:
            await assign_thread(office.database, asked, odd, office.officers["Sajida"])
        assert fault.value.code == "not_found"
    names = {one.name for one in await show_answerers(office.database, office.id)}
    assert {"Sajida", "Rehmat", "Nusrat"} <= names


async def test_an_account_of_another_network_is_nobody_here(office: Office) -> None:
    address_id = await thread(office)
    other = await Office.open(office.database, office.now, "nirala")
    row = {"name": "Naeema", "post": "press", "token_hash": "n", "created_at": office.now}
    theirs = await office.database.write(accounts.add, {**row, "network_id": other.id})
    with pytest.raises(Refusal, match="Choose one"):
        await assign_thread(
            office.database, Deed(office.id, "Sajida", office.now), address_id, theirs
        )
    assert "Naeema" not in {one.name for one in await show_answerers(office.database, office.id)}


async def test_a_forgotten_number_has_no_desk_any_more(office: Office) -> None:
    address_id = await thread(office)
    deed = Deed(office.id, "Sajida", office.now)
    await assign_thread(office.database, deed, address_id, office.officers["Sajida"])
    await forget_number(office.database, number(1), by="test", now=office.now)
    left = await office.database.read(lambda conn: conn.execute(select(thread_desk)).all())
    assert not left
