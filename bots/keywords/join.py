"""JOIN Zarmina Wafa, SHAMIL, NAAM: a request to be put on the list, for a person to decide.

Whose phone is on the list already is told so; with another name it asks for one more person on
this phone. JOIN gives no consent: a phone that stopped all messages stays so until it sends
START, and is told that. A long text after the word, or one that speaks of danger, is a message
to people and no name.
"""

from datetime import timedelta

from bots.ask import Ask, Effect, Keyword, Question, Register, Reply, Speaker
from bots.fold import fold
from bots.names import MOST_WORDS, comma, name_in, name_of, who_is_named
from bots.values import Value

ASKED_FOR = timedelta(hours=2)
"""So long a bare name counts as the name that was asked for."""
QUESTION = "name"


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """Ask for the name, or write it down once and say who decides."""
    if ask.argument is None:
        return _known(who) if who.people else _asking(who)
    name = name_in(ask.note, ask.argument) if ask.answers else ask.name
    if len(ask.argument.split()) > 2 * MOST_WORDS or len(name.split()) > MOST_WORDS:
        return Reply("join", "received", who.language, effect=Effect.TO_INBOX)
    if not name:
        return Reply("join", "join_unread", who.language)
    fellow = who_is_named(fold(name).split(), who.people)
    if fellow is not None:
        return _known(who)
    template = "join_stopped" if who.is_stopped else "join_written"
    values: dict[str, Value] = {"name": name}
    return Reply("join", template, who.language, values, Effect.ASK_TO_JOIN, name=name)


def _asking(who: Speaker) -> Reply:
    question = Question(QUESTION, who.now + ASKED_FOR) if who.phone else None
    return Reply("join", "join_ask", who.language, opens=question)


def _known(who: Speaker) -> Reply:
    names = comma(who.language).join(name_of(one, who.language) for one in who.people)
    return Reply("join", "join_known", who.language, {"names": names})


KEYWORD = Keyword(
    intent="join",
    digit="",
    help_line="Join",
    templates={
        "join_ask": "To join send JOIN and your name, for example JOIN Zarmina Wafa",
        "join_unread": "To join send JOIN and your name in letters. No other number is needed",
        "join_written": (
            "We have written: {name}. The General Secretary decides and you will get an answer. "
            "To change the name send JOIN and the name\n"
            "---\n"
            "We have written: {name}. The General Secretary decides"
        ),
        "join_stopped": (
            "We have written: {name}. The General Secretary decides. Messages stay stopped: "
            "to get them send 9 or START\n"
            "---\n"
            "We have written: {name}. To get messages send 9"
        ),
        "join_known": (
            "This phone is on our list already: {names}. To add someone else send JOIN and the "
            "name\n"
            "---\n"
            "This phone is on our list already: {names}"
        ),
        "join_approved": (
            "Welcome {name}. You are on the list of {network}. Language: 8. To stop send 0 or "
            "STOP. Menu: HELP\n"
            "---\n"
            "Welcome {name}. You are on our list. To stop send 0"
        ),
        "join_refused": (
            "Thank you for asking. {name} could not be put on the list now. Speak to the office "
            "to know more\n"
            "---\n"
            "{name} is not on our list yet. Ask the office"
        ),
    },
    answer=answer,
    words={"en": ("join",), "ur-Latn": ("shamil",)},
)
