"""MORE, AUR, MAZEED: the rest of the last list; this file answers when nothing is left."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.values import Entry


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """No list goes on: the last one has ended, or was told long ago."""
    return Reply("more", "more_none", who.language, buttons=(Entry("3"),))


KEYWORD = Keyword(
    intent="more",
    digit="",
    help_line="More",
    templates={"more_none": "That was all. Decisions: send 3. For the menu send HELP"},
    answer=answer,
    words={"en": ("more",), "ur-Latn": ("aur",)},
)
