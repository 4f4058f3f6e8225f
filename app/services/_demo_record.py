"""One meeting of the demo's file as the record that its General Secretary would have typed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.minutes import DecisionEntry, DecisionState, Item, Owner, Record, ResolutionEntry
from app.services.keep_resolution import LetterFacts

OFFICES = {
    "President": "President",
    "Vice President": "Vice President",
    "Gen Sec": "General Secretary",
    "Finance Sec": "Finance Secretary",
    "Press Sec": "Press Secretary",
}
"""The offices of the Executive Committee as the short texts name them."""
CHAIR = "Rehmat Wali"
THANKS = "The President thanked all who came; the meeting ended with dua."


def record_of(
    one: Mapping[str, Any],
    on: date,
    *,
    units: Mapping[str, int],
    write_date: Callable[[date, str], str],
    follows: tuple[str, datetime | None],
) -> Record:
    """The record of a meeting held on that day.

    `units` are the ids of LSOs by name; `follows` is the label of the meeting whose minutes were
    confirmed in it, and when the next one is.
    """
    confirmed, next_at = follows
    is_met = one["quorum_met"]
    decisions = [_decision(told, on, units) for told in one.get("decision", ())]
    items = [_item(told) for told in one.get("item", ())]
    return Record(
        language="en",
        chair=CHAIR,
        recitation="Bibi Shireen",
        confirms=confirmed if is_met else "",
        items=tuple(items or (Item(title=entry.shorts) for entry in decisions)),
        decisions=tuple(decisions),
        resolutions=tuple(_resolution(told, on) for told in one.get("resolution", ())),
        finance=one.get("finance", {}),
        next_at=next_at,
        next_venue=one["venue"] if next_at is not None else {},
        thanks=THANKS if is_met else "",
        summaries={
            tag: text.replace("{date}", write_date(on, tag)) for tag, text in one["summary"].items()
        },
    )


def state_now(told: Mapping[str, Any]) -> DecisionState:
    """Where a decision stands today; one that is overdue is still in hand."""
    status = told["status"]
    return DecisionState.IN_HAND if status == "overdue" else DecisionState(status)


def letter_of(told: Mapping[str, Any], on: date) -> LetterFacts:
    """What became of a resolution's letter."""
    return LetterFacts(
        letter_no=told["letter_no"],
        sent_on=on + timedelta(days=told["sent_days"]),
        diary_no=told["diary_no"],
        reply_due=on + timedelta(days=told["reply_due_days"]),
        replied_on=on + timedelta(days=told["replied_days"]) if "replied_days" in told else None,
        reply=told.get("reply", ""),
    )


def _decision(told: Mapping[str, Any], on: date, units: Mapping[str, int]) -> DecisionEntry:
    return DecisionEntry(
        no=told["no"],
        texts=told["text"],
        shorts=told.get("short", {}),
        topics=tuple(told["topics"]),
        owner=_owner(told["owner"], units),
        due=on + timedelta(days=told["due_days"]) if "due_days" in told else None,
        restricted=told.get("restricted", ""),
    )


def _owner(words: Mapping[str, str], units: Mapping[str, int]) -> Owner:
    name = words["en"]
    if name in OFFICES:
        return Owner(words, "EC", OFFICES[name])
    if name in units:
        return Owner(words, "LSO", "President", units[name])
    return Owner(words)


def _item(told: Mapping[str, Any]) -> Item:
    return Item(
        title=told["title"],
        said=told["said"],
        carried=told.get("carried", ""),
        restricted=told.get("restricted", ""),
    )


def _resolution(told: Mapping[str, Any], on: date) -> ResolutionEntry:
    return ResolutionEntry(
        no=told["no"],
        titles=told["title"],
        texts=told["text"],
        addressee=told["addressee"],
        reply_due=on + timedelta(days=told["reply_due_days"]),
    )
