"""The demo's notice boards, what hangs there, and what owners said of their decisions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.follow_up import Said
from app.domain.unit_names import called
from app.services.hang_sheet import NewSheet, hang_sheet
from app.services.keep_board import BoardFacts, add_board
from app.store import boards, follow_up, posts, seats
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

PLACES = (
    ("outside the office of {name}, beside the door", "President"),
    ("at the gate of the girls' school of {name}", "General Secretary"),
    ("in the bazaar, beside the bus stand of {name}", "Finance Secretary"),
)
"""Where boards hang, and whose holder looks after one."""
MOST_BOARDS = 11
NOT_PROVED_FROM = 18
"""The newest sheets have only been given out."""
SHEETS: tuple[tuple[str, dict[str, str], int | None], ...] = (
    (
        "notice",
        {"en": "Road petition: sign before Friday", "ur": "سڑک کی درخواست: جمعہ تک دستخط"},
        9,
    ),
    ("notice", {"en": "Polio days", "ur": "پولیو کے دن", "ur-Latn": "Polio ke din"}, 4),
    ("notice", {"en": "Yearly fee of Rs 500", "ur": "سالانہ فیس 500 روپے"}, 30),
    ("notice", {"en": "Flood: where to go", "ur": "سیلاب: کہاں جائیں"}, None),
    ("notice", {"en": "Blood donors wanted", "ur": "خون دینے والے درکار"}, 60),
    ("minutes", {"en": "Minutes of the Executive Committee", "ur": "مجلس عاملہ کی کارروائی"}, 20),
    ("newsletter", {"en": "Newsletter of the month", "ur": "ماہانہ خبرنامہ"}, 25),
    ("notice", {"en": "Girls out of school: the list", "ur": "سکول سے باہر بچیاں: فہرست"}, 14),
    ("notice", {"en": "Helpline numbers", "ur": "ہنگامی نمبر"}, None),
    ("notice", {"en": "Jobs and training", "ur": "ملازمت اور تربیت"}, 7),
)
"""Kind, title and days until the last one; each goes out twice, older and newer: 20 sheets."""
REPORTS = (
    (Said.DONE, "fehrist ban gayi, DEO ko de di"),
    (Said.IN_HAND, "ek LSO ne fees de di, ek baqi"),
    (Said.DONE, ""),
)
"""What owners said; it waits for the General Secretary."""


async def hang_demo(database: Database, network: NetworkInfo, *, by: str, now: datetime) -> None:
    """Boards, sheets and reports, where there are none yet."""
    if await database.read(boards.boards, network.id):
        return
    for facts in await database.read(_places, network.id):
        await add_board(database, network.id, facts, by=by, now=now)
    today = network.day_at(now)
    ids = [row.id for row in await database.read(boards.boards, network.id)]
    for no in range(2 * len(SHEETS)):
        await hang_sheet(database, network.id, _sheet(no, ids, today), by=by, now=now)
    await database.write(_prove_some, network.id, today, now)
    await database.write(_report_some, network.id, today, now)


def _places(conn: Connection, network_id: int) -> list[BoardFacts]:
    """A board for each LSO, kept by one of its officers."""
    lsos = [row for row in posts.units_with_offices(conn, network_id) if row.kind == "LSO"]
    found: list[BoardFacts] = []
    for no, row in enumerate(lsos[:MOST_BOARDS]):
        place, office = PLACES[no % len(PLACES)]
        held = seats.held_in(conn, network_id, "LSO", row.id, office)
        keeper = held[0].person_id if held else None
        found.append(BoardFacts(place.format(name=called("LSO", row.name)), row.id, keeper))
    return found


def _sheet(no: int, board_ids: list[int], today: date) -> NewSheet:
    kind, titles, days = SHEETS[no % len(SHEETS)]
    new = NewSheet(kind, titles, today + timedelta(days=days) if days is not None else None)
    some = board_ids[no % 3 :: 3] if no % 4 else board_ids
    return replace(new, board_ids=some)


def _prove_some(conn: Connection, network_id: int, today: date, now: datetime) -> None:
    """Most of the older sheets were proved, and a few of them are past their day."""
    for row in boards.up(conn, network_id):
        is_older = row.no < NOT_PROVED_FROM
        if is_older and row.keeper_id is not None and (row.no + row.board_no) % 7:
            since = now - timedelta(days=row.board_no % 6 + 1)
            boards.prove(conn, [row.id], {"hangs_since": since, "proved_by_id": row.keeper_id})
    for sheet in boards.sheets(conn, network_id, 2 * len(SHEETS)):
        if sheet.no in (2, 10):
            boards.change_sheet(conn, sheet.id, {"valid_until": today - timedelta(days=2)})


def _report_some(conn: Connection, network_id: int, today: date, now: datetime) -> None:
    """Reports about the first decisions whose owner has a phone."""
    waiting = list(REPORTS)
    for row in follow_up.due_until(conn, network_id, today + timedelta(days=60)):
        owner = _owner(conn, network_id, row)
        if owner is None or not waiting:
            continue
        said, note = waiting.pop(0)
        person_id, address_id = owner
        told: dict[str, Any] = {"said": said.value, "note": note, "state": "waiting"}
        told |= {"network_id": network_id, "decision_id": row.id, "address_id": address_id}
        told |= {"inbound_id": None, "person_id": person_id, "language": "ur-Latn"}
        follow_up.put(conn, {**told, "at": now - timedelta(hours=5 * len(waiting) + 1)})


def _owner(conn: Connection, network_id: int, row: Any) -> tuple[int, int] | None:
    held = [one.person_id for one in follow_up.holders(conn, network_id, row)]
    phones = posts.phones(conn, held)
    return next(((one, phones[one].address_id) for one in held if one in phones), None)
