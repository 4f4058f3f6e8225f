"""A text for a chosen hour: nothing goes before it, everything once it has come."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.broadcast import Kind, conditions, plan_hash
from app.domain.errors import Refusal
from app.services.approve_broadcast import approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.keep_draft import Typed, keep_draft
from app.services.plan_broadcast import Draft
from app.services.plan_draft import plan_draft
from app.services.preview_broadcast import preview_broadcast
from app.services.show_broadcast import show_broadcast
from tests.factories import Office, catalogue, person

NOON = timedelta(hours=24)
"""From the Saturday noon of these tests to that of Sunday."""


async def test_a_text_for_tomorrow_goes_tomorrow_and_can_be_taken_back_until_then(
    office: Office,
) -> None:
    await office.people(person("Gul", 1), person("Mah", 2))
    at = office.now + NOON
    plan = await office.plan(send_at=at)
    assert plan.send_at == at
    await office.approve(plan)
    assert {(row.state, row.due_at) for row in await office.texts()} == {("queued", at)}
    assert not (await office.claim(now=at - timedelta(seconds=1))).rows
    shown = await show_broadcast(office.database, plan.id)
    assert shown is not None
    assert (shown["send_at"], shown["due_at"]) == (at.isoformat(), at.isoformat())
    assert len((await office.claim(slots=1, now=at)).rows) == 1
    await cancel_broadcast(office.database, plan.id, by="Sajida", now=at)
    assert Counter(await office.states()) == {"sending": 1, "cancelled": 1}


async def test_an_hour_of_the_night_waits_for_the_morning_unless_it_is_urgent(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    midnight = office.now + timedelta(hours=12)
    for kind, found in (
        (Kind.NOTICE, ("held", "quiet", midnight + timedelta(hours=9))),
        (Kind.URGENT, ("queued", "", midnight)),
    ):
        plan = await office.plan(send_at=midnight, kind=kind)
        assert [one["reason"] for one in plan.held] == ["quiet"] * (kind is Kind.NOTICE)
        await office.approve(plan)
        row = (await office.texts())[-1]
        assert (row.state, row.reason, row.due_at) == found


async def test_whoever_agrees_late_lets_it_go_at_once_but_not_on_another_day(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    at = office.now + timedelta(hours=3)
    late, next_day = at + timedelta(hours=2), at + timedelta(hours=24)
    plan, other = await office.plan(send_at=at), await office.plan(send_at=at)
    await office.approve(plan, now=late)
    assert [row.due_at for row in await office.texts()] == [late]
    with pytest.raises(Refusal) as told:
        await approve_broadcast(office.database, other.id, by=office.approver(other), now=next_day)
    assert told.value.code == "too_late"
    assert len(await office.texts()) == 1


async def test_another_hour_is_another_plan(office: Office) -> None:
    await office.people(person("Gul", 1))
    at = office.now + NOON
    plan = await office.plan()
    moments = (None, at, at + timedelta(minutes=1), at.astimezone(ZoneInfo("Asia/Karachi")))
    besides = [conditions(send_at=moment) for moment in moments]
    hashes = [plan_hash("all", Kind.NOTICE, plan.texts, [], shown) for shown in besides]
    assert len(set(hashes)) == 3
    assert hashes[1] == hashes[3]


async def test_the_preview_tells_when_it_would_go(office: Office) -> None:
    await office.people(person("Gul", 1))

    async def first_at(send_at: datetime | None) -> datetime:
        draft = Draft("all", {"en": "Come."}, Kind.NOTICE, "Sajida", None, office.slug)
        shown = await preview_broadcast(
            office.database, replace(draft, send_at=send_at), catalogue=catalogue(), now=office.now
        )
        return shown.first_at

    assert await first_at(None) == office.now + timedelta(seconds=60)
    assert await first_at(office.now + NOON) == office.now + NOON
    assert await first_at(office.now + timedelta(hours=12)) == office.now + timedelta(hours=21)


async def test_a_draft_with_another_hour_takes_its_old_plan_back(office: Office) -> None:
    await office.people(person("Gul", 1))
    author = office.officers["Sajida"]
    typed = Typed("k" * 16, office.id, author, {})
    await keep_draft(office.database, typed, now=office.now)
    ids = []
    for hours in (24, 25):
        draft = Draft(
            "all",
            {"en": "Come."},
            Kind.NOTICE,
            "Sajida",
            author,
            office.slug,
            send_at=office.now + timedelta(hours=hours),
        )
        ids.append(
            await plan_draft(
                office.database, "k" * 16, draft, catalogue=catalogue(), now=office.now
            )
        )
    shown = [await show_broadcast(office.database, one) for one in ids]
    assert [one and one["state"] for one in shown] == ["cancelled", "planned"]
