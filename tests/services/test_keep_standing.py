"""Standing texts: agreed to by a second person as they are, and again after every change."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.keep_standing import (
    Consenter,
    approve_standing,
    keep_standing,
    leave_out_next,
    stop_standing,
)
from app.services.keep_story import Writer
from app.store.journal import journal
from tests.factories import Office, catalogue, person
from tests.services.standing_texts import EVERY_SUNDAY, agreed, kept, running, shown, starters


async def code_of(work: Awaitable[Any]) -> str:
    with pytest.raises(Refusal) as told:
        await work
    return told.value.code


async def consent(office: Office, standing_id: int, name: str, **changes: Any) -> str:
    """The code of the refusal that an officer gets who agrees."""
    by = Consenter(name, office.officers.get(name), (await shown(office, standing_id)).hash)
    return await code_of(
        approve_standing(
            office.database,
            changes.pop("network_id", office.id),
            standing_id,
            by=replace(by, **changes),
            now=office.now,
        )
    )


async def test_it_runs_from_its_next_day_once_somebody_else_agreed_to_what_they_saw(
    office: Office,
) -> None:
    text = await kept(office)
    assert ((await shown(office, text)).state, (await shown(office, text)).next_at) == (
        "planned",
        None,
    )
    assert await consent(office, text, "Sajida") == "own_text"
    assert await consent(office, text, "keeper") == "not_allowed"
    assert await consent(office, text, "Rehmat", hash="0" * 16) == "plan_changed"
    other = await Office.open(office.database, office.now, slug="sarang")
    assert await consent(office, text, "Rehmat", network_id=other.id) == "not_found"
    for _ in range(2):
        await agreed(office, text)
    found = await shown(office, text)
    assert (found.state, found.approver, found.days[0]) == (
        "running",
        "Rehmat",
        date(2026, 11, 22),
    )
    assert await consent(office, text, "Nusrat") == "not_planned"
    rows = await office.database.read(lambda conn: conn.execute(select(journal)).all())
    actions = [(row.actor, row.action) for row in rows if row.action.startswith("standing")]
    assert actions == [("Sajida", "standing text kept"), ("Rehmat", "standing text approved")]


async def test_a_change_has_to_be_agreed_to_again_but_another_name_has_not(
    office: Office,
) -> None:
    text = await running(office)
    await kept(office, standing_id=text, name="Fees, Sundays")
    found = await shown(office, text)
    assert (found.name, found.state) == ("Fees, Sundays", "running")
    changes: list[dict[str, Any]] = [
        {"texts": {"ur-Latn": "Fees ka din nahi hai."}},
        {"audience": "ec"},
        {"rule": "every Monday"},
        {"clock": "11:00"},
        {"kind": "news"},
        {"ends_on": date(2027, 1, 1)},
    ]
    for change in changes:
        await kept(office, standing_id=text, **change)
        found = await shown(office, text)
        assert (found.state, found.approver, found.next_at) == ("planned", "", None), change
        await agreed(office, text)
    await kept(office, standing_id=text)
    assert (await shown(office, text)).state == "planned"


async def test_a_stopped_one_begins_again_only_when_somebody_agrees(office: Office) -> None:
    text = await running(office)
    for _ in range(2):
        await stop_standing(office.database, office.id, text, by="Nusrat", now=office.now)
    assert (await shown(office, text)).state == "stopped"
    assert await consent(office, text, "Rehmat") == "not_planned"
    await kept(office, standing_id=text)
    assert (await shown(office, text)).state == "planned"


async def test_only_the_next_day_can_be_left_out(office: Office) -> None:
    text = await running(office)
    sunday = date(2026, 11, 22)

    def leave_out(on: date, network_id: int = office.id) -> Awaitable[None]:
        return leave_out_next(office.database, network_id, text, on, by="Nusrat", now=office.now)

    assert await code_of(leave_out(sunday + timedelta(days=7))) == "changed"
    assert await code_of(leave_out(sunday, 999)) == "not_found"
    for _ in range(2):
        await leave_out(sunday)
    assert (await shown(office, text)).days[0] == date(2026, 11, 29)
    assert (await shown(office, text)).state == "running"


async def test_what_cannot_go_is_refused_and_nothing_is_kept(office: Office) -> None:
    await office.people(person("Gul", 1))
    wrong: dict[str, list[dict[str, Any]]] = {
        "name": [{"name": "  "}],
        "kind": [{"kind": "urgent"}, {"kind": "drum"}],
        "audience_unknown": [{"audience": "nobody at all"}],
        "text_empty": [{"texts": {}}, {"series": "awareness"}],
        "series": [{"texts": {}, "series": "awareness"}],
        "text_lint": [{"texts": {"en": "See http://example.org"}}],
        "text_too_long": [{"texts": {"en": "word " * 200}}],
        "language": [{"texts": {"xx": "Come"}}],
        "hour": [{"clock": "25:00"}, {"clock": ""}],
        "ends": [{"ends_on": date(2026, 11, 20)}],
    }
    for code, changes in wrong.items():
        for change in changes:
            assert await code_of(kept(office, **change)) == code, change
    assert await code_of(kept(office, rule="whenever it rains"))
    assert await code_of(kept(office, standing_id=7)) == "not_found"
    text = await kept(office)
    other = await Office.open(office.database, office.now, slug="sarang")
    taken = keep_standing(
        office.database,
        other.id,
        EVERY_SUNDAY,
        catalogue=catalogue(),
        by=Writer("Sajida"),
        now=office.now,
        standing_id=text,
    )
    assert await code_of(taken) == "not_found"


async def test_a_rule_without_a_day_to_come_is_not_agreed_to(office: Office) -> None:
    text = await kept(office, ends_on=date(2026, 11, 21))
    assert await consent(office, text, "Rehmat") == "no_day"


async def test_a_series_needs_an_item_that_is_not_put_away(office: Office) -> None:
    await starters(office)
    text = await kept(office, texts={}, series="awareness")
    await agreed(office, text)
    assert (await shown(office, text)).state == "running"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("second Sunday", [date(2026, 12, 13), date(2027, 1, 10)]),
        ("har jumerat", [date(2026, 11, 26), date(2026, 12, 3)]),
        ("FREQ=MONTHLY;BYMONTHDAY=5", [date(2026, 12, 5), date(2027, 1, 5)]),
    ],
)
async def test_days_are_said_as_people_say_them(
    office: Office, words: str, days: list[date]
) -> None:
    text = await kept(office, rule=words)
    assert list((await shown(office, text)).days[:2]) == days
