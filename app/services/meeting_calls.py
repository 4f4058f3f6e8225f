"""Whom to call about a meeting: who holds no phone that may be texted, and who said nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.services._export_rows import OFFICE, masked
from app.services.show_answers import Answered, show_answers
from app.store import listings
from app.store.database import Connection, Database
from app.store.people import DENIED

TEXTED = frozenset({"active"})
"""The standing of a phone that gets notices."""
UNTEXTED = frozenset({"none", "held"})
"""The reach of a number that takes calls only, or that nobody has looked at yet."""


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to be told, or asked again."""

    who: Answered
    why: str
    """`no_phone`, `not_texted` (the phone gets no notices) or `silent`."""
    phone: str
    """Masked, `through the office` for a woman's, "" where there is none."""
    whole: str
    """The number itself: for those only who may see it, never on paper where it is a woman's."""

    @property
    def is_through_the_office(self) -> bool:
        """Whether the number never stands on paper."""
        return self.phone == OFFICE


async def list_calls(database: Database, network_id: int, meeting_id: int) -> tuple[Call, ...]:
    """Those of the body who said nothing; who cannot be texted comes first.

    Raises Refusal when there is no such meeting.
    """
    answers = await show_answers(database, network_id, meeting_id)
    silent = [one for one in answers.people if not one.answer]
    phones = await database.read(_phones, {one.person_id for one in silent})
    calls = [_call(one, phones.get(one.person_id, ())) for one in silent]
    return tuple(sorted(calls, key=lambda one: one.why == "silent"))


def _phones(conn: Connection, ids: set[int]) -> Mapping[int, Sequence[Any]]:
    return listings.phones_of(conn, ids)


def _call(who: Answered, phones: Sequence[Any]) -> Call:
    theirs = [one for one in phones if one.whose != DENIED]
    texted = [one for one in theirs if one.standing in TEXTED and one.reach not in UNTEXTED]
    best = next(iter([*texted, *theirs]), None)
    if best is None:
        return Call(who, "no_phone", "", "")
    why = "silent" if texted else "not_texted"
    return Call(who, why, masked(best.msisdn, [who.sex]), best.msisdn)
