"""Conversations of those who come to a meeting."""

from collections.abc import Sequence
from dataclasses import replace

from bots.ask import Effect, Fellow
from bots.notes import MeetingNote
from bots.sample_register import SampleRegister
from tests.bots.script import answer, member, play

GUL = Fellow(3, "Gul Bibi")


class Uncalled(SampleRegister):
    """A network whose last meeting is over and whose next one is not called yet."""

    def meeting_for(
        self,
        people: Sequence[int],  # noqa: ARG002
        language: str,  # noqa: ARG002
        *,
        about: int = 0,  # noqa: ARG002
    ) -> MeetingNote | None:
        return None


class Outside(Uncalled):
    """A network in which those on the phone belong to no body that meets."""

    def last_meeting_for(self, people: Sequence[int], language: str) -> MeetingNote | None:  # noqa: ARG002
        return None


def test_a_yes_is_told_back_with_the_meeting_and_the_way_to_change_it() -> None:
    for language, said, noted in (
        (
            "en",
            "yes",
            "Noted: coming to the EC meeting Sun 9 Nov 10am. To change it send 12. "
            "Need transport: 13. With a child: 14",
        ),
        (
            "ur-Latn",
            "ji han",
            "Likh liya: shirkat HAN, EC ijlas itwar 9 Nov subah 10 baje. Badalna ho to 12. "
            "Sawari chahiye 13, bacha sath 14",
        ),
        ("ur", "جی ہاں", "لکھ لیا: شرکت ہاں، اجلاس EC اتوار 9 نومبر صبح 10 بجے۔ بدلنا ہو تو 12"),
    ):
        who = replace(member(language), people=(GUL,))
        play(f"> {said}\n< {noted}\n> 11\n< {noted}", who)


def test_it_is_the_answer_of_whoever_belongs_to_the_body() -> None:
    reply = answer("11", replace(member("en"), people=(GUL,)))
    assert (reply.effect, reply.about, reply.told_by) == (Effect.MEETING_ANSWERED, (15,), GUL.id)


def test_after_the_meeting_the_next_one_is_offered() -> None:
    who = replace(member("ur-Latn"), people=(GUL,))
    play("> 11\n< EC ka 12 Oct wala ijlas ho chuka hai. Agla ijlas: 2 bhejen", who, Uncalled())
    assert answer("11", who, Uncalled()).effect is Effect.NONE


def test_the_yes_of_somebody_who_is_in_no_body_is_read_by_people() -> None:
    reply = answer("han", replace(member("en"), people=(GUL,)), Outside())
    assert (reply.template, reply.effect) == ("received", Effect.TO_INBOX)
