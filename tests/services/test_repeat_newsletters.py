"""Newsletters that make themselves: every week or month, and never an empty one."""

from datetime import date, timedelta

import pytest

from app.domain.errors import Refusal
from app.services.make_newsletter import Wish
from app.services.repeat_newsletters import (
    keep_rule,
    list_rules,
    next_after,
    repeat_newsletters,
)
from app.services.show_newsletters import list_newsletters
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom


async def keep(room: Newsroom, **wish: object) -> None:
    await keep_rule(room.database, room.office.id, Wish(**wish), by=room.sajida, now=room.now)


async def test_a_weekly_one_is_made_on_its_day_and_not_before(office: Office) -> None:
    room = Newsroom(office)
    await keep(room, period="weekly", audience="ec")
    await room.agreed_story()
    assert await repeat_newsletters(office.database, catalogue=catalogue(), now=room.now) == 0
    due = room.now + timedelta(days=7)
    assert await repeat_newsletters(office.database, catalogue=catalogue(), now=due) == 1
    assert await repeat_newsletters(office.database, catalogue=catalogue(), now=due) == 0
    (issue,) = (await list_newsletters(office.database, office.id)).lines
    assert (issue.period, issue.audience, issue.state) == ("weekly", "ec", "draft")


async def test_with_nothing_new_none_is_made_and_the_rule_says_so(office: Office) -> None:
    room = Newsroom(office)
    await keep(room, period="weekly")
    due = room.now + timedelta(days=7)
    assert await repeat_newsletters(office.database, catalogue=catalogue(), now=due) == 0
    (rule,) = await list_rules(office.database, office.id)
    assert rule.said.startswith("Nothing new since")
    assert rule.next_on == date(2026, 12, 5)


async def test_a_choice_has_one_rule_and_by_hand_ends_it(office: Office) -> None:
    room = Newsroom(office)
    await keep(room, period="weekly")
    await keep(room, period="monthly")
    await keep(room, period="monthly", topics=("water",))
    assert [(one.choice, one.period) for one in await list_rules(office.database, office.id)] == [
        ("", "monthly"),
        ("water", "monthly"),
    ]
    await keep(room, period="hand")
    assert [one.choice for one in await list_rules(office.database, office.id)] == ["water"]


def test_a_month_s_next_one_is_on_the_first() -> None:
    assert next_after("monthly", date(2026, 1, 31)) == date(2026, 2, 1)
    assert next_after("monthly", date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_after("weekly", date(2026, 12, 28)) == date(2027, 1, 4)


async def test_a_rule_is_kept_for_own_units_and_real_topics_only(office: Office) -> None:
    room = Newsroom(office)
    for wish, code in (({"unit_id": 987654}, "not_found"), ({"topics": ("a b",)}, "topic")):
        with pytest.raises(Refusal) as refused:
            await keep(room, period="weekly", **wish)
        assert refused.value.code == code
    await keep(room, period="weekly", topics=("Water",))
    assert [one.choice for one in await list_rules(office.database, office.id)] == ["water"]
