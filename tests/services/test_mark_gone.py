"""A dead mailbox gets nothing more, with the reason kept; a full one and a guess change nothing."""

from typing import Any

import pytest

from app.domain.messages import Dlr, State
from app.services.mark_gone import mark_gone
from app.services.record_dlr import match_loose_receipts, record_dlrs
from app.store.settle import Result, settle
from tests.factories import Office
from tests.services.mailing import MAIL, mailbox, post, records, row_of, with_mail

GUL = "gul@member.example"


async def sent(office: Office, address_id: int) -> Any:
    """A letter on its way to that address, and one more that waits."""
    await post(office, address_id)
    (row,) = (await office.claim(route=MAIL)).rows
    await post(office, address_id, dedupe_key="second")
    return row


def bounce(row: Any, standing: str = "bounced", **more: Any) -> Dlr:
    given = {"state": State.UNDELIVERED, "word": "failed", "code": "5.1.1", **more}
    return Dlr(MAIL, f"k{given}", "", f"{row.id}.{row.token}", standing=standing, **given)


async def test_a_bounce_marks_the_address_with_its_reason_and_cancels_what_waits(
    office: Office,
) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    assert await record_dlrs(office.database, [bounce(row)], now=office.now) == [True]
    assert (await row_of(office, address_id)).standing == "bounced"
    assert [(one.source, one.is_given, one.basis) for one in await records(office, address_id)] == [
        ("bounce", False, "failed 5.1.1")
    ] * 2
    assert await office.states() == ["undelivered", "cancelled"]


async def test_a_bounce_that_comes_twice_is_recorded_once(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    for _ in range(2):
        await record_dlrs(office.database, [bounce(row), bounce(row)], now=office.now)
    assert len(await records(office, address_id)) == 2


async def test_a_complaint_stops_the_address(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    told = bounce(row, "stopped", state=State.DELIVERED, word="complaint", code="abuse")
    await record_dlrs(office.database, [told], now=office.now)
    assert (await row_of(office, address_id)).standing == "stopped"
    assert {one.source for one in await records(office, address_id)} == {"mail"}


@pytest.mark.parametrize("standing", ["stopped", "wrong", "bounced"])
async def test_whoever_stopped_stays_stopped_whatever_bounces(
    office: Office, standing: str
) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    await mailbox(office, GUL, standing)
    await record_dlrs(office.database, [bounce(row)], now=office.now)
    assert (await row_of(office, address_id)).standing == standing
    assert await records(office, address_id) == []


async def test_a_soft_bounce_leaves_the_address_as_it_is(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    await record_dlrs(office.database, [bounce(row, "", code="4.2.2")], now=office.now)
    assert (await row_of(office, address_id)).standing == "active"
    assert await office.states() == ["undelivered", "queued"]


@pytest.mark.parametrize(
    "change", [{"ref": "1.2"}, {"channel": "sim"}, {"ref": "", "external_id": "m1.0"}]
)
async def test_a_bounce_that_names_none_of_our_mails_changes_nothing(
    office: Office, change: dict[str, str]
) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    given = {"channel": MAIL, "ref": f"{row.id}.{row.token}", "external_id": "", **change}
    forged = Dlr(
        given["channel"],
        "key",
        given["external_id"],
        given["ref"],
        State.UNDELIVERED,
        "failed",
        standing="bounced",
    )
    await record_dlrs(office.database, [forged], now=office.now)
    await match_loose_receipts(office.database, now=office.now)
    assert (await row_of(office, address_id)).standing == "active"
    assert await office.states() == ["sending", "queued"]


async def test_a_bounce_before_the_answer_waits_for_its_mail(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    early = Dlr(MAIL, "k", "m1.ab", "", State.UNDELIVERED, "failed", "5.1.1", standing="bounced")
    await record_dlrs(office.database, [early], now=office.now)
    assert (await row_of(office, address_id)).standing == "active"
    done = Result(row.id, row.token, row.no, State.SENT, "sent", external_id="m1.ab")
    await office.database.write(settle, [done], office.now)
    await match_loose_receipts(office.database, now=office.now)
    assert (await row_of(office, address_id)).standing == "bounced"


async def test_a_refusal_that_says_there_is_no_such_mailbox_marks_it_as_well(
    office: Office,
) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    row = await sent(office, address_id)
    refused = Result(
        row.id, row.token, row.no, State.REJECTED, "rejected", code="5.1.1", is_gone=True
    )
    await office.database.write(mark_gone, [refused], office.now)
    assert (await row_of(office, address_id)).standing == "bounced"
    assert (await records(office, address_id))[0].basis == "5.1.1"
