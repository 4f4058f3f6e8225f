"""LINK, JORO: a chat of Telegram proves whose it is by a code that was said by SMS.

LINK from a phone on the list gets a code of six digits; LINK and that code, typed in the chat,
makes it the chat of whoever asked on the phone. A code is never said in a chat. A wrong code has
one answer, whatever was wrong, and after five there is silence. The chat gets no messages by
itself before it sends START. An officer's code links a group to its body in the same way.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker
from bots.names import name_of
from bots.values import Entry, Value

CODE_LENGTH = 6
WRONG = "link_wrong"
"""The intent and the template of a code that is of no use."""


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """A code for a phone, the proof of a chat, or how to go about it."""
    code = code_of(ask.argument or "")
    if code and who.is_chat:
        return _prove(code, who, register)
    if code or ask.argument:
        return Reply("link", "link_here" if code else "link_ask", who.language)
    if who.is_chat or who.is_mail:
        return Reply("link", "link_ask", who.language)
    return _say_code(who, register)


def code_of(argument: str) -> str:
    """The six digits, with or without gaps; "" when it is anything else."""
    digits = argument.replace(" ", "").replace("-", "")
    is_code = len(digits) == CODE_LENGTH and digits.isascii() and digits.isdigit()
    return digits if is_code else ""


def _say_code(who: Speaker, register: Register) -> Reply:
    """A new code for the one who texts from a phone that is on the list."""
    if not who.people:
        return Reply("link", "link_unknown", who.language)
    asker = who.people[0].id if len(who.people) == 1 else who.speaking
    if asker not in {one.id for one in who.people}:
        return Reply("link", "link_which", who.language)
    code = register.fresh_code(who.phone)
    if not code:
        return Reply("link", "link_later", who.language)
    return Reply(
        "link",
        "link_code",
        who.language,
        {"code": int(code)},
        Effect.LINK_CODE,
        told_by=asker,
        note=code,
    )


def _prove(code: str, who: Speaker, register: Register) -> Reply:
    """The chat becomes somebody's, or the group a body's; else one answer, or none."""
    found = register.linkable(code, who.phone)
    if found.is_silent:
        return Reply(WRONG, "", who.language)
    if found.code_id and who.is_group and found.body:
        values: dict[str, Value] = {"body": found.body}
        return Reply(
            "link", "link_group", who.language, values, Effect.LINK_CHAT, about=(found.code_id,)
        )
    if found.code_id and not who.is_group and found.fellow is not None:
        language = found.language or who.language
        return Reply(
            "link",
            "link_done",
            language,
            {"name": name_of(found.fellow, language)},
            Effect.LINK_CHAT,
            about=(found.code_id,),
            buttons=(Entry("START", "START"), Entry("HELP", "HELP")),
        )
    return Reply(WRONG, WRONG, who.language)


KEYWORD = Keyword(
    intent="link",
    digit="",
    help_line="Link Telegram",
    templates={
        "link_code": (
            "Your code: {code}. In the Telegram chat with us send: LINK {code}. It is good for 15 "
            "minutes. Tell it to nobody"
        ),
        "link_ask": (
            "From your own phone send LINK by SMS to our number. The answer tells you what to "
            "send here"
        ),
        "link_here": "This belongs in the Telegram chat with us. Send it there, not here",
        "link_unknown": "This phone is not on our list yet. To join send JOIN and your name",
        "link_which": "Many people use this phone. Ask the office to link your Telegram",
        "link_later": "There is no new code now. Send LINK again in one hour",
        "link_wrong": (
            "This code is not good, or its 15 minutes are over. For a new one send LINK by SMS "
            "from your own phone"
        ),
        "link_done": (
            "Linked: {name}. To get messages here send START. To undo it send UNLINK. Menu: HELP\n"
            "---\n"
            "Linked: {name}. To get messages here send START"
        ),
        "link_group": (
            "This group is linked: {body}. Ask here for MINUTES, DECISION, MEETING\n"
            "---\n"
            "This group is linked: {body}"
        ),
        "link_told": (
            "A Telegram chat was linked: {name}. Was it somebody else? Send UNLINK\n"
            "---\n"
            "A Telegram chat was linked. Not you? Send UNLINK"
        ),
        "group_private": "This is only for a chat of your own. Write to us there, or by SMS",
    },
    answer=answer,
    words={
        "en": ("link telegram",),
        # Who writes only LINK is most likely one of those who read Roman Urdu.
        "ur-Latn": ("link", "start link", "joro", "jodo", "jorna", "jor do"),
    },
)
