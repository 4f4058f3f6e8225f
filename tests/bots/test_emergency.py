"""Whom to call in need: 7, AMBULANCE, HANGAMI, with or without a village, known or not."""

from dataclasses import replace
from datetime import date

from app.domain.gsm import count
from bots.ask import Effect, Fellow
from bots.notes import CardNote
from bots.sample_register import NOW, SampleRegister
from bots.values import Entry
from tests.bots.script import answer, member, play, said, stranger

OURS = replace(member("en"), people=(Fellow(1, "Amina Bibi"),), phone=9)


def test_a_stranger_gets_the_numbers_of_all_and_how_to_ask_for_a_village() -> None:
    script = """
    > 7
    < Rescue 1122. Ambulance 115. Police 15. Apne gaon ke liye 7 aur uska naam bhejen, jaise 7 SHAHI
    > hangami
    < Rescue 1122. Ambulance 115. Police 15. Apne gaon ke liye 7 aur uska naam bhejen, jaise 7 SHAHI
    > 7 SHAHI
    < LSO Roshni, Shahi: Rescue 1122. Duty par Sher Nawab 0399 1234567. Ambulance 115.
      Jaanch 1 Oct. Doosra gaon: 7 aur uska naam bhejen
    """
    play(script, stranger())


def test_a_village_is_found_in_english_and_in_urdu() -> None:
    script = """
    > AMBULANCE SHAHI
    < LSO Roshni, Shahi: Rescue 1122. On duty Sher Nawab 0399 1234567. Ambulance 115.
      Checked 1 Oct. Another village: send 7 and its name
    """
    play(script, stranger("en"))
    play("> ۷ شاہی\n< شاہی: ریسکیو 1122۔ ڈیوٹی شیر نواب 03991234567۔ جانچ 1 اکتوبر۔", member("ur"))
    play("> 7\n< ریسکیو 1122۔ ایمبولینس 115۔ پولیس 15۔ اپنا گاؤں: 7 شاہی", member("ur"))


def test_who_is_known_gets_the_card_of_their_own_village_without_a_question() -> None:
    reply = answer("7", OURS)
    assert "On duty Sher Nawab" in said(reply)
    assert reply.opens is None


def test_which_village_is_asked_only_beside_the_numbers_and_only_where_cards_differ() -> None:
    nobody = replace(stranger("en"), phone=9)
    reply = answer("7", nobody)
    assert reply.opens is not None
    assert reply.opens.kind == "place"
    assert "1122" in said(reply)
    assert answer("7", nobody, OneCard()).opens is None
    assert said(answer("7", nobody, OneCard())) == "Rescue 1122. Office 0944 111222."


def test_in_a_group_the_card_is_not_that_of_whoever_asks() -> None:
    reply = answer("7", replace(OURS, is_group=True))
    assert "Sher Nawab" not in said(reply)


def test_danger_beside_the_word_is_seen_by_a_person_too() -> None:
    reply = answer("ambulance shahi sailab aa gaya", stranger())
    assert reply.is_danger
    assert reply.effect is Effect.TO_INBOX
    assert "1122" in said(reply)


def test_a_network_without_any_card_still_names_1122() -> None:
    assert said(answer("7", stranger("ur"), NoCard())) == "1122."


def test_a_full_card_of_long_names_stays_in_one_text_and_loses_no_digit_of_a_number() -> None:
    for tag in ("en", "ur-Latn", "ur", "sd", "ps"):
        text = said(answer("7 shahi", stranger(tag), LongCard(tag)))
        assert count(text) == 1
        assert "1122" in text
        for number in (f"0944 41122{no}" for no in range(6)):
            stem = number[:-1]
            bare = text.replace(" ", "")
            assert bare.count(stem.replace(" ", "")) == sum(
                f"{stem}{no}".replace(" ", "") in bare for no in range(6)
            )


def test_the_rest_of_a_long_card_comes_with_more() -> None:
    reply = answer("7 shahi", stranger("ur"), LongCard("ur"))
    assert reply.more is not None
    assert len(reply.more.codes) == 7


class OneCard(SampleRegister):
    """A network whose only card is the one of all."""

    def card(self, *_: object) -> CardNote:
        return CardNote("", (Entry("1122", "Rescue"), Entry("0944 111222", "Office")), None)


class NoCard(SampleRegister):
    """A register that knows no number at all."""

    def card(self, *_: object) -> None:
        return None


class LongCard(SampleRegister):
    """A card as long as the office may write one."""

    def __init__(self, tag: str) -> None:
        self._whose = (
            "ضلعی ہسپتال بالا بازار"
            if tag in ("ur", "sd", "ps")
            else "District hospital, upper bazaar"
        )

    def card(self, *_: object) -> CardNote:
        lines = tuple(Entry(f"0944 41122{no}", self._whose) for no in range(6))
        return CardNote(
            "LSO Roshni, " + "Gul Dherai " * 6,
            (Entry("1122", "Rescue"), *lines),
            date(2025, 9, 30),
            "x" * 40,
        )


def test_the_moment_of_the_sample_is_the_one_of_these_scripts() -> None:
    assert NOW.date() == date(2025, 10, 13)
