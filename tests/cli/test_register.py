"""The register over the command line: a meeting called, written, published, followed up."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.store.database import Database
from tests.cli.here import Here
from tests.factories import Office
from tests.services.written import Book

RECORD = {
    "decisions": [{"no": 1, "text": {"en": "Repair the water line."}}],
    "resolutions": [
        {"no": 1, "title": {"en": "Road"}, "text": {"en": "x"}, "addressee": {"en": "XEN"}}
    ],
}


async def build(url: str) -> dict[str, int]:
    async with Database(url) as database:
        book = Book(await Office.open(database, datetime.now(UTC)))
        names = ("Nusrat", "Zarmina")
        return dict(zip(names, await book.members(*names), strict=True))


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], office_url: str) -> Here:
    """An office whose Executive Committee has two members."""
    return Here(capsys, asyncio.run(build(office_url)))


def test_a_meeting_goes_from_call_to_letter(here: Here, tmp_path: Path) -> None:
    at = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    here.ok("meeting", "call", "EC", "14", at, "--quorum", "2", "--venue", "Shahi")
    file = tmp_path / "record.json"
    file.write_text(json.dumps(RECORD), encoding="utf-8")
    assert "version 1" in here.ok("minutes", "keep", "EC/14", str(file))
    assert "Take the attendance first" in here.refused("minutes", "publish", "EC/14")
    nusrat, zarmina = (str(here.people[name]) for name in ("Nusrat", "Zarmina"))
    came = ("--present", nusrat, "--present", zarmina, "--guest", "Engineer")
    assert "Marked: 3." in here.ok("meeting", "attend", "EC/14", *came)
    assert "revision 1" in here.ok("minutes", "publish", "EC 14")
    shown = here.ok("minutes", "show", "EC/14")
    assert "Present 2, women 1, quorum 2" in shown
    assert "14/1  Repair the water line. (in hand)" in shown

    here.ok("meeting", "call", "EC", "15", "2099-01-11T10:00+05:00")
    assert "14/1  Repair the water line." in here.ok("meeting", "agenda", "EC/15")
    here.ok("meeting", "change", "EC/15", "--state", "postponed", "--venue", "Laspa")
    assert here.lines("minutes", "show", "EC/15")[0]["venue"] == {"en": "Laspa"}
    here.ok("decision", "change", "1", "done", "--note", "it runs")
    assert "done  it runs" in here.ok("decision", "show", "1")
    here.ok("resolution", "keep", "1", "--letter", "L/1", "--sent", at[:10])
    assert f"14/R1  Road, to XEN: letter L/1 of {at[:10]}" in here.ok("resolution", "list")


def test_what_is_not_there_is_said_in_one_line(here: Here, tmp_path: Path) -> None:
    assert "EC/14" in here.refused("minutes", "show", "fourteen")
    assert "no such meeting" in here.refused("minutes", "show", "EC/99")
    assert "no such decision" in here.refused("decision", "show", "99")
    bad: dict[str, Any] = {"none.json": None, "list.json": "[]", "text.json": "{"}
    at = datetime.now(UTC).isoformat()
    here.ok("meeting", "call", "EC", "14", at)
    assert "EC/14" in here.ok("meeting", "list")
    for name, content in bad.items():
        file = tmp_path / name
        if content is not None:
            file.write_text(content, encoding="utf-8")
        assert name in here.refused("minutes", "keep", "EC/14", str(file))
