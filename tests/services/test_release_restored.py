"""The yes of a person after a restore: what may still go goes; what is late or unwanted, not."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.broadcast import Kind
from app.services.cancel_broadcast import cancel_broadcast
from app.services.release_restored import release_restored
from app.store.journal import first_broken, journal
from app.store.outbox import outbox
from app.store.restored import hold_back, outbox_restored_count
from tests.copies import make_busy, sent_by
from tests.factories import Office, person


@pytest.fixture
async def restored(office: Office) -> Office:
    """A busy office as a restore leaves it."""
    await make_busy(office)
    await office.database.write(hold_back, office.now)
    return office


async def entries(office: Office) -> list[Any]:
    def read(conn: Any) -> list[Any]:
        said = journal.c.action.like("restored texts%")
        return list(conn.execute(select(journal).where(said).order_by(journal.c.id)))

    assert await office.database.read(first_broken, office.id) is None
    return await office.database.read(read)


async def release(office: Office, **more: Any) -> dict[str, int]:
    return await release_restored(
        office.database, **{"by": "keeper", "now": office.now, "chunk": 2, **more}
    )


async def test_what_is_let_go_goes_out_once(restored: Office) -> None:
    url = restored.database.url
    assert await sent_by(url, restored.now) == []
    assert await release(restored) == {"queued": 5, "expired": 0, "cancelled": 0}
    assert await restored.database.read(outbox_restored_count, restored.id) == 0
    words = await sent_by(url, restored.now)
    assert len(words) == 3
    later = await sent_by(url, restored.now + timedelta(hours=23))
    assert [text for text in later if "morning" in text] == later
    assert len(later) == 2
    assert await sent_by(url, restored.now + timedelta(hours=23)) == []


async def test_a_second_yes_finds_nothing_and_writes_nothing(restored: Office) -> None:
    await release(restored)
    assert set((await release(restored)).values()) == {0}
    (entry,) = await entries(restored)
    assert (entry.actor, entry.action) == ("keeper", "restored texts let go")
    assert (entry.subject, entry.detail) == ("5 texts", {"held": 5})


async def test_what_is_dropped_never_goes_out(restored: Office) -> None:
    gone = await release(restored, is_dropped=True)
    assert gone == {"queued": 0, "expired": 0, "cancelled": 5}
    assert await sent_by(restored.database.url, restored.now + timedelta(hours=23)) == []
    reasons = {row.reason for row in await restored.texts() if row.state == "cancelled"}
    assert reasons == {"dropped after a restore"}
    assert [one.action for one in await entries(restored)] == ["restored texts dropped"]


async def test_what_is_late_expires_instead(restored: Office) -> None:
    later = restored.now + timedelta(hours=13)
    assert await release(restored, now=later) == {"queued": 3, "expired": 2, "cancelled": 0}
    late = [row for row in await restored.texts() if row.state == "expired"]
    assert {row.reason for row in late} == {"too late"}
    assert {row.lane for row in late} == {int(Kind.URGENT.lane)}


async def test_who_wrote_stop_meanwhile_gets_nothing(restored: Office) -> None:
    await restored.say(1, "STOP")
    gone = await release(restored)
    assert gone["queued"] == 2
    texts = [row for row in await restored.texts() if row.state == "queued" and row.broadcast_id]
    assert {row.msisdn for row in texts} == {"+923900000002"}


async def test_a_doubt_that_was_settled_after_a_stop_or_a_cancel_gets_nothing(
    restored: Office,
) -> None:
    """A look-up may hold a text long after STOP has cancelled what was held then."""
    rows = await restored.texts()
    doubted = [row for row in rows if row.state == "uncertain"]
    held = [row for row in rows if row.state == "held" and "2" in row.msisdn[-1]]
    await cancel_broadcast(
        restored.database, doubted[0].broadcast_id, by="Rehmat", now=restored.now
    )
    await restored.say(2, "STOP")

    def hold_again(conn: Any) -> None:
        ids = [doubted[0].id, held[0].id]
        statement = outbox.update().where(outbox.c.id.in_(ids))
        conn.execute(statement.values(state="held", reason="restored"))

    await restored.database.write(hold_again)
    gone = await release(restored)
    assert gone["cancelled"] == 2


async def test_other_networks_have_their_own_entry(restored: Office) -> None:
    other = await Office.open(restored.database, restored.now, "sarang")
    await other.people(person("Gul", 1))
    await other.send()
    await other.database.write(hold_back, restored.now)
    assert (await release(restored))["queued"] == 6
    assert [one.network_id for one in await entries(restored)] == [restored.id, other.id]


async def test_what_is_held_for_the_night_is_not_touched(office: Office) -> None:
    night = office.now + timedelta(hours=10)
    await office.people(person("Gul", 1))
    await office.approve(await office.plan(now=night), now=night)
    assert set((await release(office)).values()) == {0}
    assert await office.states() == ["held"]


async def test_one_network_decides_about_its_own_texts_only(restored: Office) -> None:
    other = await Office.open(restored.database, restored.now, "sarang")
    await other.people(person("Gul", 1))
    await other.send()
    await other.database.write(hold_back, restored.now)
    gone = await release(restored, network_id=other.id, is_dropped=True)
    assert gone == {"queued": 0, "expired": 0, "cancelled": 1}
    assert await restored.database.read(outbox_restored_count, restored.id) == 5
    assert [one.network_id for one in await entries(restored)] == [other.id]
    assert (await release(restored, network_id=restored.id))["queued"] == 5
