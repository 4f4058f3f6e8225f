"""The record reads as it was kept, and each revision as it was published, whatever came later."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.domain.errors import Refusal
from app.domain.minutes import DecisionEntry, DecisionState, Record
from app.domain.minutes_form import to_json
from app.services.read_minutes import list_revisions, read_record, read_revision
from app.store.meetings import minutes, minutes_revision
from tests.factories import Office
from tests.services.written import WATER, Book

NUMBERS = count(20)
WORDS = st.text("abc پانی", min_size=1, max_size=9).map(lambda text: " ".join(text.split()) or "x")
ENTRIES = st.builds(
    DecisionEntry,
    no=st.integers(1, 4),
    texts=st.dictionaries(st.sampled_from(["en", "ur"]), WORDS, min_size=1),
    state=st.sampled_from(DecisionState),
)
RECORDS = st.lists(ENTRIES, max_size=4, unique_by=lambda one: one.no).map(
    lambda entries: Record(decisions=tuple(entries))
)


async def revision(office: Office, meeting_id: int, no: int) -> Record:
    return (await read_revision(office.database, office.id, meeting_id, no)).record


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS, min_size=1, max_size=4))
async def test_every_revision_stays_and_decisions_are_those_of_the_newest(
    office: Office, records: list[Record]
) -> None:
    book = Book(office)
    meeting_id = await book.meeting(next(NUMBERS))
    published: list[Record] = []
    ids: dict[int, int] = {}
    for record in records:
        await book.keep(meeting_id, record)
        no = await book.publish(meeting_id)
        if not published or to_json(published[-1]) != to_json(record):
            published.append(record)
        assert no == len(published)
        rows = await book.rows(meeting_id)
        standing = {one.no for one in record.decisions}
        assert all(row.status == "dropped" for row in rows if row.no not in standing)
        assert all(ids.setdefault(row.no, row.id) == row.id for row in rows)
        assert {row.no for row in rows} == set(ids)
    for no, record in enumerate(published, 1):
        assert await revision(office, meeting_id, no) == record


async def test_revisions_are_listed_with_who_published_them(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER)
    await book.written(meeting_id, replace(WATER, due=office.now.date()))
    listed = await list_revisions(office.database, office.id, meeting_id)
    assert [(one.no, one.by) for one in listed] == [(1, "Nusrat"), (2, "Nusrat")]


async def test_who_came_stays_as_it_was_in_an_old_revision(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.attend(meeting_id, await book.members("Zarmina"))
    await book.written(meeting_id)
    await book.attend(meeting_id, [])
    await book.publish(meeting_id)
    old = await read_revision(office.database, office.id, meeting_id, 1)
    assert [one.name for one in old.attendees] == ["Zarmina"]
    assert (old.present, old.women) == (1, 1)


async def test_minutes_of_the_version_before_read_from_their_rows(office: Office) -> None:
    await office.meeting()
    await office.minutes(decisions=[])
    book = Book(office)
    meeting_id = await book.meeting(15)
    await book.written(meeting_id, WATER)

    def as_before(conn: object) -> None:
        conn.execute(minutes_revision.delete())
        conn.execute(update(minutes).values(content={}, version=0, revision=0))

    await office.database.write(as_before)
    found = await book.read(meeting_id)
    assert (found.record.decisions[0].texts, found.revision) == (WATER.texts, 1)
    assert await revision(office, meeting_id, 1) == found.record
    await book.keep(meeting_id, replace(found.record, thanks="Dua"))
    assert await book.publish(meeting_id) == 2


async def test_what_is_not_there_is_said(office: Office) -> None:
    other = Book(await Office.open(office.database, office.now, "sarang"))
    foreign, meeting_id = await other.meeting(), await Book(office).meeting()
    for asked in (foreign, 999_999):
        with pytest.raises(Refusal) as refused:
            await read_record(office.database, office.id, asked)
        assert refused.value.code == "not_found"
    with pytest.raises(Refusal, match="EC 14 have no revision 1"):
        await revision(office, meeting_id, 1)
    assert await list_revisions(office.database, office.id, meeting_id) == ()
