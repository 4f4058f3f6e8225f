"""What a Refusal says: our sentence with their values in it, in English and in other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Phrase, Refusal

IN_URDU = {
    "No group is called {word}.": "{word} نام کا کوئی گروہ نہیں۔",
    "Ref {ref} is {state}.": "Ref {ref}: {state}",
    "running": "جاری",
}


def in_urdu(sentence: str) -> str:
    return IN_URDU.get(sentence, sentence)


def test_a_refusal_says_its_sentence_with_its_values() -> None:
    refusal = Refusal("over", "{count} texts, {most} at most.", count=5, most=4)
    assert str(refusal) == "5 texts, 4 at most."
    assert (refusal.code, refusal.sentence) == ("over", "{count} texts, {most} at most.")
    assert refusal.values == {"count": "5", "most": "4"}


def test_a_refusal_is_said_in_another_language() -> None:
    refusal = Refusal("audience_unknown", "No group is called {word}.", word="ec2")
    assert refusal.said(in_urdu) == "ec2 نام کا کوئی گروہ نہیں۔"
    assert refusal.said(str) == str(refusal) == "No group is called ec2."


def test_words_of_ours_are_translated_and_words_of_theirs_are_not() -> None:
    ours = Refusal("not_planned", "Ref {ref} is {state}.", ref=41, state=Phrase("running"))
    assert str(ours) == "Ref 41 is running."
    assert ours.said(in_urdu) == "Ref 41: جاری"
    theirs = Refusal("not_planned", "Ref {ref} is {state}.", ref=41, state="running")
    assert theirs.said(in_urdu) == "Ref 41: running"


@pytest.mark.parametrize(
    "sentence", ["Known are {network}, {ref}.", "{", "}", "{}", "{0}", "{{word}}", "100 %s {x!r}"]
)
def test_without_values_braces_are_braces(sentence: str) -> None:
    assert str(Refusal("any", sentence)) == sentence
    assert Refusal("any", sentence).said(lambda words: words) == sentence


@pytest.mark.parametrize(
    "value",
    ["{word}", "{0.__class__}", "{word.__init__.__globals__}", "{other}", "%(other)s", r"\1\g<0>"],
)
def test_what_a_value_says_is_never_carried_out(value: str) -> None:
    refusal = Refusal("any", "{word}, {other}.", word=value, other="secret")
    assert str(refusal) == refusal.said(lambda words: words) == f"{value}, secret."


@given(st.text(), st.text())
def test_any_value_is_said_as_it_is(word: str, other: str) -> None:
    refusal = Refusal("any", "<{word}|{other}|{word}>", word=word, other=Phrase(other))
    expected = f"<{word}|{other}|{word}>"
    assert str(refusal) == refusal.said(lambda words: words) == expected


@given(st.text(), st.text())
def test_no_translation_can_break_a_refusal_or_reach_into_its_values(
    translation: str, word: str
) -> None:
    refusal = Refusal("any", "No group is called {word}.", word=word)
    said = refusal.said(lambda _: translation)
    assert said == translation.replace("{word}", word)
    assert refusal.said(lambda _: "{word.__class__} {word!r} {none}") == (
        "{word.__class__} {word!r} {none}"
    )


def test_a_value_may_be_called_like_a_part_of_the_refusal() -> None:
    assert str(Refusal("any", "{code} {sentence} {self}", code=1, sentence=2, self=3)) == "1 2 3"
