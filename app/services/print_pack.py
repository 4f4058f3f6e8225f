"""Print the pack of a unit: each sheet for its boards as a PDF, and a list of how many copies."""

import io
import zipfile
from datetime import date

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.printing.render import Printed
from app.services.print_board_sheet import print_board_sheet
from app.services.print_sheet import Order
from app.services.show_boards import Pack, boards_of
from app.store.database import Database

MEDIA_TYPE = "application/zip"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every file in the pack bears, so that the same pack is the same bytes."""


async def print_pack(  # noqa: PLR0913 -- whose pack, how printed
    database: Database,
    network_id: int,
    unit_id: int | None,
    order: Order,
    *,
    catalogue: Catalogue,
    today: date,
) -> Printed:
    """One file with all that goes to that unit; None for the boards of no unit.

    Raises Refusal (not_found) where nothing waits to be hung.
    """
    found = await database.read(boards_of, network_id, today)
    pack = next((one for one in found.packs if one.unit_id == unit_id), None)
    if pack is None:
        raise Refusal("not_found", "Nothing waits to be hung there. See the list of packs.")
    made: list[tuple[str, bytes]] = [("copies.txt", copies_of(pack).encode())]
    missing: set[str] = set()
    for one in pack.sheets:
        sheet = await print_board_sheet(database, network_id, one.no, order, catalogue=catalogue)
        missing.update(sheet.missing)
        made.append((f"{one.no:03d}-print-{one.copies}.{order.form}", sheet.content))
    name = f"pack-{pack.unit_id or 'network'}.zip"
    return Printed(_zipped(made), MEDIA_TYPE, name, tuple(sorted(missing)))


def copies_of(pack: Pack) -> str:
    """The list on top of the pack: which sheet how often, for which boards."""
    numbers = ", ".join(str(no) for no in pack.boards)
    lines = [f"{pack.unit or 'Network'} - boards {numbers}", ""]
    lines += [f"sheet {one.no}: {one.copies}" for one in pack.sheets]
    return "\r\n".join(lines) + "\r\n"


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, inside in files:
            pack.writestr(zipfile.ZipInfo(name, EPOCH), inside, zipfile.ZIP_DEFLATED)
    return content.getvalue()
