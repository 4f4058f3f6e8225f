"""ALERT: only what saves lives."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """Keep life-danger messages, stop the rest, and say how to get everything back."""
    return Reply(ask.intent, "alerts_only", who.language, effect=Effect.ALERTS_ONLY)


KEYWORD = Keyword(
    intent="alerts",
    digit="",
    help_line="Danger alerts only",
    templates={
        "alerts_only": (
            "From now on only alerts of danger to life will come. For all messages send 9 or "
            "START. To stop all send 0 or STOP"
        )
    },
    answer=answer,
    words={"en": ("alert", "alerts", "alert only"), "ur-Latn": ("sirf khatra",)},
)
