"""R27: how a report stands and what was answered; R27 and words add to it.

Only the phone that it came from and whoever reported it are told; to all others there is no such
report. What was reported in confidence is never named.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker
from bots.notes import TicketNote
from bots.values import Value

_LARGEST = 999_999


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The status, the answer, or what is added; without a number, how to ask."""
    if ask.argument is None or not ask.argument.isdigit():
        return Reply("status", "status_which", who.language)
    no = int(ask.argument)
    note = None
    if 0 < no <= _LARGEST:
        people = () if who.is_group else tuple(one.id for one in who.people)
        note = register.ticket(no, who.phone, people, who.language)
    if note is None:
        return Reply("status", "status_none", who.language, {"no": no})
    if ask.note:
        return _added(ask, note, who)
    return Reply(
        "status",
        _template(note, who),
        who.language,
        _values(note, who),
        is_hidden=note.is_hidden,
    )


def _added(ask: Ask, note: TicketNote, who: Speaker) -> Reply:
    return Reply(
        "status",
        "report_added_private" if note.is_hidden else "report_added",
        who.language,
        {"no": note.no, "owner": note.owner},
        Effect.REPORT,
        about=(note.no,),
        note=ask.note,
        is_danger=ask.is_danger,
        is_hidden=note.is_hidden,
        is_protected=note.is_protected,
    )


def _template(note: TicketNote, who: Speaker) -> str:
    if note.is_protected and not note.answer:
        return "status_private"
    if note.answer and not (note.is_hidden and who.is_group):
        return "status_answered"
    if note.due is None:
        return "status_ended"
    return "status_late" if note.due < who.now.date() else "status_open"


def _values(note: TicketNote, who: Speaker) -> dict[str, Value]:
    values: dict[str, Value] = {
        "no": note.no,
        "on": note.on,
        "short": note.short,
        "status": note.status,
        "owner": note.owner,
        "answer": "" if note.is_hidden and who.is_group else note.answer.rstrip(".۔"),
    }
    if note.due is not None:
        values["due"] = note.due
    return values


KEYWORD = Keyword(
    intent="status",
    digit="",
    help_line="How a report stands",
    templates={
        "status_open": (
            "R{no} ({on}): {status}.[ {owner}] answers by {due}. To add something send R{no} "
            "and your words"
        ),
        "status_late": (
            "R{no} ({on}): {status}. The answer of[ {owner}] is late; the President is told. "
            "To add something send R{no} and your words"
        ),
        "status_answered": (
            "R{no}: {status}. Answer: {answer}. Not solved? Send R{no} and your words\n"
            "---\n"
            "R{no}: {answer}. Not solved? Send R{no} and your words"
        ),
        "status_ended": "R{no} ({on}): {status}. Not solved? Send R{no} and your words",
        "status_private": "R{no}: {status}. To add something send R{no} and your words",
        "status_none": (
            "There is no report R{no} of this phone. To report a problem send 6 and your words"
        ),
        "status_which": (
            "To see how your report stands send R and its number, like R27. To report a problem "
            "send 6 and your words"
        ),
        "ticket_closed": (
            "{network}: R{no} is closed. Not solved? Send R{no} and your words. Thank you"
        ),
    },
    answer=answer,
    words={"en": ("status",), "ur-Latn": ("haalat",)},
)
