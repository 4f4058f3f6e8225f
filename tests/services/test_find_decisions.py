"""Decisions found by number, by topic and by words in any writing, each reader seeing his own."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from app.services.find_decisions import Question, find_decisions, settle_search
from app.services.publish_minutes import DecisionDraft
from app.services.show_register import DecisionLine
from app.store import backup, decision_index
from app.store.database import Connection, Database, sqlite_path
from tests.factories import Office, vocabulary
from tests.services import spelling_variants
from tests.services.decided import decide, filler
from tests.services.three_meetings import DAY, ROAD, three_meetings, withdraw


async def book(office: Office) -> None:
    await three_meetings(office)
    await settle_search(office.database)


async def search(office: Office, words: str, **changes: object) -> list[str]:
    return [line.code for line in await lines(office, words, **changes)]


async def lines(office: Office, words: str, **changes: object) -> tuple[DecisionLine, ...]:
    how = {"public": False, "today": DAY, **changes}
    question = Question(words, vocabulary().topics, how.pop("limit", 50))
    return await find_decisions(office.database, office.id, question, **how)


@pytest.mark.parametrize(
    "words",
    ["pump", "PUMP laspa", "umeed", "امید", "پمپ", "مرمت لاسپہ", "pani", "پانی", "water",
     "50%", "  pump   water "],
)  # fmt: skip
async def test_a_decision_is_found_by_its_words_its_owner_or_its_topic(
    office: Office, words: str
) -> None:
    await book(office)
    assert "12/2" in await search(office, words)
    assert "12/1" not in await search(office, words)


@pytest.mark.parametrize("words", ["pump road", "5_%", "%", "_", "\\", "xyzzy", "'", "\x00qwertz"])
async def test_words_that_no_decision_has_find_none(office: Office, words: str) -> None:
    await book(office)
    assert await search(office, words) == []


@pytest.mark.parametrize("words", ["12/2", "D12/2", "d 12 / 2", "۱۲/۲", "١٢/٢"])
async def test_a_number_finds_exactly_that_decision(office: Office, words: str) -> None:
    await book(office)
    assert await search(office, words) == ["12/2"]
    assert await search(office, "12/22") == []


async def test_an_emergency_meeting_is_found_by_its_letter(office: Office) -> None:
    await office.meeting(1, label="E1")
    await office.minutes(1, label="E1", decisions=[ROAD])
    assert await search(office, "e1/1") == ["E1/1"]


async def test_no_words_list_the_newest_for_each_reader(office: Office) -> None:
    await book(office)
    assert await search(office, " ") == ["13/1", "12/1", "12/2", "12/3"]
    assert await search(office, "", public=True) == ["12/1", "12/2"]
    assert await search(office, "", limit=2) == ["13/1", "12/1"]
    for words in ("dispute", "12/3", "13/1"):
        assert await search(office, words) != []
        assert await search(office, words, public=True) == []


async def test_a_decision_that_is_done_is_never_late(office: Office) -> None:
    late = DAY - timedelta(days=5)
    words = {"en": {"text": "A.", "short": "a"}}
    states = ("in hand", "approved", "done", "dropped", "lapsed")
    await office.meeting(20, at=office.now - timedelta(days=30))
    await office.minutes(
        20, decisions=[DecisionDraft(n, words, due=late, status=s) for n, s in enumerate(states, 1)]
    )
    assert [one.days_late for one in await lines(office, "")] == [5, 5, 0, 0, 0]
    assert {one.days_late for one in await lines(office, "", today=late)} == {0}


TABLES = {"tuned": spelling_variants.TUNED, "held out": spelling_variants.HELD_OUT}


async def put_decisions(office: Office, fillers: int = 200) -> dict[str, str]:
    """The decisions of the table among others; gives which code is which."""
    random = Random(7)  # noqa: S311 -- the same decisions each time
    texts = [*spelling_variants.DECISIONS.values(), *(filler(random) for _ in range(fillers))]
    random.shuffle(texts)
    await office.database.write(decide, office.id, texts, office.now)
    return {
        f"{n // 10 + 1}/{n % 10 + 1}": name
        for name, words in spelling_variants.DECISIONS.items()
        for n, one in enumerate(texts)
        if one is words
    }


async def test_every_spelling_of_both_tables_finds_its_decision_among_the_first_three(
    office: Office,
) -> None:
    names = await put_decisions(office)
    missed = [
        (table, words, meant)
        for table, rows in TABLES.items()
        for words, meant in rows
        if meant not in [names.get(code) for code in (await search(office, words))[:3]]
    ]
    assert missed == []
    for words in spelling_variants.OTHER_WORDS:
        assert await search(office, words) == []


async def test_the_very_words_stand_before_what_only_sounds_like_them(office: Office) -> None:
    texts = [{"ur-Latn": "Fesla likha gaya."}, {"ur-Latn": "Faisla likha gaya."}]
    await office.database.write(decide, office.id, [*texts, texts[0]], office.now)
    assert await search(office, "faisla") == ["1/2", "1/1", "1/3"]
    assert await search(office, "fesla") == ["1/1", "1/3", "1/2"]
    assert await search(office, "faisla", limit=2) == ["1/2", "1/1"]


async def test_a_slip_finds_nothing_of_what_is_restricted_or_anothers(office: Office) -> None:
    await book(office)
    for words in ("disput", "dispoot", "dsipute"):
        assert await search(office, words, public=True) == []
    assert await search(office, "disput") == ["12/3"]
    other = await Office.open(office.database, office.now, "other")
    for words in ("", "12/2", "pump", "pumpp", "water"):
        assert await search(other, words) == []


async def test_a_draft_is_found_by_nobody(office: Office) -> None:
    await office.meeting(15)
    minutes_id = await office.minutes(15, decisions=[ROAD])
    await office.database.write(withdraw, minutes_id)
    await settle_search(office.database)
    for words in ("", "15/1", "letter", "leter", "road"):
        assert await search(office, words) == []


async def test_a_decision_is_found_by_its_new_words_only(office: Office) -> None:
    texts = [{"en": "A pump."}, {"en": "A gate."}]
    ids = await office.database.write(decide, office.id, texts, office.now)
    await office.database.write(decision_index.put, office.id, ids[0], ["A well.", "کنواں"])
    assert await search(office, "pump") == []
    assert await search(office, "well") == await search(office, "كنواں") == ["1/1"]
    await office.database.write(decision_index.drop, [ids[0], 999])
    assert await search(office, "well") == []
    assert await search(office, "gate") == ["1/2"]


async def test_decisions_from_before_the_index_are_found_after_a_start(office: Office) -> None:
    await put_decisions(office, 30)
    await office.database.write(_forget_all)
    assert await search(office, "laspur") == []
    await settle_search(office.database)
    assert len(await search(office, "laspur")) == 1
    assert not await office.database.read(decision_index.is_behind)


def _forget_all(conn: Connection) -> None:
    conn.execute(text("DELETE FROM search_words"))


@pytest.mark.parametrize(
    "words",
    ['"', "a OR b", "norm : x", "NEAR(a b)", "a* -b", "(", "'; --", "\\", "x:*A & !y", "٭",
     "۔" * 300, "ا" * 200, "a b c d e f g h i j k", "\u202e\u200f", "😀", "%_", "x" * 5000,
     "é ß ﷺ"],
)  # fmt: skip
async def test_signs_that_a_query_language_knows_are_only_words(office: Office, words: str) -> None:
    await put_decisions(office, 0)
    for public in (True, False):
        await search(office, words, public=public)


async def test_a_text_finds_what_the_page_finds(office: Office) -> None:
    await book(office)
    for words in ("FAISLA laaspa", "faisla پمپ", "FAISLA PANI", "فیصلہ مرمّت"):
        await office.say(1, words)
        told = (await office.texts())[-1].body
        assert "D12/2" in told, words
        assert "D12/1" not in told
    # A stranger's phone is told nothing of what is restricted, however it is spelled.
    for words in ("FAISLA dispute", "FAISLA disput"):
        await office.say(2, words)
        assert "D12/3" not in (await office.texts())[-1].body


async def test_a_copy_of_the_database_finds_the_same(office: Office, tmp_path: Path) -> None:
    path = sqlite_path(office.database.url)
    if path is None:
        pytest.skip("pg_dump is tried with the backup of the whole office")
    await put_decisions(office, 30)
    backup.copy_sqlite(path, tmp_path / "copy.db")
    async with Database(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        question = Question("lasspur sarrak", vocabulary().topics)
        found = await find_decisions(copy, office.id, question, public=True, today=DAY)
        assert len(found) == 1
        await copy.write(decision_index.put, office.id, found[0].id, ["nothing"])
