"""Yes and no to a meeting: whose answer it is, to which meeting, and how it is told back."""

from bots.ask import Ask, Effect, Register, Reply, Speaker
from bots.names import name_of
from bots.values import Entry, Value

_OTHER = {"yes": "12", "no": "11"}
_TOLD = {"yes": "comes", "no": "comes_not"}


def meeting_answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Write it down for the one who belongs to the body, name the meeting and the way back.

    When that meeting is over, or none is called, the text says so. Somebody who belongs to no
    body that meets answered something else: people read it.
    """
    ids = [one.id for one in who.people]
    people = [who.speaking] if who.speaking in ids and who.speaking is not None else ids
    is_free = bool(who.phone) and not ask.about
    over = register.late_for(who.phone, people, who.language) if is_free else None
    note = register.meeting_for(people, who.language, about=ask.about) if over is None else None
    if note is None:
        over = over or register.last_meeting_for(people, who.language)
        if over is None:
            return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)
        told: dict[str, Value] = {"body": over.body, "on": over.at.date()}
        return Reply(ask.intent, "comes_late", who.language, told, buttons=(Entry("2"),))
    if len(note.called) != 1:
        return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)
    person = next(one for one in who.people if one.id == note.called[0])
    name = name_of(person, who.language) if len(who.people) > 1 else ""
    other = _OTHER[ask.intent]
    return Reply(
        ask.intent,
        _TOLD[ask.intent],
        who.language,
        {"name": name, "body": note.body, "at": note.at, "other": other},
        Effect.MEETING_ANSWERED,
        about=(note.id,),
        told_by=person.id,
        closes=("meeting",),
        buttons=(Entry(other),),
    )
