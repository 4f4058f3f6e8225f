"""The record of a meeting goes into JSON and comes back whole; what cannot be read is named."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.minutes import DecisionEntry, DecisionState, Item, Owner, Record, ResolutionEntry
from app.domain.minutes_form import Gap, from_json, gaps, letters, to_json

TAGS = st.sampled_from(["en", "ur", "ur-Latn", "sd", "ps"])
ANY = st.text(max_size=40)
PLAIN = st.text("abc پانی 12", min_size=1, max_size=20).map(lambda t: " ".join(t.split()) or "x")


def words(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(TAGS, text, max_size=3)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def records(text: st.SearchStrategy[str]) -> st.SearchStrategy[Record]:
    days = st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))
    ids = st.none() | st.integers(1, 2**63 - 1)
    items = st.builds(Item, words(text), words(text), text, text)
    owners = st.builds(Owner, words(text), st.sampled_from(["", "EC", "HEALTH"]), text, ids)
    decisions = st.builds(
        DecisionEntry,
        no=st.integers(1, 999),
        texts=words(text),
        shorts=words(text),
        topics=st.lists(st.sampled_from(["water", "ToP"]), unique=True).map(tuple),
        owner=owners,
        due=days,
        state=st.sampled_from(DecisionState),
        restricted=text,
    )
    resolutions = st.builds(
        ResolutionEntry,
        no=st.integers(1, 999),
        titles=words(text),
        texts=words(text),
        addressee=words(text),
        seat_id=ids,
        reply_due=days,
    )
    return st.builds(
        Record,
        language=st.just("") | TAGS,
        chair=text,
        recitation=text,
        confirms=text,
        items=st.lists(items, max_size=2).map(tuple),
        decisions=st.lists(decisions, max_size=2).map(tuple),
        resolutions=st.lists(resolutions, max_size=2).map(tuple),
        finance=words(text),
        next_at=st.none() | st.integers(10**9, 4 * 10**9).map(moment),
        next_venue=words(text),
        thanks=text,
        summaries=words(text),
        restricted=text,
    )


def trip(record: Record) -> Record:
    return from_json(json.loads(json.dumps(to_json(record))))


@given(records(PLAIN))
def test_a_record_in_plain_words_comes_back_as_it_was(record: Record) -> None:
    assert trip(record) == record


@given(records(ANY))
def test_a_record_in_any_words_is_the_same_from_its_first_keeping_on(record: Record) -> None:
    try:
        kept = trip(record)
    except Refusal:
        return
    assert trip(kept) == kept


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"decision": []}, "the minutes, decision is nothing that minutes have"),
    ({"decisions": [{"no": 1}, {"no": "2"}]}, "decision 2, no must be a number from 1 to 999"),
    ({"decisions": [{"no": True}]}, "decision 1, no must be a number"),
    ({"decisions": ["x"]}, "decision 1 must be an object"),
    ({"decisions": {}, "items": "x"}, "the minutes, items must be a list"),
    ({"decisions": [{"no": 1, "due": "14 March"}]}, "decision 1, due is no day"),
    ({"decisions": [{"no": 1, "due": "0001-01-01"}]}, "must lie between the years 1980 and 2100"),
    ({"decisions": [{"no": 1, "state": "open"}]}, "decision 1, state must be one of: recommended"),
    ({"decisions": [{"no": 1, "topics": ["two words"]}]}, "single words"),
    ({"decisions": [{"no": 1, "text": {"English!": "x"}}]}, "names no language"),
    ({"decisions": [{"no": 1, "text": "x"}]}, "must hold words by language"),
    ({"decisions": [{"no": 1, "text": {"en": 5}}]}, "decision 1, text must be words"),
    ({"decisions": [{"no": 1, "short": {"en": "x" * 61}}]}, "has 61 letters; at most 60 fit"),
    ({"decisions": [{"no": 1, "owner": {"unit_id": 0}}]}, "decision 1, unit_id must be a number"),
    ({"decisions": [{"no": 1}] * 201}, "at most 200"),
    ({"next_at": "2026-03-14T10:00"}, "is no time with its zone"),
    ({"language": "Urdu language"}, "names no language"),
    ({"items": [{"title": {"en": "x"}, "said": {"en": "x" * 99_000}}] * 5}, "about 248 pages"),
]


@pytest.mark.parametrize(("told", "sentence"), FAULTS)
def test_what_is_no_record_is_named_with_its_place(told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_json(told)
    assert sentence in str(refused.value)


def test_two_hundred_pages_are_kept() -> None:
    said = [{"said": {"en": "x" * 100_000}}] * 4
    assert letters(from_json({"items": said})) == 400_000


def test_pasted_word_and_html_leave_only_their_words() -> None:
    told = '<p class="MsoNormal">Pani&nbsp;ki <b>line</b><o:p></o:p></p><p>5 &lt; 6</p>'
    record = from_json({"items": [{"said": {"en": told}, "title": {"en": "a < b and c > d"}}]})
    assert record.items[0].said == {"en": "Pani ki line\n\n5 < 6"}
    assert record.items[0].title == {"en": "a < b and c > d"}


def test_languages_without_words_are_listed_in_the_order_of_the_record() -> None:
    record = Record(
        decisions=(DecisionEntry(2, {"ur": "پانی", "en": " "}, {"ur": "پانی", "en": "w"}),),
        resolutions=(ResolutionEntry(1, {"en": "t", "ur": "t"}, {"en": "t", "ur": "t"}),),
        summaries={"ur": "x", "en": "x"},
    )
    assert gaps(record, ["ur"]) == ()
    assert gaps(record, ["ur", "en"]) == (Gap("decision", 2, "text", "en"),)
    assert [gap.what for gap in gaps(record, ["sd"])] == [
        "decision",
        "decision",
        "resolution",
        "resolution",
        "summary",
    ]
