"""Keep standing texts: words that go again by a rule, agreed to once by a second person.

What is agreed to are the words, the audience and the rule together: a change of any of them
stops the text until somebody agrees again. Of a series the rule and the audience are agreed to,
and each item is reviewed on its own (`keep_awareness`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.recurrence import read_rule
from app.domain.standing import Course, agreed_hash, read_clock
from app.services._act import Deed
from app.services.keep_story import Writer
from app.services.plan_broadcast import unknown_language, word
from app.store import audience_names, awareness, networks, standing
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

LONGEST_NAME = 80
A_REF = 99_999
"""As long as any Ref will be, so that words which fit now fit later."""
KINDS = (Kind.NOTICE, Kind.NEWS)
MOST_SKIPPED = 100


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes to whom, and when: either words of its own or the items of a series.

    `rule` is in people's words or an RRULE; `clock` is written as 10:00. Without `starts_on` it
    begins today.
    """

    name: str
    audience: str
    rule: str
    clock: str
    texts: Mapping[str, str] = field(default_factory=dict)
    series: str = ""
    kind: str = Kind.NOTICE.value
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Consenter:
    """Who agrees, and to what: `hash` is that of the text that they were shown."""

    name: str
    account_id: int | None
    hash: str


async def keep_standing(  # noqa: PLR0913 -- what is kept, where, by whom
    database: Database,
    network_id: int,
    wish: Wish,
    *,
    catalogue: Catalogue,
    by: Writer,
    now: datetime,
    standing_id: int | None = None,
) -> int:
    """Store a standing text, or change one; gives its id. It goes only once somebody agrees.

    Raises Refusal and changes nothing: for words, an audience or a rule that cannot be, and
    not_found for one of another network.
    """

    def keep(conn: Connection) -> int:
        networks.hold(conn, network_id)
        network = networks.by_id(conn, network_id)
        old = found(conn, network_id, standing_id) if standing_id is not None else None
        values = _checked(conn, network, wish, old, catalogue, now)
        deed = Deed(network_id, by.name, now)
        if old is None:
            made = standing.add(conn, {**values, **_new(network_id, by, now)})
            deed.note(conn, "standing text kept", f"standing {made}", hash=values["hash"])
            return made
        if old.state != "stopped" and old.hash == values["hash"]:
            standing.change(conn, old.id, name=values["name"])
            return int(old.id)
        standing.change(conn, old.id, **values, **_to_agree_again(by, now))
        deed.note(conn, "standing text changed", f"standing {old.id}", hash=values["hash"])
        return int(old.id)

    return await database.write(keep)


async def approve_standing(
    database: Database, network_id: int, standing_id: int, *, by: Consenter, now: datetime
) -> date | None:
    """Agree that it goes by itself from now on; gives the first day. Safe to repeat.

    Raises Refusal when it is not what was shown, is the author's own, does not wait, or has no
    day to come.
    """

    def approve(conn: Connection) -> date | None:
        networks.hold(conn, network_id)
        row = found(conn, network_id, standing_id)
        if row.state == "running" and row.hash == by.hash and row.approver_id == by.account_id:
            known: date | None = row.next_on
            return known
        _check_consent(row, by)
        if hash_now(conn, row) != row.hash:
            raise Refusal(
                "audience_changed",
                "The saved audience that it names was changed. Keep the text again, then agree.",
            )
        network = networks.by_id(conn, network_id)
        next_on = course_of(row).next_after(now, network.tz)
        if next_on is None:
            raise Refusal("no_day", "This rule has no day to come. Change its days first.")
        standing.change(
            conn,
            row.id,
            state="running",
            approver_id=by.account_id,
            approved_at=now,
            next_on=next_on,
        )
        Deed(network_id, by.name, now).note(
            conn, "standing text approved", f"standing {row.id}", hash=row.hash
        )
        return next_on

    return await database.write(approve)


async def stop_standing(
    database: Database, network_id: int, standing_id: int, *, by: str, now: datetime
) -> None:
    """Let it go no more; what was made of it already is not taken back. Safe to repeat."""

    def stop(conn: Connection) -> None:
        networks.hold(conn, network_id)
        row = found(conn, network_id, standing_id)
        if row.state == "stopped":
            return
        standing.change(conn, row.id, state="stopped", next_on=None, changed_at=now)
        Deed(network_id, by, now).note(conn, "standing text stopped", f"standing {row.id}")

    await database.write(stop)


async def leave_out_next(  # noqa: PLR0913 -- which day of what, by whom
    database: Database, network_id: int, standing_id: int, on: date, *, by: str, now: datetime
) -> None:
    """Leave the next day out, the one that was shown; needs nobody else, for less is sent.

    Safe to repeat. Raises Refusal when that is not its next day.
    """

    def leave_out(conn: Connection) -> None:
        networks.hold(conn, network_id)
        row = found(conn, network_id, standing_id)
        if on.isoformat() in row.skipped:
            return
        if row.state != "running" or row.next_on != on:
            raise Refusal("changed", "That is not its next day any more. Look at it again.")
        skipped = [*row.skipped, on.isoformat()][-MOST_SKIPPED:]
        next_on = course_of(row).next_day(on + timedelta(days=1))
        standing.change(conn, row.id, skipped=skipped, next_on=next_on)
        Deed(network_id, by, now).note(
            conn, "standing text left out", f"standing {row.id}", on=on.isoformat()
        )

    await database.write(leave_out)


def found(conn: Connection, network_id: int, standing_id: int) -> Any:
    """The standing text of a network, locked; raises Refusal when there is none."""
    row = standing.get(conn, network_id, standing_id, locked=True)
    if row is None:
        raise Refusal("not_found", "There is no such standing text.")
    return row


def hash_now(conn: Connection, row: Any) -> str:
    """The hash of what a stored one would do now: a saved audience may have changed since."""
    audience = audience_names.spelled_out(conn, row.network_id, row.audience)
    return agreed_hash(row.kind, audience, row.texts, row.series, course_of(row))


def course_of(row: Any) -> Course:
    """The days of a stored one."""
    skipped = frozenset(date.fromisoformat(day) for day in row.skipped)
    return Course(row.rule, row.starts_on, row.ends_on, row.clock, skipped)


def _check_consent(row: Any, by: Consenter) -> None:
    if by.account_id is None:
        raise Refusal("not_allowed", "Only an officer with an account of their own can approve.")
    if row.state != "planned":
        raise Refusal("not_planned", "This does not wait for anybody's consent now.")
    if row.hash != by.hash:
        raise _changed()
    if row.author_id == by.account_id:
        raise Refusal("own_text", "You wrote this text: another officer must approve it.")


def _changed() -> Refusal:
    return Refusal(
        "plan_changed",
        "This is not the plan that was shown to you. Look at it again: nothing was sent.",
    )


def _new(network_id: int, by: Writer, now: datetime) -> dict[str, Any]:
    return {"network_id": network_id, "created_at": now, **_to_agree_again(by, now)}


def _to_agree_again(by: Writer, now: datetime) -> dict[str, Any]:
    return {
        "state": "planned",
        "next_on": None,
        "author": by.name,
        "author_id": by.id,
        "approver_id": None,
        "approved_at": None,
        "changed_at": now,
    }


def _checked(  # noqa: PLR0913, PLR0917 -- all that a wish is held against
    conn: Connection,
    network: NetworkInfo,
    wish: Wish,
    old: Any,
    catalogue: Catalogue,
    now: datetime,
) -> dict[str, Any]:
    """The columns of a wish; raises Refusal for one that cannot be."""
    name = " ".join(wish.name.split())[:LONGEST_NAME]
    if not name:
        raise Refusal("name", "Give it a name by which the office knows it.")
    if wish.kind not in KINDS:
        raise Refusal("kind", "A text that goes by itself is a notice or news, never urgent.")
    audience_names.resolved(conn, network.id, wish.audience, sees_health=False)
    texts = {tag: text.strip() for tag, text in wish.texts.items() if text.strip()}
    series = wish.series.strip()
    if bool(texts) == bool(series):
        raise Refusal("text_empty", "Write the words, or choose a series; not both.")
    check_words(texts, network, catalogue)
    if series and not awareness.has(conn, network.id, series):
        raise Refusal("series", "There is no series called {name}.", name=repr(series[:40]))
    course = _course(wish, old, network.day_at(now))
    audience = audience_names.spelled_out(conn, network.id, wish.audience)
    return {
        "name": name,
        "kind": wish.kind,
        "audience": wish.audience.strip(),
        "texts": texts,
        "series": series,
        "rule": course.rule,
        "starts_on": course.starts_on,
        "ends_on": course.ends_on,
        "clock": course.clock,
        "hash": agreed_hash(wish.kind, audience, texts, series, course),
    }


def check_words(texts: Mapping[str, str], network: NetworkInfo, catalogue: Catalogue) -> None:
    """Raise Refusal for words that could not go out, name and Ref among them."""
    for tag, text in texts.items():
        if tag not in catalogue.languages:
            raise unknown_language(catalogue)
        word(text, tag, network, catalogue, A_REF)


def _course(wish: Wish, old: Any, today: date) -> Course:
    clock = read_clock(wish.clock)
    if clock is None:
        raise Refusal(
            "hour",
            "{words} is no hour. Write it as 10:00.",
            words=repr(wish.clock[:40]),
        )
    starts_on = wish.starts_on or (old.starts_on if old is not None else today)
    if wish.ends_on is not None and wish.ends_on < max(starts_on, today):
        raise Refusal("ends", "It would end before it begins. Give a later last day, or none.")
    return Course(read_rule(wish.rule), starts_on, wish.ends_on, clock)
