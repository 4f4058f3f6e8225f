"""21, 22, 23, A, B, C: the answer to a question that the network put to many."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """No such question stands open; people look whether something else was meant."""
    return Reply(ask.intent, "poll_none", who.language, effect=Effect.TO_INBOX)


KEYWORD = Keyword(
    intent="poll",
    digit="",
    help_line="Answer to a question",
    templates={"poll_none": "No question is open now. Your message reached the office. Menu: HELP"},
    answer=answer,
)
