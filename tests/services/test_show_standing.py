"""What pages show of standing texts: the next days, what waits, what did not go."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import Refusal
from app.services.show_standing import (
    StandingToday,
    list_standing,
    read_item,
    read_standing,
    standing_today,
)
from tests.factories import Office, person
from tests.services.standing_texts import kept, run, running, runs, starters

SUNDAY = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


async def today(office: Office, name: str, *, may_approve: bool = True) -> StandingToday:
    return await standing_today(
        office.database,
        office.id,
        account_id=office.officers[name],
        may_approve=may_approve,
        now=office.now,
    )


async def test_the_first_page_tells_who_may_agree_and_nobody_else(office: Office) -> None:
    waits = await kept(office)
    assert (await today(office, "Rehmat")).to_approve == ((waits, "Fees"),)
    assert (await today(office, "Sajida")).to_approve == ()
    assert (await today(office, "Rehmat", may_approve=False)).to_approve == ()


async def test_items_are_missed_only_once_their_series_runs(office: Office) -> None:
    ids = await starters(office, reviewed=1)
    assert (await today(office, "Rehmat")).unreviewed == 0
    await running(office, texts={}, series="awareness")
    assert (await today(office, "Rehmat")).unreviewed == len(ids) - 1


async def test_what_did_not_go_is_told_for_a_week(office: Office) -> None:
    alone = await running(office, audience="women")
    await run(office, SUNDAY)
    office.now = SUNDAY
    ((told_id, name, day),) = (await today(office, "Sajida")).dropped
    assert (told_id, name, day.on, day.reason) == (alone, "Fees", date(2026, 11, 22), "nobody")
    office.now = SUNDAY + timedelta(days=8)
    assert (await today(office, "Sajida")).dropped == ()


async def test_the_list_shows_the_last_day_and_the_next_and_only_ones_own(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    await kept(office, name="Another")
    await run(office, SUNDAY)
    (made,) = await runs(office, weekly)
    first, second = await list_standing(office.database, office.id, now=SUNDAY)
    assert (first.id, first.last, first.next_at) == (weekly, made, SUNDAY + timedelta(days=7))
    assert made.ref == 1
    assert (second.name, second.last, second.next_at) == ("Another", None, None)
    other = await Office.open(office.database, office.now, slug="sarang")
    assert await list_standing(office.database, other.id, now=SUNDAY) == ()
    for read in (read_standing, read_item):
        with pytest.raises(Refusal):
            await read(office.database, other.id, weekly, now=SUNDAY)
