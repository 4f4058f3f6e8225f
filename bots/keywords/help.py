"""HELP, MADAD, a lone question mark: the numbered menu."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.menu import menu_reply


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The menu, under the network's name."""
    return menu_reply(ask.intent, who, register)


KEYWORD = Keyword(
    intent="help",
    digit="",
    help_line="Menu",
    templates={},
    answer=answer,
    words={"en": ("help", "menu", "info"), "ur-Latn": ("madad", "malumat")},
)
