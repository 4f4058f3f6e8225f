"""What keeps minutes from being published is said before anything goes out."""

from datetime import UTC, date, datetime

import pytest

from app.domain.minutes import DecisionEntry, Record, ResolutionEntry
from app.domain.minutes_rules import faults

HELD = date(2026, 10, 12)
WORDS = {"en": "Water line."}
TO = {"en": "Deputy Commissioner"}


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (Record(decisions=(DecisionEntry(1, WORDS), DecisionEntry(1, WORDS))), "decision_twice"),
        (Record(decisions=(DecisionEntry(1, {}),)), "decision_empty"),
        (
            Record(decisions=(DecisionEntry(1, WORDS, due=date(2026, 10, 11)),)),
            "due_before_meeting",
        ),
        (
            Record(resolutions=(ResolutionEntry(1, texts=WORDS, addressee=TO),) * 2),
            "resolution_twice",
        ),
        (Record(resolutions=(ResolutionEntry(1, addressee=TO),)), "resolution_empty"),
        (Record(resolutions=(ResolutionEntry(1, texts=WORDS),)), "addressee_missing"),
        (
            Record(
                resolutions=(
                    ResolutionEntry(1, texts=WORDS, addressee=TO, reply_due=date(2026, 1, 1)),
                )
            ),
            "reply_before_meeting",
        ),
        (Record(next_at=datetime(2026, 10, 1, tzinfo=UTC)), "next_before_meeting"),
        (Record(summaries={"en": "x" * 161}), "summary_too_long"),
        (Record(summaries={"ur": "ک" * 71}), "summary_too_long"),
    ],
)
def test_each_fault_has_its_name(record: Record, code: str) -> None:
    assert [fault.code for fault in faults(record, HELD)] == [code]


def test_a_record_on_its_last_letters_has_no_fault() -> None:
    record = Record(
        decisions=(DecisionEntry(1, WORDS, due=HELD), DecisionEntry(2, WORDS)),
        resolutions=(ResolutionEntry(1, texts=WORDS, seat_id=3, reply_due=HELD),),
        summaries={"en": "x" * 160, "ur": "ک" * 70},
        next_at=datetime(2026, 11, 9, tzinfo=UTC),
    )
    assert list(faults(record, HELD)) == []
