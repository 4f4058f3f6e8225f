"""How somebody is reached: posts and the office's number, never anybody's own."""

from app.domain.gsm import count
from bots.ask import Effect
from bots.notes import HolderNote
from bots.sample_register import SampleRegister
from tests.bots.script import answer, member, play, said, stranger


def test_a_member_is_told_the_chief_posts_and_the_number_of_the_office() -> None:
    script = """
    > RABTA
    < Sadar: Rehmat Wali. General Secretary: Nusrat Ansari. Daftar: 0944 111222.
      Ya 6 aur apna paigham bhejen
    > 5
    < Sadar: Rehmat Wali. General Secretary: Nusrat Ansari. Daftar: 0944 111222.
      Ya 6 aur apna paigham bhejen
    > SADAR
    < Sadar: Rehmat Wali. Daftar: 0944 111222. Ya 6 aur apna paigham bhejen
    """
    play(script, member("ur-Latn"))
    script = """
    > contact secretary
    < General Secretary: Nusrat Ansari. Office: 0944 111222. Or send 6 and your message
    """
    play(script, member("en"))
    play("> صدر\n< صدر: رحمت ولی۔ دفتر 0944111222۔ یا 6 اور پیغام بھیجیں", member("ur"))


def test_a_stranger_is_told_the_office_and_no_name() -> None:
    play(
        "> 5\n< Mirkhai office: 0944 111222. Or send 6 and your message, we answer", stranger("en")
    )
    script = """
    > SADAR
    < Mirkhai ka daftar: 0944 111222. Ya 6 aur apna paigham bhejen, jawab milega
    """
    play(script, stranger())


def test_without_a_number_of_the_office_a_message_is_the_way() -> None:
    for tag, way in (("en", "send 6 and"), ("ur-Latn", "6 aur apni baat"), ("ur", "6 + ")):
        text = said(answer("5", member(tag), NoOffice()))
        assert way in text
        assert count(text) == 1
    assert "6" in said(answer("5", stranger("ur"), NoOffice()))


def test_a_message_to_the_president_is_passed_on_by_people() -> None:
    for text in (
        "SADAR: hamare gaon ki sarak kab banegi",
        "contact president our road is closed today",
    ):
        reply = answer(text, member("ur-Latn"))
        assert reply.effect is Effect.TO_INBOX
        assert "daftar ko mil gaya" in said(reply)


def test_long_posts_and_names_stay_in_one_text() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        assert count(said(answer("5", member(tag), Crowd()))) == 1


class NoOffice(SampleRegister):
    """A network whose office has no telephone."""

    def holders(self, *_: object) -> list[HolderNote]:
        return [HolderNote("President", "Rehmat Wali", "")]


class Crowd(SampleRegister):
    """Six officers with long names."""

    def holders(self, *_: object) -> list[HolderNote]:
        return [HolderNote("فنانس سیکرٹری", "نصرت انصاری گل رخ ناز", "0944 111222")] * 6
