"""Conversations about a confirmation of stop, as people hold them."""

from hypothesis import given
from hypothesis import strategies as st

from bots.ask import Effect
from bots.conversation import understand
from tests.bots.script import answer, member, play, said, stranger, vocabulary


def test_who_reads_roman_urdu_gets_a_confirmation_of_stop_in_that_writing() -> None:
    script = """
    > BAND KARO
    < Ab koi message nahi aayega. Sirf jaan ke khatre ki ittila chahiye to ALERT bhejen.
      Dobara shuru: 9 ya START
    > 0
    < Ab koi message nahi aayega. Sirf jaan ke khatre ki ittila chahiye to ALERT bhejen.
      Dobara shuru: 9 ya START
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_a_confirmation_of_stop_in_that_writing() -> None:
    script = """
    > STOP
    < All messages stopped, alerts too. For life danger alerts only send ALERT. To start
      again send 9 or START
    > 0
    < All messages stopped, alerts too. For life danger alerts only send ALERT. To start
      again send 9 or START
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_a_confirmation_of_stop_in_that_writing() -> None:
    script = """
    > بند کریں
    < پیغام بند۔ صرف خطرے کی اطلاع کے لیے ALERT بھیجیں۔ دوبارہ شروع: 9
    > 0
    < پیغام بند۔ صرف خطرے کی اطلاع کے لیے ALERT بھیجیں۔ دوبارہ شروع: 9
    """
    play(script, member("ur"))


def test_stop_changes_the_consent_of_members_and_strangers_alike() -> None:
    for who in (member("ur"), stranger("ur-Latn")):
        assert answer("band-karo", who).effect is Effect.OPT_OUT


def test_every_confirmation_of_stop_names_nine_and_alert() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        text = said(answer("STOP", member(tag)))
        assert "9" in text
        assert "ALERT" in text


_STOPS = st.sampled_from(sorted(vocabulary().whole))
_CONTENT = st.sampled_from(
    [
        *("sarak", "pani", "school", "rasta", "toot", "gaya", "meeting", "karwai", "fees", "dukan"),
        *("kal", "bijli", "nahi", "mat", "road", "not", "why", "سڑک", "نہیں", "پانی"),
    ]
)
"""Not "hai": it ends a verb form, "band karna hai"."""


@given(stop=_STOPS, content=_CONTENT, is_first=st.booleans())
def test_a_word_of_content_keeps_a_text_from_stopping_or_starting(
    stop: str, content: str, is_first: bool
) -> None:
    text = f"{content} {stop}" if is_first else f"{stop} {content}"
    assert understand(text, vocabulary()).intent not in {"stop", "start", "alerts"}


@given(st.sampled_from(sorted(vocabulary().whole)), st.sampled_from(["", "!", " 🙏", "۔", "  "]))
def test_every_whole_word_survives_case_and_punctuation(word: str, mark: str) -> None:
    expected = vocabulary().whole[word].intent
    assert understand(f"{mark}{word.upper()}{mark}", vocabulary()).intent == expected


def test_a_misspelt_stop_is_never_guessed() -> None:
    for text in ("stpo", "stopp", "sotp", "bandd", "shruu kro", "unsubscrib", "bnad karo"):
        assert answer(text, member("en")).effect not in {Effect.OPT_OUT, Effect.OPT_IN}
