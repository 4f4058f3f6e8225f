"""What is answered to whoever says how a decision stands: an owner's word is written down.

Only the phone of somebody who holds the owner post reports; it counts once the General Secretary
has confirmed it. Others are thanked, and people read what they wrote.
"""

from bots.ask import Ask, Effect, Register, Reply, Speaker
from bots.values import Value


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Write the report down, or thank for the news."""
    if ask.argument is None:
        return Reply(ask.intent, f"{ask.intent}_which", who.language, effect=Effect.TO_INBOX)
    people = tuple(one.id for one in who.people)
    if who.speaking in people:
        people = (who.speaking, *(one for one in people if one != who.speaking))
    meeting_no, _, no = ask.argument.partition("/")
    note = register.owed(ask.argument, people, who.language, registered=who.is_registered)
    if note is None:
        missing: dict[str, Value] = {"meeting_no": meeting_no, "no": no}
        return Reply(ask.intent, "decision_missing", who.language, missing)
    if note.owner_id is None:
        told: dict[str, Value] = {"code": note.code, "owner": note.owner}
        return Reply(ask.intent, "report_thanks", who.language, told, Effect.TO_INBOX)
    if not note.is_open:
        closed: dict[str, Value] = {"code": note.code, "status": note.status}
        return Reply(ask.intent, "report_closed", who.language, closed)
    return Reply(
        ask.intent,
        f"report_{ask.intent}",
        who.language,
        {"code": note.code},
        Effect.DECISION_TOLD,
        about=(note.id,),
        told_by=note.owner_id,
        note=ask.note,
    )
