"""LAGA DIYA 12, HUNG 12: whoever keeps a notice board proves that sheet 12 hangs there.

It holds for all boards of that person on which the sheet belongs. Others are thanked, and people
read what they wrote.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker
from bots.values import Value


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Write down that it hangs, or thank for the news."""
    if ask.argument is None:
        return Reply(ask.intent, "hung_which", who.language, effect=Effect.TO_INBOX)
    number: dict[str, Value] = {"no": int(ask.argument)}
    people = tuple(one.id for one in who.people)
    note = register.sheet(int(ask.argument), people)
    if note is None and who.is_registered:
        return Reply(ask.intent, "hung_missing", who.language, number)
    if note is None or not note.hanging_ids:
        return Reply(ask.intent, "hung_thanks", who.language, number, Effect.TO_INBOX)
    values: dict[str, Value] = {**number, "boards": note.boards}
    if note.until is not None:
        values["until"] = note.until
    return Reply(
        ask.intent,
        "hung",
        who.language,
        values,
        Effect.SHEET_HANGS,
        about=note.hanging_ids,
        told_by=note.keeper_id,
    )


KEYWORD = Keyword(
    intent="hung",
    digit="",
    help_line="A sheet hangs",
    templates={
        "hung": (
            "Noted: sheet {no} hangs. Board: {boards}.[ Take it down after {until}]\n"
            "---\n"
            "Noted: sheet {no} hangs.[ Take it down after {until}]"
        ),
        "hung_which": "Which sheet hangs? Send the number on it too, as in HUNG 12",
        "hung_missing": "There is no sheet {no}. Send the number on the sheet, as in HUNG 12",
        "hung_thanks": (
            "Thank you. Sheet {no} is not on a board of this phone. Your text went to the office"
        ),
    },
    answer=answer,
)
