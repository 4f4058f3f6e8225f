"""Sheets over the pages and the API: looked at, taken away, refused in plain words."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from docx import Document

from tests.web.office import BOOT, Office, running
from tests.web.visitor import Visitor, signed_in

PRINT = "/office/print"
API = "/api/v1/print"
NOTICE = {
    "title": "<b>سڑک بند</b>",
    "body": "برف ہے۔\r\n\r\nفون 0300-1234567 न",
    "tag": "ur",
    "paper": "a4",
    "phone": "0300-1234567",
}

REFUSED = (
    "/minutes?of=EC+99",
    "/minutes?of=%27%3B--",
    "/minutes",
    "/letter?of=1",
    "/letter?of=99999999999999999999999",
    "/press?of=x",
    "/newsletter?of=0",
    "/notice?of=7",
    "/poster?of=1",
    "/minutes?of=EC+14&tag=fr",
    "/minutes?of=EC+14&paper=a0",
    "/minutes/sheet?of=EC+14&form=exe",
    "/minutes?of=EC+14&phone=" + "9" * 300,
    "/%00?of=%00",
)


@asynccontextmanager
async def offices(url: str, folder: Path) -> AsyncIterator[tuple[Office, Visitor]]:
    """An office with the minutes of EC 14, and a viewer's browser."""
    async with running(url, folder) as office:
        network = {"slug": "mirkhai", "name": "LSON Mirkhai"}
        await office.call("POST", "/api/v1/networks", json=network)
        meeting = {"body": "EC", "no": 14, "at": "2026-11-10T10:00:00+05:00"}
        await office.call("POST", "/api/v1/meetings", json=meeting)
        texts = {"en": "Repair the line.", "ur": "پانی کی لائن"}
        minutes = {
            "body": "EC",
            "label": "14",
            "present": 9,
            "women": 4,
            "summaries": {},
            "decisions": [{"no": 1, "text": texts}],
        }
        await office.call("POST", "/api/v1/minutes", json=minutes)
        async with signed_in(office, "Vali", "viewer") as viewer:
            yield office, viewer


async def test_a_sheet_is_looked_at_and_taken_away_in_each_form(
    database_url: str, tmp_path: Path
) -> None:
    async with offices(database_url, tmp_path) as (_, viewer):
        page = await viewer.get(f"{PRINT}/minutes?of=EC+14&tag=ur")
        assert page.status_code == 200
        assert f"{PRINT}/minutes/sheet?of=EC+14&amp;tag=ur" in page.text
        begins = {"pdf": b"%PDF", "png": b"\x89PNG", "docx": b"PK", "txt": b"LSON"}
        for form, start in begins.items():
            sheet = await viewer.get(f"{PRINT}/minutes/sheet?of=EC+14&tag=en&form={form}")
            assert sheet.content.startswith(start)
            assert sheet.headers["content-disposition"] == (
                f'attachment; filename="minutes-EC-14-en.{form}"'
            )
            assert sheet.headers["cache-control"] == "no-store"
        shown = await viewer.get(f"{PRINT}/minutes/sheet?of=EC+14&form=png&shown=1")
        assert shown.headers["content-disposition"].startswith("inline")
        assert (
            "14/1 | Repair the line."
            in (await viewer.get(f"{PRINT}/minutes/sheet?of=EC+14&tag=en&form=txt")).text
        )


async def test_a_notice_of_typed_words_becomes_a_file_and_its_letters_are_named(
    database_url: str, tmp_path: Path
) -> None:
    async with offices(database_url, tmp_path) as (_, viewer):
        listed = await viewer.get(PRINT)
        assert f"{PRINT}/minutes?of=" in listed.text
        sheet = await viewer.send(PRINT, **NOTICE, form="docx")
        assert sheet.headers["x-munadi-missing"] == "U+0928"
        said = "\n".join(one.text for one in Document(io.BytesIO(sheet.content)).paragraphs)
        assert "<b>سڑک بند</b>" in said.replace("\u200e", "")
        again = await viewer.send(PRINT, **{**NOTICE, "body": " "}, form="pdf")
        assert again.status_code == 422
        assert "&lt;b&gt;سڑک بند&lt;/b&gt;" in again.text
        assert "The notice says nothing" in again.text


async def test_what_cannot_be_printed_is_a_page_in_plain_words(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with offices(sqlite_url, tmp_path) as (_, viewer):
        for path in REFUSED:
            answer = await viewer.get(PRINT + path)
            assert 400 <= answer.status_code < 500, path
            assert "<h1>" in answer.text, path


async def test_programs_get_sheets_with_a_token_and_nobody_without(
    database_url: str, tmp_path: Path
) -> None:
    async with offices(database_url, tmp_path) as (office, _):
        query = {"of": "EC 14", "lang": "sd", "form": "pdf", "paper": "a3"}
        sheet = await office.client.get(f"{API}/minutes", params=query)
        assert sheet.headers["content-type"] == "application/pdf"
        told = {"title": "Road", "body": "Snow न", "lang": "en", "form": "txt"}
        notice = await office.client.post(f"{API}/notice", json=told)
        assert "Snow न" in notice.text
        for wrong in ({"of": "EC 99"}, {"of": "EC 14", "lang": "xx"}, {"of": "9" * 41}):
            answer = await office.client.get(f"{API}/minutes", params=wrong)
            assert 400 <= answer.status_code < 500
            assert answer.headers["content-type"] == "application/problem+json"
        bare = {"Authorization": f"Bearer x{BOOT}"}
        assert (
            await office.client.get(f"{API}/minutes", params=query, headers=bare)
        ).status_code == 401
