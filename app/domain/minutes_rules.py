"""What a record must be before it is published; each fault says what to mend."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.domain import gsm
from app.domain.errors import Refusal
from app.domain.minutes import Record

MOST_SUMMARY_SEGMENTS = 1


def faults(record: Record, held_on: date) -> Iterator[Refusal]:
    """All that keeps the record from being published, in the order of the record."""
    yield from _decision_faults(record, held_on)
    yield from _resolution_faults(record, held_on)
    if record.next_at is not None and record.next_at.date() < held_on:
        yield Refusal("next_before_meeting", "The next meeting lies before this one. Correct it.")
    for tag, text in record.summaries.items():
        count = gsm.count(text)
        if count > MOST_SUMMARY_SEGMENTS:
            yield Refusal(
                "summary_too_long",
                "The {language} summary needs {count} texts, not one.",
                language=tag,
                count=count,
            )


def _decision_faults(record: Record, held_on: date) -> Iterator[Refusal]:
    for no in _twice([one.no for one in record.decisions]):
        yield Refusal("decision_twice", "Decision {no} stands twice in these minutes.", no=no)
    for one in record.decisions:
        if not any(one.texts.values()):
            yield Refusal("decision_empty", "Decision {no} has no words.", no=one.no)
        if one.due is not None and one.due < held_on:
            yield Refusal(
                "due_before_meeting",
                "Decision {no} is due on {due}, before the meeting of {held}. Correct the date.",
                no=one.no,
                due=one.due.isoformat(),
                held=held_on.isoformat(),
            )


def _resolution_faults(record: Record, held_on: date) -> Iterator[Refusal]:
    for no in _twice([one.no for one in record.resolutions]):
        yield Refusal("resolution_twice", "Resolution {no} stands twice in these minutes.", no=no)
    for one in record.resolutions:
        if not any(one.texts.values()):
            yield Refusal("resolution_empty", "Resolution {no} has no words.", no=one.no)
        if not any(one.addressee.values()) and one.seat_id is None:
            yield Refusal(
                "addressee_missing",
                "Resolution {no} names nobody. Write the post that it goes to.",
                no=one.no,
            )
        if one.reply_due is not None and one.reply_due < held_on:
            yield Refusal(
                "reply_before_meeting",
                "The answer to resolution {no} is due before the meeting of {held}. "
                "Correct the date.",
                no=one.no,
                held=held_on.isoformat(),
            )


def _twice(numbers: Sequence[int]) -> list[int]:
    return sorted({no for no in numbers if numbers.count(no) > 1})
