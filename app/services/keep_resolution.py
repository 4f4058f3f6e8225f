"""Keep what became of a resolution: its letter, its diary number, the answer."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line, clean_lines
from app.services._act import Deed
from app.services._minutes_desk import day_of
from app.store import networks, resolutions
from app.store.database import Connection, Database

MOST_NUMBER, MOST_REPLY = 40, 500


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is told of the letter of a resolution, all of it as it is to be."""

    letter_no: str = ""
    sent_on: date | None = None
    diary_no: str = ""
    reply_due: date | None = None
    replied_on: date | None = None
    reply: str = ""


async def keep_resolution(  # noqa: PLR0913 -- who keeps what of which resolution
    database: Database,
    network_id: int,
    resolution_id: int,
    facts: LetterFacts,
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep the letter's facts.

    Raises Refusal: not_found, letter_taken, too_long, days_order for days that cannot follow each
    other.
    """
    told = replace(
        facts,
        letter_no=clean_line(facts.letter_no),
        diary_no=clean_line(facts.diary_no),
        reply=clean_lines(facts.reply),
    )
    _check_lengths(told)
    deed = Deed(network_id, by, now)
    await database.write(_keep, deed, resolution_id, told)


def _check_lengths(facts: LetterFacts) -> None:
    for text, most in (
        (facts.letter_no, MOST_NUMBER),
        (facts.diary_no, MOST_NUMBER),
        (facts.reply, MOST_REPLY),
    ):
        if len(text) > most:
            raise Refusal(
                "too_long",
                "{place} has {count} letters; at most {most} fit. Shorten it.",
                place=f"{text[:20]}\u2026",
                count=len(text),
                most=most,
            )


def _keep(conn: Connection, deed: Deed, resolution_id: int, facts: LetterFacts) -> None:
    networks.hold(conn, deed.network_id)
    row = resolutions.get(conn, deed.network_id, resolution_id)
    if row is None:
        raise Refusal("not_found", "There is no such resolution. Look for it in the list.")
    _check_days(
        day_of(conn, deed.network_id, row.at), day_of(conn, deed.network_id, deed.now), facts
    )
    if facts.letter_no and resolutions.letter_taken(
        conn, deed.network_id, facts.letter_no, resolution_id
    ):
        raise Refusal(
            "letter_taken", "Another letter has the number {number}.", number=facts.letter_no
        )
    values: dict[str, Any] = asdict(facts)
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    if not changed:
        return
    resolutions.change(conn, resolution_id, changed)
    subject = f"{row.body} {row.label}/R{row.no}"
    deed.note(conn, "resolution kept", subject, changed=sorted(changed))


def _check_days(held: date, today: date, facts: LetterFacts) -> None:
    """The letter follows the meeting, the answer follows the letter; nothing happened tomorrow."""
    sent, replied = facts.sent_on, facts.replied_on
    if sent is not None and not held <= sent <= today:
        raise Refusal(
            "days_order",
            "The letter cannot have gone out before the meeting of {held} or after today.",
            held=held.isoformat(),
        )
    if replied is not None and (sent is None or not sent <= replied <= today):
        raise Refusal(
            "days_order",
            "An answer comes after the letter and not after today. Write when the letter went out.",
        )
    if facts.reply_due is not None and facts.reply_due < (sent or held):
        raise Refusal("days_order", "The answer cannot be due before the letter. Correct the date.")
