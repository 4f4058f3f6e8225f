"""A draft is kept as it is typed, for its author alone."""

import pytest

from app.domain.errors import Refusal
from app.services.keep_draft import Typed, drop_draft, keep_draft, read_draft
from app.store import drafts
from tests.factories import Office


def typed(office: Office, officer: str, **fields: str) -> Typed:
    return Typed("key", office.id, office.officers[officer], fields)


async def test_the_newest_words_are_kept(office: Office) -> None:
    for words in ("a", "b"):
        await keep_draft(office.database, typed(office, "Sajida", who=words), now=office.now)
    row = await read_draft(office.database, "key", office.officers["Sajida"])
    assert row is not None
    assert row.fields == {"who": "b"}


async def test_nobody_reads_changes_or_drops_anothers_draft(office: Office) -> None:
    await keep_draft(office.database, typed(office, "Sajida", who="a"), now=office.now)
    with pytest.raises(Refusal) as refused:
        await keep_draft(office.database, typed(office, "Rehmat", who="x"), now=office.now)
    assert refused.value.code == "not_found"
    assert await read_draft(office.database, "key", office.officers["Rehmat"]) is None
    await drop_draft(office.database, "key", office.officers["Rehmat"])
    row = await read_draft(office.database, "key", office.officers["Sajida"])
    assert row is not None
    assert row.fields == {"who": "a"}


async def test_a_dropped_draft_is_gone_and_only_waiting_ones_are_listed(office: Office) -> None:
    author = office.officers["Sajida"]
    for key in ("one", "two"):
        draft = Typed(key, office.id, author, {"who": key})
        await keep_draft(office.database, draft, now=office.now)
    await drop_draft(office.database, "one", author)
    found = await office.database.read(
        lambda conn: drafts.waiting(conn, office.id, author, limit=9)
    )
    assert [row.key for row in found] == ["two"]


async def test_more_than_any_text_may_have_is_refused(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await keep_draft(office.database, typed(office, "Sajida", who="x" * 5001), now=office.now)
    assert refused.value.code == "too_long"
