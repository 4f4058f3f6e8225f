"""What programs may rely on: who may do what, one shape of errors, and no input that breaks it.

Pages are walked here too: who may open which is said once, for all doors.
"""

import asyncio
import itertools
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from app.domain.permissions import ALLOWED, Act, Post
from tests.web.office import LEADER, NETWORK, ROMAN, problem_of, running
from tests.web.visitor import signed_in

PUBLIC = {
    "/health",
    "/ready",
    "/hooks/{name}",
    "/api/v1/openapi.json",
    "/static/{name}",
    "/",
    "/office",
    "/office/",
    "/office/sign-in",
}
SIGN_OUT = "/office/sign-out"
TAKES_FILE = {"/office/imports"}
"""A file is not kept while somebody signs in: these forms have to be filled in again."""
NOBODY = {"Authorization": ""}
PLAN = {"audience": "gb", "texts": {"en": "Water stops at 5."}, "kind": "urgent"}


def routes_of(app: Any) -> list[tuple[str, str, Any]]:
    """Every (method, path, route) that the app answers, however deep in included routers."""
    found = []
    for route in app.routes:
        nested = getattr(route, "effective_route_contexts", None)
        for one in nested() if nested else [route]:
            methods = getattr(one, "methods", None) or set()
            found += [(m, one.path, one) for m in sorted(methods - {"HEAD"})]
    return found


def act_of(route: APIRoute) -> Act | None:
    """What a caller must be allowed to do to use this route."""
    acts = [getattr(one.call, "act", None) for one in route.dependant.dependencies]
    return next(filter(None, acts), None)


def is_public(path: str) -> bool:
    """Whether anybody may come there; `/p/` is told to everyone, `/u/` stops mail by its token."""
    return path in PUBLIC or path == "/p" or path.startswith(("/p/", "/u/"))


def is_page(path: str) -> bool:
    return path.startswith("/office/")


def guarded(app: Any) -> list[tuple[str, str, Act | None]]:
    """Every (method, address, act) that is not public, signing out last."""
    doors = [
        (method, re.sub(r"\{[^}]*\}", "1", path), act_of(route))
        for method, path, route in routes_of(app)
        if not is_public(path)
    ]
    return sorted(doors, key=lambda door: door[1] == SIGN_OUT)


async def test_every_door_but_the_public_ones_asks_who_is_there(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office:
        assert {path for _, path, _ in routes_of(office.app)} >= PUBLIC
        doors = guarded(office.app)
        assert len(doors) >= 15
        for method, address, act in doors:
            assert act is not None, address
            for headers in (NOBODY, {"Authorization": "Bearer x"}, {"Authorization": "Basic eA=="}):
                answer = await office.client.request(method, address, headers=headers)
                if is_page(address):
                    shows_the_door(answer, method, address)
                    continue
                assert problem_of(answer)["status"] == 401, (method, address)
                assert answer.headers["www-authenticate"] == "Bearer"


def shows_the_door(answer: httpx.Response, method: str, address: str) -> None:
    if method == "GET" or address in TAKES_FILE:
        wanted = (303, f"/office/sign-in?next={address}")
        assert (answer.status_code, answer.headers.get("location")) == wanted
    else:
        assert answer.status_code == 401, (method, address)
        assert 'type="password"' in answer.text


async def test_a_token_of_the_api_opens_no_page(demo_file: str, tmp_path: Path) -> None:
    """A form of another site could not send it, but a page that took it would need no seal."""
    async with running(demo_file, tmp_path) as office:
        for method, address, _ in guarded(office.app):
            if is_page(address):
                shows_the_door(await office.client.request(method, address), method, address)


async def test_every_post_may_do_exactly_what_the_table_says(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office:
        holders = {post: await office.officer(post.value.title(), post.value) for post in Post}
        for method, address, act in guarded(office.app):
            if is_page(address):
                continue
            for post, headers in holders.items():
                answer = await office.client.request(
                    method, address, headers=headers, json={"nothing": "usable"}
                )
                is_refused = answer.status_code == 403
                assert is_refused == (post not in ALLOWED[act]), (post, method, address)
                if is_refused:
                    assert problem_of(answer)["code"] == "not_allowed"


@pytest.mark.parametrize("post", list(Post))
async def test_every_post_may_open_exactly_the_pages_of_the_table(
    demo_file: str, tmp_path: Path, post: Post
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, post.value.title(), post.value) as visitor,
    ):
        seal, pages = await visitor.seal(), 0
        for method, address, act in guarded(office.app):
            if not is_page(address):
                continue
            pages += 1
            request: dict[str, Any] = {"data": {"seal": seal}} if method == "POST" else {}
            answer = await visitor.client.request(method, address, **request)
            assert answer.status_code < 500, (method, address)
            is_refused = answer.status_code == 403
            assert is_refused == (post not in ALLOWED[act]), (method, address)
            if is_refused:
                assert "may not do this" in answer.text
        assert pages >= 2


async def test_an_author_needs_another_officer_and_the_same_plan(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        author = await office.officer("Sajida", "press")
        other = await office.officer("Rehmat", "president")
        plan = await office.call("POST", "/api/v1/broadcasts", json=PLAN, headers=author)
        path = f"/api/v1/broadcasts/{plan['id']}/approval"

        async def try_it(headers: dict[str, str], **body: Any) -> tuple[int, str]:
            answer = await office.client.post(
                path, headers=headers, json={"hash": plan["hash"], **body}
            )
            return answer.status_code, problem_of(answer)["code"]

        assert await try_it(author) == (403, "own_text")
        assert await try_it({}) == (403, "not_allowed")
        assert await try_it(other, hash="0" * 64) == (409, "plan_changed")
        assert await office.states() == {}
        for _ in range(2):
            await office.call("POST", path, json={"hash": plan["hash"]}, headers=other)
        assert await office.states() == {"queued": 3}
        cancelled = await office.call("POST", f"/api/v1/broadcasts/{plan['id']}/cancellation")
        assert cancelled["cancelled"] == 3
        assert await office.states() == {"cancelled": 3}


async def test_the_same_key_makes_one_plan_for_one_officer(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        other = await office.officer("Rehmat", "president")
        key = {"Idempotency-Key": "k" * 80}
        answers = await asyncio.gather(
            *(office.client.post("/api/v1/broadcasts", json=PLAN, headers=key) for _ in range(4))
        )
        assert {answer.status_code for answer in answers} <= {201, 503}
        plan = await office.call("POST", "/api/v1/broadcasts", json=PLAN, headers=key)
        made = [answer.json() for answer in answers if answer.is_success]
        assert {one["id"] for one in made} == {plan["id"]}
        theirs = await office.call(
            "POST", "/api/v1/broadcasts", json=PLAN, headers={**key, **other}
        )
        assert theirs["id"] != plan["id"]
        assert await office.count("broadcast") == 2


async def test_pages_of_messages_hold_each_once_and_end(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        for n in range(7):
            body = {"msisdn": LEADER, "text": f"KARWAI {n}", "key": f"page-{n:04}"}
            await office.call("POST", "/api/v1/say", json=body)
        for incoming in (False, True):
            seen, query = [], {"limit": 3, "incoming": incoming}
            for _ in range(9):
                page = await office.call("GET", "/api/v1/messages", params=query)
                seen += [one["id"] for one in page["items"]]
                if page["next"] is None:
                    break
                query = {**query, "cursor": page["next"]}
            assert seen == sorted(set(seen), reverse=True)
            assert len(seen) == 7


async def test_numbers_are_masked_for_whoever_may_not_see_them(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office:
        viewer = await office.officer("Guest", "viewer")
        body = {"msisdn": "03901234567", "text": "Salam, kya haal hai", "key": "viewer-1"}
        await office.call("POST", "/api/v1/say", json=body)
        for path in ("/api/v1/messages?incoming=true", "/api/v1/inbox"):
            seen = await office.client.get(path, headers=viewer)
            assert seen.is_success
            assert "3901234567" not in seen.text
        whole = await office.client.get("/api/v1/messages?incoming=true")
        assert "+923901234567" in whole.text
        numbers = await office.call("GET", "/api/v1/contacts/numbers")
        assert all(re.fullmatch(r"\+92\d{10}", one) for one in numbers["numbers"])
        assert await office.count("journal", "action = 'numbers listed'") == 1


async def test_the_description_of_the_api_has_full_paths(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office:
        answer = await office.client.get("/api/v1/openapi.json", headers=NOBODY)
        paths = answer.json()["paths"]
        assert all(path.startswith("/api/v1/") or path in PUBLIC for path in paths)
        assert {"/api/v1/broadcasts", "/api/v1/messages", "/api/v1/imports"} <= set(paths)


SECRET = "Ali 03641234567"
FAULTY: list[tuple[str, str, Any]] = [
    ("POST", "/api/v1/broadcasts", {"audience": [SECRET], "texts": SECRET, "kind": SECRET}),
    ("POST", "/api/v1/broadcasts", {"audience": "gb", "texts": {SECRET: {"x": SECRET}}}),
    ("POST", "/api/v1/say", {"msisdn": SECRET * 9, "text": 5, "key": SECRET}),
    ("POST", "/api/v1/minutes", {"body": SECRET, "present": SECRET, "decisions": [{"no": SECRET}]}),
    ("POST", "/api/v1/meetings", {"body": "GB", "no": SECRET, "at": SECRET}),
    ("GET", f"/api/v1/messages?state={SECRET}&limit={SECRET}", None),
    ("GET", f"/api/v1/broadcasts/{SECRET}", None),
]


async def test_errors_say_where_without_repeating_what(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office:
        for method, path, body in FAULTY:
            answer = await office.client.request(method, path, json=body)
            told = problem_of(answer)
            assert told["status"] == 422, path
            assert "0364" not in answer.text
            assert "Ali" not in answer.text


HUGE = 10**30
ODD_TEXTS = [
    "\x00",
    "a\x00b",
    "",
    " ",
    "\u2028",
    "\u202e",
    "😀" * 500,
    "%s%n{0}",
    "'; --",
    "\ufffe",
]
RAW_BODIES = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"texts":' * 5_000,
    b'{"audience":"gb","texts":{"en":"\\ud800"}}',
    b'{"audience":"\\udfff","texts":{"\\ud800":"x"}}',
    b'{"audience":"gb","texts":{"en":"\\u0000"}}',
    b'{"audience":"gb","texts":{"\\u0000":"x"}}',
    b'{"audience":"gb","texts":{"en":NaN}}',
    b'{"audience":' + b"9" * 5_000 + b"}",
    b'{"a":1,"a":2}',
]


def odd_requests() -> list[tuple[str, str, dict[str, Any]]]:
    ids = ("0", "-1", str(HUGE), str(2**63 - 1), str(2**63), "9" * 5_000, "1e3", "\u0661", "%00")
    found: list[tuple[str, str, dict[str, Any]]] = []
    for one in ids:
        found += [
            ("GET", f"/api/v1/broadcasts/{one}", {}),
            ("POST", f"/api/v1/broadcasts/{one}/approval", {"json": {"hash": "x"}}),
            ("POST", f"/api/v1/broadcasts/{one}/cancellation", {}),
            ("POST", f"/api/v1/messages/{one}/decision", {"json": {"resend": True}}),
            ("GET", f"/api/v1/messages?cursor={one}&limit=5", {}),
            ("GET", f"/api/v1/messages?limit={one}", {}),
        ]
    for path in ("broadcasts", "say", "networks", "accounts", "meetings", "minutes", "imports"):
        found += [("POST", f"/api/v1/{path}", {"content": raw}) for raw in RAW_BODIES]
    for odd in ODD_TEXTS:
        found += [
            ("POST", "/api/v1/broadcasts", {"json": {"audience": odd, "texts": {"en": "x"}}}),
            ("POST", "/api/v1/broadcasts", {"json": {"audience": "gb", "texts": {"en": odd}}}),
            ("POST", "/api/v1/broadcasts", {"json": {**PLAN, "network": odd}}),
            ("POST", "/api/v1/say", {"json": {"msisdn": odd, "text": "x", "key": "12345678"}}),
            ("POST", "/api/v1/say", {"json": {"msisdn": LEADER, "text": odd, "key": odd * 8}}),
            ("POST", "/api/v1/networks", {"json": {**NETWORK, "slug": odd}}),
            ("POST", "/api/v1/networks", {"json": {"slug": "other", "name": odd}}),
            ("POST", "/api/v1/networks", {"json": {"slug": "third", "name": "x", "tz": odd}}),
            ("POST", "/api/v1/accounts", {"json": {"name": odd, "post": "viewer"}}),
            ("POST", "/api/v1/accounts", {"json": {"name": "x", "post": odd}}),
            ("GET", "/api/v1/messages", {"params": {"provider_id": odd}}),
            ("POST", "/api/v1/imports", {"params": {"name": odd}, "content": b"name,phone\nA,1"}),
            ("POST", "/api/v1/imports", {"params": {"name": "x", "basis": odd}, "content": b"x"}),
            (
                "POST",
                "/api/v1/imports",
                {"params": {"name": "x"}, "content": f"name,phone\n{odd},0364 1000009".encode()},
            ),
            (
                "POST",
                "/api/v1/meetings",
                {"json": {"body": odd, "no": 1, "at": "2026-01-01T00:00Z"}},
            ),
            (
                "POST",
                "/api/v1/meetings",
                {"json": {"body": "GB", "no": 1, "at": "9999-12-31T23:59:59-12:00"}},
            ),
        ]
    return found


async def test_no_input_however_odd_breaks_the_office(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        broken = []
        for method, path, request in odd_requests():
            answer = await office.client.request(method, path, **request)
            if answer.status_code >= 500:
                broken.append((method, path[:60], repr(request)[:120]))
            elif not answer.is_success:
                problem_of(answer)
        assert broken == []
        assert (await office.client.get("/ready")).status_code == 200


ASKED = ("q", "words", "body", "unit", "where", "of", "to", "after", "cursor", "network", "other")
ODD_PLACES = ("0", "-1", str(HUGE), str(2**63 - 1), str(2**63), "x", "%00", "\u0661")


@pytest.mark.slow
async def test_no_place_in_an_address_however_odd_breaks_a_door(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Rehmat", "general secretary") as visitor:
            seal, broken, tried = await visitor.seal(), [], 0
            doors = [door for door in routes_of(office.app) if "{" in door[1]]
            for (method, path, _), odd in itertools.product(doors, ODD_PLACES):
                if is_public(path):
                    continue
                tried += 1
                address = re.sub(r"\{[^}]*\}", odd, path)
                if is_page(path):
                    form = {"data": {"seal": seal}} if method == "POST" else {}
                    answer = await visitor.client.request(method, address, **form)
                else:
                    answer = await office.client.request(method, address, json={})
                if answer.status_code >= 500:
                    broken.append((method, address[:80]))
            assert tried > 500
            assert broken == []


@pytest.mark.slow
async def test_nothing_odd_after_a_question_mark_breaks_a_page(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        async with signed_in(office, "Rehmat", "general secretary") as visitor:
            pages = [path for method, path, _ in routes_of(office.app) if method == "GET"]
            pages = [path for path in pages if is_page(path) and "{" not in path]
            assert len(pages) > 20
            broken = []
            for path, name in itertools.product(pages, ASKED):
                for odd in ("a\x00b", str(2**63)):
                    answer = await visitor.get(path, params={name: odd, "list": "group"})
                    if answer.status_code >= 500:
                        broken.append((path, name, odd))
            assert broken == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04 not a sheet",
        b"<html><body>404</body></html>",
        b"a,b\n1,2",
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_words(
    demo_file: str, tmp_path: Path, content: bytes
) -> None:
    async with running(demo_file, tmp_path) as office:
        before = await office.count("person")
        answer = await office.client.post("/api/v1/imports?name=list.xlsx", content=content)
        assert problem_of(answer)["status"] == 422
        assert await office.count("person") == before


async def test_a_broadcast_to_nobody_or_in_no_language_is_refused_and_nothing_stays(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        for body in (
            {**PLAN, "audience": "gb"},
            {**PLAN, "audience": "moon"},
            {**PLAN, "texts": {"xx": "words"}},
            {**PLAN, "texts": {"en": "Hello {unknown_word}"}},
        ):
            answer = await office.client.post("/api/v1/broadcasts", json=body)
            assert problem_of(answer)["status"] == 422
        assert await office.count("broadcast") == 0


async def test_a_text_to_one_number_can_be_planned(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        plan = await office.call("POST", "/api/v1/broadcasts", json={**PLAN, "audience": ROMAN})
        assert (plan["people"], plan["addresses"]) == (1, 1)
        assert json.dumps(plan).count(ROMAN) == 0
