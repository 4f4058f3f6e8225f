"""Two networks on one server: whatever an officer of one asks for, the other is not there.

Every door of the app is tried with what belongs to the other network, and must answer as it
answers to what belongs to nobody.
"""

import html
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from app.domain.permissions import ALLOWED, Post
from app.main import Role, create_app
from app.store import accounts
from tests.web.neighbours import API, DISTRICT, PLACES, Belongings, furnish, rows_of, two_networks
from tests.web.neighbours_asked import everything_asked, requests_of
from tests.web.office import Office, problem_of, settings_for
from tests.web.test_api import SIGN_OUT, act_of, is_page, is_public, routes_of
from tests.web.visitor import SIGN_IN, Visitor, stranger

TOKEN = re.compile(r"[\w-]{16,}")
"""What pages make up anew each time they are shown."""
EVENTS = "GET /office/broadcasts/{broadcast_id}/events"
"""Goes on for as long as the broadcast does."""
STAMPED = "GET /office/reports/month"
"""A spreadsheet that bears the minute at which it was written; the API gives the same as CSV."""
NEW_ID = re.compile(r'"(?:ref|id|[a-z]+_id)":[0-9]+|Ref[0-9]+')
"""What everything that is made gets a new one of; blanks are gone where this is looked for."""
ONCE = {
    "POST /api/v1/joins/{request_id}/approval",
    "POST /api/v1/joins/{request_id}/refusal",
    "POST /office/joins/{request_id}",
}
"""Here only one of the requests can be granted, for it settles the matter."""
KEYS_ARE_SECRET = "POST /office/write/{key}"
"""Says that a page is another officer's; its address is chosen at random and told to nobody."""

DRAFTS = {"POST /api/v1/meetings/{meeting_id}/record"}
"""What is kept here may name anything: whose it is is asked when it is published."""


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
            request = {**request, "data": {"seal": self.seal, **request.get("data", {})}}
        return await self.visitor.client.request(method, path, **request)


@asynccontextmanager
async def inside(office: Office, account: Mapping[str, str]) -> AsyncIterator[Officer]:
    """Sign somebody in."""
    async with stranger(office) as visitor:
        fields = {"name": account["name"], "password": account["password"]}
        assert (await visitor.post(SIGN_IN, fields)).status_code == 303
        yield Officer(office, visitor, account["token"], await visitor.seal())


@asynccontextmanager
async def all_inside(office: Office, them: Belongings) -> AsyncIterator[dict[str, Officer]]:
    """Sign in those who may do everything between them."""
    async with AsyncExitStack() as stack:
        yield {
            post: await stack.enter_async_context(inside(office, them.accounts[post]))
            for post in POSTS
        }


def squeezed(text: str) -> str:
    """Without what stands between the words of an address and the digits of a number."""
    return re.sub(r"[\s+-]+", "", unquote(html.unescape(text)))


def leaked(answer: httpx.Response, request: dict[str, Any], marks: Sequence[str]) -> list[str]:
    """The marks of somebody that an answer has and that whoever asked did not say first."""
    text = squeezed(answer.text + answer.headers.get("location", ""))
    found = [mark for mark in marks if mark in text]
    said = squeezed(f"{answer.request.url}{request}") if found else ""
    return [mark for mark in found if mark not in said]


def pattern_of(*named: Belongings) -> re.Pattern[str]:
    """Everything that these are called, the longest first."""
    words = {squeezed(name) for one in named for name in one.names()}
    said = [
        rf"(?<!\d){word}(?!\d)" if word.isdecimal() else re.escape(word)
        for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(said), re.IGNORECASE)


def alike(answer: httpx.Response, named: re.Pattern[str]) -> tuple[int, str]:
    """An answer with nothing left in it of what was named, to compare it with another."""
    place = TOKEN.sub("*", answer.headers.get("location", ""))
    if answer.is_redirect:
        # What was made just now has a number of its own each time.
        place = re.sub(r"[0-9]+", "…", place)
    text = NEW_ID.sub("…", squeezed(TOKEN.sub("*", answer.text) + place))
    return answer.status_code, named.sub("…", text)


def is_same(one: httpx.Response, other: httpx.Response) -> bool:
    """Whether two answers are the same to the letter, as most refusals are."""
    places = [answer.headers.get("location") for answer in (one, other)]
    return (one.status_code, one.content) == (other.status_code, other.content) and (
        places[0] == places[1]
    )


def difference(one: tuple[int, str], other: tuple[int, str]) -> tuple[str, str] | None:
    """Where two answers begin to differ; None for those that are alike."""
    if one == other:
        return None
    pairs = enumerate(zip(one[1], other[1], strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(one[1]), len(other[1])))
    there = slice(max(at - 60, 0), at + 60)
    return f"{one[0]} …{one[1][there]}…", f"{other[0]} …{other[1][there]}…"


def doors_of(app: Any) -> dict[str, str]:
    """Every door that asks who is there, but the way out, with a post that may open it.

    First those where one only looks; then those that take back what came last.
    """
    found = {
        f"{method} {path}": next(post for post in POSTS if Post(post) in ALLOWED[act_of(route)])
        for method, path, route in routes_of(app)
        if not is_public(path) and path != SIGN_OUT
    }
    assert len(found) >= 150
    return dict(sorted(found.items(), key=lambda one: (one[0][:3] != "GET", "undo" not in one[0])))


POSTS = ("president", "general secretary")
"""Between them they may do everything."""


@dataclass(frozen=True, slots=True)
class Try:
    """A request that names something of theirs, and the same with what is nobody's."""

    path: str
    request: dict[str, Any]
    elsewhere: str
    other: dict[str, Any]

    @property
    def names_something(self) -> bool:
        """Whether the two differ at all."""
        return (self.path, self.request) != (self.elsewhere, self.other)


def tries_of(door: str, ours: Belongings, theirs: Belongings) -> list[Try]:
    """Every way to reach for something of theirs: in the address, in the body, beside our own."""
    nobody, found = Belongings(), []
    for path, path_else, asked, asked_else in (
        ((theirs,), (nobody,), (theirs, theirs), (nobody, nobody)),
        ((ours,), (ours,), (theirs, theirs), (nobody, nobody)),
        ((ours,), (ours,), (ours, theirs), (ours, nobody)),
        ((ours,), (ours,), (theirs, ours), (nobody, ours)),
        ((theirs,), (nobody,), (ours, ours), (ours, ours)),
        ((theirs, ours), (nobody, ours), (ours, ours), (ours, ours)),
        ((ours, theirs), (ours, nobody), (ours, ours), (ours, ours)),
    ):
        if len(path) > 1 and len(PLACES(door)) < 2:
            continue
        both = zip(requests_of(door, *asked), requests_of(door, *asked_else), strict=True)
        for request, other in both:
            at = request.pop("at", None)
            other.pop("at", None)
            places = [one[0].path_of(door, at, *one[1:]) for one in (path, path_else)]
            one = Try(places[0], request, places[1], other)
            knocks = path[0] is asked[0] is theirs
            if one not in found and (one.names_something or knocks):
                found.append(one)
    return found


def test_every_door_has_a_line_that_says_what_is_sent_to_it(tmp_path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{tmp_path}/none.db", tmp_path), Role(boot_token="x"))
    doors, asked = set(doors_of(app)), set(everything_asked(Belongings(), Belongings()))
    assert sorted(door for door in doors if tries_of(door, Belongings(), Belongings()) == []) == []
    assert sorted(asked - doors) == []


@pytest.mark.slow
async def test_an_officer_of_one_network_finds_and_changes_nothing_of_the_other(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    async with two_networks(database_url, tmp_path, now) as (office, ours, theirs):
        database, ours = office.app.state.runtime.database, await furnish(office, ours)
        async with all_inside(office, ours) as officers:
            seen = await what_is_shown(office, officers, ours)
            theirs = await furnish(office, theirs)
            now_seen = await what_is_shown(office, officers, ours)
            changed = {door: difference(seen[door], now_seen[door]) for door in seen}
            assert {door: what for door, what in changed.items() if what} == {}
            before = await database.read(rows_of, theirs.slug)
            assert len([name for name, rows in before.items() if rows]) >= 25
            for door, post in doors_of(office.app).items():
                await knock(officers[post], door, ours, theirs)
        after = await database.read(rows_of, theirs.slug)
        assert {name for name in before if before[name] != after[name]} == set()
        await the_same_works_for_their_own(office, theirs)


async def what_is_shown(
    office: Office, officers: Mapping[str, Officer], them: Belongings
) -> dict[str, tuple[int, str]]:
    """What all doors where one only looks tell an officer of their own."""
    found = {}
    for door, post in doors_of(office.app).items():
        if not door.startswith("GET") or door in {EVENTS, STAMPED}:
            continue
        for number, request in enumerate(requests_of(door, them)):
            path = them.path_of(door, request.pop("at", None))
            answer = await officers[post].ask(door, path, request)
            text = TOKEN.sub("*", answer.text + answer.headers.get("location", ""))
            found[f"{door} {number}"] = (answer.status_code, text)
    return found


async def knock(officer: Officer, door: str, ours: Belongings, theirs: Belongings) -> None:
    """Try a door with what is theirs: it answers as it does to what is nobody's."""
    marks, named = [squeezed(one) for one in theirs.marks], pattern_of(theirs, Belongings())
    for one in tries_of(door, ours, theirs):
        answer = await officer.ask(door, one.path, one.request)
        assert answer.status_code < 500, (door, one)
        assert leaked(answer, one.request, marks) == [], (door, one)
        if not one.names_something or door in {KEYS_ARE_SECRET, *DRAFTS}:
            continue
        as_nobody = await officer.ask(door, one.elsewhere, one.other)
        if is_same(answer, as_nobody):
            continue
        answers = [alike(told, named) for told in (answer, as_nobody)]
        assert difference(*answers) is None, (door, one)


async def the_same_works_for_their_own(office: Office, theirs: Belongings) -> None:
    """The requests are good ones: whoever they belong to gets what they ask for."""
    shown = ""
    async with all_inside(office, theirs) as officers:
        for door, post in doors_of(office.app).items():
            if door in {EVENTS, "POST /api/v1/networks"}:
                continue
            granted = []
            for request in requests_of(door, theirs):
                path = theirs.path_of(door, request.pop("at", None))
                answer = await officers[post].ask(door, path, request)
                granted.append(answer.status_code < 400)
                assert granted[-1] or door in ONCE, (door, request, answer.text)
                shown += squeezed(answer.text)
            assert any(granted), door
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
