"""The vocabulary: what clashes is refused at the start, and guesses are never wrong."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.conversation import reply_to, understand
from bots.fold import fold
from bots.keywords import find_keywords
from bots.sample_register import SampleRegister
from bots.vocabulary import Lexicon, build_vocabulary
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
    lexicons = {
        tag: replace(lexicon, forms={name: forms[:1] for name, forms in lexicon.forms.items()})
        for tag, lexicon in catalogue().lexicons.items()
    }
    tally: Counter[str] = Counter()
    for word in vocabulary().guessable:
        less = {tag: _without(word, lexicon) for tag, lexicon in lexicons.items()}
        found = understand(word, build_vocabulary(less, map(_wordless, find_keywords()))).intent
        tally["unknown" if found == "none" else str(found == vocabulary().exact[word].intent)] += 1
    assert tally["False"] == 0
    assert tally["True"] >= 0.5 * tally.total()


def _without(word: str, lexicon: Lexicon) -> Lexicon:
    words = {
        intent: [other for other in others if fold(other) != word]
        for intent, others in lexicon.words.items()
    }
    return replace(lexicon, words=words)


def _wordless(keyword: Keyword) -> Keyword:
    return replace(keyword, words={})
