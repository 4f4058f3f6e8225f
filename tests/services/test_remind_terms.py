"""Term notices: over two years each term gets its two, once, and whoever left gets none."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.domain import gsm
from app.domain.lint import Severity, lint
from app.services.end_seat import Leaving, Renewal, end_seat, renew_seat
from app.services.remind_terms import remind_terms
from app.services.report_bodies import report_bodies
from app.services.verify_ref import verify_ref
from app.store import journal
from app.store.broadcasts import broadcast, broadcast_text
from app.store.database import Connection
from app.store.networks import network
from tests.factories import Office, catalogue, number, wire
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def remind(office: Office, now: datetime | None = None) -> int:
    return await remind_terms(office.database, catalogue=catalogue(), now=now or office.now)


async def texts(office: Office) -> list[tuple[str, str]]:
    """Number and words of all that went into the outbox."""

    def read(conn: Connection) -> list[tuple[str, str]]:
        words = {
            (row.broadcast_id, row.language): row.body
            for row in conn.execute(select(broadcast_text))
        }
        from tests.factories import every_text

        return [(row.msisdn, words[row.broadcast_id, row.language]) for row in every_text(conn)]

    return await office.database.read(read)


async def refs(office: Office) -> list[Any]:
    statement = select(broadcast).order_by(broadcast.c.id)
    return list(await office.database.read(lambda conn: conn.execute(statement).all()))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 0, tzinfo=UTC)


async def test_two_years_day_by_day_give_exactly_the_expected_notices(office: Office) -> None:
    """Seats from 1 January 2027; Amina is renewed on day 45 before the end, Bilqis leaves."""
    chamber, first = await Chamber.open(office), date(2027, 1, 1)
    office.now, held = noon(first), {}
    for n, (name, unit) in enumerate(
        (("Nusrat", chamber.roshni), ("Amina", chamber.roshni), ("Bilqis", chamber.umeed)), 1
    ):
        person_id = await chamber.person(name, unit)
        await chamber.phone(person_id, n)
        held[name] = await chamber.name(person_id, unit, body="GB")
    last = date(2029, 1, 1)
    sent: dict[str, list[int]] = {name: [] for name in held}
    day = first
    while day <= last + timedelta(days=40):
        before = len(await refs(office))
        if await remind(office, noon(day)):
            for row in (await refs(office))[before:]:
                seat = await chamber.seat(int(row.idem_key[4:].partition(".")[0]))
                name = next(name for name, one in held.items() if one == seat.id)
                sent[name].append((last - day).days)
        if day == last - timedelta(days=45):
            renewal = Renewal(held["Amina"])
            await renew_seat(office.database, office.id, renewal, by="x", now=noon(day))
        if day == last - timedelta(days=100):
            leaving = Leaving(held["Bilqis"])
            await end_seat(office.database, office.id, leaving, by="x", now=noon(day))
        # Far from any end a week at a time is enough, and keeps the test short.
        day += timedelta(days=1 if (last - day).days < 70 else 7 if (last - day).days > 107 else 1)
    assert sent == {"Nusrat": [60, 30], "Amina": [60], "Bilqis": []}
    counted = Counter(to for to, _ in await texts(office))
    assert counted == {number(1): 2, number(2): 1}


async def test_a_notice_goes_to_the_holder_and_to_the_president_of_her_lso(
    chamber: Chamber,
) -> None:
    office = chamber.office
    sadar, _ = await chamber.officer("Sadaf", chamber.roshni, "President", language="ur-Latn")
    await chamber.phone(sadar, 1)
    amina, _ = await chamber.officer(
        "Amina", chamber.dosti, "Manager",
        ends_on=TODAY + timedelta(days=60), language="ur", local_name="آمنہ",
    )  # fmt: skip
    await chamber.phone(amina, 2, whose="family")
    assert await remind(office) == 1
    assert await texts(office) == [
        (
            number(1),
            "Mirkhai: Amina, Manager, VO Dosti, ki muddat 20 Jan ko poori hoti hai. "
            "Agli muddat ke liye naam daftar ko batayein. Ref 1",
        ),
        (number(2), "میرخائی: آمنہ، منیجر، کی مدت 20 جنوری تک۔ اگلا نام دیں۔ Ref 1"),
    ]


async def test_the_president_herself_gets_one(chamber: Chamber) -> None:
    ends_on = TODAY + timedelta(days=20)
    sadar, _ = await chamber.officer("Sadaf", chamber.roshni, "President", ends_on=ends_on)
    await chamber.phone(sadar, 1)
    await remind(chamber.office)
    assert len(await texts(chamber.office)) == 1


async def test_two_people_on_one_phone_get_one(chamber: Chamber) -> None:
    office = chamber.office
    sadar, _ = await chamber.officer("Sadaf", chamber.roshni, "President")
    amina = await chamber.person("Amina", chamber.roshni)
    for person_id in (sadar, amina):
        await chamber.phone(person_id, 1, whose="family")
    await chamber.name(amina, chamber.roshni, body="GB", ends_on=TODAY + timedelta(days=20))
    await remind(office)
    assert len(await texts(office)) == 1


async def test_it_is_sent_once_whoever_asks_and_however_often(chamber: Chamber) -> None:
    office = chamber.office
    await seat(chamber, 25)
    assert [await remind(office) for _ in range(3)] == [1, 0, 0]
    assert len(await texts(office)) == 1


@pytest.mark.parametrize(
    ("days", "notices"), [(61, 0), (60, 1), (31, 1), (30, 1), (1, 1), (0, 1), (-1, 0), (-400, 0)]
)
async def test_what_was_missed_is_made_up_for_by_the_nearest_only(
    chamber: Chamber, days: int, notices: int
) -> None:
    await seat(chamber, days)
    assert await remind(chamber.office) == notices
    assert len(await refs(chamber.office)) == notices


async def seat(chamber: Chamber, days: int, *, standing: str = "active") -> int:
    """A seat whose term ends in so many days, held by somebody with a phone."""
    person_id = await chamber.person("Amina", chamber.roshni)
    await chamber.phone(person_id, 2, standing=standing)
    return await chamber.name(
        person_id,
        chamber.roshni,
        body="GB",
        starts_on=date(2024, 1, 1),
        ends_on=TODAY + timedelta(days=days),
    )


@pytest.mark.parametrize("standing", ["unknown", "alerts", "stopped", "wrong"])
async def test_nobody_is_texted_who_did_not_agree(chamber: Chamber, standing: str) -> None:
    office = chamber.office
    await seat(chamber, 25, standing=standing)
    assert await remind(office) == 0
    assert await texts(office) == []
    # Nothing is spent on it: no Ref, no broadcast; she who agrees later is told then.
    assert await refs(office) == []
    amina = (await chamber.seats())[0].person_id
    await chamber.phone(amina, 7)
    assert await remind(office) == 1


async def test_outside_officers_are_not_reminded(chamber: Chamber) -> None:
    khan, _ = await chamber.officer(
        "Dr Khan", chamber.health, "Doctor", ends_on=TODAY + timedelta(days=10)
    )
    await chamber.phone(khan, 1)
    assert await remind(chamber.office) == 0


async def test_at_night_it_waits_for_the_morning(chamber: Chamber) -> None:
    office = chamber.office
    await seat(chamber, 25)
    await remind(office, datetime(2026, 11, 21, 19, 0, tzinfo=UTC))
    row = (await office.texts())[0]
    assert (row.state, row.reason) == ("held", "quiet")
    assert row.due_at == datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


async def test_a_spent_budget_holds_it_back_until_there_is_room(chamber: Chamber) -> None:
    office = chamber.office
    await seat(chamber, 25)

    def cap(conn: Connection, micro: int) -> None:
        values = {"monthly_cap_micro": micro}
        conn.execute(update(network).where(network.c.id == office.id).values(**values))

    await office.database.write(cap, 1)
    assert await remind(office) == 0
    await office.database.write(cap, 100_000_000)
    assert await remind(office) == 1


async def test_without_an_open_wire_nothing_is_lost(chamber: Chamber) -> None:
    office = chamber.office
    await office.wires(wire(reaches=frozenset({"real"})))
    await seat(chamber, 25)
    assert await remind(office) == 0
    await office.wires(wire())
    assert await remind(office) == 1


async def test_its_ref_is_real_for_who_asks_and_its_words_are_not_public(chamber: Chamber) -> None:
    office = chamber.office
    await seat(chamber, 25)
    await remind(office)
    ref = (await refs(office))[0].ref
    answer = await office.say(2, f"REF {ref}")
    assert "real" in answer.reply or "asli" in answer.reply
    found = await verify_ref(office.database, office.id, ref)
    assert found is not None
    assert (found.is_public, found.texts) == (False, {})
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_the_bodies_page_knows_which_notice_went_out(chamber: Chamber) -> None:
    office = chamber.office
    await seat(chamber, 25)
    before = await report_bodies(office.database, office.id, today=TODAY)
    assert [(one.ref, one.told_at) for one in before.ending] == [(None, None)]
    await remind(office)
    after = await report_bodies(office.database, office.id, today=TODAY)
    assert [(one.ref, one.told_at) for one in after.ending] == [(1, office.now)]


@pytest.mark.parametrize("language", ["en", "ur", "ur-Latn", "sd", "ps", "khw", ""])
async def test_each_text_is_one_segment_with_network_and_ref_and_nothing_forbidden(
    chamber: Chamber, language: str
) -> None:
    office = chamber.office
    await office.database.write(
        lambda conn: conn.execute(
            update(network).where(network.c.id == office.id).values(last_ref=99_998)
        )
    )
    long = "Bibi Zubaida Khatoon Begum " * 4
    for n, post in enumerate(("President", "Vice President", ""), 1):
        person_id = await chamber.person(
            long[:100], chamber.roshni, language=language, local_name="زبیدہ خاتون بیگم " * 4
        )
        await chamber.phone(person_id, n)
        await chamber.name(
            person_id, chamber.roshni, post, body="EC", ends_on=TODAY + timedelta(days=9)
        )
    assert await remind(office) == 3
    for _, body in await texts(office):
        assert gsm.count(body) == 1
        assert body.startswith(("Mirkhai", "میرخائی"))
        assert "Ref " in body
        assert not [one for one in lint(body, language) if one.severity is Severity.STOP]


async def test_each_network_reminds_its_own(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    await seat(chamber, 25)
    await seat(other, 25)
    assert await remind(office) == 2
    assert {row.network_id for row in await office.texts()} == {office.id, other.office.id}
