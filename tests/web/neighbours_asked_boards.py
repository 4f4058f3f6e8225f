"""What is sent to the doors of notice boards and of following up."""

from typing import Any

from tests.web.neighbours import Belongings

Requests = dict[str, list[dict[str, Any]]]


def to_the_boards_api(them: Belongings, beside: Belongings) -> Requests:
    theirs, other, named = them.api, beside.api, {"network": them.slug}
    boards_, sheets = "/api/v1/boards", "/api/v1/sheets"
    words = {"titles": {"en": "Road"}, "kind": "notice"}
    return {
        f"GET {boards_}": [{}, {"params": named}],
        f"GET {boards_}/pack": [
            {"params": {"unit_id": theirs.unit_id, **more}} for more in ({}, named)
        ],
        f"POST {boards_}": [
            {"json": {"place": "Gate", "unit_id": theirs.unit_id}},
            {"json": {"place": "Gate", "unit": theirs.unit}},
            {"json": {"place": "Gate", "keeper_id": theirs.person_id}},
            {"json": {"place": "Gate", "keeper_id": other.person_id, **named}},
        ],
        f"POST {boards_}/{{board_id}}": [{"json": {"place": "Bridge"}}],
        f"POST {boards_}/{{board_id}}/removal": [{"json": {}, "at": {"board_id": "gone_board_id"}}],
        f"POST {sheets}": [
            {"json": {**words, "board_ids": [theirs.board_id]}},
            {"json": {**words, "meeting_id": theirs.meeting_id}},
            {"json": {**words, **named}},
        ],
        f"POST {sheets}/{{sheet_id}}/boards": [
            {"json": {"board_ids": [theirs.board_id]}},
        ],
        "POST /api/v1/hangings/{hanging_id}/proof": [{"json": {}}, {"json": named}],
        "POST /api/v1/hangings/{hanging_id}/removal": [
            {"json": {}, "at": {"hanging_id": "off_id"}}
        ],
        "GET /api/v1/follow-up": [{}, {"params": named}],
        "POST /api/v1/follow-up/{report_id}/confirmation": [{"json": {}}],
        "POST /api/v1/follow-up/{report_id}/refusal": [
            {"json": {}, "at": {"report_id": "wrong_report_id"}}
        ],
    }


def to_the_boards_pages(them: Belongings) -> Requests:
    theirs, door = them.pages, "/office/boards"
    form = {"place": "Gate", "unit": theirs.unit, "keeper": theirs.person}
    sheet = {"kind": "notice", "title_en": "Road", "where": "some"}
    board = f"board-{theirs.board_id}"
    return {
        f"GET {door}/{{board_id}}": [{}],
        f"GET {door}/{{board_id}}/change": [{}],
        f"GET {door}/pack/{{unit}}": [{"at": {"unit": "unit_id"}}],
        f"POST {door}/new": [{"data": form}, {"data": {**form, "unit": str(theirs.unit_id)}}],
        f"POST {door}/{{board_id}}/change": [
            {"data": {"place": "Bridge"}},
            {"data": {"do": "close"}, "at": {"board_id": "gone_board_id"}},
        ],
        f"POST {door}/hang": [
            {"data": {**sheet, board: "yes"}},
            {"data": {**sheet, "where": "all", "meeting": str(theirs.meeting_id)}},
        ],
        f"POST {door}/hanging/{{hanging_id}}": [
            {"data": {"do": "prove"}},
            {"data": {"do": "down"}, "at": {"hanging_id": "off_id"}},
        ],
        "POST /office/follow-up/{report_id}": [
            {"data": {"do": "confirm"}},
            {"data": {"do": "refuse"}, "at": {"report_id": "wrong_report_id"}},
        ],
    }
