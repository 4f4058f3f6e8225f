"""Conversations about the next meeting, as people hold them."""

from dataclasses import replace
from datetime import timedelta

from bots.notes import MeetingNote
from bots.sample_register import NOW, SampleRegister
from tests.bots.script import answer, member, play, said


def test_who_reads_roman_urdu_gets_the_next_meeting_in_that_writing() -> None:
    script = """
    > IJLAS
    < EC ijlas itwar 9 Nov subah 10 baje, LSO Roshni, Shahi. Agenda: sarak, school, fees
    > agla ijlas kab hai
    < EC ijlas itwar 9 Nov subah 10 baje, LSO Roshni, Shahi. Agenda: sarak, school, fees
    > 2
    < EC ijlas itwar 9 Nov subah 10 baje, LSO Roshni, Shahi. Agenda: sarak, school, fees
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_the_next_meeting_in_that_writing() -> None:
    script = """
    > MITING
    < EC meeting Sun 9 Nov 10am, LSO Roshni, Shahi. Agenda: road, school, fees
    > next meeting
    < EC meeting Sun 9 Nov 10am, LSO Roshni, Shahi. Agenda: road, school, fees
    > 2
    < EC meeting Sun 9 Nov 10am, LSO Roshni, Shahi. Agenda: road, school, fees
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_the_next_meeting_in_that_writing() -> None:
    script = """
    > اجلاس
    < اجلاس EC اتوار 9 نومبر صبح 10 بجے، LSO روشنی شاہی
    > اجلاس کب ہے؟
    < اجلاس EC اتوار 9 نومبر صبح 10 بجے، LSO روشنی شاہی
    > 2
    < اجلاس EC اتوار 9 نومبر صبح 10 بجے، LSO روشنی شاہی
    """
    play(script, member("ur"))


class Soon(SampleRegister):
    """A network whose meeting is some days after the sample moment."""

    def __init__(self, days: int) -> None:
        self._days = days

    def next_meeting(self, language: str, *, registered: bool) -> MeetingNote | None:
        note = super().next_meeting(language, registered=registered)
        return note and replace(note, at=(NOW + timedelta(days=self._days)).replace(minute=30))


class Uncalled(SampleRegister):
    """A network that has called no meeting."""

    def next_meeting(self, *_: object, **__: object) -> None:
        return None


def test_tomorrow_and_today_are_said_as_such() -> None:
    assert "TOMORROW Tue 14 Oct 9:30am" in said(answer("2", member("en"), Soon(1)))
    assert "KAL mangal 14 Oct subah 9:30 baje" in said(answer("2", member("ur-Latn"), Soon(1)))
    assert "آج پیر 13 اکتوبر صبح 9:30 بجے" in said(answer("2", member("ur"), Soon(0)))


def test_when_no_meeting_is_called_the_minutes_are_offered() -> None:
    script = """
    > IJLAS
    < Abhi koi ijlas nahi bulaya gaya. Taza karwai: 1 bhejen
    """
    play(script, member("ur-Latn"), Uncalled())
