"""Each body's own reminder plan: kept by an officer, written into the journal, checked."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.domain.reminders import EXECUTIVE_LEADS, GENERAL_LEADS
from app.services.keep_reminder_plan import BodyPlan, keep_reminder_plan, reminder_plans
from app.store.journal import journal
from tests.factories import Office


async def keep(office: Office, body: str, leads: list[int] | None) -> None:
    await keep_reminder_plan(office.database, office.id, body, leads, by="Nusrat", now=office.now)


async def plans(office: Office) -> dict[str, BodyPlan]:
    return {one.body: one for one in await reminder_plans(office.database, office.id)}


async def test_a_body_has_the_usual_plan_until_it_has_its_own(office: Office) -> None:
    found = await plans(office)
    assert (found["EC"].leads, found["EC"].is_usual) == (EXECUTIVE_LEADS, True)
    assert (found["GB"].leads, found["GB"].is_usual) == (GENERAL_LEADS, True)
    await keep(office, "ec", [60, 2 * 1440])
    await keep(office, "GB", [])
    found = await plans(office)
    assert (found["EC"].leads, found["EC"].is_usual) == ((2880, 60), False)
    assert found["GB"].leads == ()
    await keep(office, "EC", None)
    assert (await plans(office))["EC"].leads == EXECUTIVE_LEADS
    statement = select(journal.c.subject, journal.c.detail).where(
        journal.c.action == "reminder plan changed"
    )
    told = await office.database.read(lambda conn: conn.execute(statement).all())
    assert [(row.subject, row.detail["minutes_before"]) for row in told] == [
        ("EC", [2880, 60]),
        ("GB", []),
        ("EC", list(EXECUTIVE_LEADS)),
    ]


@pytest.mark.parametrize(
    ("body", "leads", "code"),
    [
        ("XX", [60], "not_found"),
        ("EC", [5], "lead"),
        ("EC", [10**9], "lead"),
        ("EC", [60, 120, 180, 240, 300, 360], "too_many"),
    ],
)
async def test_what_no_plan_is_is_refused_and_changes_nothing(
    office: Office, body: str, leads: list[int], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await keep(office, body, leads)
    assert refused.value.code == code
    assert (await plans(office))["EC"].is_usual


async def test_another_networks_bodies_keep_their_plan(office: Office) -> None:
    other = await Office.open(office.database, office.now, "shahi")
    await keep(office, "EC", [60])
    assert (await plans(other))["EC"].is_usual
