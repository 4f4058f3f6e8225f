"""The words of the layouts in five writings, and dates in both calendars."""

import tomllib
from datetime import date

import pytest

from app.printing.words import FOLDER, languages, words_of
from tests.printing.samples import TAGS

MADE = {
    tag: tomllib.loads((FOLDER / tag / "sheets.toml").read_text(encoding="utf-8")) for tag in TAGS
}


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_has_every_word_or_a_fallback_with_the_same_places(tag):
    import string

    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}

    say = words_of(tag)
    for name, source in MADE["en"]["words"].items():
        values = {place: "x" for place in places(source) if place}
        assert say(name, **values)
        if name in MADE[tag]["words"]:
            assert places(MADE[tag]["words"][name]) == places(source), name
    assert set(MADE[tag]["words"]) <= set(MADE["en"]["words"])


@pytest.mark.parametrize("tag", TAGS)
def test_each_calendar_has_its_months(tag):
    assert len(set(MADE[tag]["months"])) == len(set(MADE[tag]["moons"])) == 12
    assert len(set(MADE[tag]["weekdays"])) == 7


def test_both_calendars_stand_beside_each_other():
    day = date(2026, 12, 15)
    assert words_of("en").both(day) == "15 December 2026 / 6 Rajab 1448 AH"
    assert words_of("ur").both(day) == "15 دسمبر 2026 / 6 رجب 1448 ھ"


@pytest.mark.parametrize(("offset", "moon"), [(0, "6 Rajab"), (1, "5 Rajab"), (-1, "7 Rajab")])
def test_the_sighting_of_the_moon_moves_its_date(offset, moon):
    assert moon in words_of("en").both(date(2026, 12, 15), offset)


@pytest.mark.parametrize("year", [1, 1900, 2090, 9999])
def test_a_year_that_the_tables_of_the_moon_do_not_know_stands_alone(year):
    assert words_of("en").both(date(year, 1, 1), 1) == f"1 January {year}"


def test_a_braces_value_stays_as_it_was_typed():
    assert words_of("en")("closing", who="{who} {0}") == (
        "This was said in a press note issued by {who} {0}."
    )


def test_directions_come_from_the_languages():
    assert {tag: words_of(tag).direction for tag in TAGS} == {
        "en": "ltr", "ur": "rtl", "ur-Latn": "ltr", "sd": "rtl", "ps": "rtl"
    }  # fmt: skip
    assert set(TAGS) <= set(languages())


def test_things_in_a_row_stand_between_the_commas_of_their_script() -> None:
    rows = {tag: words_of(tag).comma.join(("DC", "AC")) for tag in ("en", "ur-Latn", "ur", "sd")}
    assert rows == {"en": "DC, AC", "ur-Latn": "DC, AC", "ur": "DC، AC", "sd": "DC، AC"}
