"""Yes and no to a meeting: whose answer it is, to which meeting, and how it is told back."""

from bots.ask import Ask, Effect, Register, Reply, Said, Speaker
from bots.besides import SOMEBODY
from bots.names import name_of
from bots.values import Entry, Value

_OTHER = {"yes": "12", "no": "11"}
_TOLD = {"yes": "comes", "no": "comes_not"}
_BESIDES = {
    (True, False): "comes_fetched",
    (False, True): "comes_child",
    (True, True): "comes_both",
}


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
    earlier = register.answered(note.id, person.id) if ask.intent == "yes" else None
    said = _with_earlier(ask, earlier)
    stand_in = "" if said.stand_in == SOMEBODY else said.stand_in
    return Reply(
        ask.intent,
        _template(ask.intent, said),
        who.language,
        {
            "name": name,
            "body": note.body,
            "at": note.at,
            "other": other,
            "stand_in": stand_in,
        },
        Effect.MEETING_ANSWERED,
        about=(note.id,),
        told_by=person.id,
        closes=("meeting",),
        buttons=(Entry(other),),
        said=said,
    )


def _with_earlier(ask: Ask, earlier: Said | None) -> Said:
    """What is written down: needs that were told before stay, until a bare 11 takes them back."""
    said = ask.said
    is_plain = not (said.transport or said.child or ask.language)
    if earlier is None or is_plain:
        return said
    return Said(said.transport or earlier.transport, said.child or earlier.child)


def _template(intent: str, said: Said) -> str:
    if intent == "no" and said.stand_in:
        return "comes_somebody" if said.stand_in == SOMEBODY else "comes_instead"
    return _BESIDES.get((said.transport, said.child), _TOLD[intent])
