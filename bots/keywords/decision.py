"""D14/1, FAISLA PANI, 3: one decision, those on a topic, or the newest."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.decisions import NEWER, PAGE, listed
from bots.notes import DecisionNote
from bots.paging import more_of, rest_of
from bots.values import Value

_LARGEST = 999_999


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """D14/1 tells that decision; D1 is item 1 of the latest minutes; words are searched for."""
    if ask.argument and ask.argument[0].isdigit() and not ask.topic:
        return _numbered(ask.argument, who, register)
    wanted = (ask.argument or "") if ask.topic else ""
    found = register.recent_decisions(
        who.language,
        registered=who.is_registered,
        topic=ask.topic,
        words=wanted,
        limit=ask.told + PAGE + (NEWER if ask.after else 1),
    )
    codes = [f"D{d.meeting_no}/{d.no}" for d in found]
    rest = rest_of(found, codes, ask)
    if ask.told and not rest:
        return Reply("decision", "more_none", who.language, more=more_of(ask, (), goes_on=False))
    if not found:
        template = "decisions_topic_none" if ask.topic else "minutes_none"
        about: dict[str, Value] = {"topic": ask.argument or ask.topic}
        return Reply("decision", template, who.language, about)
    return listed(ask, rest, who)


def _numbered(argument: str, who: Speaker, register: Register) -> Reply:
    numbers = [int(number) for number in argument.split("/")]
    if len(numbers) == 1:
        latest = register.latest_minutes(who.language, registered=who.is_registered)
        if latest is None:
            return Reply("decision", "minutes_none", who.language)
        numbers = [latest.meeting_no, *numbers]
    meeting_no, no = numbers
    note = (
        register.decision(meeting_no, no, who.language, registered=who.is_registered)
        if max(numbers) <= _LARGEST
        else None
    )
    if note is None:
        missing: dict[str, Value] = {"meeting_no": meeting_no, "no": no}
        return Reply("decision", "decision_missing", who.language, missing)
    return Reply("decision", "decision", who.language, _detail(note))


def _detail(note: DecisionNote) -> dict[str, Value]:
    values: dict[str, Value] = {
        "meeting_no": note.meeting_no,
        "no": note.no,
        "on": note.on,
        "text": note.text,
        "short": note.short,
        "owner": note.owner,
        "status": note.status,
    }
    if note.due is not None:
        values["due"] = note.due
    return values


KEYWORD = Keyword(
    intent="decision",
    digit="3",
    help_line="Decisions",
    templates={
        "decision": (
            "Decision {meeting_no}/{no} ({on}): {text}.[ Who: {owner}.][ By: {due}.]"
            "[ Status: {status}]\n"
            "---\n"
            "Decision {meeting_no}/{no}: {text}.[ Who: {owner}.][ By: {due}.][ Now: {status}]\n"
            "---\n"
            "Decision {meeting_no}/{no}: {short}.[ Who: {owner}.][ By: {due}.][ Now: {status}]"
        ),
        "decision_missing": (
            "There is no decision {meeting_no}/{no}. The newest decisions: send 3"
        ),
        "decisions": (
            "Decisions: {items}. For details send a code, like {example}[. The rest: {more}]\n"
            "---\n"
            "Decisions: {items}[. The rest: {more}]"
        ),
        "decisions_topic": (
            "{topic}: {items}. For details send a code, like {example}[. The rest: {more}]\n"
            "---\n"
            "{topic}: {items}[. The rest: {more}]"
        ),
        "decisions_topic_none": "No decision about {topic} was found. The newest: send 3",
    },
    answer=answer,
    words={"en": ("decision", "decisions"), "ur-Latn": ("faisla", "faisle")},
)
