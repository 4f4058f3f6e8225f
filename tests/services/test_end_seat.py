"""A seat ends on the day its holder leaves, a term is renewed, and the rank always follows."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.institution import rank_of
from app.services.end_seat import Leaving, Renewal, end_seat, renew_seat
from app.services.hand_over import Handover, hand_over
from app.store.database import Database
from app.store.migrate import upgrade
from tests.factories import Office
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def end(chamber: Chamber, seat_id: int, left_on: date | None = None) -> None:
    office = chamber.office
    await end_seat(office.database, office.id, Leaving(seat_id, left_on), by="x", now=office.now)


async def renew(chamber: Chamber, seat_id: int, **days: date) -> int:
    office, renewal = chamber.office, Renewal(seat_id, **days)
    return await renew_seat(office.database, office.id, renewal, by="x", now=office.now)


async def test_whoever_leaves_has_no_rank_any_more_and_the_history_stays(chamber: Chamber) -> None:
    nusrat, president = await chamber.officer(
        "Nusrat", chamber.roshni, "President", starts_on=date(2025, 1, 1)
    )
    general_body = await chamber.name(nusrat, chamber.roshni, body="GB")
    await end(chamber, general_body)
    assert await chamber.rank(nusrat) == 2
    await end(chamber, president, date(2026, 11, 1))
    assert await chamber.rank(nusrat) == 9
    assert [row.left_on for row in await chamber.seats()] == [date(2026, 11, 1), TODAY]
    assert (await chamber.acts())[-2:] == ["seat ended", "seat ended"]


async def test_a_day_that_cannot_be_is_refused(chamber: Chamber) -> None:
    _, seat_id = await chamber.officer(
        "Nusrat", chamber.roshni, "President", starts_on=date(2026, 6, 1)
    )
    with pytest.raises(Refusal, match="2026-05-31 is before the term began, which was 2026-06-01"):
        await end(chamber, seat_id, date(2026, 5, 31))
    with pytest.raises(Refusal, match="2026-11-22 is still to come"):
        await end(chamber, seat_id, date(2026, 11, 22))
    await end(chamber, seat_id, date(2026, 6, 1))
    with pytest.raises(Refusal, match="no such seat, or it was left already"):
        await end(chamber, seat_id)
    with pytest.raises(Refusal, match="no such seat"):
        await renew(chamber, seat_id)


async def test_a_new_term_follows_the_old_one_without_a_gap(chamber: Chamber) -> None:
    nusrat, old = await chamber.officer(
        "Nusrat", chamber.roshni, "", body="GB", starts_on=date(2025, 1, 10)
    )
    new = await renew(chamber, old)
    before, after = await chamber.seat(old), await chamber.seat(new)
    assert (before.ends_on, before.left_on) == (date(2027, 1, 10), date(2027, 1, 10))
    assert (after.starts_on, after.ends_on) == (date(2027, 1, 10), date(2029, 1, 10))
    assert (after.person_id, after.post, after.left_on) == (nusrat, "Member", None)
    assert await chamber.rank(nusrat) == 1


async def test_a_term_that_passed_is_renewed_from_today(chamber: Chamber) -> None:
    _, old = await chamber.officer(
        "Nusrat", chamber.roshni, "", body="GB", starts_on=date(2024, 1, 10)
    )
    row = await chamber.seat(await renew(chamber, old))
    assert (row.starts_on, row.ends_on) == (TODAY, date(2028, 11, 21))


async def test_where_no_rule_says_how_long_it_is_as_long_as_before(chamber: Chamber) -> None:
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    _, yearly = await chamber.officer("Nusrat", chamber.roshni, "President", **days)
    assert (await chamber.seat(await renew(chamber, yearly))).ends_on == date(2027, 12, 30)
    _, open_end = await chamber.officer("Amina", chamber.roshni, "General Secretary")
    assert (await chamber.seat(await renew(chamber, open_end))).ends_on is None
    _, told = await chamber.officer("Bilqis", chamber.dosti, "President", **days)
    row = await chamber.seat(await renew(chamber, told, ends_on=date(2027, 6, 1)))
    assert (row.starts_on, row.ends_on) == (date(2026, 12, 31), date(2027, 6, 1))


async def test_seats_of_another_network_are_not_there(chamber: Chamber) -> None:
    office = chamber.office
    other = await Chamber.open(await Office.open(office.database, office.now, "sarang"))
    _, theirs = await other.officer("Zahida", other.roshni, "President")
    with pytest.raises(Refusal, match="no such seat"):
        await end(chamber, theirs)
    with pytest.raises(Refusal, match="no such seat"):
        await renew(chamber, theirs)
    assert (await chamber.seat(theirs)).left_on is None


PLACES = (("lson", "", "EC"), ("roshni", "", "GB"), ("roshni", "President", ""),
          ("dosti", "Manager", ""), ("health", "Doctor", ""))  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("name", "end", "renew", "hand over")),
        st.integers(0, 2),
        st.integers(0, len(PLACES) - 1),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def property_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("ranks") / "munadi.db"
    upgrade(f"sqlite:///{path}")
    return f"sqlite:///{path}"


async def walk(chamber: Chamber, steps: list[tuple[str, int, int]]) -> None:
    """Take steps in any order; those that are refused change nothing. Ranks hold after each."""
    everybody = [await chamber.person(f"Person {n}") for n in range(3)]
    for what, who, where in steps:
        unit, post, body = PLACES[where]
        held = [row for row in await chamber.seats() if row.left_on is None]
        held = [row for row in held if row.network_id == chamber.office.id]
        seat = held[where % len(held)].id if held else 0
        try:
            if what == "name":
                await chamber.name(everybody[who], getattr(chamber, unit), post, body=body)
            elif what == "end":
                await end(chamber, seat)
            elif what == "renew":
                await renew(chamber, seat)
            else:
                await pass_on(chamber, seat, everybody[who])
        except Refusal:
            pass
        await check_ranks(chamber, everybody)


async def pass_on(chamber: Chamber, seat: int, person_id: int) -> Any:
    office, change = chamber.office, Handover(seat, person_id)
    return await hand_over(office.database, office.id, change, by="x", now=office.now)


async def check_ranks(chamber: Chamber, everybody: list[int]) -> None:
    rows = await chamber.seats()
    for person_id in everybody:
        mine = [row for row in rows if row.person_id == person_id and row.left_on is None]
        assert await chamber.rank(person_id) == min((rank_of(r.body) for r in mine), default=9)
        assert len({(row.body, row.unit_id) for row in mine}) == len(mine)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=STEPS)
async def test_the_rank_is_the_best_of_the_seats_whatever_happened(
    property_url: str, steps: list[tuple[str, int, int]]
) -> None:
    now = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    async with Database(property_url) as database:
        slug = f"n{await database.read(_networks)}"
        await walk(await Chamber.open(await Office.open(database, now, slug)), steps)


def _networks(conn: Any) -> int:
    from app.store.networks import every

    return len(every(conn))
