"""An answer to a notice may say more than yes or no: transport, a child, somebody else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bots.ask import Ask, Effect, Fellow, Reply, Said, Speaker
from bots.besides import SOMEBODY
from bots.sample_register import SampleRegister
from bots.understanding import understand
from tests.bots.script import answer, member, play, said, vocabulary

AMINA, BILAL = Fellow(5, "Amina Bibi"), Fellow(9, "Bilal Khan")
FETCHED, CHILD, BOTH = Said(transport=True), Said(child=True), Said(transport=True, child=True)


class Noticed(SampleRegister):
    """A notice of the next meeting went to this phone; Amina said before what is told here."""

    def __init__(self, earlier: Said | None = None) -> None:
        self._earlier = earlier

    def called(self, phone: int, people: Sequence[int]) -> Sequence[int]:  # noqa: ARG002
        return (15,)

    def answered(self, meeting_id: int, person_id: int) -> Said | None:  # noqa: ARG002
        return self._earlier


def one(language: str = "en", *people: Fellow) -> Speaker:
    return replace(member(language), people=people or (AMINA,), phone=7)


def understood(text: str) -> tuple[str, Said]:
    ask = understand(text, vocabulary())
    return ask.intent, ask.said


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (
            (
                *("11 gari", "11, gari ka intezam karen", "han gari chahiye", "13 transprt"),
                *("aungi lekin gari chahiye", "aungi magar gari nahi hai", "ok gari bhej dein"),
                *("yes need transport", "coming, need a lift", "11 13", "13 gaari chaheye"),
                *("ہاں گاڑی چاہیے", "آؤں گی لیکن گاڑی نہیں ہے", "ها گاڏي کپي", "هو موټر پکار دی"),
            ),
            FETCHED,
        ),
        (
            (
                *("han bachi sath", "11 bachi", "main bachi ke sath aungi", "14 bachi sath hai"),
                *("jee han bacha sath laungi", "yes with my child", "i will come with my baby"),
                *("11 بچی ساتھ", "آؤں گی بچی ساتھ ہے", "راځم ماشوم سره", "11 14"),
            ),
            CHILD,
        ),
        (("11 13 14", "11 gari bachi sath", "han bachi sath gari chahiye"), BOTH),
        (("11", "han", "jee haan zaroor", "I will come", "آؤں گی"), Said()),
    ],
)
def test_a_yes_says_what_is_needed_in_every_writing(texts: Sequence[str], wanted: Said) -> None:
    assert {text: understood(text) for text in texts} == dict.fromkeys(texts, ("yes", wanted))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("meri jagah Nasreen aayegi", "Nasreen"), ("nasreen ayegi meri jagah", "Nasreen")),
        *(("12 15 nasreen bibi", "Nasreen Bibi"), ("Nasreen ko bhej rahi hun", "Nasreen")),
        *(("main nahi aa sakti meri jagah behan ayegi", "Behan"), ("sending Rashid", "Rashid")),
        *(("Nasreen will come in my place", "Nasreen"), ("meri jagah koi aur aye ga", SOMEBODY)),
        *(("Not coming, Nasreen instead of me", "Nasreen"), ("میری جگہ نسرین آئے گی", "نسرین")),
        *(("منهنجي جاءِ تي نسرين ايندي", "نسرين"), ("زما پر ځای نسرین راځي", "نسرین")),
    ],
)
def test_who_sends_somebody_does_not_come_and_the_name_is_kept(text: str, name: str) -> None:
    assert understood(text) == ("no", Said(stand_in=name))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(("agar gari mili to aungi", "none"), ("gari nahi aa sakti", "none")),
        *(("gari start nahi hoti", "none"), ("aungi gari se", "none")),
        *(("meri jagah kaun ayega", "none"), ("stpo sending me", "none")),
        *(("bachi bimar hai nahi aungi", "no"), ("nahi aungi gari nahi hai", "no")),
        *(("han lekin nahi", "no"), ("kya gari milegi?", "none"), ("ijlas ki jagah", "meeting")),
        *(("13", "minutes"), ("14", "minutes"), ("13 14", "decision"), ("13/14", "decision")),
        *(("bachi behosh hai gari chahiye", "none"), ("15 log zakhmi hain", "none")),
    ],
)
def test_other_words_for_cars_children_and_places_are_what_they_were(
    text: str, intent: str
) -> None:
    assert understood(text) == (intent, Said())


def ask_of(text: str, register: SampleRegister, *people: Fellow) -> Reply:
    return answer(text, one("en", *people), register)


def test_bare_13_14_and_15_are_answers_only_where_a_notice_waits() -> None:
    for text, wanted in (("13", FETCHED), ("14", CHILD), ("13 14", BOTH), ("14 13", BOTH)):
        reply = ask_of(text, Noticed())
        assert (reply.effect, reply.said, reply.about) == (Effect.MEETING_ANSWERED, wanted, (15,))
    assert ask_of("15", Noticed()).said == Said(stand_in=SOMEBODY)
    assert ask_of("15 Gul Bano", Noticed()).said == Said(stand_in="Gul Bano")
    assert ask_of("13", SampleRegister()).intent == "minutes"
    assert ask_of("15 Gul Bano", SampleRegister()).effect is Effect.TO_INBOX


def test_but_before_transport_is_no_vehicle_of_ones_own() -> None:
    needs = ("han par gari chahiye", "aungi pr gari nahi hai", "ہاں پر گاڑی چاہیے")
    for text in needs:
        assert understood(text) == ("yes", FETCHED), text
    for text in ("han gari par aaungi", "han apni gari par aungi", "ہاں گاڑی پر آؤں گی"):
        assert understood(text)[1] == Said(), text


def test_who_is_sent_may_be_called_by_any_name_and_as_the_text_says_it() -> None:
    for text, name in (
        *(("15 Nasreen Bibi", "Nasreen Bibi"), ("15 Zainab", "Zainab"), ("15 Saima", "Saima")),
        *(("15 aur naam Nasreen", "Nasreen"), ("15 and the name Nasreen", "Nasreen")),
        *(("15 meri behan Nasreen", "Nasreen"), ("15 نام نسرین", "نسرین")),
        *(("15 meri behan", SOMEBODY), ("15 meri beti", "Beti"), ("15 my sister", SOMEBODY)),
    ):
        assert ask_of(text, Noticed()).said == Said(stand_in=name), text
    assert ask_of("15 bohat kharab", Noticed()).effect is not Effect.MEETING_ANSWERED


@pytest.mark.parametrize(
    "text",
    ["karwai 14", "M14", "D 13 14", "13/1", "14 tareekh ko", "15 karwai", "15?", "14 minutes"],
)
def test_a_number_beside_a_word_or_in_a_question_answers_nothing(text: str) -> None:
    assert ask_of(text, Noticed()).effect is not Effect.MEETING_ANSWERED


def test_needs_add_up_until_a_bare_11_takes_them_back() -> None:
    assert ask_of("14", Noticed(FETCHED)).said == BOTH
    assert ask_of("ji han", Noticed(FETCHED)).said == FETCHED
    assert ask_of("11", Noticed(BOTH)).said == Said()
    assert ask_of("12", Noticed(BOTH)).said == Said()


def test_the_answer_is_told_back_with_what_was_understood() -> None:
    play(
        """
        > 11 gari chahiye
        < Noted: coming to the EC meeting Sun 9 Nov 10am; you need transport. Without: 11. Not
          coming: 12
        > 11 bachi sath
        < Noted: coming to the EC meeting Sun 9 Nov 10am with a child. Without: 11. Not coming: 12
        > 15 Gul Bano
        < Noted: Gul Bano comes to the EC meeting Sun 9 Nov 10am instead of you. If you come
          yourself send 11
        > 15
        < Noted: somebody comes to the EC meeting Sun 9 Nov 10am instead of you. Who? Send 15 and
          the name
        """,
        one(),
        Noticed(),
    )
    for language, words in (("ur-Latn", "bacha sath, sawari chahiye"), ("ur", "بچہ، سواری")):
        assert words in said(answer("11 13 14", one(language), Noticed()))


def test_on_a_shared_phone_the_name_says_who_needs_it() -> None:
    for text in ("13 Bilal", "Bilal 13", "11 Bilal gari chahiye", "11 gari chahiye Bilal"):
        reply = ask_of(text, Noticed(), AMINA, BILAL)
        assert (reply.told_by, reply.said) == (BILAL.id, FETCHED), text
    asked = ask_of("13", Noticed(), AMINA, BILAL)
    assert asked.effect is Effect.ASK_WHO
    assert asked.opens is not None
    assert asked.opens.note == "11 13"
    sent = ask_of("meri jagah Bilal ayega", Noticed(), AMINA, BILAL)
    assert sent.opens is not None
    assert sent.opens.note == "12 15 Bilal"
    # It is Amina who sends Bilal, or Bilal somebody: his name in it does not say that he is out.
    other_way = ask_of("Bilal ayega meri jagah", Noticed(), AMINA, BILAL)
    assert other_way.effect is Effect.ASK_WHO


def test_nothing_of_it_is_read_into_a_long_letter() -> None:
    long = "han " + "gari " * 40
    assert understand(long, vocabulary()) == Ask(
        "none", None, understand(long, vocabulary()).certainty, ""
    )
