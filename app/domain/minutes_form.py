"""The record of a meeting as JSON and back: strict, in plain words, nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from app.domain._told_parts import Part
from app.domain.errors import Refusal
from app.domain.minutes import (
    DecisionEntry,
    DecisionState,
    Item,
    Owner,
    Record,
    ResolutionEntry,
)

MOST_ITEMS, MOST_DECISIONS, MOST_RESOLUTIONS = 200, 200, 100
LETTERS_A_PAGE, MOST_PAGES = 2_000, 200
LINE, LONG, PAGES = 200, 2_000, 100_000
"""Letters at most: of a name or title, of a decision or note, of what was said."""
SHORT = 60


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that one language lacks: `what` is decision, resolution or summary, `no` its number."""

    what: str
    no: int
    part: str
    """`text` or `short` of a decision, `title` or `text` of a resolution; empty for a summary."""
    language: str


def to_json(record: Record) -> dict[str, Any]:
    """The record as it is kept and told; empty parts are left out."""
    return _filled(
        language=record.language,
        chair=record.chair,
        recitation=record.recitation,
        confirms=record.confirms,
        items=[_item_json(one) for one in record.items],
        decisions=[_decision_json(one) for one in record.decisions],
        resolutions=[_resolution_json(one) for one in record.resolutions],
        finance=dict(record.finance),
        next_at=_day(record.next_at),
        next_venue=dict(record.next_venue),
        thanks=record.thanks,
        summaries=dict(record.summaries),
        restricted=record.restricted,
    )


def from_json(told: Mapping[str, Any]) -> Record:
    """The record that was told; raises Refusal with where and what for anything else."""
    part = Part(told, "the minutes", _keys(Record))
    record = Record(
        language=part.tag("language"),
        chair=part.line("chair", LINE),
        recitation=part.lines("recitation", LONG),
        confirms=part.line("confirms", LINE),
        items=tuple(map(_item, part.parts("items", "item", _keys(Item), MOST_ITEMS))),
        decisions=tuple(
            map(_decision, part.parts("decisions", "decision", _DECISION_KEYS, MOST_DECISIONS))
        ),
        resolutions=tuple(
            map(
                _resolution,
                part.parts("resolutions", "resolution", _RESOLUTION_KEYS, MOST_RESOLUTIONS),
            )
        ),
        finance=part.words("finance", LONG, lines=True),
        next_at=part.moment("next_at"),
        next_venue=part.words("next_venue", LINE),
        thanks=part.lines("thanks", LONG),
        summaries=part.words("summaries", LONG, lines=True),
        restricted=part.line("restricted", LINE),
    )
    _check_pages(record)
    return record


def letters(record: Record) -> int:
    """How many letters the record has in all its languages."""
    words: list[str] = [record.recitation, record.thanks, record.chair]
    told = [record.finance, record.next_venue, record.summaries]
    for item in record.items:
        told += [item.title, item.said]
    for decision in record.decisions:
        told += [decision.texts, decision.shorts]
    for resolution in record.resolutions:
        told += [resolution.titles, resolution.texts, resolution.addressee]
    return sum(map(len, words)) + sum(len(text) for one in told for text in one.values())


def _check_pages(record: Record) -> None:
    pages = -(-letters(record) // LETTERS_A_PAGE)
    if pages > MOST_PAGES:
        raise Refusal(
            "too_many_pages",
            "These minutes have about {pages} pages; at most {most} can be kept. "
            "Keep long papers in the file and write here what was decided.",
            pages=pages,
            most=MOST_PAGES,
        )


def _keys(kind: type[Record | Item | Owner]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


_DECISION_KEYS = ("no", "text", "short", "topics", "owner", "due", "state", "restricted")
_RESOLUTION_KEYS = ("no", "title", "text", "addressee", "seat_id", "reply_due")


def _item(part: Part) -> Item:
    return Item(
        title=part.words("title", LONG),
        said=part.words("said", PAGES, lines=True),
        carried=part.line("carried", 30),
        restricted=part.line("restricted", LINE),
    )


def _item_json(item: Item) -> dict[str, Any]:
    return _filled(
        title=dict(item.title),
        said=dict(item.said),
        carried=item.carried,
        restricted=item.restricted,
    )


def _decision(part: Part) -> DecisionEntry:
    state = part.choice("state", [one.value for one in DecisionState], DecisionState.IN_HAND)
    return DecisionEntry(
        no=part.number("no", 1, 999),
        texts=part.words("text", LONG),
        shorts=part.words("short", SHORT),
        topics=part.topics("topics"),
        owner=_owner(part.part("owner", _keys(Owner))),
        due=part.day("due"),
        state=DecisionState(state),
        restricted=part.line("restricted", LINE),
    )


def _owner(part: Part) -> Owner:
    return Owner(
        words=part.words("words", LINE),
        body=part.line("body", 12),
        post=part.line("post", 60),
        unit_id=part.maybe_id("unit_id"),
    )


def _decision_json(one: DecisionEntry) -> dict[str, Any]:
    owner = _filled(
        words=dict(one.owner.words),
        body=one.owner.body,
        post=one.owner.post,
        unit_id=one.owner.unit_id,
    )
    told = _filled(
        text=dict(one.texts),
        short=dict(one.shorts),
        topics=list(one.topics),
        owner=owner,
        due=_day(one.due),
        restricted=one.restricted,
    )
    return {"no": one.no, **told, "state": one.state.value}


def _resolution(part: Part) -> ResolutionEntry:
    return ResolutionEntry(
        no=part.number("no", 1, 999),
        titles=part.words("title", LINE),
        texts=part.words("text", PAGES, lines=True),
        addressee=part.words("addressee", LINE),
        seat_id=part.maybe_id("seat_id"),
        reply_due=part.day("reply_due"),
    )


def _resolution_json(one: ResolutionEntry) -> dict[str, Any]:
    told = _filled(
        title=dict(one.titles),
        text=dict(one.texts),
        addressee=dict(one.addressee),
        seat_id=one.seat_id,
        reply_due=_day(one.reply_due),
    )
    return {"no": one.no, **told}


def _day(when: date | datetime | None) -> str | None:
    return when.isoformat() if when is not None else None


def _filled(**parts: Any) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value not in (None, "", [], {}, ())}


def gaps(record: Record, wanted: Sequence[str]) -> tuple[Gap, ...]:
    """Which of the wanted languages (tags) lack which words, in the order of the record."""
    told: list[tuple[str, int, str, Mapping[str, str]]] = []
    for decision in record.decisions:
        told.append(("decision", decision.no, "text", decision.texts))
        told.append(("decision", decision.no, "short", decision.shorts))
    for one in record.resolutions:
        told.append(("resolution", one.no, "title", one.titles))
        told.append(("resolution", one.no, "text", one.texts))
    told.append(("summary", 0, "", record.summaries))
    return tuple(
        Gap(what, no, part, tag)
        for what, no, part, words in told
        for tag in wanted
        if not words.get(tag, "").strip()
    )
