"""Conversations about the minutes, as people hold them."""

from dataclasses import replace

from bots.notes import MinutesNote
from bots.sample_register import SampleRegister
from tests.bots.script import answer, member, play, said, stranger


def test_who_reads_roman_urdu_gets_the_minutes_in_that_writing() -> None:
    script = """
    > KARWAI
    < Karwai 14, EC 12 Oct, hazir 11. 1 Sarak khat DC ko: Sadar, Gen Sec 2 Girls school
      list: LSO Roshni 3 Fees Rs 500: Finance Sec. Tafseel: D1 D2 D3
    > 1
    < Karwai 14, EC 12 Oct, hazir 11. 1 Sarak khat DC ko: Sadar, Gen Sec 2 Girls school
      list: LSO Roshni 3 Fees Rs 500: Finance Sec. Tafseel: D1 D2 D3
    > karwai 12
    < Karwai 12, EC 10 Aug, hazir 9. 2 Pump Laspa: LSO Umeed. Tafseel: D12/2
    > M99
    < Karwai 99 nahi mili. Taza karwai: M14 bhejen
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_the_minutes_in_that_writing() -> None:
    script = """
    > minits
    < Minutes 14, EC 12 Oct, 11 present. 1 Road letter to DC: President, Gen Sec 2 Girls
      school list: LSO Roshni 3 Fee Rs 500: Finance Sec. Details: D1 D2 D3
    > 1
    < Minutes 14, EC 12 Oct, 11 present. 1 Road letter to DC: President, Gen Sec 2 Girls
      school list: LSO Roshni 3 Fee Rs 500: Finance Sec. Details: D1 D2 D3
    > MINUTES 12
    < Minutes 12, EC 10 Aug, 9 present. 2 Pump Laspa: LSO Umeed. Details: D12/2
    > M99
    < There are no minutes 99. The latest: send M14
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_the_minutes_in_that_writing() -> None:
    script = """
    > کارروائی
    < کارروائی 14: 1 سڑک خط 2 سکول فہرست 3 فیس 500۔ تفصیل D1 D2 D3
    > 1
    < کارروائی 14: 1 سڑک خط 2 سکول فہرست 3 فیس 500۔ تفصیل D1 D2 D3
    > کارروائی ۱۲
    < کارروائی 12: 2 پمپ لاسپہ: LSO امید۔ تفصیل D12/2
    > M99
    < کارروائی 99 نہیں ملی۔ تازہ: M14 بھیجیں
    """
    play(script, member("ur"))


class Authored(SampleRegister):
    """A network whose secretary wrote the summary herself."""

    def minutes(self, meeting_no: int, language: str, *, registered: bool) -> MinutesNote | None:
        note = super().minutes(meeting_no, language, registered=registered)
        return note and replace(note, summary="Karwai 14, EC 12 Oct. 1 Sarak khat: Sadar.")


class Empty(SampleRegister):
    """A network that has published nothing."""

    def minutes(self, *_: object, **__: object) -> None:
        return None


class Adjourned(SampleRegister):
    """A meeting that took no decision."""

    def minutes(self, meeting_no: int, language: str, *, registered: bool) -> MinutesNote | None:
        note = super().minutes(meeting_no, language, registered=registered)
        return note and replace(note, decisions=())


def test_the_summary_of_the_secretary_is_sent_as_it_is() -> None:
    script = """
    > KARWAI
    < Karwai 14, EC 12 Oct. 1 Sarak khat: Sadar.
    """
    play(script, member("ur"), Authored())


def test_a_network_without_minutes_says_so_and_says_what_to_send_instead() -> None:
    script = """
    > KARWAI
    < Abhi koi karwai shaya nahi hui. Agla ijlas: 2 bhejen
    """
    play(script, member("ur-Latn"), Empty())


def test_minutes_without_decisions_say_so() -> None:
    script = """
    > KARWAI
    < Karwai 14, EC 12 Oct, hazir 11. Koi faisla nahi hua.
    """
    play(script, member("ur-Latn"), Adjourned())


def test_a_stranger_is_answered_in_the_writing_of_the_text() -> None:
    for text, opening in (("minits", "Minutes 14"), ("KARWAI", "Karwai 14"), ("1", "Karwai 14")):
        assert said(answer(text, stranger("ur-Latn"))).startswith(opening)
    assert said(answer("کارروائی", stranger("ur-Latn"))).startswith("کارروائی 14")
    assert said(answer("1", stranger("ur"))).startswith("کارروائی 14")


def test_a_registered_member_is_answered_in_the_chosen_language_whatever_the_writing() -> None:
    assert said(answer("MINUTES", member("ur"))).startswith("کارروائی 14")
    assert said(answer("کارروائی", member("en"))).startswith("Minutes 14")


def test_a_number_larger_than_any_meeting_is_answered_without_asking_the_register() -> None:
    assert said(answer("karwai 99999999999999999999", member("en"))).startswith("There are no")
