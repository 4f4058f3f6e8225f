"""Conversations about a choice of languages, as people hold them."""

from bots.ask import Effect
from tests.bots.script import answer, member, play


def test_who_reads_roman_urdu_gets_a_choice_of_languages_in_that_writing() -> None:
    script = """
    > 8
    < Zuban chunne ke liye in mein se ek lafz bhejen: ENGLISH PASHTO SINDHI URDU ROMAN
    > 8 URDU
    < اب جواب اردو میں ملے گا۔ فہرست: مدد
    > zuban english
    < Your language is now English. Menu: HELP
    """
    play(script, member("ur-Latn"))


def test_who_reads_english_gets_a_choice_of_languages_in_that_writing() -> None:
    script = """
    > 8
    < To choose your language send one of these words: ENGLISH PASHTO SINDHI URDU ROMAN
    > ROMAN
    < Ab aap ko Roman Urdu mein jawab milega. Fehrist: MADAD
    """
    play(script, member("en"))


def test_who_reads_urdu_gets_a_choice_of_languages_in_that_writing() -> None:
    script = """
    > 8
    < زبان کے لیے لفظ بھیجیں: ENGLISH PASHTO SINDHI URDU ROMAN
    > اردو
    < اب جواب اردو میں ملے گا۔ فہرست: مدد
    """
    play(script, member("ur"))


def test_the_chosen_tag_travels_with_the_effect() -> None:
    reply = answer("8 ROMAN", member("ur"))
    assert (reply.effect, reply.language) == (Effect.SET_LANGUAGE, "ur-Latn")


def test_a_language_that_is_not_there_brings_the_list() -> None:
    assert answer("8 french", member("en")).template == "language_list"
