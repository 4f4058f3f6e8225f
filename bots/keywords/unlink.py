"""UNLINK: a chat of Telegram is nobody's any more; from the chat itself, or from the phone."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """The chats of the one who texts go; of a phone that many use, the office knows whose."""
    if who.is_chat or len(who.people) == 1:
        whose: tuple[int, ...] = tuple(one.id for one in who.people)
    else:
        whose = tuple(one.id for one in who.people if one.id == who.speaking)
    if who.people and not whose:
        return Reply("unlink", "link_which", who.language)
    return Reply("unlink", "unlinked", who.language, effect=Effect.UNLINK, about=whose)


KEYWORD = Keyword(
    intent="unlink",
    digit="",
    help_line="Unlink Telegram",
    templates={"unlinked": "No Telegram chat is linked now. To link one send LINK from your phone"},
    answer=answer,
    words={"en": ("unlink", "unlink telegram"), "ur-Latn": ("jor khatam", "jor hatao")},
)
