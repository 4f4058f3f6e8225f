"""Conversations of those who cannot come to a meeting."""

from dataclasses import replace

import pytest

from bots.ask import Effect, Fellow
from tests.bots.script import answer, member, play

GUL = Fellow(3, "Gul Bibi")


def test_a_no_is_told_back_with_the_meeting_and_the_way_to_change_it() -> None:
    for language, said, noted in (
        (
            "en",
            "no",
            "Noted: NOT coming to the EC meeting Sun 9 Nov 10am. To change it send 11. "
            "Somebody comes for you: 15 and the name",
        ),
        (
            "ur-Latn",
            "ji nahi",
            "Likh liya: shirkat NAHI, EC ijlas itwar 9 Nov subah 10 baje. Badalna ho to 11. "
            "Koi aur aaye to 15 aur naam",
        ),
        ("ur", "جی نہیں", "لکھ لیا: شرکت نہیں، اجلاس EC اتوار 9 نومبر صبح 10 بجے۔ بدلنا ہو تو 11"),
    ):
        who = replace(member(language), people=(GUL,))
        play(f"> {said}\n< {noted}\n> 12\n< {noted}", who)


@pytest.mark.parametrize("text", ["ji nahi aungi", "nahi aunga", "han lekin nahi", "mazrat"])
def test_a_no_beside_a_yes_is_a_no(text: str) -> None:
    reply = answer(text, replace(member("ur-Latn"), people=(GUL,)))
    assert (reply.intent, reply.effect) == ("no", Effect.MEETING_ANSWERED)
