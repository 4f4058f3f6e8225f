"""The inbox: danger first, then whoever waits longest; whose thread it is; hidden texts stay so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services.assign_thread import assign_thread
from app.services.settle_inbox import settle_inbox
from app.services.show_threads import ThreadPage, show_threads
from app.store.inbound import inbound
from tests.factories import Office, person

PLAIN = "hamare gaon mein bijli ka khamba tirchha hai kisi ko bhejen"
DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"


async def page(office: Office, **asked: Any) -> ThreadPage:
    return await show_threads(office.database, office.id, **asked)


async def wait(office: Office, *said: tuple[int, str]) -> None:
    """Texts that came in one after the other, a minute apart."""
    for n, (sender, text) in enumerate(said):
        await office.hear(office.mo(sender, text), now=office.now + timedelta(minutes=n))


async def test_danger_comes_first_then_whoever_waits_longest(office: Office) -> None:
    await office.people(person("Gul Bibi", 2))
    await wait(office, (1, PLAIN), (2, PLAIN), (3, DANGER), (1, PLAIN + " jaldi"))
    found = (await page(office)).threads
    assert [(one.text, one.is_danger, one.count) for one in found] == [
        (DANGER, True, 1),
        (PLAIN + " jaldi", False, 2),
        (PLAIN, False, 1),
    ]
    assert found[1].since == office.now
    assert (found[2].names, found[0].names) == ("Gul Bibi", "")
    assert all("*" in one.number for one in found)


async def test_a_danger_text_keeps_its_place_when_the_same_phone_writes_on(office: Office) -> None:
    await wait(office, (1, PLAIN), (2, DANGER), (2, PLAIN))
    first = (await page(office)).threads[0]
    assert (first.text, first.count, first.is_danger) == (DANGER, 2, True)


async def test_pages_go_on_where_the_last_one_ended(office: Office) -> None:
    await wait(office, *((n, DANGER if n % 2 else PLAIN) for n in range(1, 8)))
    seen, after = [], None
    for _ in range(4):
        part = await page(office, after=after, limit=2)
        seen += [one.text_id for one in part.threads]
        after = part.next
    assert after is None
    whole = [one.text_id for one in (await page(office)).threads]
    assert seen == whole
    assert len(set(seen)) == 7
    with pytest.raises(Refusal):
        await page(office, after="x1")


async def test_each_officer_finds_their_own_and_what_is_nobody_s(office: Office) -> None:
    await wait(office, (1, PLAIN), (2, DANGER), (3, PLAIN))
    threads = (await page(office)).threads
    sajida, rehmat = office.officers["Sajida"], office.officers["Rehmat"]
    deed = Deed(office.id, "Sajida", office.now)
    first, second = threads[0].address_id, threads[1].address_id
    assert first is not None
    assert second is not None
    await assign_thread(office.database, deed, first, sajida)
    await assign_thread(office.database, deed, second, rehmat)
    mine = await page(office, whose="mine", account_id=sajida)
    assert [(one.address_id, one.assignee) for one in mine.threads] == [(first, "Sajida")]
    assert mine.counts == {"all": 3, "mine": 1, "free": 1, "danger": 1}
    free = await page(office, whose="free", account_id=sajida)
    assert [one.address_id for one in free.threads] == [threads[2].address_id]
    danger = await page(office, whose="danger", account_id=sajida)
    assert [one.address_id for one in danger.threads] == [first]
    assert not (await page(office, whose="mine", account_id=None)).threads


async def test_a_settled_thread_is_gone_and_another_network_sees_nothing(office: Office) -> None:
    other = await Office.open(office.database, office.now, "nirala")
    await wait(office, (1, PLAIN))
    (one,) = (await page(office)).threads
    assert not (await page(other)).threads
    assert one.address_id is not None
    done = {"until": one.text_id, "by": "Sajida", "now": office.now}
    await settle_inbox(office.database, office.id, one.address_id, **done)
    assert not (await page(office)).threads


async def test_a_hidden_text_shows_neither_words_nor_who_sent_it(office: Office) -> None:
    await office.people(person("Gul Bibi", 1))
    await wait(office, (1, PLAIN))
    hide = update(inbound).values(is_hidden=True)
    await office.database.write(lambda conn: conn.execute(hide))
    (one,) = (await page(office)).threads
    assert (one.text, one.names, one.unit, one.is_hidden) == ("", "", "", True)


async def test_a_sender_without_a_number_stands_in_the_list_by_each_text(office: Office) -> None:
    code = office.mo(1, PLAIN)
    await office.hear(*(replace(code, sender="8171", external_id=f"c{n}") for n in (1, 2)))
    found = (await page(office)).threads
    assert [(one.number, one.address_id, one.count) for one in found] == [("8171", None, 1)] * 2
