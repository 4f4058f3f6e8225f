"""Newsletters, stories and press notes over the command line."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from app.store import accounts
from app.store.database import Connection, Database
from tests.cli.here import Here
from tests.factories import Office
from tests.services.newsroom import Newsroom

TOKEN = "token-of-rehmat"


def give_token(conn: Connection) -> None:
    mine = accounts.account.update().where(accounts.account.c.name == "Rehmat")
    conn.execute(mine.values(token_hash=accounts.token_hash(TOKEN)))


async def build(url: str) -> None:
    async with Database(url) as database:
        await Newsroom(await Office.open(database, datetime.now(UTC))).decided()
        await database.write(give_token)


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], office_url: str) -> Here:
    """An office with a published meeting and an officer whose token is known."""
    asyncio.run(build(office_url))
    return Here(capsys, {})


def test_a_story_a_newsletter_and_a_press_note_are_made_by_commands(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = here.run("story", "add", "--title", "en=A spring", "--text", "en=Clean again.")
    assert (code, err) == (0, "")
    assert "Story 1 is kept" in out
    code, out, err = here.run("story", "add", "--title", "A spring")
    assert code == 1
    assert "Write the language before the words" in err
    monkeypatch.setenv("MUNADI_TOKEN", TOKEN)
    assert here.run("story", "approve", "1")[0] == 0
    monkeypatch.delenv("MUNADI_TOKEN")
    code, out, err = here.run("newsletter", "make", "--to", "ec")
    assert (code, err) == (0, "")
    assert "Newsletter 1 waits for a second officer" in out
    assert "14/1" in out
    (line,) = (json.loads(one) for one in here.run("newsletter", "list", "--json")[1].splitlines())
    assert [one["code"] for one in line["items"]] == ["14/1", ""]
    shown = here.run("newsletter", "show", "1")[1]
    assert "A spring\nClean again." in shown
    code, out, err = here.run("press", "draft", "EC", "14")
    assert (code, err) == (0, "")
    assert "Press note 1 is drafted" in out
    assert "Pani ki line theek ki jaye." in here.run("press", "show", "1", "--lang", "en")[1]
    code, out, err = here.run("press", "draft", "EC", "99")
    assert code == 1
    assert "There is no such meeting" in err
