"""What a missed call is answered with: one text that costs the caller nothing and tells enough."""

from collections.abc import Sequence

import pytest

from app.domain.gsm import count
from bots.ask import Ask, Certainty, Reply, Speaker
from bots.keywords.today import KEYWORD
from bots.notes import DecisionNote, MeetingNote
from bots.sample_register import SampleRegister
from tests.bots.script import member, said, stranger

CALL = Ask("today", None, Certainty.EXACT, "")


def called(who: Speaker, register: SampleRegister | None = None) -> Reply:
    return KEYWORD.answer(CALL, who, register or SampleRegister())


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (
            stranger(),
            "Mirkhai. EC ijlas itwar 9 Nov subah 10 baje, LSO Roshni, Shahi. Faisla: D14/1 Sarak "
            "khat DC ko. Bhejen 1 karwai, 2 ijlas, 3 faisle, 6 masla, 0 band",
        ),
        (
            member("en"),
            "Mirkhai. EC meeting Sun 9 Nov 10am, LSO Roshni, Shahi. Decided: D14/1 Road letter "
            "to DC. Send 1 minutes, 2 meeting, 3 decisions, 6 problem, 0 stop",
        ),
        (member("ur"), "اجلاس EC اتوار 9 نومبر صبح 10 بجے۔ بھیجیں 1 کارروائی 3 فیصلے 0 بند"),
    ],
)
def test_a_caller_gets_the_next_meeting_the_newest_decision_and_how_to_ask(
    who: Speaker, text: str
) -> None:
    reply = called(who)
    assert (reply.intent, said(reply), count(said(reply))) == ("today", text, 1)


class Secret(SampleRegister):
    """A network that notes for whom it was asked."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    def next_meeting(self, language: str, *, registered: bool) -> MeetingNote | None:
        self.asked.append(registered)
        return super().next_meeting(language, registered=registered)

    def recent_decisions(
        self, language: str, *, registered: bool, topic: str = "", words: str = "", limit: int = 3
    ) -> Sequence[DecisionNote]:
        self.asked.append(registered)
        return super().recent_decisions(
            language, registered=registered, topic=topic, words=words, limit=limit
        )


def test_a_call_tells_only_what_is_public_because_nobody_knows_who_held_the_phone() -> None:
    register = Secret()
    called(member("en"), register)
    assert register.asked == [False, False]


class Empty(SampleRegister):
    """A network in its first week."""

    def next_meeting(self, *_: object, **__: object) -> None:
        return None

    def recent_decisions(self, *_: object, **__: object) -> list[DecisionNote]:
        return []


@pytest.mark.parametrize("tag", ["en", "ur-Latn", "ur", "sd", "ps"])
def test_a_network_without_meeting_or_decision_still_says_how_to_ask(tag: str) -> None:
    text = said(called(stranger(tag), Empty()))
    assert count(text) == 1
    assert "1" in text
    assert "None" not in text
    assert not text.startswith((".", " "))
