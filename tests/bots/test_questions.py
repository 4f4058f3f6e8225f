"""What a bare text means while the network waits for an answer from its phone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bots.ask import Effect, Fellow, Speaker
from bots.notes import MeetingNote, QuestionNote
from bots.sample_register import NOW, SampleRegister
from tests.bots.script import answer, member, said, stranger

_AMINA, _BILAL = Fellow(1, "Amina Bibi"), Fellow(2, "Bilal Khan")
LATER = NOW + timedelta(hours=40)


def on_phone(*people: Fellow, **changes: object) -> Speaker:
    return replace(member("ur-Latn"), phone=7, people=people, **changes)  # type: ignore[arg-type]


class Waiting(SampleRegister):
    """A network that asked this phone something."""

    def __init__(self, *kinds: str, calls: int = 0, note: str = "") -> None:
        self._kinds, self._calls, self._note = kinds, calls, note

    def questions(self, phone: int) -> Sequence[QuestionNote]:
        assert phone == 7
        return [QuestionNote(kind, 0, self._note, NOW, LATER) for kind in self._kinds]

    def calls(self, phone: int, people: Sequence[int]) -> Sequence[QuestionNote]:
        assert phone == 7
        assert people
        return [QuestionNote("meeting", 15 + n, "", NOW, LATER) for n in range(self._calls)]


@pytest.mark.parametrize(
    ("calls", "text", "intent"),
    [
        *(
            (1, "1", "yes"),
            (1, "2", "no"),
            (1, "۱", "yes"),
            (1, "2 ji", "no"),
            (1, "3", "decision"),
        ),
        *((0, "1", "minutes"), (0, "2", "meeting"), (2, "1", "minutes"), (2, "2", "meeting")),
        *((1, "1 14", "minutes"), (1, "karwai", "minutes"), (1, "meeting", "meeting")),
    ],
)
def test_a_bare_1_or_2_is_an_answer_only_while_one_meeting_waits_for_it(
    calls: int, text: str, intent: str
) -> None:
    assert answer(text, on_phone(_AMINA), Waiting(calls=calls)).intent == intent


def test_a_phone_without_people_has_no_meeting_to_answer() -> None:
    assert answer("1", replace(stranger(), phone=7), Waiting(calls=1)).intent == "minutes"


def test_an_open_question_takes_what_is_no_command() -> None:
    reply = answer("nalka toota hua hai aur koi nahi aata", on_phone(_AMINA), Waiting("report"))
    assert (reply.intent, reply.effect) == ("report", Effect.REPORT)
    assert reply.note == "nalka toota hua hai aur koi nahi aata"
    assert reply.closes == ("report",)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("STOP", "stop"),
        ("karwai", "minutes"),
        ("2", "meeting"),
        ("11", "yes"),
        ("D14/1", "decision"),
    ],
)
def test_an_open_question_hides_no_command(text: str, intent: str) -> None:
    reply = answer(text, on_phone(_AMINA), Waiting("report", "place"))
    assert (reply.intent, "report" in reply.closes) == (intent, False)


def test_the_newest_question_is_answered_first() -> None:
    reply = answer("Laspa ka purana nalka", on_phone(_AMINA), Waiting("meeting", "report", "who"))
    assert reply.closes == ("report",)


def test_what_was_said_before_the_question_who_it_is_counts_once_the_name_is_told() -> None:
    asked = answer("12", on_phone(_AMINA, _BILAL), Waiting())
    assert asked.effect is Effect.ASK_WHO
    assert asked.opens is not None
    assert (asked.opens.kind, asked.opens.note) == ("who", "12")
    told = answer("2", on_phone(_AMINA, _BILAL, is_asked=True), Waiting("who", note="12"))
    assert (told.intent, told.effect) == ("no", Effect.MEETING_ANSWERED)
    assert (told.told_by, told.speaker_id) == (_BILAL.id, _BILAL.id)
    assert "who" in told.closes
    assert "Bilal Khan" in said(told)


@pytest.mark.parametrize(("text", "intent"), [("1 Bilal", "yes"), ("Bilal 2", "no")])
def test_a_digit_beside_a_name_answers_the_meeting_that_waits(text: str, intent: str) -> None:
    reply = answer(text, on_phone(_AMINA, _BILAL), Waiting(calls=1))
    assert (reply.intent, reply.told_by) == (intent, _BILAL.id)
    without = answer(text, on_phone(_AMINA, _BILAL), Waiting())
    assert (without.intent, without.effect) == ("speaker", Effect.NONE)


class OnlyAmina(SampleRegister):
    """A network whose next meeting is Amina's alone."""

    def meeting_for(
        self, people: Sequence[int], language: str, *, about: int = 0
    ) -> MeetingNote | None:
        note = super().meeting_for(people, language, about=about)
        hers = tuple(one for one in people if one == _AMINA.id)
        return replace(note, called=hers) if note and hers else None


def test_nobody_is_asked_who_it_is_where_only_one_of_them_can_be_meant() -> None:
    reply = answer("11", on_phone(_AMINA, _BILAL, speaking=_BILAL.id), OnlyAmina())
    assert (reply.effect, reply.told_by) == (Effect.MEETING_ANSWERED, _AMINA.id)


def test_who_it_is_matters_to_a_report_only_where_something_private_may_be_told() -> None:
    assert answer("R27", on_phone(_AMINA, _BILAL)).effect is Effect.NONE
    private = replace(_AMINA, is_private=True)
    assert answer("R27", on_phone(private, _BILAL)).effect is Effect.ASK_WHO


@pytest.mark.parametrize("text", ["bund toot gaya", "sailab aa gaya", "11 sailab aa gaya bachao"])
def test_danger_is_acknowledged_at_once_and_never_waits_for_a_name(text: str) -> None:
    for who in (on_phone(_AMINA), on_phone(_AMINA, _BILAL), stranger()):
        reply = answer(text, who, Waiting())
        assert (reply.template, reply.effect) == ("danger", Effect.TO_INBOX)
        assert reply.is_danger
        assert "1122" in said(reply)


def test_danger_told_as_a_report_is_a_report_that_goes_before_all_others() -> None:
    reply = answer("6 bund toot gaya pani aa raha hai", on_phone(_AMINA), Waiting())
    assert (reply.intent, reply.is_danger) == ("report", True)


def test_in_a_group_nobody_in_particular_speaks_and_nobody_is_asked_who_it_is() -> None:
    who = on_phone(_AMINA, _BILAL, is_group=True)
    reply = answer("11", who, Waiting())
    assert (reply.effect, reply.speaker_id) == (Effect.TO_INBOX, None)
    assert answer("1", who, Waiting(calls=1)).intent == "minutes"
    assert answer("Bilal", who, Waiting()).intent != "speaker"


def test_a_stranger_s_phone_that_chose_a_writing_is_answered_in_it() -> None:
    who = replace(stranger("ur"), has_chosen=True)
    assert answer("minutes", who).language == "ur"
    assert answer("minutes", stranger("ur")).language == "en"
