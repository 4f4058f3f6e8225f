"""The Urdu of the pages: every sentence has one, and none that a page or a reader stumbles over."""

import ast
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message

from tests import page_words
from tests.page_words import COMMAND_LINE, ROOT, Key, Words, entries, forms_of, key_of

PLACE = re.compile(r"%\((\w+)\)s|\{([a-z_]+)\}")
ARABIC_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
NOT_URDU = re.compile("[\u0643\u0649\u064a\u0647]")
"""Arabic kaf, alef maksura, yeh and heh: they look like Urdu's own and are found by no search."""
OPENS = "<%{“‘«("

OURS = (("bdi", []), ("b", []), ("span", [("class", "n")]), ("span", [("data-seconds", None)]))
"""What a sentence may hold; the last is a number that the script counts down."""


@pytest.fixture(scope="module")
def wanted() -> dict[Key, Words]:
    return page_words.wanted()


@pytest.fixture(scope="module")
def held() -> list[Message]:
    return list(entries(page_words.catalogue()))


def places(text: str) -> set[str]:
    return {percent or brace for percent, brace in PLACE.findall(text)}


def shown(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


class Tags(HTMLParser):
    """Collects what is wrong with the tags of one sentence."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (tag, attrs) not in OURS:
            self.faults.append(f"{self.get_starttag_text()} is not ours")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 -- named by the library
        self.faults.append("a comment")


def test_templates_and_refusals_are_found_where_they_stand(wanted: dict[Key, Words]) -> None:
    skip = wanted["Skip to the page", None]
    assert skip.is_markup
    assert ("app/web/templates/base.html", skip.places[0][1]) in skip.places
    refusal = wanted["A {post} may not do this. It is for: {who}.", None]
    assert not refusal.is_markup
    assert wanted["There is no such page.", None]
    assert not any(key == "" for key, _ in wanted)


def test_the_words_of_every_refusal_stand_where_it_is_raised() -> None:
    """A sentence that is put together elsewhere would reach no translator."""
    faults = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(COMMAND_LINE):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).rpartition(".")[2] == "Refusal"
                and not (len(node.args) == 2 and isinstance(node.args[1], ast.Constant))
            ):
                faults.append(f"{place}:{node.lineno}: {shown(ast.unparse(node))}")
    assert faults == []


def test_every_sentence_of_the_pages_has_its_urdu() -> None:
    lacking = page_words.missing(page_words.catalogue())
    assert [f"{words.places[0][0]}: {shown(words.forms[0])}" for words in lacking] == []


def test_the_catalogue_holds_nothing_that_no_page_says(
    wanted: dict[Key, Words], held: list[Message]
) -> None:
    assert [shown(key_of(one)[0]) for one in held if key_of(one) not in wanted] == []
    assert list(page_words.catalogue().obsolete) == []
    assert [shown(key_of(one)[0]) for one in held if one.fuzzy] == []


def test_both_languages_have_the_same_places_to_fill(
    wanted: dict[Key, Words], held: list[Message]
) -> None:
    faults = []
    for one in held:
        words = wanted.get(key_of(one))
        if words is None:
            continue
        ours = [places(form) for form in words.forms]
        for n, form in enumerate(forms_of(one)):
            # A singular may say "one" where the plural says the number, and the other way round.
            allowed = ours[-1:] if n == len(ours) - 1 else ours
            if form and places(form) not in allowed:
                faults.append(f"{shown(words.forms[-1])}: {places(form)} for {allowed}")
    assert faults == []


def test_tags_are_whole_and_stand_only_where_they_are_read_as_tags(
    wanted: dict[Key, Words], held: list[Message]
) -> None:
    faults = []
    for one in held:
        words = wanted.get(key_of(one))
        for form in (*forms_of(one), *(words.forms if words else ())):
            found = Tags(form).faults
            if words and not words.is_markup and re.search("[<>&]", form):
                found.append("shown as text, so no tags")
            faults += [f"{shown(form)}: {fault}" for fault in found]
    assert faults == []


def test_urdu_begins_in_urdu_and_is_written_with_its_own_letters(held: list[Message]) -> None:
    faults = []
    for one in held:
        for form in forms_of(one):
            if ARABIC_DIGIT.search(form):
                faults.append(f"{shown(form)}: digits are Western")
            if NOT_URDU.search(form):
                faults.append(f"{shown(form)}: an Arabic letter that Urdu writes otherwise")
            if any(map(is_urdu, form)) and not (is_urdu(form[0]) or form[0] in OPENS):
                faults.append(f"{shown(form)}: begins with {form[0]!r}")
    assert faults == []


def is_urdu(sign: str) -> bool:
    return "\u0600" <= sign <= "\u06ff" and unicodedata.category(sign).startswith("L")


def test_a_skeleton_for_translators_holds_what_is_missing_and_can_be_read_back() -> None:
    from io import BytesIO

    from babel.messages.pofile import read_po

    written = read_po(BytesIO(page_words.skeleton()), locale="ur")
    lacking = page_words.missing(page_words.catalogue())
    assert {key_of(one) for one in entries(written)} == {key_of(words) for words in lacking}


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("<bdi>%(name)s</bdi> نے کہا", True),
        ('<span class="n">3</span> <b>دن</b>', True),
        ("<bdi>%(name)s نے کہا", False),
        ("<b><bdi>x</b></bdi>", False),
        ("<a href='/x'>یہ</a>", False),
        ('<span style="x">3</span>', False),
    ],
)
def test_the_reading_of_tags_knows_good_from_bad(text: str, is_good: bool) -> None:
    assert (Tags(text).faults == []) == is_good
