"""Urdu words on sheets in Latin letters: joined, from right to left, wherever they stand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.sheets import Attendant, ItemPart, Sheet, Signer
from app.printing.render import render
from tests.printing.looking import changed_columns
from tests.printing.samples import letter, minutes, notice, press

WORD = "کمیٹی"
APART = "\u200c".join(WORD)
"""The same letters, each written to stand alone."""

PLACES: dict[str, Callable[[str, str], Sheet]] = {
    "the head": lambda tag, word: replace(
        notice(tag), head=replace(notice(tag).head, network=word)
    ),
    "a line of the head": lambda tag, word: replace(
        notice(tag), head=replace(notice(tag).head, place=word)
    ),
    "a heading": lambda tag, word: replace(minutes(tag), body=word),
    "the subject of a letter": lambda tag, word: replace(letter(tag), subject=f"Road {word}"),
    "an item's heading": lambda tag, word: replace(
        minutes(tag), items=(ItemPart(f"The road of {word}", ""),)
    ),
    "a fact": lambda tag, word: replace(minutes(tag), venue=word),
    "a cell of a table": lambda tag, word: replace(
        minutes(tag), present=(Attendant("Zainab", "", word),)
    ),
    "a list": lambda tag, word: replace(press(tag), demands=(f"Mend the road of {word}.",)),
    "a paragraph": lambda tag, word: notice(tag, f"The committee {word} meets on Sunday."),
    "a paragraph of its own": lambda tag, word: notice(tag, word),
    "a signature": lambda tag, word: replace(notice(tag), signer=Signer("Secretary", word)),
}


def picture(sheet: Sheet) -> bytes:
    return render(sheet, "png").content


@pytest.mark.parametrize("tag", ["en", "ur-Latn"])
@pytest.mark.parametrize("place", PLACES)
def test_letters_of_urdu_words_join_on_a_latin_sheet(place: str, tag: str) -> None:
    made = PLACES[place]
    assert picture(made(tag, WORD)) != picture(made(tag, APART))


@pytest.mark.parametrize("title", ["Road {} {} of Shahi", "{} {} · Minutes of meeting 14"])
def test_the_first_of_two_urdu_words_side_by_side_stands_right_of_the_second(title: str) -> None:
    def shown(*words: str) -> bytes:
        return picture(notice("en", title=title.format(*words)))

    word, with_other_dots = "بببب", "تتتت"
    plain = shown(word, word)
    first = changed_columns(plain, shown(with_other_dots, word))
    second = changed_columns(plain, shown(word, with_other_dots))
    assert min(first) > max(second)


@pytest.mark.parametrize("tag", ["en", "ur"])
@pytest.mark.parametrize("between", ["went to the office of", "12 October", "3 (EC)"])
def test_of_two_urdu_names_in_a_latin_sentence_the_first_stands_on_the_left(
    tag: str, between: str
) -> None:
    def shown(*words: str) -> bytes:
        first, second = words
        said = f"From {first} {between} {second} and back to the committee"
        return picture(notice(tag, said))

    word, with_other_dots = "بببب", "تتتت"
    plain = shown(word, word)
    first = changed_columns(plain, shown(with_other_dots, word))
    second = changed_columns(plain, shown(word, with_other_dots))
    assert max(first) < min(second)


def test_a_number_between_urdu_words_of_a_latin_sentence_leaves_them_from_right_to_left() -> None:
    def shown(*words: str) -> bytes:
        first, second = words
        return picture(notice("en", f"The office says {first} 0300-1234567 {second} each day"))

    word, with_other_dots = "بببب", "تتتت"
    plain = shown(word, word)
    first = changed_columns(plain, shown(with_other_dots, word))
    second = changed_columns(plain, shown(word, with_other_dots))
    assert min(first) > max(second)
