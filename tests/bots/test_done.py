"""Conversations about decisions that are done, as owners hold them."""

from dataclasses import replace

from bots.ask import Effect
from bots.sample_register import PEOPLE
from tests.bots.script import answer, member, play, stranger


def owner(language: str):
    return replace(member(language), people=PEOPLE[:1])


def test_an_owner_who_reads_english_is_told_that_it_is_noted() -> None:
    script = """
    > 14/1 DONE
    < Noted: 14/1 is done. The General Secretary confirms it. If it is not so send 14/1 IN HAND
    > DONE
    < Which decision is done? Send its number too, as in 14/2 DONE
    > 7/7 done
    < There is no decision 7/7. The newest decisions: send 3
    > 12/2 done
    < Thank you. Decision 12/2 stands as in progress already
    """
    play(script, owner("en"))


def test_an_owner_who_reads_roman_urdu_gets_it_in_that_writing() -> None:
    script = """
    > 14/1 HO GAYA
    < Likh liya: 14/1 ho gaya. General Secretary tasdeeq karenge. Aisa nahi to 14/1 JARI bhejen
    > ho gaya
    < Kaun sa faisla ho gaya? Number bhi bhejen, jaise 14/2 HO GAYA
    > 14/2 ho gaya
    < Shukriya. Faisla 14/2 ki khabar zimmedar (LSO Roshni) dete hain. Aap ka paigham
      daftar ko mil gaya
    """
    play(script, owner("ur-Latn"))


def test_an_owner_who_reads_urdu_gets_it_in_that_writing() -> None:
    script = """
    > 14/1 ہو گیا
    < لکھ لیا: 14/1 ہو گیا۔ سیکرٹری تصدیق کریں گے
    > ۱۴/۲ ہو گیا
    < شکریہ۔ فیصلہ 14/2 کا پیغام دفتر کو مل گیا
    """
    play(script, owner("ur"))


def test_the_report_names_decision_owner_and_note() -> None:
    reply = answer("14/1 ho gaya, khat 18 Oct ko bheja.", owner("ur-Latn"))
    assert (reply.effect, reply.about, reply.told_by) == (Effect.DECISION_TOLD, (1,), PEOPLE[0].id)
    assert reply.note == "khat 18 Oct ko bheja"


def test_who_owes_nothing_is_heard_by_people() -> None:
    for who in (member("en"), stranger("en"), replace(member("en"), people=PEOPLE[1:])):
        reply = answer("14/1 DONE", who)
        assert (reply.template, reply.effect) == ("report_thanks", Effect.TO_INBOX)


def test_on_a_shared_phone_the_one_who_owes_it_reports() -> None:
    shared = replace(member("en"), people=PEOPLE)
    assert answer("14/1 DONE", shared).told_by == PEOPLE[0].id
    other_speaks = replace(shared, speaking=PEOPLE[1].id)
    assert answer("14/1 DONE", other_speaks).told_by == PEOPLE[0].id
