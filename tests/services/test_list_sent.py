"""All that was sent: every approved broadcast once, newest first, with what became of it."""

import pytest

from app.domain.errors import Refusal
from app.domain.messages import State
from app.services.cancel_broadcast import cancel_broadcast
from app.services.list_sent import SentLine, list_sent
from app.store.settle import Result, settle
from tests.factories import PRICE, Office, person


async def sent(office: Office, **wanted: int) -> tuple[SentLine, ...]:
    return (await list_sent(office.database, office.id, **wanted)).lines


async def test_only_what_two_officers_agreed_on_is_listed(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.plan()
    assert await sent(office) == ()
    plan = await office.send(text="Fees 31 Oct.")
    (line,) = await sent(office)
    assert (line.id, line.ref, line.kind, line.approver) == (plan.id, plan.ref, "notice", "Rehmat")
    assert (line.text, line.language) == (plan.texts[0].body, "ur-Latn")
    assert (line.price_micro, line.currency) == (PRICE, "PKR")
    assert (line.delivered, line.total, line.approved_at) == (0, 1, office.now)
    assert (line.is_open, line.is_cancelled) == (True, False)


async def test_what_was_delivered_is_counted_and_then_nothing_is_open(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    await office.send()
    rows = (await office.claim()).rows
    ends = (State.DELIVERED, State.UNDELIVERED)
    done = [
        Result(row.id, row.token, row.no, state, state, external_id=f"x{row.id}")
        for row, state in zip(rows, ends, strict=True)
    ]
    await office.database.write(settle, done, office.now)
    (line,) = await sent(office)
    assert (line.delivered, line.total, line.is_open) == (1, 2, False)


async def test_what_was_taken_back_says_so(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    await cancel_broadcast(office.database, plan.id, by="Rehmat", now=office.now)
    (line,) = await sent(office)
    assert (line.is_cancelled, line.is_open) == (True, False)


async def test_pages_hold_each_once_and_end(office: Office) -> None:
    await office.people(person("Gul", 1))
    refs = [(await office.send(text=f"Khabar {n}.")).ref for n in range(5)]
    found, before = [], None
    for _ in range(3):
        page = await list_sent(office.database, office.id, before=before, limit=2)
        found += [line.ref for line in page.lines]
        before = page.next
    assert (found, before) == (refs[::-1], None)


@pytest.mark.parametrize("odd", [0, -1, 2**31, 10**30])
async def test_a_place_that_cannot_be_is_refused(office: Office, odd: int) -> None:
    with pytest.raises(Refusal, match="Begin at the newest"):
        await sent(office, before=odd)


async def test_another_network_s_broadcasts_are_not_listed(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    other = await Office.open(office.database, office.now, "shahi")
    assert await sent(other) == ()
