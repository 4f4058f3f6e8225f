"""One meeting typed once: every form of it, in five writings, says what was decided."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from app.domain.letters import read_letter
from app.main import Role
from app.store import documents, publications
from app.store.database import Connection, Database
from tests.printing.looking import bands, streams
from tests.web.office import BOOT, Office, running

TEXTS = {
    "en": ("Write to the Deputy Commissioner for repair of the road.", "Road letter"),
    "ur": ("سڑک کی مرمت کے لیے ڈپٹی کمشنر کو خط لکھا جائے۔", "سڑک خط"),
    "ur-Latn": ("Sarak ki marammat ke liye Deputy Commissioner ko khat.", "Sarak khat"),
    "sd": ("روڊ جي مرمت لاءِ ڊپٽي ڪمشنر ڏانهن خط.", "روڊ خط"),
    "ps": ("د سړک د رغولو لپاره ډپټي کمشنر ته لیک.", "د سړک لیک"),
}
SECRET = {tag: f"{words[0]} SECRET" for tag, words in TEXTS.items()}


async def typed_once(office: Office, now: Any) -> None:
    """The General Secretary's evening: the meeting, its two decisions, one of them restricted."""
    await office.network()
    at = (now - timedelta(days=2)).isoformat()
    meeting = await office.call("POST", "/api/v1/meetings", json={"body": "EC", "no": 14, "at": at})
    decisions = [
        {
            "no": 1,
            "text": {tag: words[0] for tag, words in TEXTS.items()},
            "short": {tag: words[1] for tag, words in TEXTS.items()},
            "topics": ["road"],
        },
        {"no": 2, "text": SECRET, "restricted": "a dispute in a family"},
    ]
    record = {"language": "ur", "decisions": decisions}
    path = f"/api/v1/meetings/{meeting['id']}"
    kept = await office.call("POST", f"{path}/record", json={"version": 0, "record": record})
    await office.call("POST", f"{path}/publication", json={"version": kept["version"]})


async def letters(office: Office) -> dict[str, Any]:
    """The stored letter of each language."""

    def work(conn: Connection) -> dict[str, Any]:
        rows = [one for one in publications.forms_of(conn, 1) if one.form == "mail"]
        return {
            one.language: read_letter(documents.get(conn, one.document_id).content) for one in rows
        }

    async with Database(office.url) as database:
        return await database.read(work)


async def test_every_form_says_in_every_writing_what_was_decided(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        await typed_once(office, now)
        told = {"body": "EC", "label": "14"}
        planned = await office.call("POST", "/api/v1/publications", json=told)
        forms = {(one["form"], one["language"]): one["text"] for one in planned["forms"]}
        mails = await letters(office)
        assert planned["gaps"] == []
        for tag, (sentence, short) in TEXTS.items():
            told_words = sentence.rstrip(".۔")
            text = planned["text"]["texts"][tag]
            assert text["segments"] == 1
            assert short in text["text"]
            for words in (forms["telegram", tag], forms["press", tag], mails[tag].text):
                assert told_words in words
                assert "SECRET" not in words
            page = mails[tag].html.replace("\u2066", "").replace("\u2069", "")
            assert told_words in page
            await _files_say(office.client, tag, sentence)
            [attached] = mails[tag].attachments
            assert len(attached.content) < 300_000
            assert _said(attached.content, sentence)
        queue = await office.call("POST", "/api/v1/newsletters/preview", json={})
        assert "14/1" in str(queue["items"])
        for tag in ("en", "ur"):
            page = await office.client.get(f"/p/mirkhai/minutes/EC/14?lang={tag}")
            assert TEXTS[tag][0] in page.text
            assert "SECRET" not in page.text


async def _files_say(client: httpx.AsyncClient, tag: str, sentence: str) -> None:
    """The sheet has the words attached as text; the picture has ink where they stand."""
    files = "/api/v1/publications/1/forms"
    sheet = (await client.get(f"{files}/sheet/{tag}")).content
    assert _said(sheet, sentence)
    assert not _said(sheet, "SECRET")
    if tag != "ur":
        return
    picture = (await client.get(f"{files}/picture/{tag}")).content
    assert bands(picture) > 5


def _said(pdf: bytes, words: str) -> bool:
    """Whether the words stand in the text that goes with the PDF."""
    return any(words.rstrip(".۔").encode() in stream for stream in streams(pdf))
