"""5, CONTACT, RABTA, SADAR, "contact laspa": who holds a post, and how the office is reached.

Nobody's own number is ever told. Strangers get the number of the office; who it is that holds a
post is for those on the list.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker
from bots.notes import HolderNote
from bots.paging import more_of, rest_of, stop_after
from bots.values import Entry, Value

MESSAGE_FROM = 4
"""So many words that name no unit are a message to whoever holds the post."""


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """Who holds the post, or the chief posts; a longer text is passed on by people."""
    people = [one.id for one in who.people]
    words = ask.argument or ""
    notes = list(register.holders(words, people, who.language))
    if len(words.split()) >= MESSAGE_FROM and not any(note.unit for note in notes):
        return Reply("contact", "received", who.language, effect=Effect.TO_INBOX)
    office = next((note.office for note in notes if note.office), "")
    known = [note for note in notes if note.post] if who.is_registered else []
    listed = [_line(note) for note in known]
    codes = [one.code for one in listed]
    left = list(rest_of(listed, codes, ask))
    if ask.told and not left:
        return Reply("contact", "more_none", who.language)
    values: dict[str, Value] = {"network": register.network_name(who.language)}
    if office:
        values["office"] = (Entry(office),)
    if left:
        values["holders"] = tuple(left)
    return Reply(
        "contact",
        f"contact{'' if left else '_office'}{'' if office else '_none'}",
        who.language,
        values,
        more=more_of(ask, codes[len(listed) - len(left) :], goes_on=False) if left else None,
        buttons=(Entry("6"),),
    )


def _line(note: HolderNote) -> Entry:
    """The post with who holds it, closed by a stop."""
    told = f"{note.post}: {note.name}" if note.name else note.post
    return Entry(told + stop_after(told))


KEYWORD = Keyword(
    intent="contact",
    digit="5",
    help_line="Contact",
    templates={
        "contact": (
            "{holders} Office: {office}. Or send 6 and your message\n"
            "---\n"
            "{holders} Office: {office}. Or send 6"
        ),
        "contact_none": (
            "{holders} To reach them send 6 and your message\n---\n{holders} Send 6 and a message"
        ),
        "contact_office": "{network} office: {office}. Or send 6 and your message, we answer",
        "contact_office_none": "To reach the {network} office send 6 and your message, we answer",
    },
    answer=answer,
    words={"en": ("contact",), "ur-Latn": ("rabta",)},
)
