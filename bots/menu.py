"""The numbered menu, for people who do not know the words: one digit, one thing to ask."""

from collections.abc import Iterable, Mapping

from bots.ask import Effect, Keyword, Register, Reply, Speaker
from bots.values import Entry

DIGITS = {
    "0": "stop",
    "1": "minutes",
    "2": "meeting",
    "3": "decision",
    "4": "news",
    "5": "contact",
    "6": "report",
    "7": "emergency",
    "8": "language",
    "9": "start",
}
"""What each digit has always meant; a notice on a wall cannot be changed."""

ANSWERS = {
    "11": ("yes", None),
    "12": ("no", None),
    "21": ("poll", "1"),
    "22": ("poll", "2"),
    "23": ("poll", "3"),
}
"""Numbers that a notice asks for; they never depend on what was asked before."""

BUTTONS = tuple(Entry(digit) for digit in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"))
"""The digits to press; the text above them says what each means."""

LETTERS = {"a": "1", "b": "2", "c": "3"}
"""The answers of a poll by letter."""

TEMPLATES = {
    "menu": "{network}. Send a number: {menu}",
    "who_is_it": "Who is it? {people}. Answer with number and name, for example {example}\n"
    "---\n"
    "Who is it? {people}",
    "speaker_set": "Noted: it is {name}. If it is someone else send: {others}\n---\nNoted: {name}",
    "danger": "Your message reached the office at once. If life is in danger call 1122",
    "thanks": "Thank you. For the menu send HELP",
    "received_from": "{name}, your message reached the office. If it is someone else send: "
    "{others}\n"
    "---\n"
    "Received: {name}",
}
"""Source texts that belong to no single keyword."""


def menu_entries(keywords: Iterable[Keyword], labels: Mapping[str, str]) -> tuple[Entry, ...]:
    """The lines of the menu in the order of their digits, stop last.

    `labels` are the words of one language by intent; a keyword without one shows its own, one
    with an empty one is left out, where a text has no room for all.
    """
    shown = sorted(
        (k for k in keywords if k.digit and labels.get(k.intent, k.help_line)),
        key=lambda k: (k.digit == "0", k.digit),
    )
    return tuple(Entry(k.digit, labels.get(k.intent, k.help_line)) for k in shown)


def menu_reply(
    intent: str, who: Speaker, register: Register, effect: Effect = Effect.NONE
) -> Reply:
    """The menu under the network's name: the answer to everything short that nobody knows."""
    network = register.network_name(who.language)
    return Reply(intent, "menu", who.language, {"network": network}, effect, buttons=BUTTONS)
