"""The form of one number on an emergency card."""

from collections.abc import Mapping

from app.domain.errors import Refusal
from app.services.find_people import find_people
from app.services.keep_card import LineFacts
from app.services.pick_unit import pick_unit
from app.services.show_cards import Card, CardLine
from app.web.door import Visit
from app.web.office._post_doors import id_in, number_in

FIELD_OF = {
    "kind": "kind",
    "words_empty": "words_ur",
    "words_too_long": "words_ur",
    "number": "number",
    "number_of_person": "person",
    "not_agreed": "given",
    "person": "person",
    "not_found": "unit",
    "which_unit": "unit",
    "position": "position",
}
"""The field of the form that a Refusal is about, by its code."""
WORDS = {"words_ur": "ur", "words_latn": "ur-Latn", "words_en": "en"}


async def line_in(visit: Visit) -> LineFacts:
    """The number as it was typed; raises Refusal for a unit or a person that is not clear."""
    fields = visit.fields
    unit = fields.get("unit", "").strip()
    return LineFacts(
        kind=fields.get("kind", ""),
        number=fields.get("number", ""),
        unit_id=await _unit(visit, unit) if unit else None,
        words={tag: fields.get(name, "") for name, tag in WORDS.items()},
        person_id=await _person(visit),
        may_be_given=fields.get("given") == "yes",
        position=_place(fields.get("position", "")),
    )


def of_card(card: Card) -> dict[str, str]:
    """The unit of a card as it stands in the form; it is known by its id while nobody types."""
    if card.unit_id is None:
        return {}
    return {"unit": card.unit, "unit_was": card.unit, "unit_id": str(card.unit_id)}


def as_typed(card: Card, line: CardLine) -> Mapping[str, str]:
    """What stands in the form before anybody types."""
    fields = of_card(card) | {name: line.words.get(tag, "") for name, tag in WORDS.items()}
    fields |= {"kind": line.kind, "number": line.number, "position": str(line.position)}
    if line.person_id is not None:
        fields |= {"person": line.person, "person_was": line.person}
        fields["person_id"] = str(line.person_id)
    return {**fields, "given": "yes"} if line.may_be_given else fields


def _place(words: str) -> int:
    try:
        return number_in(words)
    except Refusal:
        raise Refusal(
            "position", "{words} is no number. Write digits.", words=repr(words[:40])
        ) from None


async def _unit(visit: Visit, told: str) -> int:
    fields = visit.fields
    if told == fields.get("unit_was", "") and (known := id_in(fields.get("unit_id", ""))):
        return known
    return await pick_unit(visit.runtime.database, visit.network.id, told)


async def _person(visit: Visit) -> int | None:
    """Whom the name means; one who stands there already is known by the hidden id."""
    fields = visit.fields
    told = " ".join(fields.get("person", "").split())
    if not told:
        return None
    if told == fields.get("person_was", "") and (known := id_in(fields.get("person_id", ""))):
        return known
    found = await find_people(visit.runtime.database, visit.network.id, told[:200], limit=2)
    if found.total == 1:
        return found.people[0].id
    if not found.total:
        raise Refusal(
            "person", "Nobody in the directory is called {name}. Add them first.", name=told[:80]
        )
    raise Refusal(
        "person",
        "{count} people are called {name}. Write more of the name, or the number of the phone.",
        count=found.total,
        name=told[:80],
    )
