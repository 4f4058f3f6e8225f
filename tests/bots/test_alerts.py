"""Conversations about danger alerts only, as people hold them."""

from bots.ask import Effect
from tests.bots.script import answer, member, play


def test_who_reads_roman_urdu_gets_danger_alerts_only_in_that_writing() -> None:
    script = """
    > SIRF KHATRA
    < Ab sirf jaan ke khatre ki ittila aayegi. Sab message ke liye 9 ya START. Sab band: 0
      ya STOP
    > ALERT
    < Ab sirf jaan ke khatre ki ittila aayegi. Sab message ke liye 9 ya START. Sab band: 0
      ya STOP
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_danger_alerts_only_in_that_writing() -> None:
    script = """
    > ALERT
    < From now on only alerts of danger to life will come. For all messages send 9 or
      START. To stop all send 0 or STOP
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_danger_alerts_only_in_that_writing() -> None:
    script = """
    > صرف خطرہ
    < اب صرف خطرے کی اطلاع آئے گی۔ سب پیغام: 9۔ سب بند: 0
    """
    play(script, member("ur"))


def test_alert_keeps_the_alerts_and_nothing_else() -> None:
    assert answer("Alert.", member("en")).effect is Effect.ALERTS_ONLY


def test_a_cry_of_danger_is_not_a_setting() -> None:
    assert answer("khatra", member("en")).effect is Effect.TO_INBOX
    assert answer("alert sailab aa raha hai", member("en")).effect is Effect.TO_INBOX
