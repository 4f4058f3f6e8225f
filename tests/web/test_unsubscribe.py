"""The page behind a mail's link and its one-click button; the hook that brings mails in."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.services.unsubscribe import UnsubscribePages
from app.settings import secret_of
from app.store import addresses
from app.store.addresses import address
from app.store.database import Database
from tests.channels.mail_bench import OURS, TOKEN, written
from tests.web.office import PUBLIC_URL, Office, running, settings_for

GUL = "gul@member.example"
WIRE = {
    "name": "mail",
    "kind": "smtp",
    "host": "localhost",
    "port": 9,
    "tls": "none",
    "from": OURS,
    "hook_token": TOKEN,
}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def subscribed(office: Office, handle: str = GUL) -> int:
    """The id of a mail address of the demo network that takes all messages."""
    async with Database(office.url) as database:
        runtime = office.app.state.runtime
        values = {"network_id": 1, "kind": "email", "handle": handle, "created_at": runtime.clock()}
        address_id = await database.write(addresses.ensure_handle, values)
        how = {"source": "office", "at": runtime.clock()}
        await database.write(addresses.record_standing, 1, [address_id], "active", **how)
    return address_id


async def standing(office: Office, address_id: int) -> str:
    statement = select(address.c.standing).where(address.c.id == address_id)
    async with Database(office.url) as database:
        return await database.read(lambda conn: conn.execute(statement).scalar_one())


def path_of(office: Office, address_id: int) -> str:
    pages: UnsubscribePages = office.app.state.runtime.unsubscribe_pages
    url = pages.url(address_id)
    assert url.startswith(f"{PUBLIC_URL}/u/")
    return url.removeprefix(PUBLIC_URL)


async def test_looking_shows_a_button_and_posting_stops_without_a_log_in(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path, WIRE) as office:
        address_id = await subscribed(office)
        path, bare = path_of(office, address_id), {"Authorization": ""}
        for _ in range(2):
            page = await office.client.get(path, headers=bare)
            assert (page.status_code, "g*****@member.example" in page.text) == (200, True)
            assert (GUL in page.text, '<form method="post"' in page.text) == (False, True)
        assert await standing(office, address_id) == "active"
        done = await office.client.post(
            path, data=ONE_CLICK, headers={**bare, "Origin": "https://mail.example.net"}
        )
        assert (done.status_code, "No more mail" in done.text) == (200, True)
        assert done.headers["cache-control"] == "no-store"
        assert await standing(office, address_id) == "stopped"
        again = await office.client.post(path, content=b"", headers=bare)
        assert again.status_code == 200
        urdu = await office.client.get(f"{path}?lang=ur", headers=bare)
        assert (urdu.status_code, 'dir="rtl"' in urdu.text) == (200, True)


@pytest.mark.parametrize("token", ["x", "x" * 3000, "%00", "NDE.abc", "..%2f..", "ا", "%ff"])
async def test_an_unknown_token_gets_a_plain_page(
    token: str, demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office:
        for ask in (office.client.get, office.client.post):
            answer = await ask(f"/u/{token}")
            assert answer.status_code == 404
            assert "<h1>" in answer.text


async def test_a_token_still_holds_after_the_office_was_started_again(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office:
        address_id = await subscribed(office)
        path = path_of(office, address_id)
    key = tmp_path / "secret.key"
    assert (key.stat().st_mode & 0o777, len(key.read_text()) > 32) == (0o600, True)
    assert secret_of(settings_for(demo_file, tmp_path)) == key.read_text().strip()
    async with running(demo_file, tmp_path) as office:
        assert (await office.client.post(path)).status_code == 200
        assert await standing(office, address_id) == "stopped"


async def test_a_mail_comes_in_by_the_hook_once_and_stop_works(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path, WIRE) as office:
        address_id = await subscribed(office)
        mail = written("STOP\n\nGul", From=GUL, To=OURS, Message_ID="<1@member.example>")
        request: dict[str, Any] = {"content": mail, "headers": {"Content-Type": "message/rfc822"}}
        assert (await office.client.post("/hooks/mail", **request)).status_code == 403
        for _ in range(2):
            answer = await office.client.post(f"/hooks/mail?token={TOKEN}", **request)
            assert answer.status_code == 204
        assert await standing(office, address_id) == "stopped"
        assert await office.count("inbound") == 1
        wrong = await office.client.post(f"/hooks/mail?token={TOKEN}", content=b"\xff\xfe")
        assert wrong.status_code == 400


async def test_a_mailbox_in_the_list_of_texts_is_masked(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path, WIRE) as office:
        await subscribed(office)
        mail = written("HELP", From=GUL, To=OURS, Message_ID="<2@member.example>")
        await office.client.post(f"/hooks/mail?token={TOKEN}", content=mail)
        for path in ("/api/v1/messages?in=true", "/api/v1/messages", "/api/v1/inbox"):
            answer = await office.client.get(path)
            assert answer.status_code == 200, path
