"""7, EMERGENCY, HANGAMI, "7 SHAHI": whom a village calls, the national numbers first.

Works for everybody. 1122 is never held back for a question: where the village is not known, the
numbers of the whole network come at once, and the next text may name the village.
"""

from datetime import timedelta

from bots.ask import Ask, Effect, Keyword, Question, Register, Reply, Speaker
from bots.notes import CardNote
from bots.paging import more_of, rest_of, stop_after
from bots.values import Entry, Value

ASKED_FOR = timedelta(hours=2)
"""So long a bare name counts as the village of a card."""
QUESTION = "place"

_NATIONAL = (Entry("1122"),)


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """The card of the place that is named, else of the people on the phone, else of all."""
    words = ask.argument or ""
    people = [one.id for one in who.people]
    note = register.card(words, people, who.language)
    if note is None or not note.numbers:
        note = CardNote("", _NATIONAL, None)
    listed = [_line(one) for one in note.numbers]
    codes = [one.code for one in listed]
    left = list(rest_of(listed, codes, ask))
    if ask.told and not left:
        return Reply(ask.intent, "more_none", who.language)
    return Reply(
        ask.intent,
        "emergency" if note.place else "emergency_all",
        who.language,
        _values(note, tuple(left)),
        Effect.TO_INBOX if ask.is_danger else Effect.NONE,
        is_danger=ask.is_danger,
        opens=_question(note, who),
        more=more_of(ask, codes[len(listed) - len(left) :], goes_on=False),
        buttons=(Entry(f"7 {note.example}"),) if note.example else (),
    )


def _line(one: Entry) -> Entry:
    """A number with whose it is, closed by a stop: so no number is read as the next one's."""
    return Entry(f"{one.words} {one.code}{stop_after(one.words)}".strip())


def _values(note: CardNote, lines: tuple[Entry, ...]) -> dict[str, Value]:
    values: dict[str, Value] = {"numbers": lines}
    if note.place:
        values["place"] = note.place
    if note.checked_on is not None:
        values["checked"] = note.checked_on
    if note.example:
        values["example"] = (Entry(f"7 {note.example}"),)
    return values


def _question(note: CardNote, who: Speaker) -> Question | None:
    """Which village? Asked only where the villages have cards of their own and none is known."""
    if note.place or not note.example or not who.phone:
        return None
    return Question(QUESTION, who.now + ASKED_FOR)


KEYWORD = Keyword(
    intent="emergency",
    digit="7",
    help_line="Emergency",
    templates={
        "emergency": (
            "{place}: {numbers}[ Checked {checked}.] Another village: send 7 and its name\n"
            "---\n"
            "{place}: {numbers}[ Checked {checked}.]"
        ),
        "emergency_all": (
            "{numbers}[ Checked {checked}.][ For your village send 7 and its name, like "
            "{example}]\n"
            "---\n"
            "{numbers}[ Checked {checked}.][ Your village: {example}]"
        ),
        "cards_stale": (
            "{network}: emergency numbers[ of {places}] were not tried for 90 days. Call each "
            "once and tell the office. Ref {ref}"
        ),
    },
    answer=answer,
    words={"en": ("emergency", "ambulance"), "ur-Latn": ("hangami",)},
)
