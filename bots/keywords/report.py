"""6 and a problem, MASLA, SHIKAYAT: it is written down under an R-number and somebody answers.

"6" alone, or with a single word, asks what the matter is; the next text tells it. GUMNAM before
the words leaves the name out, and words of abuse let few people read it (`bots.private_words`).
"""

from datetime import timedelta

from bots.ask import Ask, Effect, Keyword, Question, Register, Reply, Speaker
from bots.speaker import remembered

ASKED_FOR = timedelta(hours=24)
"""So long the next text counts as the report."""
QUESTION = "report"
NAMELESS = 1
"""What the question is about when GUMNAM came before it."""
_FEWEST_WORDS = 2


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """Write it down; the number and the owner are put in once they are known."""
    told = (ask.note or ask.argument or "").strip()
    if len(told.split()) < _FEWEST_WORDS and not ask.answers:
        return asking(who)
    is_nameless = bool(ask.answers) and ask.about == NAMELESS
    return Reply(
        "report",
        "report_nameless" if is_nameless else "report_filed",
        who.language,
        {"no": 0, "owner": ""},
        Effect.REPORT,
        told_by=_teller(who),
        note=told,
        is_danger=ask.is_danger,
        is_hidden=is_nameless,
        is_nameless=is_nameless,
    )


def asking(who: Speaker) -> Reply:
    """The question what the problem is, and where."""
    question = Question(QUESTION, who.now + ASKED_FOR)
    return Reply("report", "report_ask", who.language, opens=question)


def _teller(who: Speaker) -> int | None:
    """Who reports: the one person on the phone, or who said last that it is they."""
    if who.is_group:
        return None
    fellow = who.people[0] if len(who.people) == 1 else remembered(who)
    return fellow.id if fellow is not None else None


KEYWORD = Keyword(
    intent="report",
    digit="6",
    help_line="Report a problem",
    templates={
        "report_ask": (
            "What is the problem, and where? Write it in one text, like: Laspa, the pump is "
            "broken. Without your name: begin with ANONYMOUS. Danger to life: call 1122"
        ),
        "report_filed": (
            "Written down. Number R{no}.[ {owner} answers within 7 days.] To see how it stands "
            "send R{no}. Danger to life: call 1122\n"
            "---\n"
            "Written down. Number R{no}. The answer comes within 7 days. To see how it stands "
            "send R{no}. Danger to life: call 1122"
        ),
        "report_nameless": (
            "Written down without a name. Number R{no}.[ {owner} answers within 7 days.] To see "
            "how it stands send R{no}. Danger to life: call 1122\n"
            "---\n"
            "Written down without a name. Number R{no}. To see how it stands send R{no}. Danger "
            "to life: call 1122"
        ),
        "report_private": (
            "Your message has come in. Number R{no}. To see how it stands send R{no}. "
            "Emergency: call 1122"
        ),
        "report_added": (
            "Added to R{no}.[ {owner} reads it.] To see how it stands send R{no}. Danger to "
            "life: call 1122\n"
            "---\n"
            "Added to R{no}. To see how it stands send R{no}. Danger to life: call 1122"
        ),
        "report_added_private": (
            "Your message has come in. Number R{no}. To see how it stands send R{no}. "
            "Emergency: call 1122"
        ),
        "reports_late": (
            "{network}: {count} reports of members wait longer than 7 days, the oldest R{no}. "
            "See the page Reports of problems. Ref {ref}"
        ),
    },
    answer=answer,
    words={
        "en": ("report", "anonymous", "6 anonymous"),
        "ur-Latn": ("masla", "shikayat", "gumnam", "6 gumnam"),
        "ur": ("گمنام", "6 گمنام"),
    },
)
