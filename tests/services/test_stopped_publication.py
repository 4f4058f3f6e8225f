"""A publication stopped half way and planned again: nobody gets the same words twice."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.approve_publication import cancel_publication
from app.services.show_publication import PublicationView
from app.services.show_reach import show_reach
from app.store.addresses import address
from app.store.database import Connection
from app.store.outbox import outbox
from app.store.people import person as people
from app.store.people import person_address
from tests.factories import Office, number, person
from tests.services.published import approve, four_people, keep, meeting, prepare, record


async def settle(office: Office, states: dict[str | None, str]) -> None:
    """Let the texts to these numbers stand so; None are the mails."""

    def work(conn: Connection) -> None:
        for row in rows:
            if row.msisdn in states:
                told = outbox.update().where(outbox.c.id == row.id)
                conn.execute(told.values(state=states[row.msisdn], started_at=office.now))

    rows = await office.texts()
    await office.database.write(work)


async def second_phone(office: Office, name: str, n: int) -> None:
    """Give somebody the n-th phone besides their own, open to texts."""
    await office.people(person("Other", n))

    def work(conn: Connection) -> None:
        theirs = conn.execute(address.select().where(address.c.msisdn == number(n))).one()
        who = conn.execute(people.select().where(people.c.name == name)).one()
        conn.execute(person_address.delete().where(person_address.c.address_id == theirs.id))
        conn.execute(person_address.insert().values(person_id=who.id, address_id=theirs.id))

    await office.database.write(work)


async def stop(office: Office, found: PublicationView) -> None:
    act = {"by": "Sajida", "now": office.now}
    await cancel_publication(office.database, office.id, found.id, **act)


async def sent_by(office: Office, found: PublicationView) -> list[str | None]:
    ours = [one.id for one in found.plans]
    return sorted((row.msisdn for row in await office.texts() if row.broadcast_id in ours), key=str)


@pytest.mark.parametrize("state", ["sending", "sent", "delivered", "uncertain"])
async def test_whom_the_stopped_one_may_have_reached_is_left_out(
    office: Office, state: str
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id)
    await approve(office, first)
    await settle(office, {number(1): state, number(2): "undelivered"})
    await stop(office, first)
    second = await prepare(office, meeting_id)
    assert second.text is not None
    assert second.mail is not None
    assert second.corrects is None
    assert {"reason": "has_it", "people": 1} in second.text.left_out
    assert (second.text.people, second.mail.people) == (2, 2)
    await approve(office, second)
    assert await sent_by(office, second) == [number(2), number(3), None, None]


async def test_a_second_phone_of_somebody_who_has_it_gets_nothing(office: Office) -> None:
    await four_people(office)
    await second_phone(office, "Gul", 7)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id, audience=f"{number(1)}, {number(2)}")
    await approve(office, first)
    await settle(office, {number(1): "sent"})
    await stop(office, first)
    second = await prepare(office, meeting_id)
    await approve(office, second)
    assert not {number(1), number(7)} & set(await sent_by(office, second))


async def test_stopped_twice_it_reaches_each_once(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    for n in (1, 2):
        found = await prepare(office, meeting_id)
        await approve(office, found)
        await settle(office, {number(n): "sent", None: "sent"} if n == 1 else {number(n): "sent"})
        await stop(office, found)
    last = await prepare(office, meeting_id)
    assert last.mail is None
    assert last.unreached == {"mail": {"has_it": 2, "no_mail": 2}}
    await approve(office, last)
    assert await sent_by(office, last) == [number(3)]


async def test_a_correction_stopped_half_way_goes_on_with_the_readers_that_lack_it(
    office: Office,
) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id, audience=f"{number(1)}, {number(2)}")
    await approve(office, first)
    await settle(office, {number(1): "sent", number(2): "sent"})
    await keep(office, meeting_id, record(summaries={"en": "Corrected."}))
    second = await prepare(office, meeting_id)
    await approve(office, second)
    rows = {row.msisdn: row for row in await office.texts() if row.broadcast_id != first.first.id}
    await office.database.write(_sent, rows[number(1)].id)
    await stop(office, second)
    third = await prepare(office, meeting_id)
    assert third.corrects == first.first.ref
    await approve(office, third)
    assert await sent_by(office, third) == [number(2)]


def _sent(conn: Connection, outbox_id: int) -> None:
    conn.execute(outbox.update().where(outbox.c.id == outbox_id).values(state="sent"))


async def test_when_all_have_it_the_plan_is_refused(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id)
    await approve(office, first)
    await settle(office, {number(n): "sent" for n in (1, 2, 3)} | {None: "delivered"})
    await stop(office, first)
    with pytest.raises(Refusal, match="has_it"):
        await prepare(office, meeting_id)


async def test_who_got_it_counts_those_whom_the_stopped_one_reached(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    first = await prepare(office, meeting_id)
    await approve(office, first)
    await settle(office, {number(1): "sent"})
    await stop(office, first)
    second = await prepare(office, meeting_id)
    await approve(office, second)
    later = office.now + timedelta(hours=1)
    reach = await show_reach(office.database, office.id, second.id, now=later)
    assert (reach.people, reach.got) == (4, 1)
    assert "Gul" not in [one.name for one in reach.missed]
