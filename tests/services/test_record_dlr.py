"""What a receipt may do: move a text forward, once, in whatever order it comes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.messages import Dlr, State
from app.services.record_dlr import match_loose_receipts, record_dlrs
from app.store.claim import Claimed
from app.store.database import Connection, Database
from app.store.receipts import receipt
from app.store.settle import Result, settle
from tests.factories import Office, person, wire

SLUGS = count(1)
HEARD = ("sent", "delivered", "undelivered", "rejected", "expired", "cancelled", "odd")


def dlr(word: str, key: str = "", **named: Any) -> Dlr:
    state = State(word) if word in set(State) else None
    given = {"external_id": "SM1", "ref": "", "code": f"code {word}", **named}
    return Dlr("sim", key or f"{word} {named}", state=state, word=word, **given)


async def sent(office: Office) -> Claimed:
    """A text that a wire accepted as SM1."""
    row = await sending(office)
    await office.database.write(settle, [accepted(row)], office.now)
    return row


async def sending(office: Office) -> Claimed:
    await office.people(person(f"Gul {office.slug}", 1))
    await office.send(text=f"Text of {office.slug}.")
    (row,) = (await office.claim()).rows
    return row


def accepted(row: Claimed) -> Result:
    return Result(row.id, row.token, row.no, State.SENT, "sent", external_id="SM1")


async def hear(office: Office, *dlrs: Dlr) -> list[bool]:
    return await record_dlrs(office.database, dlrs, now=office.now)


async def text(office: Office) -> Any:
    return (await office.texts())[-1]


def kept(conn: Connection) -> Sequence[Any]:
    return conn.execute(select(receipt).order_by(receipt.c.id)).all()


async def test_a_receipt_moves_its_text_forward_once(office: Office) -> None:
    await sent(office)
    delivered = dlr("delivered")
    assert await hear(office, delivered, delivered) == [True, False]
    assert await hear(office, delivered) == [False]
    assert (await text(office)).state == "delivered"
    assert len(await office.database.read(kept)) == 1


async def test_a_late_receipt_never_moves_a_text_back(office: Office) -> None:
    await sent(office)
    await hear(office, dlr("delivered"))
    await hear(office, dlr("undelivered", code="30003"), dlr("sent"))
    row = await text(office)
    assert (row.state, row.reason) == ("delivered", "code delivered")


async def test_a_receipt_by_our_own_reference_may_come_before_the_answer(office: Office) -> None:
    row = await sending(office)
    await hear(office, dlr("delivered", ref=f"{row.id}.{row.token}"))
    assert (await text(office)).state == "delivered"
    await office.database.write(settle, [accepted(row)], office.now)
    assert ((await text(office)).state, (await text(office)).external_id) == ("delivered", "SM1")


async def test_a_receipt_by_the_gateways_id_waits_for_the_answer(office: Office) -> None:
    row = await sending(office)
    await hear(office, dlr("delivered"))
    assert (await text(office)).state == "sending"
    assert await match_loose_receipts(office.database, now=office.now) == 0
    await office.database.write(settle, [accepted(row)], office.now)
    assert await match_loose_receipts(office.database, now=office.now) == 1
    assert (await text(office)).state == "delivered"
    assert await match_loose_receipts(office.database, now=office.now) == 0


async def test_an_unknown_word_is_kept_and_changes_nothing(office: Office) -> None:
    await sent(office)
    before = await text(office)
    assert await hear(office, dlr("teleported")) == [True]
    after = await text(office)
    assert (after.state, after.reason) == (before.state, before.reason)
    (row,) = await office.database.read(kept)
    assert (row.word, row.state, row.outbox_id) == ("teleported", "", after.id)


@pytest.mark.parametrize(
    "ref",
    [
        "1.2", "1.0", "1.", ".1", "1", "..", "-1.5", "1.5.5", "۱.۲", "²." + "1",
        f"{2**63}.1", f"1.{2**63}", "9" * 5000 + ".1", "1.\x00", "\ud800", "1e1.1", "' OR 1=1 --",
    ],
)  # fmt: skip
async def test_a_forged_reference_is_harmless(office: Office, ref: str) -> None:
    await sent(office)
    await hear(office, dlr("delivered", "forged", ref=ref, external_id=""))
    await match_loose_receipts(office.database, now=office.now)
    assert (await text(office)).state == "sent"


async def test_a_reference_with_a_token_that_we_never_gave_is_harmless(office: Office) -> None:
    row = await sent(office)
    await hear(office, dlr("delivered", ref=f"{row.id}.{row.token + 1}", external_id=""))
    assert (await text(office)).state == "sent"


async def test_a_receipt_of_another_wire_never_matches(office: Office) -> None:
    await office.wires(wire(), wire("other", price_micro=9_000_000))
    row = await sent(office)
    ref = f"{row.id}.{row.token}"
    foreign = Dlr("other", "k", "SM1", "", State.DELIVERED, "delivered")
    by_ref = Dlr("other", "k2", "", ref, State.DELIVERED, "delivered")
    unknown = Dlr("nowhere", "k", "SM1", ref, State.DELIVERED, "delivered")
    assert await hear(office, foreign, by_ref, unknown) == [True, True, True]
    assert (await text(office)).state == "sent"


async def test_hostile_receipts_are_kept_and_repeat_as_one(office: Office) -> None:
    odd = Dlr(
        "sim", "k" * 500, "e" * 500, "r" * 500, None, "w\x00" * 90, "\ud83d", raw={"\x00": ""}
    )
    assert await hear(office, odd, odd) == [True, False]
    assert await hear(office, odd) == [False]


async def test_receipts_for_many_texts_fit_one_batch(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(300)))
    await office.send()
    rows = (await office.claim(300)).rows
    dlrs = [dlr("delivered", f"k{r.id}", external_id="", ref=f"{r.id}.{r.token}") for r in rows]
    assert all(await hear(office, *dlrs))
    assert set(await office.states()) == {"delivered"}


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(HEARD), max_size=8), st.randoms(), st.integers(0, 8))
async def test_the_same_receipts_end_the_same_whatever_their_order_number_and_batches(
    sqlite_url: str, now: datetime, words: list[str], chance: Any, settled_at: int
) -> None:
    ends = set()
    for _ in range(2):
        async with Database(sqlite_url) as database:
            office = await Office.open(database, now, f"n{next(SLUGS)}")
            row = await sending(office)
            ref = f"{row.id}.{row.token}"
            dlrs = [dlr(word, f"{ref} {word} {n}", ref=ref) for n, word in enumerate(words)]
            chance.shuffle(dlrs)
            for at in range(max(len(dlrs), settled_at) + 1):
                if at == settled_at:
                    await database.write(settle, [accepted(row)], now)
                await hear(office, *dlrs[at : at + chance.randint(1, 3)])
            end = await text(office)
            ends.add((end.state, end.external_id, end.reason.replace("code sent", "")))
    assert len(ends) == 1
