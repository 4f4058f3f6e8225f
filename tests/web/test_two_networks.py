"""Two networks on one server: whatever an officer of one asks for, the other is not there.

Every door of the app is tried with what belongs to the other network, and must answer as it
answers to what belongs to nobody.
"""

import html
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.store import accounts
from tests.web.neighbours import API, DISTRICT, Belongings, rows_of, two_networks
from tests.web.office import Office, problem_of
from tests.web.test_api import SIGN_OUT, is_page, is_public, routes_of
from tests.web.visitor import SIGN_IN, Visitor, stranger

TOKEN = re.compile(r"[\w-]{16,}")
"""What pages make up anew each time they are shown."""
OUR_NUMBER = "+923901111101"
"""Known to us from the beginning; to the others once somebody of theirs has typed on it."""
EVENTS = "GET /office/broadcasts/{broadcast_id}/events"
"""Goes on for as long as the broadcast does."""
KEYS_ARE_SECRET = "POST /office/write/{key}"
"""Says that a page is another officer's; its address is chosen at random and told to nobody."""


Requests = dict[str, list[dict[str, Any]]]
"""What is sent to a door, by the door: all that can be named is something of theirs."""


def requests_of(door: str, them: Belongings) -> list[dict[str, Any]]:
    """What is sent to a door; one that can name nothing is just knocked at."""
    asked = to_the_api(them) | to_the_pages(them)
    names_nothing = door.startswith("GET") or door.endswith("/cancellation")
    return asked[door] if door in asked or not names_nothing else [{}]


def to_the_api(them: Belongings) -> Requests:
    words = {"texts": {"en": "Water stops at 5."}, "kind": "urgent"}
    at = "2026-12-01T10:00:00+05:00"
    told = {"body": "GB", "present": 9, "women": 4, "summaries": {"en": "Road."}}
    said = {"msisdn": OUR_NUMBER, "text": "KARWAI", "key": "say-0123456789"}
    account = {"name": "Naveed", "post": "viewer", "network": them.slug}
    file = {"name": "list.csv", "network": them.slug}
    return {
        "POST /api/v1/broadcasts": [
            {"json": {**words, "audience": "gb", "network": them.slug}},
            {"json": {**words, "audience": them.number}},
        ],
        "POST /api/v1/broadcasts/{broadcast_id}/approval": [{"json": {"hash": them.plan_hash}}],
        "GET /api/v1/messages": [
            *({"params": {"incoming": incoming}} for incoming in (False, True)),
            {"params": {"state": "uncertain"}},
            {"params": {"provider_id": them.sent_id}},
            {"params": {"provider_id": them.heard_id, "incoming": True}},
        ],
        "POST /api/v1/messages/{message_id}/decision": [{"json": {"resend": True}}],
        "POST /api/v1/networks": [{"json": {"slug": them.slug, "name": "New"}}],
        "POST /api/v1/accounts": [{"json": account}],
        "POST /api/v1/accounts/reset": [{"json": {"name": them.officer}}],
        "POST /api/v1/accounts/removal": [{"json": {"name": them.officer}}],
        "POST /api/v1/imports": [
            {"params": query, "content": b"name,phone\nNaya,0390 1234567\n"}
            for query in (file, {"name": "list.csv"})
        ],
        "POST /api/v1/meetings": [
            {"json": {"body": "EC", "no": 7, "at": at, "network": them.slug}}
        ],
        "POST /api/v1/minutes": [
            {"json": {**told, "label": them.called, "network": them.slug}},
            {"json": {**told, "label": them.called_too}},
        ],
        "POST /api/v1/say": [{"json": said}],
        "POST /api/v1/restored": [{"json": {"drop": False}}],
    }


def to_the_pages(them: Belongings) -> Requests:
    return {
        "POST /office/restored": [{"data": {"do": "drop"}}],
        "POST /office/write/{key}": [
            {"data": {"do": "plan", "who": them.number, "text_en": "Water stops at 5."}},
        ],
        "POST /office/broadcasts/{broadcast_id}/approval": [
            {"data": {"hash": them.office_plan_hash}}
        ],
        "POST /office/broadcasts/{broadcast_id}/uncertain/{outbox_id}": [
            {"data": {"do": "arrived"}}
        ],
        "GET /office/messages": [
            {"params": {"which": which}} for which in ("", "waiting", "all", "in", "out")
        ],
        "POST /office/messages": [{"data": {"text_id": str(them.inbound_id)}}],
        "POST /office/messages/{address_id}": [
            {"data": {"do": "done", "until": "999999"}},
            {"data": {"do": "answer", "until": "1", "text": "Kal.", "key": "a" * 16}},
        ],
        "GET /office/decisions": [{}, {"params": {"q": them.topic}}],
        "GET /office/phones": [{}, {"params": {"phone": them.number}}],
        "GET /office/phones/screens": [{"params": {"phone": them.number}}],
        "POST /office/phones": [
            {"data": {"phone": number, "text": "KARWAI", "once": "o" * 16}}
            for number in (them.number, OUR_NUMBER)
        ],
    }


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who is signed in and has a token too."""

    office: Office
    visitor: Visitor
    token: str
    seal: str

    async def ask(self, door: str, path: str, request: dict[str, Any]) -> httpx.Response:
        """Knock at a door of either kind, with what proves who it is."""
        method = door.partition(" ")[0]
        if not is_page(path):
            headers = {"Authorization": f"Bearer {self.token}"}
            return await self.office.client.request(method, path, headers=headers, **request)
        if method == "POST":
            request = {"data": {"seal": self.seal, **request.get("data", {})}}
        return await self.visitor.client.request(method, path, **request)


@asynccontextmanager
async def inside(office: Office, account: Mapping[str, str]) -> AsyncIterator[Officer]:
    """Sign somebody in."""
    async with stranger(office) as visitor:
        fields = {"name": account["name"], "password": account["password"]}
        assert (await visitor.post(SIGN_IN, fields)).status_code == 303
        yield Officer(office, visitor, account["token"], await visitor.seal())


def squeezed(text: str) -> str:
    """Without what stands between the digits of a number."""
    return re.sub(r"[\s-]", "", html.unescape(text))


def leaked(answer: httpx.Response, request: dict[str, Any], them: Belongings) -> list[str]:
    """What an answer says of them that whoever asked did not say first."""
    said = squeezed(str(answer.request.url) + json.dumps(request, default=str))
    text = squeezed(answer.text + str(answer.headers.get("location", "")))
    marks = [squeezed(mark) for mark in them.marks]
    return [mark for mark in marks if mark in text and mark not in said]


def alike(answer: httpx.Response, *named: Belongings) -> tuple[int, str]:
    """An answer with nothing left in it of what was named, to compare it with another."""
    text = squeezed(TOKEN.sub("*", answer.text + str(answer.headers.get("location", ""))))
    for name in sorted({name for one in named for name in one.names()}, key=len, reverse=True):
        text = text.replace(squeezed(name), "…")
    return answer.status_code, text


def doors_of(office: Office) -> list[str]:
    """Every door that asks who is there, but the way out."""
    found = [(m, path) for m, path, _ in routes_of(office.app) if not is_public(path)]
    assert len(found) >= 30
    return [f"{method} {path}" for method, path in found if path != SIGN_OUT]


POSTS = ("president", "general secretary")
"""Between them they may do everything."""


async def test_an_officer_of_one_network_finds_and_changes_nothing_of_the_other(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    nobody = Belongings()
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        database = office.app.state.runtime.database
        before = await database.read(rows_of, theirs.slug)
        assert len([name for name, rows in before.items() if rows]) >= 15
        for post in POSTS:
            async with inside(office, ours.accounts[post]) as officer:
                for door in doors_of(office):
                    named = zip(requests_of(door, theirs), requests_of(door, nobody), strict=True)
                    for request, other in named:
                        path, elsewhere = theirs.path_of(door), nobody.path_of(door)
                        answer = await officer.ask(door, path, request)
                        assert answer.status_code < 500, (door, request)
                        assert leaked(answer, request, theirs) == [], (door, request)
                        if (path, request) == (elsewhere, other) or door == KEYS_ARE_SECRET:
                            continue
                        as_nobody = await officer.ask(door, elsewhere, other)
                        wanted = alike(as_nobody, theirs, nobody)
                        assert alike(answer, theirs, nobody) == wanted, (door, request)
        after = await database.read(rows_of, theirs.slug)
        assert {name for name in before if before[name] != after[name]} == set()
        await the_same_works_for_their_own(office, theirs)


async def the_same_works_for_their_own(office: Office, theirs: Belongings) -> None:
    """The requests are good ones: whoever they belong to gets what they ask for."""
    shown = ""
    async with (
        inside(office, theirs.accounts[POSTS[0]]) as president,
        inside(office, theirs.accounts[POSTS[1]]) as secretary,
    ):
        for door in doors_of(office):
            if door in {EVENTS, "POST /api/v1/networks"}:
                continue
            for request in requests_of(door, theirs):
                answers = [
                    await officer.ask(door, theirs.path_of(door), request)
                    for officer in (president, secretary)
                ]
                assert any(one.status_code < 400 for one in answers), (door, request, answers)
                shown += squeezed("".join(one.text for one in answers))
    assert [mark for mark in theirs.marks if squeezed(mark) not in shown] == []


async def test_the_keeper_of_the_server_looks_after_all_its_networks(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        for one in (ours, theirs):
            shown = await office.call("GET", f"{API}/broadcasts/{one.broadcast_id}")
            assert one.topic in shown["texts"]["ur-Latn"]
        everything = await office.call("GET", f"{API}/messages", params={"incoming": True})
        assert {line["msisdn"] for line in everything["items"]} == {ours.number, theirs.number}
        assert len((await office.call("GET", f"{API}/inbox"))["items"]) == 2
        numbers = (await office.call("GET", f"{API}/contacts/numbers"))["numbers"]
        assert {ours.number, theirs.number} <= set(numbers)
        body = {"name": theirs.officer}
        await office.call("POST", f"{API}/accounts/reset", json=body)
        plan = {"audience": "gb", "texts": {"en": "Water."}}
        unsaid = await office.client.post(f"{API}/broadcasts", json=plan)
        assert problem_of(unsaid)["code"] == "which_network"
        await office.call("POST", f"{API}/broadcasts", json={**plan, "network": theirs.slug})
        gone = await office.call("POST", f"{API}/restored", json={"drop": True})
        assert gone["cancelled"] == 4


async def test_a_president_has_accounts_made_for_the_own_network_only(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        headers = {"Authorization": f"Bearer {ours.accounts['president']['token']}"}
        database = office.app.state.runtime.database

        async def post(path: str, **body: str) -> httpx.Response:
            return await office.client.post(f"{API}/{path}", json=body, headers=headers)

        for name, slug in (("Naila", ""), ("Nasir", ours.slug)):
            assert (await post("accounts", name=name, post="keeper", network=slug)).is_success
        mine, also, president = [
            await database.read(accounts.by_name, name)
            for name in ("Naila", "Nasir", ours.accounts["president"]["name"])
        ]
        assert {mine.network_id, also.network_id} == {president.network_id}
        assert mine.network_id is not None
        assert (await post("accounts/reset", name="Naila")).is_success
        assert (await post("accounts/removal", name="Naila")).is_success
        for path in ("accounts/reset", "accounts/removal"):
            for name in (DISTRICT, theirs.officer, "Nobody"):
                told = problem_of(await post(path, name=name))
                assert told["detail"] == f"Nobody called {name} has an account."
                assert told["status"] == 404
        told = problem_of(await post("networks", slug="third", name="Third"))
        assert (told["status"], told["code"]) == (403, "not_allowed")
        assert await office.count("network") == 2


@pytest.mark.parametrize("drop", [False, True])
async def test_each_network_decides_about_its_own_texts_after_a_restore(
    database_url: str, tmp_path: Path, now: datetime, drop: bool
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        for one in (ours, theirs):
            headers = {"Authorization": f"Bearer {one.accounts['president']['token']}"}
            body = {"drop": drop}
            gone = await office.call("POST", f"{API}/restored", json=body, headers=headers)
            assert gone["cancelled" if drop else "queued"] == 2
