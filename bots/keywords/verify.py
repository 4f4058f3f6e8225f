"""REF 41, ASLI 41: whether a text that claims to be ours is."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker

_LARGEST = 999_999_999
MISSED = "ref_missed"
"""The answer that is a whole text of ours, and no shorter."""


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Real only when this network really sent that number.

    A phone that got no text with that number, as it had had enough in that month, may read it.
    """
    if ask.argument is None or not ask.argument.isdigit():
        return Reply(ask.intent, "ref_ask", who.language)
    ref = int(ask.argument)
    is_ours = ref <= _LARGEST and register.ref_is_ours(ref)
    missed = register.missed_text(ref, who.phone) if is_ours and who.phone else ""
    if missed:
        return Reply(ask.intent, MISSED, who.language, {"text": missed})
    network = register.network_name(who.language)
    template = "ref_real" if is_ours else "ref_unknown"
    return Reply(ask.intent, template, who.language, {"ref": ref, "network": network})


KEYWORD = Keyword(
    intent="verify",
    digit="",
    help_line="Is a text real",
    templates={
        "ref_real": "Ref {ref} is real: {network} sent it.",
        MISSED: "{text}",
        "ref_unknown": (
            "{network} sent no text with Ref {ref}. Do not send money, PIN or CNIC to anyone. "
            "Tell the office"
        ),
        "ref_ask": "To know whether a text is real send REF and its number, for example REF 41",
    },
    answer=answer,
    words={"en": ("ref", "true", "real"), "ur-Latn": ("asli", "sach")},
)
