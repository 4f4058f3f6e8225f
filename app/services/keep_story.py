"""Keep a story: its words in each language; changed words wait for agreement anew."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import Words
from app.domain.prose import lines_of, texts_of, titles_of, topics_of
from app.services._act import Deed
from app.services._private_numbers import refuse_private_numbers
from app.store import networks, newsletters, stories, units
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What a story says; `captions` stand under its photo."""

    titles: Words
    texts: Words = field(default_factory=dict)
    captions: Words = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: `id` is that of the account, None for the keeper at the machine itself."""

    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words that are kept; `id` is None for a new thing, else they were written over `version`."""

    network_id: int
    values: dict[str, Any]
    by: Writer
    now: datetime
    id: int | None
    version: int | None


async def keep_story(  # noqa: PLR0913 -- who keeps what, and which one it replaces
    database: Database,
    network_id: int,
    facts: StoryFacts,
    *,
    languages: Collection[str],
    by: Writer,
    now: datetime,
    story_id: int | None = None,
    version: int | None = None,
) -> int:
    """Store a story, or new words of one, and give its id.

    Words that are kept wait for a second officer, also when the old ones were agreed to. Raises
    Refusal for a story without a title or a text, for words that are too long, when somebody
    else changed it since `version`, and when it went out in a newsletter already.
    """
    change = NewWords(network_id, _checked(facts, languages), by, now, story_id, version)
    return await database.write(_keep, change)


def keep_draft_by(
    conn: Connection, deed: Deed, facts: StoryFacts, *, languages: Collection[str], by: Writer
) -> int:
    """A new story inside a transaction of the caller's; gives its id."""
    values = _checked(facts, languages)
    return _keep(conn, NewWords(deed.network_id, values, by, deed.now, None, None))


def _checked(facts: StoryFacts, languages: Collection[str]) -> dict[str, Any]:
    titles, texts = titles_of(facts.titles, languages), texts_of(facts.texts, languages)
    if not texts:
        raise Refusal("text_empty", "There is no text. Write one in at least one language.")
    topics = topics_of(facts.topics)
    return {
        "titles": titles,
        "texts": texts,
        "captions": lines_of(facts.captions, languages),
        "topics": f" {' '.join(topics)} " if topics else "",
        "unit_id": facts.unit_id,
    }


def _keep(conn: Connection, change: NewWords) -> int:
    networks.hold(conn, change.network_id)
    unit_id = change.values["unit_id"]
    if unit_id is not None and units.get(conn, change.network_id, unit_id) is None:
        raise Refusal("not_found", "There is no unit {id} in this network.", id=unit_id)
    told = (change.values[name] for name in ("titles", "texts", "captions"))
    said = [text for words in told for text in words.values()]
    refuse_private_numbers(conn, change.network_id, said)
    fresh = {**change.values, "author": change.by.name, "author_id": change.by.id}
    fresh |= {"state": "draft", "approver": "", "approved_at": None, "updated_at": change.now}
    deed = Deed(change.network_id, change.by.name, change.now)
    if change.id is None:
        made = stories.add(
            conn, {"network_id": change.network_id, "created_at": change.now, **fresh}
        )
        deed.note(conn, "story written", f"Story {made}")
        return made
    row = the_story(conn, change.network_id, change.id)
    _check_open(conn, row, change.version)
    stories.change(conn, row.id, **fresh, version=row.version + 1)
    deed.note(conn, "story changed", f"Story {row.id}", version=row.version + 1)
    return int(row.id)


def _check_open(conn: Connection, row: Any, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Refusal(
            "changed_meanwhile",
            "Somebody changed this story since you opened it. Open it anew and look.",
        )
    issue = newsletters.issue_with(conn, row.network_id, "story", row.id)
    if issue is not None:
        raise Refusal(
            "gone_out",
            "This story stands in newsletter {no}. Leave it out there, or write a new one.",
            no=issue.no,
        )


def the_story(conn: Connection, network_id: int, story_id: int) -> Any:
    """A story of the network; raises Refusal when it is not there."""
    row = stories.get(conn, network_id, story_id)
    if row is None:
        raise Refusal("not_found", "There is no story {id}. Look for it in the list.", id=story_id)
    return row
