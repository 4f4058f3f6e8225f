"""What waits is listed with its reason and its release time, and what never went out."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from app.domain.broadcast import Kind
from app.domain.quiet_reasons import Why
from app.services.create_network import NewNetwork, create_network
from app.services.show_held import Held, count_held, show_held
from app.services.watch_clock import watch_clock
from app.store import networks, routes
from app.store.notices import meeting_notice
from app.store.outbox import outbox
from app.store.restored import hold_back
from tests.factories import Office, person, wire

NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


async def held(office: Office, at: datetime | None = None) -> Held:
    return await show_held(office.database, office.id, now=at or office.now)


async def reasons(office: Office, at: datetime | None = None) -> list[tuple[Any, ...]]:
    return [(one.why, one.texts, one.until) for one in (await held(office, at)).waiting]


async def test_an_office_in_which_nothing_waits_lists_nothing(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    found = await held(office)
    assert (found.waiting, found.numbers, found.never_sent, found.stopped) == ((), 0, (), 0)


async def test_each_broadcast_is_told_with_its_reason_and_when_it_goes_on(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    planned = await office.plan(text="Agle hafte ijlas hai.", kind=Kind.NEWS)
    night = await office.plan(now=NIGHT)
    await office.approve(night, now=NIGHT)
    one, other = (await held(office, NIGHT)).waiting
    assert (one.why, one.texts, one.until, one.ref) == (Why.APPROVAL, 2, None, planned.ref)
    assert (other.why, other.texts, other.until) == (Why.NIGHT, 2, MORNING)
    assert (other.broadcast_id, other.kind, other.is_late) == (night.id, "notice", False)
    assert (other.words, other.language) == (f"Kal ijlas hai. Ref {night.ref}", "ur-Latn")
    short = await count_held(office.database, office.id, now=NIGHT)
    assert (short.texts, short.until, short.stopped) == (2, MORNING, 0)


async def test_what_will_be_too_late_by_then_says_so(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.approve(await office.plan(now=NIGHT), now=NIGHT)

    def soon(conn: Any) -> None:
        conn.execute(update(outbox).values(expires_at=MORNING))

    await office.database.write(soon)
    (one,) = (await held(office, NIGHT)).waiting
    assert one.is_late


async def test_wires_measures_backups_and_the_clock_are_told_apart(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    assert await reasons(office) == []
    assert len((await office.claim(slots=1)).rows) == 1
    await office.send()
    await office.wires(wire(per_day=1))
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    assert await reasons(office) == [(Why.MEASURE, 1, midnight)]
    await office.database.write(routes.stop, office.routes["sim"], "wrong token")
    assert await reasons(office) == [(Why.WIRE, 1, None)]
    await office.wires(wire())
    await watch_clock(office.database, now=office.now)
    later = office.now + timedelta(days=2)
    found = await held(office, later)
    assert (found.clock.is_believed, found.stopped, found.waiting) == (False, 1, ())
    await office.database.write(hold_back, office.now)
    assert await reasons(office) == [(Why.RESTORED, 1, None)]


async def test_a_dear_message_and_doubtful_numbers_are_told(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", "0380 1234567"))
    await office.database.write(networks.change, office.id, {"broadcast_cap_micro": 1_000_000})
    await office.plan()
    found = await held(office)
    assert [one.why for one in found.waiting] == [Why.BUDGET]
    assert found.numbers == 1


async def test_notices_that_never_went_are_listed_for_a_month(office: Office) -> None:
    meeting_id = await office.meeting(at=office.now + timedelta(days=1))

    def never(conn: Any) -> None:
        for lead, state, days in ((10080, "missed", 2), (1440, "dropped", 1), (120, "made", 0)):
            at = office.now - timedelta(days=days)
            row = {
                "network_id": office.id,
                "meeting_id": meeting_id,
                "revision": 0,
                "lead": lead,
                "part": "all",
                "state": state,
                "due_at": at,
                "expires_at": at,
                "made_at": at,
            }
            conn.execute(insert(meeting_notice).values(**row))

    await office.database.write(never)
    told = [(one.lead, one.why, one.body) for one in (await held(office)).never_sent]
    assert told == [(1440, "dropped", "EC"), (10080, "missed", "EC")]
    assert (await held(office, office.now + timedelta(days=40))).never_sent == ()


async def test_another_network_sees_nothing_of_it(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.approve(await office.plan(now=NIGHT), now=NIGHT)
    new = NewNetwork(slug="sarang", name="LSON Sarang", short_names={"en": "Sarang"})
    other = await create_network(office.database, new, by="test", now=office.now)
    assert (await show_held(office.database, other, now=NIGHT)).waiting == ()
    assert (await count_held(office.database, other, now=NIGHT)).texts == 0
