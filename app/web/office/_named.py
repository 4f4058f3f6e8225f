"""Units and people that a form names in words; what stands there already is known by its id."""

from app.domain.errors import Refusal
from app.services.find_people import find_people
from app.services.pick_unit import pick_unit
from app.web.door import Visit
from app.web.office._post_doors import id_in


async def person_named(visit: Visit, field: str) -> int | None:
    """Whom the words in `field` mean; None where nothing is typed.

    `{field}_was` and `{field}_id` are hidden: the name that stood there, and whose it is. Raises
    Refusal, with the field as its code, where the words mean nobody or several people.
    """
    fields = visit.fields
    told = " ".join(fields.get(field, "").split())
    if not told:
        return None
    if told == fields.get(f"{field}_was", "") and (known := id_in(fields.get(f"{field}_id", ""))):
        return known
    found = await find_people(visit.runtime.database, visit.network.id, told[:200], limit=2)
    if found.total == 1:
        return found.people[0].id
    if not found.total:
        raise Refusal(
            field, "Nobody in the directory is called {name}. Add them first.", name=told[:80]
        )
    raise Refusal(
        field,
        "{count} people are called {name}. Write more of the name, or the number of the phone.",
        count=found.total,
        name=told[:80],
    )


async def unit_named(visit: Visit) -> int | None:
    """The unit that the field `unit` names, by the same rule; None where nothing is typed.

    Raises Refusal where the words mean no unit or several.
    """
    fields = visit.fields
    told = fields.get("unit", "").strip()
    if not told:
        return None
    if told == fields.get("unit_was", "") and (known := id_in(fields.get("unit_id", ""))):
        return known
    return await pick_unit(visit.runtime.database, visit.network.id, told)
