"""The catalogue: what it says fits one segment, falls back by rule, and is checked at the start."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue import Catalogue
from app.domain.gsm import count
from bots.ask import Keyword, Reply
from bots.sample_register import ZONE
from bots.values import Entry
from bots.wording import cut_word, parse

ROOT = Path(__file__).resolve().parents[1] / "message_templates"
CATALOGUE = Catalogue.load(ROOT)
GREET = Keyword(
    "greet",
    "",
    "Greet",
    {"greet": "Dear {name}, {text}[ ({on})].\n---\n{text}"},
    lambda ask, who, _: Reply(ask.intent, "greet", who.language),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT, tmp_path / "message_templates")


def test_the_fullest_variant_that_fits_is_said() -> None:
    greeting = Catalogue.load(ROOT, [GREET])
    day = date(2025, 10, 12)
    assert greeting.render("greet", {"name": "Zarmina", "text": "salam"}, "en").text == (
        "Dear Zarmina, salam."
    )
    assert greeting.render("greet", {"name": "Z", "text": "s", "on": day}, "en").text == (
        "Dear Z, s (12 Oct)."
    )
    long = "salam " * 26
    assert greeting.render("greet", {"name": "Z", "text": long}, "en").text == long.strip()


def test_what_still_does_not_fit_is_cut_at_a_word() -> None:
    text = CATALOGUE.render("minutes_summary", {"summary": "sarak marammat " * 30}, "en").text
    assert count(text) == 1
    assert text.endswith(("sarak...", "marammat..."))
    assert len(text) > 140


def test_a_number_is_never_left_dangling_at_a_cut() -> None:
    assert cut_word("letter to DC by 20 Oct") == "letter to DC by..."
    assert cut_word("word") == cut_word("...") == "..."


def test_codes_and_numbers_stay_whole_however_long_the_words() -> None:
    items = tuple(Entry(f"D{no}/1", "lamba faisla " * 20) for no in (12, 13, 14))
    values = {"items": items, "example": (Entry("D12/1"),)}
    for tag in ("en", "ur-Latn", "ur"):
        text = CATALOGUE.render("decisions", values, tag).text
        assert count(text) == 1
        assert all(code in text for code in ("D12/1", "D13/1", "D14/1"))


def test_more_lines_than_a_segment_holds_lose_the_last_ones_whole() -> None:
    items = tuple(Entry(f"D14/{no}", "x") for no in range(1, 60))
    text = CATALOGUE.render("decisions", {"items": items, "example": (Entry("D14/1"),)}, "ur").text
    assert count(text) == 1
    assert text.startswith("فیصلے: D14/1 x D14/2")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=600), st.integers(0, 9999))
def test_any_words_fit_one_segment_in_every_writing(words: str, number: int) -> None:
    values = {"meeting_no": number, "no": 1, "on": date(2025, 9, 30), "text": words}
    values |= {"short": words, "owner": words, "status": words, "due": date(2025, 10, 31)}
    for tag in ("en", "ur-Latn", "ur"):
        text = CATALOGUE.render("decision", values, tag).text
        assert count(text) == 1
        assert f"{number}/1" in text


def test_a_typographic_quote_does_not_cost_a_latin_text_its_room() -> None:
    text = CATALOGUE.render("minutes_summary", {"summary": "a “b” – c" * 17}, "en").text
    assert text == ('a "b" - c' * 17)


def test_dates_are_written_as_people_of_that_writing_say_them() -> None:
    at = datetime(2025, 10, 12, 10, 0, tzinfo=ZONE)
    said = {tag: CATALOGUE.write_date(at, tag) for tag in ("en", "ur-Latn", "ur", "sd", "ps")}
    assert said == {
        "en": "Sun 12 Oct 10am",
        "ur-Latn": "itwar 12 Oct subah 10 baje",
        "ur": "اتوار 12 اکتوبر صبح 10 بجے",
        "sd": "آچر 12 آڪٽوبر صبح 10 وڳي",
        "ps": "اتوار 12 اکتوبر سهار 10 بجې",
    }
    assert CATALOGUE.write_date(date(2025, 10, 12), "ur") == "12 اکتوبر"
    assert CATALOGUE.write_date(at.replace(hour=0, minute=5), "en") == "Sun 12 Oct 12:05am"


def test_a_text_that_a_language_lacks_comes_in_its_fallback_and_is_listed() -> None:
    assert CATALOGUE.render("ref_ask", {}, "sd").language == "ur"
    assert CATALOGUE.render("stopped", {}, "sd").language == "sd"
    assert CATALOGUE.render("ref_ask", {}, "zz").language == "en"
    assert ("sd", "ref_ask") in CATALOGUE.missing()


def test_words_of_people_alone_keep_the_language_of_the_reader() -> None:
    rendered = CATALOGUE.render("minutes_summary", {"summary": "کارروائی 14"}, "ur")
    assert (rendered.text, rendered.language) == ("کارروائی 14", "ur")


def test_a_form_without_its_own_text_is_said_like_the_sms() -> None:
    long = "sarak " * 60
    assert CATALOGUE.render("minutes_summary", {"summary": long}, "en", "chat").text == long.strip()


def test_an_unknown_placeholder_is_refused_with_its_file(folder: Path) -> None:
    (folder / "ur" / "stopped.sms.txt").write_text("بند {nmae}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"ur.stopped\.sms\.txt.*\{nmae\}"):
        Catalogue.load(folder)


def test_a_translation_of_a_text_that_does_not_exist_is_refused(folder: Path) -> None:
    (folder / "ur" / "stoped.sms.txt").write_text("بند", encoding="utf-8")
    with pytest.raises(ValueError, match=r"stoped\.sms\.txt translates a text that does not"):
        Catalogue.load(folder)


@pytest.mark.parametrize("source", ["{a", "a}", "[a", "a]", "[a [b] c]", "{A}", "{a.b}", "{a!r}"])
def test_a_template_knows_names_and_nothing_else(source: str) -> None:
    with pytest.raises(ValueError, match=r"stands where|never closed"):
        parse(source)


def test_a_broken_file_is_named(folder: Path) -> None:
    (folder / "ur" / "keywords.toml").write_text("names = [", encoding="utf-8")
    with pytest.raises(ValueError, match=r"keywords\.toml cannot be read"):
        Catalogue.load(folder)


def test_a_language_file_without_its_dates_is_named(folder: Path) -> None:
    (folder / "sd" / "language.toml").write_text(
        'name = "x"\ndirection = "rtl"\nfallback = []\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match=r"language\.toml does not say"):
        Catalogue.load(folder)


def test_a_folder_without_the_default_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="has no folder 'en'"):
        Catalogue.load(tmp_path)


def test_a_new_keyword_stands_in_the_menu_of_every_language() -> None:
    keyword = Keyword("weather", "w", "Weather", {}, GREET.answer, {"en": ("weather",)})
    values = {"network": "Mirkhai"}
    text = Catalogue.load(ROOT, [keyword]).render("menu", values, "ur").text
    assert text == "Mirkhai: w Weather"
