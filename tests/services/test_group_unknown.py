"""Texts that nobody understood stand together when they are alike, without numbers."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from app.services.group_unknown import alike, group_unknown
from app.services.turn_text import without_numbers
from tests.factories import Office

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    text: str
    address_id: int = 1
    received_at: datetime = NOW


async def test_likely_spellings_of_one_word_are_one_group(office: Office) -> None:
    for sender, text in enumerate(["karguzari", "Karguzari!", "kargozari", "karguzaree", "zxqwy"]):
        await office.say(sender + 1, text)
    first, second = await group_unknown(office.database, office.id, now=office.now)
    assert (first.word, first.texts, first.phones) == ("karguzari", 4, 4)
    assert set(first.words) == {"karguzari", "kargozari", "karguzaree"}
    assert (second.word, second.phones) == ("zxqwy", 1)


async def test_what_is_understood_speaks_of_danger_or_is_long_is_not_among_them(
    office: Office,
) -> None:
    other = await Office.open(office.database, office.now, "nirala")
    for text in ("KARWAI", "bund toot gaya", "14/2", "hamare gaon mein bijli nahin hai kya karen"):
        await office.say(1, text)
    await other.say(1, "karguzari")
    assert await group_unknown(office.database, office.id, now=office.now) == ()


async def test_only_the_last_ninety_days_count(office: Office) -> None:
    await office.say(1, "karguzari")
    late = office.now + timedelta(days=91)
    assert len(await group_unknown(office.database, office.id, now=office.now)) == 1
    assert await group_unknown(office.database, office.id, now=late) == ()


def test_urdu_spellings_meet_and_numbers_are_left_out() -> None:
    rows = [
        Row("کارگزاری", 1),
        Row("كارگزاري", 2),
        Row("کارگذاری", 4),
        Row("karguzari 0300 1234567", 3),
    ]
    found = {one.word: one for one in alike(rows)}
    assert found["کارگزاری"].phones == 3
    assert not any("1234567" in text for one in alike(rows) for text in one.samples)
    assert without_numbers("call +92 300-1234567 now, 14/2") == "call … now, 14/2"


def test_two_thousand_different_texts_are_grouped_within_a_second() -> None:
    random = Random(6)  # noqa: S311 -- the same texts each time
    letters = "abdghijklmnoprstu"
    rows = [Row("".join(random.choices(letters, k=random.randint(4, 14))), n) for n in range(2_000)]
    began = time.perf_counter()
    assert sum(one.texts for one in alike(rows)) == 2_000
    assert time.perf_counter() - began < 1


def test_a_word_that_has_a_meaning_by_now_is_not_asked_for_again() -> None:
    rows = [Row("karguzari", 1), Row("karguzari", 2), Row("kargozari", 3)]
    (left,) = alike(rows, {"karguzari"})
    assert (left.word, left.phones) == ("kargozari", 1)
