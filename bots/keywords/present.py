"""HAZIR 1 2 5 9: the host of a meeting tells who is present, by the numbers of the sheet."""

from dataclasses import replace

from bots.answers import meeting_answer
from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker
from bots.besides import YES
from bots.notes import RollNote
from bots.values import Value

_ALL = "all"


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Count them for whoever may take the attendance; from others people read it."""
    note = register.roll([one.id for one in who.people], who.language) if who.people else None
    if note is None:
        if ask.argument == YES:
            return meeting_answer(replace(ask, intent="yes", argument=None), who, register)
        return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)
    named = (ask.argument or "").split()
    numbers = {int(one) for one in named if one != _ALL}
    told: dict[str, Value] = {"body": note.body, "on": note.on, "size": len(note.women)}
    wrong = sorted(no for no in numbers if no > len(note.women))
    if wrong:
        return Reply(ask.intent, "present_wrong", who.language, {**told, "no": wrong[0]})
    return _noted(ask, who, note, _present(note, numbers, is_all=_ALL in named), told)


def _present(note: RollNote, numbers: set[int], *, is_all: bool) -> tuple[int, ...]:
    every = range(1, len(note.women) + 1)
    return tuple(no for no in every if (no in numbers) is not is_all)


def _noted(
    ask: Ask, who: Speaker, note: RollNote, present: tuple[int, ...], told: dict[str, Value]
) -> Reply:
    women = sum(note.women[no - 1] for no in present)
    return Reply(
        ask.intent,
        "present",
        who.language,
        {**told, "count": len(present), "women": women},
        Effect.ATTENDANCE_TAKEN,
        about=(note.id,),
        told_by=note.host_id,
        numbers=present,
    )


KEYWORD = Keyword(
    intent="present",
    digit="",
    help_line="Attendance",
    templates={
        "present": (
            "Attendance noted, {body} meeting {on}: {count} of {size} present, women {women}. "
            "If it is wrong send all the numbers again"
        ),
        "present_wrong": (
            "Nothing noted: the sheet of the {body} meeting {on} has numbers 1 to {size}, and no "
            "{no}. Send all the numbers again"
        ),
    },
    answer=answer,
)
