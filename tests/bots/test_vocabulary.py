"""The vocabulary: what clashes is refused at the start, and guesses are never wrong."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import MESSAGE_TEMPLATES, TRIAL, Catalogue
from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.conversation import reply_to, understand
from bots.keywords import find_keywords
from bots.lexicon import Lexicon
from bots.sample_register import SampleRegister
from bots.spelling import SHORTEST, sound
from bots.trial import harmed
from bots.vocabulary import Vocabulary, build_vocabulary, with_synonyms
from tests.bots.script import catalogue, member, vocabulary


def _price(ask: Ask, who: Speaker, register: Register) -> Reply:
    return Reply(ask.intent, "price", who.language, {"crop": ask.argument or "wheat"})


PRICE = Keyword("price", "", "Prices", {"price": "{crop}: Rs 3900"}, _price, {"en": ("price",)})


def test_a_new_keyword_is_asked_for_without_touching_another_file() -> None:
    words = build_vocabulary({}, [*find_keywords(), PRICE])
    reply = reply_to("price maize", member("en"), SampleRegister(), words)
    assert (reply.template, reply.values) == ("price", {"crop": "maize"})


def test_a_keyword_file_is_found_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "throwaway_keywords"
    package.mkdir()
    (package / "__init__.py").write_text("")
    own = Path(find_keywords.__code__.co_filename).with_name("verify.py").read_text("utf-8")
    (package / "price.py").write_text(own.replace('intent="verify"', 'intent="price"'))
    monkeypatch.syspath_prepend(tmp_path)
    assert [keyword.intent for keyword in find_keywords("throwaway_keywords")] == ["price"]


def test_a_word_with_two_meanings_is_refused_and_both_are_named() -> None:
    lexicons = {"en": Lexicon({"news": ["gazette"]}), "ur": Lexicon({"report": ["Gazette!"]})}
    with pytest.raises(ValueError, match=r"'gazette'.*news \(en\).*report \(ur\)"):
        build_vocabulary(lexicons, [])


def test_a_word_without_a_letter_is_refused() -> None:
    with pytest.raises(ValueError, match=r"help \(en\) has no letter"):
        build_vocabulary({"en": Lexicon({"help": ["?"]})}, [])


def test_a_stop_word_that_is_joined_from_another_meaning_is_refused() -> None:
    lexicons = {"en": Lexicon({"stop": ["go away"], "start": ["goaway"]})}
    with pytest.raises(ValueError, match="goaway"):
        build_vocabulary(lexicons, [])


def test_a_digit_with_two_meanings_is_refused() -> None:
    with pytest.raises(ValueError, match="digit 1 cannot mean both minutes and price"):
        build_vocabulary({}, [replace(PRICE, digit="1")])


def test_a_topic_or_a_language_name_with_two_meanings_is_refused() -> None:
    with pytest.raises(ValueError, match="topic water and road"):
        build_vocabulary({"en": Lexicon(topics={"water": ["x"], "road": ["x"]})}, [])
    with pytest.raises(ValueError, match="language en and ur"):
        build_vocabulary({"en": Lexicon(names=["x"]), "ur": Lexicon(names=["x"])}, [])


def test_a_word_may_only_name_forms_that_its_language_lists() -> None:
    with pytest.raises(ValueError, match="names the forms 'kar'"):
        build_vocabulary({"en": Lexicon({"stop": ["band {kar}"]})}, [])


def test_a_word_that_languages_share_belongs_to_the_first() -> None:
    lexicons = {"ur": Lexicon({"help": ["مدد"]}), "sd": Lexicon({"help": ["مدد"]})}
    assert understand("مدد", build_vocabulary(lexicons, [])).language == "ur"


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "ur", "sd", "ps"])
def test_every_language_has_words_for_stop_start_and_help(tag: str) -> None:
    lexicon = catalogue().lexicons[tag]
    assert all(lexicon.words[intent] for intent in ("stop", "start", "help", "minutes"))


def test_a_spelling_left_out_is_guessed_rightly_or_not_at_all() -> None:
    tally: Counter[str] = Counter()
    wrong = []
    for word, meaning in vocabulary().spelling.meanings.items():
        ask = vocabulary().exact.get(word)
        if not meaning or ask is None or len(word) < SHORTEST:
            continue
        found = understand(word, _without(word)).intent
        tally["unknown" if found == "none" else str(found == ask.intent)] += 1
        if found not in ("none", ask.intent):
            wrong.append((word, ask.intent, found))
    assert wrong == []
    assert tally["True"] >= 0.5 * tally.total(), tally


def _without(word: str) -> Vocabulary:
    """The vocabulary as if nobody had listed that word."""
    words = vocabulary()
    exact = {other: ask for other, ask in words.exact.items() if other != word}
    spelling = words.spelling
    sounds = sound(word)
    near = {
        letter: tuple(other for other in others if other != word)
        for letter, others in spelling.by_letter.items()
        if letter == word[0]
    }
    alike = {sounds: tuple(w for w in spelling.by_sound.get(sounds, ()) if w != word)}
    less = replace(
        spelling,
        meanings={w: m for w, m in spelling.meanings.items() if w != word},
        by_sound={**spelling.by_sound, **alike},
        by_letter={**spelling.by_letter, **near},
        known=spelling.known - {word},
    )
    return replace(words, exact=exact, spelling=less)


def test_a_synonym_of_the_office_means_what_was_said() -> None:
    words = with_synonyms(vocabulary(), [("Mashwara!", "contact", "ur-Latn"), ("bagh", "help", "")])
    assert understand("mashwara", words).intent == "contact"
    assert understand("AOA bagh plz", words).intent == "help"
    assert understand("mashwara", vocabulary()).intent == "none"


@pytest.mark.parametrize(
    ("word", "intent", "fault"),
    [
        ("karwai", "news", "'karwai' cannot mean both minutes"),
        ("mera masla", "stop", "cannot be a word for stop"),
        ("acha ji", "yes", "cannot be a word for yes"),
        ("achha", "no", "cannot be a word for no"),
        ("hoshyar", "alerts", "cannot be a word for alerts"),
        ("chalein", "start", "cannot be a word for start"),
        ("band karo", "help", "it means stop"),
        ("bandkaro", "help", "it means stop"),
        ("sailab", "news", "it speaks of danger"),
        ("bund wala", "news", "it speaks of danger"),
        ("77", "news", "numbers keep their meaning"),
        ("!!", "news", "has no letter"),
        ("bagh", "picnic", "cannot be a word for picnic"),
    ],
)
def test_a_synonym_never_changes_what_is_clear_or_consented(
    word: str, intent: str, fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        with_synonyms(vocabulary(), [(word, intent, "ur-Latn")])


def test_a_synonym_that_changes_other_texts_is_seen_in_the_trial() -> None:
    rows = catalogue().trial()
    harmless = with_synonyms(vocabulary(), [("mashwara", "contact", "ur-Latn")])
    assert harmed(rows, vocabulary(), harmless) == ()
    assert harmed(rows, harmless, with_synonyms(vocabulary(), [("sarak", "news", "")]))


def test_a_folder_without_a_trial_has_no_rows(tmp_path: Path) -> None:
    shutil.copytree(MESSAGE_TEMPLATES, tmp_path / "words")
    (tmp_path / "words" / TRIAL).unlink()
    assert Catalogue.load(tmp_path / "words").trial() == ()
