"""MEETING, IJLAS, 2: the next meeting, with "tomorrow" and "today" said as such."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.values import Value

_NEAR = {0: "meeting_today", 1: "meeting_tomorrow"}


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The first meeting still to come, by the speaker's clock."""
    note = register.next_meeting(who.language, registered=who.is_registered)
    if note is None:
        return Reply(ask.intent, "meeting_none", who.language)
    days = (note.at.date() - who.now.astimezone(note.at.tzinfo).date()).days
    values: dict[str, Value] = {
        "body": note.body,
        "at": note.at,
        "venue": note.venue,
        "agenda": note.agenda,
    }
    return Reply(ask.intent, _NEAR.get(days, "meeting"), who.language, values)


KEYWORD = Keyword(
    intent="meeting",
    digit="2",
    help_line="Next meeting",
    templates={
        "meeting": "{body} meeting {at}[, {venue}].[ Agenda: {agenda}]",
        "meeting_tomorrow": "{body} meeting TOMORROW {at}[, {venue}].[ Agenda: {agenda}]",
        "meeting_today": "{body} meeting TODAY {at}[, {venue}].[ Agenda: {agenda}]",
        "meeting_none": "No meeting has been called yet. The latest minutes: send 1",
    },
    answer=answer,
    words={"en": ("meeting", "next"), "ur-Latn": ("ijlas", "agla", "kab")},
)
