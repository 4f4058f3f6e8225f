"""Every text a member can get, in every writing, with the largest values: one segment each."""

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.domain.gsm import Encoding, count, encoding_of, units
from bots.ask import Fellow
from bots.keywords import find_keywords
from bots.menu import TEMPLATES as MENU_TEMPLATES
from bots.names import entries
from bots.sample_register import ZONE
from bots.values import Entry, Value

ROOT = Path(__file__).resolve().parents[1] / "message_templates"
CATALOGUE = Catalogue.load(ROOT)
TEMPLATES = sorted(path.name.split(".")[0] for path in (ROOT / "en").glob("*.sms.txt"))
COMPLETE = ("en", "ur-Latn", "ur")

_WORDS = {
    "en": "Write to the Deputy Commissioner for the repair of the road",
    "ur-Latn": "Deputy Commissioner ko sarak ki marammat ke liye khat likha jaye",
    "ur": "ڈپٹی کمشنر کو سڑک کی مرمت کے لیے خط لکھا جائے",
}

_PEOPLE = {
    "en": "Shahzadgai Mehrunnisa Begum",
    "ur-Latn": "Shahzadgai Mehrunnisa Begum",
    "ur": "شہزادگئی مہرالنساء بیگم",
}


_ALIKE: dict[str, Value] = {
    "seat": "EC Press Secretary",
    "unit": "LSO Khushbu Mastuj",
    "boards": tuple(Entry(str(no)) for no in range(1, 12)),
    "until": date(2025, 12, 31),
    "meeting_no": 999,
    "latest": 1000,
    "no": 12,
    "body": "EC",
    "on": date(2025, 9, 30),
    "due": date(2025, 12, 31),
    "was": date(2025, 9, 30),
    "at": datetime(2025, 9, 24, 12, 30, tzinfo=ZONE),
    "present": 15,
    "ref": 99_999_999,
    "count": 999,
    "office": "0944 1234567",
    "other": "12",
    "size": 999,
    "women": 999,
    "place": "LSO Khushbu Mastuj",
}
"""Largest values that are the same in each language."""


def largest(tag: str) -> dict[str, Value]:
    words = _WORDS.get(tag, _WORDS["ur"])
    short = " ".join(words.split()[:5])
    points = tuple(Entry(str(no), short) for no in range(1, 6))
    codes = tuple(Entry(f"D999/{no}") for no in (1, 2, 3))
    person = _PEOPLE.get(tag, _PEOPLE["ur"])
    people = entries([Fellow(no, person.replace(" ", "a", no % 2)) for no in range(6)], tag)
    return {
        **_ALIKE,
        "name": person,
        "names": ", ".join([person] * 6),
        "people": people,
        "others": people[1:],
        "network": "Mirkhai" if tag in ("en", "ur-Latn") else "میرخئی",
        "code": "999/12",
        "note": words,
        "summary": f"{words} {words} {words}",
        "text": f"{words} {words}",
        "short": short,
        "owner": short,
        "status": words,
        "venue": short,
        "agenda": words,
        "owned": tuple(Entry(entry.code, f"{entry.words}: {short}") for entry in points),
        "points": points,
        "codes": codes,
        "items": tuple(Entry(code.code, short) for code in codes),
        "example": codes[:1],
        "topic": "khawateen" if tag in ("en", "ur-Latn") else "خواتین",
        "answer": f"{words} {words}",
        "holders": tuple(Entry("", f"{short} {person}") for _ in range(3)),
        "stand_in": person,
        "numbers": tuple(Entry(f"{short} 0399123456{no}") for no in range(5)),
    }


@pytest.mark.parametrize("tag", [*COMPLETE, "sd", "ps"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_text_fits_one_segment_with_the_largest_values(template: str, tag: str) -> None:
    text = CATALOGUE.render(template, largest(tag), tag).text
    assert count(text) == 1
    assert not re.search(r"[۰-۹٠-٩]", text)


@pytest.mark.parametrize("tag", ["en", "ur-Latn"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_latin_text_stays_in_the_cheap_alphabet(template: str, tag: str) -> None:
    assert encoding_of(CATALOGUE.render(template, largest(tag), tag).text) is Encoding.GSM7


@pytest.mark.parametrize("tag", COMPLETE)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_text_leaves_room_for_its_numbers_without_any_words(template: str, tag: str) -> None:
    bare = {
        name: "x" if isinstance(value, str) and name != "network" else value
        for name, value in largest(tag).items()
    }
    text = CATALOGUE.render(template, bare, tag).text
    assert units(text) <= (70 if tag == "ur" else 160)
    for name in ("meeting_no", "no", "ref"):
        if f"{{{name}}}" in (ROOT / tag / f"{template}.sms.txt").read_text("utf-8"):
            assert str(bare[name]) in text


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_complete_writing_has_every_text(tag: str) -> None:
    assert tag not in {lacking for lacking, _ in CATALOGUE.missing()}


def test_what_translators_start_from_is_what_the_code_says() -> None:
    sources = dict(MENU_TEMPLATES)
    for keyword in find_keywords():
        sources.update(keyword.templates)
    files = {name: ROOT / "en" / f"{name}.sms.txt" for name in sources}
    shown = {name: path.read_text("utf-8").strip() for name, path in files.items() if path.exists()}
    assert shown == {name: sources[name].strip() for name in shown}


def test_no_text_asks_for_money_a_code_or_a_link() -> None:
    for path in ROOT.glob("*/*.txt"):
        text = path.read_text("utf-8")
        assert not re.search(r"https?:|www\.", text)
        if re.search(r"PIN|CNIC", text):
            assert path.name == "ref_unknown.sms.txt"


def test_a_new_language_is_one_folder(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT, tmp_path / "message_templates")
    new = folder / "qaa"
    new.mkdir()
    about = (folder / "en/language.toml").read_text("utf-8")
    about = about.replace('"English"', '"Qaa"').replace('"ENGLISH"', '"QAANI"')
    (new / "language.toml").write_text(about.replace("fallback = []", 'fallback = ["ur-Latn"]'))
    (new / "keywords.toml").write_text('names = ["qaani"]\n[words]\nminutes = ["qarvo"]\n')
    (new / "started.sms.txt").write_text("Qo {language}")
    catalogue = Catalogue.load(folder)
    words = catalogue.vocabulary()
    assert words.exact["qarvo"].language == "qaa"
    assert words.exact["qaani"].argument == "qaa"
    assert catalogue.render("started", {}, "qaa").text == "Qo Qaa"
    assert catalogue.render("stopped", {}, "qaa").language == "ur-Latn"
    assert "QAANI" in catalogue.render("language_list", {}, "en").text
    assert ("qaa", "stopped") in catalogue.missing()
