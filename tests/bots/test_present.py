"""The host of a meeting tells by text who is present, by the numbers of the attendance sheet."""

from dataclasses import replace

import pytest

from bots.ask import Effect, Fellow
from bots.sample_register import PEOPLE
from bots.understanding import understand
from tests.bots.script import answer, member, play, stranger, vocabulary

HOST = PEOPLE[:1]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        *(("HAZIR 1 2 5 9", "1 2 5 9"), ("hazir 9,5 2 & 1", "1 2 5 9"), ("hazir 1-3 7", "1 2 3 7")),
        *(("hazri 01 - 03", "1 2 3"), ("hazir sab", "all"), ("hazir sab magar 3", "all 3")),
        *(("present all except 3 7", "all 3 7"), ("حاضر ۱ ۲ ۵", "1 2 5"), ("hazir 3 3 3", "3")),
        *(("hazir 2 aur 4 number", "2 4"), ("حاضر سڀ", "all"), ("حاضر ټول", "all")),
    ],
)
def test_numbers_all_and_all_but_some_are_understood(text: str, named: str) -> None:
    ask = understand(text, vocabulary())
    assert (ask.intent, ask.argument) == ("present", named)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(("hazir", "yes"), ("hazir hun", "yes"), ("ghair hazir", "no"), ("hazir 3 log", "none")),
        *(("hazir 0", "none"), ("hazir sab 3", "none"), ("hazir 1000", "none")),
        ("hazir sab magar", "yes"),
    ],
)
def test_a_yes_stays_a_yes_and_what_is_unclear_goes_to_people(text: str, intent: str) -> None:
    assert understand(text, vocabulary()).intent == intent


def test_the_host_is_told_the_count_and_the_women() -> None:
    play(
        """
        > HAZIR 1 2 12 15
        < Attendance noted, EC meeting 12 Oct: 4 of 15 present, women 2. If it is wrong send all
          the numbers again
        > present all but 1
        < Attendance noted, EC meeting 12 Oct: 14 of 15 present, women 4. If it is wrong send all
          the numbers again
        > HAZIR 2 16
        < Nothing noted: the sheet of the EC meeting 12 Oct has numbers 1 to 15, and no 16. Send
          all the numbers again
        """,
        replace(member("en"), people=HOST),
    )
    reply = answer("HAZIR 2 1", replace(member("en"), people=HOST))
    assert (reply.effect, reply.about, reply.numbers) == (
        *(Effect.ATTENDANCE_TAKEN, (14,)),
        (1, 2),
    )
    assert answer("HAZIR 99", replace(member("en"), people=HOST)).effect is Effect.NONE


def test_from_anybody_else_people_read_it_and_hazir_11_is_their_yes() -> None:
    other = replace(member("en"), people=(Fellow(3, "Gul Bibi"),))
    assert answer("HAZIR 1 2", other).effect is Effect.TO_INBOX
    assert answer("HAZIR 1 2", stranger("en")).effect is Effect.TO_INBOX
    assert answer("hazir 11", other).effect is Effect.MEETING_ANSWERED
