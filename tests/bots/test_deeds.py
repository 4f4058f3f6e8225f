"""What was done, in all its spellings; and that nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import understand
from bots.deeds import MOST_WORDS
from bots.fold import fold
from bots.vocabulary import WHOLE_ONLY
from tests.bots.script import catalogue, vocabulary

TAGS = ("en", "ur-Latn", "ur", "sd", "ps")
NUMBERS = st.integers(1, 9999)


def deeds(intent: str) -> list[str]:
    return [words for words, ask in vocabulary().deeds.items() if ask.intent == intent]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("intent", ["done", "in_hand", "hung"])
def test_every_listed_word_is_understood_before_and_behind_the_number(
    tag: str, intent: str
) -> None:
    code = "12" if intent == "hung" else "14/2"
    lexicon = catalogue().lexicons[tag]
    for word in lexicon.deeds[intent]:
        if "{" in word:
            continue
        for text in (f"{code} {word}", f"{word} {code}", f"AOA. {code} {word.upper()}!"):
            ask = understand(text, vocabulary())
            assert (ask.intent, ask.argument) == (intent, code), text


def test_no_listed_deed_has_more_words_than_are_looked_at() -> None:
    assert max(len(words.split()) for words in vocabulary().deeds) <= MOST_WORDS


@pytest.mark.parametrize("intent", ["done", "in_hand"])
def test_every_spread_form_is_understood(intent: str) -> None:
    for words in deeds(intent):
        ask = understand(f"14/2 {words}", vocabulary())
        assert (ask.intent, ask.argument) == (intent, "14/2"), words


@given(NUMBERS, NUMBERS, st.sampled_from(["/", " / ", "/0"]))
def test_a_code_alone_always_asks_for_the_decision(meeting: int, no: int, slash: str) -> None:
    ask = understand(f"{meeting}{slash}{no}", vocabulary())
    if max(meeting, no) <= 999 or slash != "/0":
        assert (ask.intent, ask.argument) == ("decision", f"{meeting}/{no}")


@given(st.sampled_from(sorted(vocabulary().whole)), st.sampled_from(["", " ", "!", "."]))
def test_stop_start_and_alert_mean_what_they_meant(word: str, end: str) -> None:
    ask = understand(word + end, vocabulary())
    assert ask.intent == vocabulary().whole[word].intent
    assert ask.intent in WHOLE_ONLY


@given(st.sampled_from(deeds("done") + deeds("in_hand")), NUMBERS, NUMBERS)
def test_a_deed_beside_a_code_never_stops_or_starts_anything(
    words: str, meeting: int, no: int
) -> None:
    assert understand(f"{meeting}/{no} {words}", vocabulary()).intent not in WHOLE_ONLY


@given(st.text(max_size=80))
def test_no_text_whatever_fails_and_a_report_always_names_a_number(text: str) -> None:
    for whole in (text, f"14/2 ho gaya {text}", f"{text} 14/2 done", f"laga diya {text} 12"):
        ask = understand(whole, vocabulary())
        if ask.intent in ("done", "in_hand", "hung") and ask.argument:
            assert ask.argument.replace("/", "").isalnum()
        assert len(ask.note) <= 300


@given(st.text("abcdefg ,.!?-0123456789اب", min_size=3, max_size=60))
def test_the_note_is_what_was_written_behind(note: str) -> None:
    ask = understand(f"14/2 ho gaya, {note}", vocabulary())
    assert ask.intent in ("done", "decision", "none")
    assert fold(ask.note) in fold(note)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("14/2 ho gaya", ""),
        ("14/2 ho gaya hai ji shukriya", ""),
        ("14/2 HO GAYA: Khat DC ko diya, diary 553.", "Khat DC ko diya, diary 553"),
        ("aoa 14/2-DONE,letter sent 18 Oct", "letter sent 18 Oct"),
        ("14/2 ہو گیا، خط ڈی سی کو دیا", "خط ڈی سی کو دیا"),
        ("HO GAYA 14/2 pump theek", "pump theek"),
        ("14/2 jari; 60 feet bani", "60 feet bani"),
    ],
)
def test_words_behind_are_kept_as_they_were_written(text: str, note: str) -> None:
    assert understand(text, vocabulary()).note == note


@pytest.mark.parametrize(
    "text",
    [
        *("14/2 nahi hua", "14/2 done nahi hua", "14/2 not done", "14/2 ہو گیا نہیں", "14 done"),
        *("bund toot gaya 14/2", "pani 12 ghante se band", "aag lag gayi", "12 logon ne lagaya"),
        *("12/2 laga diya", "kal 5 baje ho gaya", "sab theek ho gaya tha magar phir kharab"),
    ],
)
def test_what_is_no_report_is_none(text: str) -> None:
    ask = understand(text, vocabulary())
    assert ask.intent not in ("done", "in_hand", "hung") or ask.argument is None, ask


@pytest.mark.parametrize(
    "text",
    [
        *("14/2 ho gaya?", "kya 14/2 ho gaya", "14/2 ho gaya kya", "is 14/2 done"),
        *("کیا ۱۴/۲ ہو گیا", "14/2 ہو گیا؟", "ڇا 14/2 ٿي ويو"),
    ],
)
def test_a_question_asks_for_the_decision(text: str) -> None:
    ask = understand(text, vocabulary())
    assert (ask.intent, ask.argument) == ("decision", "14/2")


@pytest.mark.parametrize("word", ["ready", "up", "sent", "progress", "hua", "laga", "pending"])
def test_one_word_without_a_number_is_no_report(word: str) -> None:
    assert understand(word, vocabulary()).intent not in ("done", "in_hand", "hung")
