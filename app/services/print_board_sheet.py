"""Print a sheet for the boards by the number that it bears: a notice, minutes or a newsletter."""

from app.catalogue import Catalogue
from app.printing.render import Printed
from app.services.print_notice import print_hung
from app.services.print_sheet import Order, print_sheet
from app.services.show_newsletters import sheet_of
from app.store import boards, newsletters
from app.store.database import Connection, Database

LARGEST_NO = 2**31 - 1


async def print_board_sheet(
    database: Database, network_id: int, no: int, order: Order, *, catalogue: Catalogue
) -> Printed:
    """The sheet as a file; raises Refusal (not_found) when no sheet bears that number."""
    issue_id = await database.read(_issue_of, network_id, no)
    if issue_id is None:
        return await print_hung(database, network_id, no, order)
    sheet = await sheet_of(database, network_id, issue_id, order.tag, catalogue=catalogue)
    return await print_sheet(sheet, order)


def _issue_of(conn: Connection, network_id: int, no: int) -> int | None:
    """The newsletter that hangs under this number, None when it is another sheet."""
    row = boards.sheet_numbered(conn, network_id, no) if 0 < no <= LARGEST_NO else None
    if row is None or row.newsletter_no is None:
        return None
    issue = newsletters.numbered(conn, network_id, row.newsletter_no)
    return int(issue.id) if issue is not None else None
