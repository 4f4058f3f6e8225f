"""The forms of notice boards: a board, and a sheet that is to be hung."""

from collections.abc import Mapping
from typing import Any

from app.domain.errors import Refusal
from app.services.hang_sheet import NewSheet
from app.services.keep_board import BoardFacts
from app.services.show_boards import BoardLine
from app.web.door import Visit
from app.web.office._named import person_named, unit_named
from app.web.office._post_doors import day_in, id_in, number_in

FIELD_OF = {
    "place_empty": "place",
    "place_too_long": "place",
    "keeper": "keeper",
    "unit": "unit",
    "title_empty": "title_ur",
    "title_too_long": "title_ur",
    "over": "valid_until",
    "date": "valid_until",
    "number": "ref",
    "meeting": "meeting",
    "no_boards": "boards",
    "not_found": "",
}
"""The field of the form that a Refusal is about, by its code."""
TITLES = {"title_ur": "ur", "title_latn": "ur-Latn", "title_en": "en"}
MOST_TITLES = 400


async def board_in(visit: Visit) -> BoardFacts:
    """The board as it was typed; raises Refusal for a unit or a person that is not clear."""
    unit_id = await unit_named(visit)
    keeper_id = await person_named(visit, "keeper")
    return BoardFacts(visit.fields.get("place", ""), unit_id, keeper_id)


def sheet_in(visit: Visit) -> NewSheet:
    """The sheet as it was typed; raises Refusal for a day or a number that is none."""
    fields = visit.fields
    chosen = [name.removeprefix("board-") for name in fields if name.startswith("board-")]
    is_all = fields.get("where", "all") == "all"
    board_ids = [found for one in chosen if (found := id_in(one))]
    if not is_all and not board_ids:
        raise Refusal("no_boards", "Tick a board, or choose all of them.")
    return NewSheet(
        kind=fields.get("kind", ""),
        titles={tag: fields.get(name, "")[:MOST_TITLES] for name, tag in TITLES.items()},
        valid_until=day_in(visit, "valid_until"),
        language=fields.get("language", ""),
        ref=number_in(fields.get("ref", "")) or None,
        newsletter_no=number_in(fields.get("newsletter", "")) or None,
        meeting_id=id_in(fields.get("meeting", "")),
        board_ids=() if is_all else tuple(board_ids),
    )


def as_typed(line: BoardLine | None) -> Mapping[str, str]:
    """What stands in the form of a board before anybody types."""
    if line is None:
        return {}
    known: dict[str, Any] = {"place": line.place, "unit": line.unit_id, "keeper": line.keeper}
    known |= {"keeper_was": line.keeper, "keeper_id": line.keeper_id}
    return {name: str(value) for name, value in known.items() if value is not None}
