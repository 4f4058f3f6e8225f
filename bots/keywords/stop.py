"""STOP, BAND KARO, 0: no text any more, at once, without a question."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """One confirmation, which names the way back and the alerts for life danger."""
    return Reply(ask.intent, "stopped", who.language, effect=Effect.OPT_OUT)


KEYWORD = Keyword(
    intent="stop",
    digit="0",
    help_line="Stop",
    templates={
        "stopped": (
            "All messages stopped, alerts too. For life danger alerts only send ALERT. "
            "To start again send 9 or START"
        )
    },
    answer=answer,
    words={
        "en": ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
        "ur-Latn": ("band", "band karo", "band karen", "band kar do"),
    },
)
