"""Conversations about a confirmation of start, as people hold them."""

from bots.ask import Effect
from tests.bots.script import answer, member, play


def test_who_reads_roman_urdu_gets_a_confirmation_of_start_in_that_writing() -> None:
    script = """
    > SHURU KARO
    < Ab message dobara aayenge. Band karne ke liye 0 ya STOP. Fehrist: MADAD
    > 9
    < Ab message dobara aayenge. Band karne ke liye 0 ya STOP. Fehrist: MADAD
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_a_confirmation_of_start_in_that_writing() -> None:
    script = """
    > START
    < Messages will come again. To stop send 0 or STOP. Menu: HELP
    > 9
    < Messages will come again. To stop send 0 or STOP. Menu: HELP
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_a_confirmation_of_start_in_that_writing() -> None:
    script = """
    > شروع کریں
    < پیغام دوبارہ شروع۔ بند کرنے کے لیے 0۔ فہرست: مدد
    > 9
    < پیغام دوبارہ شروع۔ بند کرنے کے لیے 0۔ فہرست: مدد
    """
    play(script, member("ur"))


def test_start_asks_for_texts_again() -> None:
    assert answer("UNSTOP", member("en")).effect is Effect.OPT_IN


def test_yes_is_never_a_start() -> None:
    assert answer("YES", member("en")).effect is Effect.TO_INBOX
