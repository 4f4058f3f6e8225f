"""What no routine text may say, and what every ordinary text may."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.broadcast import worded
from app.domain.errors import Refusal
from app.domain.lint import Severity, lint
from app.domain.look_alikes import plain_spelling
from tests.domain.lint_texts import LINKS, TEXTS

ROOT = Path(__file__).resolve().parents[2]
STOPPED = [(tag, text) for tag, text, found in TEXTS if "!" in found]
SAMPLES = json.loads((Path(__file__).parent / "sample_texts.json").read_text("utf-8"))
SPICE = (
    "hHtTpP:/.w com pk me @[](){}0123456789 شناختی کارڈ بھیجیں CNIC PIN send ۔،\u200b\u0650\ud83d😀"
)
anything = st.text(st.sampled_from(SPICE) | st.characters(), max_size=120)


def marks(text: str, language: str) -> str:
    return " ".join(
        finding.code + ("!" if finding.severity is Severity.STOP else "?")
        for finding in lint(text, language)
    )


def stops(text: str, language: str = "en") -> list[str]:
    return [f.words for f in lint(text, language) if f.severity is Severity.STOP]


def words_of_a_tree(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words_of_a_tree(part)


@pytest.mark.parametrize(("language", "text", "found"), TEXTS)
def test_the_lint_finds_what_is_there_and_nothing_else(
    language: str, text: str, found: str
) -> None:
    assert marks(text, language) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("See http://x.pk/a, now", "http://x.pk/a"),
        ("(www.lson.org).", "www.lson.org"),
        ("Form: exam\u200bple.com/x!", "exam\u200bple.com/x"),
        ("Kal apna P.I.N ham ko bhejen. Sadar", "P.I.N ham ko bhejen"),
        ("Sadar: ｓｅｎｄ  Rs. 500", "ｓｅｎｄ  Rs"),
        ("اپنا شِناختی کارڈ، جلد بھیجیں۔", "شِناختی کارڈ، جلد بھیجیں"),
        ("ایزی پیسہ: ۰۳۹۰۱۲۳۴۵۶۷۔", "ایزی پیسہ: ۰۳۹۰۱۲۳۴۵۶۷"),
    ],
)
def test_the_words_to_mark_are_named_as_they_stand_in_the_text(text: str, words: str) -> None:
    assert stops(text) == [words]


def test_every_finding_says_why_and_what_to_do() -> None:
    sentences = {f.sentence for tag, text, _ in TEXTS for f in lint(text, tag)}
    assert len(sentences) == 8
    assert all(sentence.count(".") >= 1 and len(sentence) > 60 for sentence in sentences)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["kind"])
def test_the_sample_texts_may_go_out(sample: dict[str, str]) -> None:
    assert lint(sample["text"], "en") == ()


@pytest.mark.parametrize("path", sorted(ROOT.glob("message_templates/*/*.txt")), ids=str)
def test_every_template_may_go_out_whatever_it_is_filled_with(path: Path) -> None:
    values = {"items": "D14/1 Sarak, D14/2 School", "example": "D14/1", "codes": "D1 D2 D3"}
    for variant in path.read_text("utf-8").split("---"):
        full = re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], "14"), variant)
        assert stops(re.sub(r"[\[\]]", "", full), path.parent.name) == []


@pytest.mark.parametrize("name", ["minutes.toml", "mirkhai.toml"])
@pytest.mark.parametrize("language", ["en", "ur", "sd", "ps"])
def test_the_minutes_and_decisions_of_a_year_may_go_out(name: str, language: str) -> None:
    tree = tomllib.loads((ROOT / "deploy/demo" / name).read_text("utf-8"))
    texts = list(words_of_a_tree(tree))
    assert len(texts) > 10
    assert [text for text in texts if stops(text, language)] == []


@given(anything, st.sampled_from(["en", "ur-Latn", "ur", "sd", "ps", "", "xx-Nope"]))
def test_any_text_gets_an_answer_with_words_that_stand_in_it(text: str, language: str) -> None:
    for finding in lint(text, language):
        assert finding.words
        assert finding.words in text


@given(
    anything,
    anything,
    st.sampled_from(
        ["http://x.pk/a", "https://بنیاد.pk", "www.lson.org", "example.com", "bit.ly/x", "t.me/x"]
    ),
)
def test_a_link_is_found_wherever_it_stands(before: str, after: str, link: str) -> None:
    found = [f for f in lint(f"{before} {link} {after}", "ur") if f.code == "link"]
    assert any(f.severity is Severity.STOP and link in f.words for f in found)


@given(anything, anything)
def test_an_address_with_its_scheme_is_found_even_without_a_blank(before: str, after: str) -> None:
    assert any(f.code == "link" for f in lint(f"{before}http://{after}", "en"))


@given(st.sampled_from(STOPPED), st.integers(1, 4), st.sampled_from([str.upper, str.lower]))
def test_neither_case_nor_blanks_hide_anything(
    told: tuple[str, str], blanks: int, cased: object
) -> None:
    language, text = told
    changed = (" " * blanks).join(cased(text).split(" "))
    assert marks(changed, language) == marks(text, language)


@given(st.sampled_from(STOPPED), st.data())
def test_invisible_characters_hide_nothing(told: tuple[str, str], data: st.DataObject) -> None:
    language, text = told
    at = data.draw(st.integers(0, len(text)))
    hidden = data.draw(st.sampled_from(["\u200b", "\u200d", "\u2060", "\u00ad", "\u200f"]))
    assert marks(text[:at] + hidden + text[at:], language) == marks(text, language)


@given(st.sampled_from([(tag, text) for tag, text in STOPPED if text.isascii()]))
def test_fullwidth_letters_hide_nothing(told: tuple[str, str]) -> None:
    language, text = told
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert marks(wide, language) == marks(text, language)


@given(anything)
def test_every_letter_of_the_plain_spelling_knows_where_it_stood(text: str) -> None:
    plain = plain_spelling(text)
    assert len(plain.text) == len(plain.places)
    assert list(plain.places) == sorted(plain.places)
    assert all(0 <= place < len(text) for place in plain.places)


@pytest.mark.parametrize(("language", "text", "found"), [t for t in LINKS if "!" in t[2]])
def test_a_text_with_a_link_never_becomes_one_that_goes_out(
    language: str, text: str, found: str
) -> None:
    with pytest.raises(Refusal, match="frauds") as refused:
        worded(text, language, network="Mirkhai", ref=41)
    assert refused.value.code == "text_lint"
    assert refused.value.values["words"] in text


def test_a_text_that_only_speaks_of_cards_goes_out() -> None:
    text = "CNIC banwane ki team Sunday ko aayegi"
    assert worded(text, "ur-Latn", network="Mirkhai", ref=41).body.startswith("Mirkhai: CNIC")


def test_a_refused_text_says_which_writing_and_which_words() -> None:
    with pytest.raises(Refusal) as refused:
        worded("Apna PIN bhejen", "ur-Latn", network="Mirkhai", ref=41)
    assert str(refused.value) == (
        'The ur-Latn text cannot go out with "PIN bhejen". A text never asks for a PIN, '
        "a password or a code: frauds do. Leave this out."
    )
