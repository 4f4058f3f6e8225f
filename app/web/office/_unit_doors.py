"""What the pages of units share: their doors, and the unit that an address names."""

from typing import Annotated

from fastapi import Depends

from app.domain.permissions import Act
from app.services.show_unit import ShownUnit, show_unit
from app.web.door import Visit, visits

PEOPLE, UNITS = "/office/people", "/office/units"

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


async def unit_of(visit: Visit, unit_id: int, after: str = "") -> ShownUnit:
    """The unit; raises Refusal when it is not there or another's."""
    return await show_unit(
        visit.runtime.database, visit.network.id, unit_id, today=visit.today, after=after
    )
