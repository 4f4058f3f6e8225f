"""What is new: two pieces at a time, newest first, MORE goes on."""

from app.domain.gsm import count
from bots.notes import NewsNote
from bots.sample_register import NOW, SampleRegister
from tests.bots.script import answer, member, play, said, stranger


def test_the_two_newest_come_first_with_the_word_for_more() -> None:
    script = """
    > KHABAR
    < Khabren (12 Oct): 1) Shahi sarak: khat DC ko de diya 2) Girls school ko ustani mil gayi.
      Aage ke liye AUR bhejen
    """
    play(script, member("ur-Latn"))
    script = """
    > 4
    < News (12 Oct): 1) Shahi road: letter handed to the DC 2) Girls' school gets a teacher.
      For more send MORE
    """
    play(script, stranger("en"))
    play("> خبریں\n< خبریں: 1) شاہی سڑک کا خط DC کو 2) سکول میں استانی۔ آگے: مزید", member("ur"))


def test_more_goes_on_behind_what_was_told() -> None:
    reply = answer("4", member("en"))
    assert reply.more is not None
    assert (reply.more.codes, reply.more.goes_on) == (("1)", "2)"), True)


def test_a_network_without_news_offers_the_minutes() -> None:
    play("> 4\n< Abhi koi khabar nahi. Taza karwai: 1 bhejen", member("ur-Latn"), Silent())


def test_long_news_is_cut_at_a_word_and_stays_in_one_text() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        text = said(answer("4", member(tag), Talkative()))
        assert count(text) == 1
        assert "1)" in text


def test_a_long_piece_stands_alone_instead_of_cutting_two_of_them() -> None:
    reply = answer("4", member("ur"), Talkative())
    assert reply.more is not None
    assert (reply.more.codes, reply.more.goes_on) == (("1)",), True)
    assert "2)" not in said(reply)


class Silent(SampleRegister):
    """Nothing was published yet."""

    def news(self, *_: object, **__: object) -> list[NewsNote]:
        return []


class Talkative(SampleRegister):
    """Stories with titles as long as a page takes them."""

    def news(self, *_: object, **__: object) -> list[NewsNote]:
        return [NewsNote(NOW.date(), "لاسپہ کا پل کھل گیا اور گاڑیاں چل رہی ہیں " * 9)] * 3
