"""Conversations about the menu, as people hold them."""

from tests.bots.script import member, play


def test_who_reads_roman_urdu_gets_the_menu_in_that_writing() -> None:
    script = """
    > ?
    < Mirkhai. Number bhejen: 1 Karwai 2 Agla ijlas 3 Faisle 4 Khabren 5 Rabta
      6 Masla batayen 7 Hangami 8 Zuban 9 Shuru 0 Band
    > MADAD
    < Mirkhai. Number bhejen: 1 Karwai 2 Agla ijlas 3 Faisle 4 Khabren 5 Rabta
      6 Masla batayen 7 Hangami 8 Zuban 9 Shuru 0 Band
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_the_menu_in_that_writing() -> None:
    script = """
    > HELP
    < Mirkhai. Send a number: 1 Latest minutes 2 Next meeting 3 Decisions 4 News 5
      Contact 6 Report problem 7 Emergency 8 Language 9 Start 0 Stop
    > ؟
    < Mirkhai. Send a number: 1 Latest minutes 2 Next meeting 3 Decisions 4 News 5
      Contact 6 Report problem 7 Emergency 8 Language 9 Start 0 Stop
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_the_menu_in_that_writing() -> None:
    script = """
    > مدد
    < 1 کارروائی 2 اجلاس 3 فیصلے 4 خبر 5 رابطہ 6 مسئلہ 7 ہنگامی 8 زبان 0 بند
    > ?
    < 1 کارروائی 2 اجلاس 3 فیصلے 4 خبر 5 رابطہ 6 مسئلہ 7 ہنگامی 8 زبان 0 بند
    """
    play(script, member("ur"))
