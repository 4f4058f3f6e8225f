"""MINUTES, KARWAI, 1: the latest published minutes, or those of a meeting number."""

from bots.ask import Ask, Keyword, More, Paper, Register, Reply, Speaker
from bots.decisions import listed
from bots.notes import MinutesNote
from bots.paging import more_of, rest_of
from bots.values import Entry, Value

_LARGEST = 999_999
_DETAILS = 3


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The summary that the author wrote, else one made of the decisions."""
    latest = register.latest_minutes(who.language, registered=who.is_registered)
    if ask.after and ask.argument is not None:
        return _decided(ask, who, register)
    if latest is None:
        return Reply(ask.intent, "minutes_none", who.language)
    if ask.argument is None:
        return _told(latest, who, is_latest=True)
    meeting_no = int(ask.argument)
    if meeting_no == latest.meeting_no:
        return _told(latest, who, is_latest=True)
    asked = (
        register.minutes(meeting_no, who.language, registered=who.is_registered)
        if meeting_no <= _LARGEST
        else None
    )
    if asked is None:
        values: dict[str, Value] = {"meeting_no": meeting_no, "latest": latest.meeting_no}
        return Reply(ask.intent, "minutes_missing", who.language, values)
    return _told(asked, who, is_latest=False)


def _decided(ask: Ask, who: Speaker, register: Register) -> Reply:
    """MORE after minutes: their decisions, each with its code."""
    number = int(ask.argument or 0)
    note = register.minutes(number, who.language, registered=who.is_registered)
    decisions = note.decisions if note is not None else ()
    codes = [f"D{number}/{one.no}" for one in decisions]
    rest = rest_of(decisions, codes, ask)
    if not rest:
        return Reply(ask.intent, "more_none", who.language, more=more_of(ask, (), goes_on=False))
    return listed(ask, rest, who)


def _told(note: MinutesNote, who: Speaker, *, is_latest: bool) -> Reply:
    # After MORE come the decisions one by one, also those that the summary names.
    more = More(
        "minutes", str(note.meeting_no), "", 0, f"M{note.meeting_no}", goes_on=bool(note.decisions)
    )
    paper = Paper(note.meeting_no)
    if note.summary:
        summary: dict[str, Value] = {"summary": note.summary}
        return Reply("minutes", "minutes_summary", who.language, summary, more=more, paper=paper)
    values: dict[str, Value] = {
        "meeting_no": note.meeting_no,
        "body": note.body,
        "on": note.on,
        "present": note.present,
    }
    if not note.decisions:
        return Reply("minutes", "minutes_empty", who.language, values, paper=paper)
    prefix = "D" if is_latest else f"D{note.meeting_no}/"
    values["points"] = tuple(Entry(str(d.no), d.short) for d in note.decisions)
    values["owned"] = tuple(
        Entry(str(d.no), f"{d.short}: {d.owner}" if d.owner else d.short) for d in note.decisions
    )
    values["codes"] = tuple(Entry(f"{prefix}{d.no}") for d in note.decisions[:_DETAILS])
    buttons = tuple(Entry(f"{prefix}{d.no}", d.short) for d in note.decisions[:_DETAILS])
    return Reply(
        "minutes", "minutes", who.language, values, more=more, buttons=buttons, paper=paper
    )


KEYWORD = Keyword(
    intent="minutes",
    digit="1",
    help_line="Latest minutes",
    templates={
        "minutes": (
            "Minutes {meeting_no}, {body} {on}, {present} present. {owned}. Details: {codes}\n"
            "---\n"
            "Minutes {meeting_no}, {body} {on}. {points}. Details: {codes}"
        ),
        "minutes_summary": "{summary}",
        "minutes_empty": (
            "Minutes {meeting_no}, {body} {on}, {present} present. No decision was taken."
        ),
        "minutes_none": "No minutes are published yet. Next meeting: send 2",
        "minutes_missing": "There are no minutes {meeting_no}. The latest: send M{latest}",
    },
    answer=answer,
    words={"en": ("minutes", "minute", "mom"), "ur-Latn": ("karwai", "rudad")},
)
