"""The form of one number on an emergency card."""

from collections.abc import Mapping

from app.domain.errors import Refusal
from app.services.keep_card import LineFacts
from app.services.show_cards import Card, CardLine
from app.web.door import Visit
from app.web.office._named import person_named, unit_named
from app.web.office._post_doors import number_in

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
    return LineFacts(
        kind=fields.get("kind", ""),
        number=fields.get("number", ""),
        unit_id=await unit_named(visit),
        words={tag: fields.get(name, "") for name, tag in WORDS.items()},
        person_id=await person_named(visit, "person"),
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
