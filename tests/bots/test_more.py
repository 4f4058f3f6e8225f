"""Conversations that go on with MORE where the last list stopped."""

from collections.abc import Sequence
from dataclasses import replace

from bots.ask import More
from bots.notes import DecisionNote
from bots.sample_register import SampleRegister
from tests.bots.script import answer, member, play, said

WHO = replace(member("en"), phone=7)
NEWEST = SampleRegister().recent_decisions("en", registered=True)[0]


class Told(SampleRegister):
    """A network that told this phone a list; decisions may have been published since."""

    def __init__(self, more: More | None, *new: DecisionNote) -> None:
        self._more, self._new = more, new

    def more(self, phone: int) -> More | None:
        assert phone == 7
        return self._more

    def recent_decisions(
        self, language: str, *, registered: bool, topic: str = "", words: str = "", limit: int = 3
    ) -> Sequence[DecisionNote]:
        old = super().recent_decisions(
            language, registered=registered, topic=topic, words=words, limit=limit
        )
        return [*self._new, *old][:limit]


def test_more_goes_on_behind_the_last_line_and_ends_with_the_list() -> None:
    first = answer("3", WHO, Told(None)).more
    assert first is not None
    assert (first.codes, first.goes_on) == (("D14/1", "D14/2", "D14/3"), True)
    then = More("decision", "", "", 3, "D14/3")
    play(
        "> more\n< Decisions: D12/2 Pump Laspa. For details send a code, like D12/2",
        WHO,
        Told(then),
    )
    last = answer("MORE", WHO, Told(then)).more
    assert last is not None
    assert not last.goes_on


def test_what_was_published_in_between_shifts_no_line() -> None:
    new = (replace(NEWEST, meeting_no=15, no=no, short="New") for no in (1, 2))
    register = Told(More("decision", "", "", 3, "D14/3"), *new)
    assert "D12/2" in said(answer("AUR", WHO, register))
    assert "D14" not in said(answer("AUR", WHO, register))


def test_more_after_minutes_tells_their_decisions_with_codes() -> None:
    register = Told(More("minutes", "14", "", 0, "M14"))
    assert "D14/1 Road letter to DC" in said(answer("mazeed", WHO, register))
    assert "D14/3 Fee Rs 500" in said(answer("mazeed", WHO, register))


def test_when_nothing_is_left_it_says_so() -> None:
    script = "> MORE\n< That was all. Decisions: send 3. For the menu send HELP"
    play(script, WHO, Told(None))
    play(script, WHO, Told(More("decision", "", "", 4, "D12/2")))
    play(script, WHO, Told(More("minutes", "14", "", 3, "D14/3")))
    play("> aur\n< Bas itna hi tha. Faisle: 3 bhejen. Fehrist: MADAD", member("ur-Latn"))
