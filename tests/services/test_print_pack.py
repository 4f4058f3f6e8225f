"""The pack of a unit: each sheet as a PDF, with a list of how many copies are needed."""

import io
import zipfile

import pytest

from app.domain.errors import Refusal
from app.printing.render import Printed
from app.services.print_pack import print_pack
from app.services.print_sheet import Order, order_of
from tests.factories import Office, catalogue
from tests.services.hung import AMINA, Wall
from tests.services.seated import TODAY


@pytest.fixture
async def wall(office: Office) -> Wall:
    return await Wall.open(office)


async def pack_of(wall: Wall, unit_id: int | None, order: Order) -> Printed:
    return await print_pack(
        wall.office.database, wall.office.id, unit_id, order, catalogue=catalogue(), today=TODAY
    )


async def test_the_pack_holds_what_is_not_proved_and_says_how_many_copies(wall: Wall) -> None:
    await wall.hang("Road petition")
    await wall.hang("Fees", board_ids=wall.ids[:1])
    await wall.hang("Polio")
    await wall.office.say(AMINA, "HUNG 3")
    order = order_of("pdf", "en")
    unit_id = wall.chamber.roshni
    made = await pack_of(wall, unit_id, order)
    with zipfile.ZipFile(io.BytesIO(made.content)) as pack:
        assert pack.testzip() is None
        assert pack.namelist() == ["copies.txt", "001-print-2.pdf", "002-print-1.pdf"]
        assert pack.read("copies.txt").decode().splitlines() == [
            "LSO Roshni - boards 1, 2", "", "sheet 1: 2", "sheet 2: 1",
        ]  # fmt: skip
        assert all(pack.read(name).startswith(b"%PDF") for name in pack.namelist()[1:])


async def test_where_nothing_waits_there_is_no_pack(wall: Wall) -> None:
    order = order_of("txt", "en")
    for unit_id in (wall.chamber.roshni, wall.chamber.health, None, 10**18):
        with pytest.raises(Refusal) as told:
            await pack_of(wall, unit_id, order)
        assert told.value.code == "not_found"
