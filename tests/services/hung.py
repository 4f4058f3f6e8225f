"""Boards with keepers for tests: two of Amina's, one of Gul's, one of nobody's."""

from dataclasses import dataclass
from typing import Any

from app.services.hang_sheet import Hung, NewSheet, hang_sheet
from app.services.keep_board import BoardFacts, add_board
from app.services.show_boards import Boards, show_boards
from tests.factories import Office
from tests.services.seated import TODAY, Chamber

AMINA, GUL = 1, 2
"""Whose phone is the how-manieth."""


@dataclass
class Wall:
    """An office with four boards; `ids` are theirs, in the order of their numbers."""

    office: Office
    chamber: Chamber
    amina: int
    gul: int
    ids: tuple[int, ...]

    @classmethod
    async def open(cls, office: Office) -> "Wall":
        chamber = await Chamber.open(office)
        amina = await chamber.person("Amina", chamber.roshni, language="en")
        gul = await chamber.person("Gul", chamber.umeed, language="ur-Latn")
        await chamber.phone(amina, AMINA)
        await chamber.phone(gul, GUL)
        wall = cls(office, chamber, amina, gul, ())
        facts = (
            BoardFacts("Outside the office of Roshni", chamber.roshni, amina),
            BoardFacts("School gate", chamber.roshni, amina),
            BoardFacts("Bazaar", chamber.umeed, gul),
            BoardFacts("Press club", None, None),
        )
        wall.ids = tuple([await wall.board(one) for one in facts])
        return wall

    async def board(self, facts: BoardFacts) -> int:
        office = self.office
        made = await add_board(office.database, office.id, facts, by="Nusrat", now=office.now)
        return made.id

    async def hang(self, title: str = "Road petition", **more: Any) -> Hung:
        new = NewSheet(kind=more.pop("kind", "notice"), titles={"en": title}, **more)
        office = self.office
        return await hang_sheet(office.database, office.id, new, by="Nusrat", now=office.now)

    async def show(self) -> Boards:
        return await show_boards(self.office.database, self.office.id, today=TODAY)

    async def proved(self) -> list[tuple[int, int]]:
        """Sheet and board of all that is proved to hang."""
        found = await self.show()
        lines = [sheet for board in found.boards for sheet in board.sheets]
        return [(one.no, one.board_no) for one in lines if one.hangs_since]
