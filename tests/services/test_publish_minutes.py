"""Minutes are written down once; from then on members can ask for them."""

from typing import Any

import pytest

from app.domain.errors import Refusal
from app.services.publish_minutes import DecisionDraft
from app.store import meetings
from tests.factories import Office

WORDS = {"ur-Latn": {"text": "Sarak.", "short": "sarak"}}


async def test_published_minutes_are_told_at_once_and_the_meeting_is_held(office: Office) -> None:
    await office.meeting()
    assert "pani" not in (await office.say(1, "KARWAI")).reply
    await office.minutes()
    assert "pani" in (await office.say(1, "KARWAI")).reply
    row = await office.database.read(meetings.meeting_by_label, office.id, "EC", "14")
    assert row.state == "held"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"label": "99"}, "no_meeting"),
        ({"summaries": {"en": "x" * 161}}, "summary_too_long"),
        ({"summaries": {"ur": "ک" * 71}}, "summary_too_long"),
        ({"decisions": [DecisionDraft(1, WORDS), DecisionDraft(1, WORDS)]}, "decision_twice"),
        ({"decisions": [DecisionDraft(1, {})]}, "decision_empty"),
    ],
)
async def test_what_are_no_minutes_is_refused_and_nothing_is_kept(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    meeting_id = await office.meeting()
    with pytest.raises(Refusal) as refused:
        await office.minutes(**changes)
    assert refused.value.code == code
    assert await office.database.read(meetings.minutes_of, meeting_id) is None


async def test_a_meeting_has_its_minutes_once(office: Office) -> None:
    await office.meeting()
    await office.minutes()
    with pytest.raises(Refusal, match="has minutes already"):
        await office.minutes()


async def test_restricted_minutes_are_not_told_to_strangers(office: Office) -> None:
    await office.meeting()
    await office.minutes(is_restricted=True)
    assert "pani" not in (await office.say(1, "KARWAI")).reply
