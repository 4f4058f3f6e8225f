"""What officers may rely on at the door: who comes in, for how long, and that no typing is lost."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from app.main import Role
from tests.web.office import BOOT, NETWORK, Office, running
from tests.web.visitor import SIGN_IN, hidden, signed_in, stranger

TODAY = "/office/today"
SIGN_OUT = "/office/sign-out"
WORDS = 'Pani <b>band</b> "5" baje & پانی بند'


@dataclass(slots=True)
class Clock:
    """A clock that tests set forward."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


async def account(office: Office, name: str = "Sajida Parveen", post: str = "press") -> str:
    """Make the network and an account; gives its password."""
    await office.call("POST", "/api/v1/networks", json=NETWORK)
    made = await office.call("POST", "/api/v1/accounts", json={"name": name, "post": post})
    return str(made["password"])


def cookies(answer: Any, name: str) -> list[set[str]]:
    """The attributes of every cookie of that name that the answer sets."""
    found = []
    for line in answer.headers.get_list("set-cookie"):
        value, *attributes = line.split("; ")
        if value.startswith(f"{name}="):
            found.append({one.partition("=")[0].casefold() + "=" + one.partition("=")[2].casefold()
                          if "=" in one else one.casefold() for one in attributes})  # fmt: skip
    return found


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_the_cookie_stays_with_the_office_and_is_hidden_from_scripts(
    sqlite_url: str, tmp_path: Path, scheme: str
) -> None:
    async with running(sqlite_url, tmp_path) as office, stranger(office, scheme=scheme) as visitor:
        password = await account(office)
        answer = await visitor.sign_in("Sajida Parveen", password)
        (given,) = cookies(answer, "munadi_session")
        assert {"httponly", "samesite=lax", "path=/office"} <= given
        assert ("secure" in given) == (scheme == "https")
        assert not any(one.startswith("domain=") for one in given)
        assert len(visitor.session) >= 40
        assert visitor.session not in answer.text + answer.headers["location"]


async def test_the_right_password_opens_and_a_name_may_be_written_in_any_letters(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        password = await account(office)
        for name in ("Sajida Parveen", "  sajida   PARVEEN ", "SAJIDA PARVEEN"):
            async with stranger(office) as visitor:
                assert not await visitor.is_inside()
                answer = await visitor.sign_in(name, password)
                assert (answer.status_code, answer.headers["location"]) == (303, TODAY), name
                assert await visitor.is_inside()


async def test_unknown_names_and_wrong_passwords_get_the_same_answer(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office, stranger(office) as visitor:
        password = await account(office)
        await office.call("POST", "/api/v1/accounts", json={"name": "Gone Man", "post": "viewer"})
        await office.call("POST", "/api/v1/accounts/removal", json={"name": "Gone Man"})
        seen = set()
        for name, word in (
            ("Sajida Parveen", password + "x"),
            ("Sajida Parveen", ""),
            ("Nobody Known", password),
            ("Gone Man", "no-such-word"),
        ):
            answer = await visitor.sign_in(name, word)
            assert answer.status_code == 401
            assert "do not belong together" in answer.text
            assert cookies(answer, "munadi_session") == []
            assert not word or word not in answer.text
            seen.add((answer.text.replace(name, "NAME"), tuple(sorted(answer.headers))))
        assert len(seen) == 1
        assert not await visitor.is_inside()


async def test_ten_wrong_tries_close_the_door_of_one_place_for_a_quarter_of_an_hour(
    database_url: str, tmp_path: Path, now: datetime
) -> None:
    clock = Clock(now)
    role = Role(boot_token=BOOT, sends=False, clock=clock)
    async with running(database_url, tmp_path, role=role) as office, stranger(office) as visitor:
        password = await account(office)
        for name in ("Sajida Parveen", "Nobody Known"):
            for _ in range(10):
                assert (await visitor.sign_in(name, "wrong")).status_code == 401
            answer = await visitor.sign_in(name, password)
            assert answer.status_code == 429
            assert "Wait a quarter of an hour" in answer.text
            assert f'value="{name}"' in answer.text
        async with stranger(office, place=("127.0.0.2", 1)) as elsewhere:
            assert (await elsewhere.sign_in("Sajida Parveen", password)).status_code == 303
        clock.at += timedelta(minutes=16)
        assert (await visitor.sign_in("Sajida Parveen", password)).status_code == 303


def landing(location: str) -> str:
    """Where a browser goes: it reads backslashes as slashes and resolves dots, also escaped."""
    there = urlsplit(urljoin("http://munadi.localhost/office/sign-in", location.replace("\\", "/")))
    assert (there.scheme, there.netloc) == ("http", "munadi.localhost"), location
    return normpath(unquote(there.path).replace("\\", "/"))


ELSEWHERE = [
    "//evil.example",
    "https://evil.example/office/today",
    "/\\evil.example",
    "\\\\evil.example",
    "/office/../p/mirkhai",
    "/office/..//evil.example",
    "/office/%2e%2e/health",
    "/office/.%2E/%2e./evil",
    "/office/\\..\\..\\evil",
    "/office/today\r\nSet-Cookie: a=b",
    "/office/today\nX: y",
    "/officer",
    "office/today",
    "javascript:alert(1)",
    " /office/today",
    "/office/sign-in",
    "/office/\u0000",
    "/office/میٹنگ",
    "",
]


async def test_the_door_leads_nowhere_but_into_the_office(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office:
        made = await office.call("POST", "/api/v1/accounts", json={"name": "A", "post": "press"})
        outside = []
        for wanted in ELSEWHERE:
            async with stranger(office) as visitor:
                shown = await visitor.get(SIGN_IN, params={"next": wanted})
                answer = await visitor.sign_in("A", made["password"], next=wanted)
                assert answer.status_code == 303
                assert len(answer.headers.get_list("set-cookie")) == 1
                for where in (hidden(shown)["next"], answer.headers["location"]):
                    there = landing(where)
                    if not f"{there}/".startswith("/office/") or there == SIGN_IN:
                        outside.append(wanted)
        assert outside == []


async def test_whoever_asks_for_a_page_comes_back_to_it_after_signing_in(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:
        made = await office.call("POST", "/api/v1/accounts", json={"name": "A", "post": "press"})
        asked = f"{TODAY}?q=%D9%BE&b=1%262"
        sent = await visitor.get(asked)
        assert sent.status_code == 303
        door = await visitor.get(sent.headers["location"])
        answer = await visitor.sign_in("A", made["password"], next=hidden(door)["next"])
        assert answer.headers["location"] == asked


async def test_a_removed_officer_is_shown_the_door_at_once(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        async with signed_in(office, "Sajida", "press") as visitor:
            assert await visitor.is_inside()
            seal = await visitor.seal()
            await office.call("POST", "/api/v1/accounts/removal", json={"name": "Sajida"})
            answer = await visitor.get(TODAY)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith(SIGN_IN)
            refused = await visitor.post(SIGN_OUT, {"seal": seal, "text_en": WORDS})
            assert refused.status_code == 401


@pytest.mark.parametrize(
    ("steps", "is_inside"),
    [
        ([timedelta(hours=11)] * 3, True),
        ([timedelta(hours=13)], False),
        ([timedelta(hours=11)] * 16, False),
    ],
    ids=["used every day", "left alone", "a week"],
)
async def test_a_session_ends_when_it_is_left_alone_and_after_a_week(
    database_url: str,
    tmp_path: Path,
    now: datetime,
    steps: list[timedelta],
    is_inside: bool,
) -> None:
    clock = Clock(now)
    role = Role(boot_token=BOOT, sends=False, clock=clock)
    async with running(database_url, tmp_path, role=role) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        async with signed_in(office, "Sajida", "press") as visitor:
            for step in steps:
                clock.at += step
                answer = await visitor.is_inside()
            assert answer == is_inside


async def test_signing_out_ends_the_session_also_for_whoever_kept_its_cookie(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        async with signed_in(office, "Sajida", "press") as visitor, stranger(office) as other:
            kept = visitor.session
            answer = await visitor.send(SIGN_OUT)
            assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
            assert visitor.session == ""
            assert not await visitor.is_inside()
            cookie = {"Cookie": f"munadi_session={kept}"}
            assert (await other.get(TODAY, headers=cookie)).status_code == 303


def shows(text: str, words: str) -> bool:
    """Whether the words can be read on the page, as text and not as markup."""
    from markupsafe import escape

    return str(escape(words)) in text and words not in text


async def test_a_form_without_a_session_is_kept_and_shown_after_signing_in(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office, stranger(office) as visitor:
        password = await account(office)
        door = await visitor.post(SIGN_OUT, {"seal": "x" * 32, "text_en": WORDS, "kind": "urgent"})
        assert door.status_code == 401
        assert "What you typed is kept" in door.text
        assert WORDS not in door.text
        wrong = await visitor.sign_in("Sajida Parveen", "wrong", **hidden(door))
        assert wrong.status_code == 401
        back = await visitor.sign_in("Sajida Parveen", password, **hidden(wrong))
        assert back.status_code == 409
        assert visitor.session
        assert shows(back.text, WORDS)
        fields = hidden(back)
        assert (fields["text_en"], fields["kind"]) == (WORDS, "urgent")
        assert f'action="{SIGN_OUT}"' in back.text
        done = await visitor.post(SIGN_OUT, fields)
        assert done.status_code == 303
        assert not await visitor.is_inside()


async def test_a_form_of_an_earlier_session_keeps_what_was_typed_and_then_works(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        async with (
            signed_in(office, "Sajida", "press") as visitor,
            signed_in(office, "Rehmat", "president") as other,
        ):
            for stale in ("", "x" * 32, "ص" * 9, await other.seal()):
                shown = await visitor.post(SIGN_OUT, {"seal": stale, "text_ur": WORDS})
                assert shown.status_code == 409
                assert shows(shown.text, WORDS)
                assert await visitor.is_inside()
            fields = hidden(shown)
            assert fields["text_ur"] == WORDS
            assert (await visitor.post(SIGN_OUT, fields)).status_code == 303
            assert not await visitor.is_inside()


FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://munadi.localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://munadi.localhost.evil.example"},
    {"Origin": "http://munadi.localhost:81"},
    {"Origin": "null"},
]
OURS: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://munadi.localhost"},
]


async def test_a_form_on_another_site_does_nothing_here(sqlite_url: str, tmp_path: Path) -> None:
    async with running(sqlite_url, tmp_path) as office, stranger(office) as visitor:
        typed = {"name": "Sajida Parveen", "password": await account(office)}
        for headers in FOREIGN:
            refused = await visitor.post(SIGN_IN, typed, headers=headers)
            assert refused.status_code == 403, headers
            assert visitor.session == ""
        assert (await visitor.post(SIGN_IN, typed)).status_code == 303
        form = {"seal": await visitor.seal()}
        for headers in FOREIGN:
            refused = await visitor.post(SIGN_OUT, form, headers=headers)
            assert refused.status_code == 403, headers
            assert "Nothing was done" in refused.text
            assert await visitor.is_inside()


async def test_our_own_forms_come_through(sqlite_url: str, tmp_path: Path) -> None:
    async with running(sqlite_url, tmp_path) as office, stranger(office) as visitor:
        typed = {"name": "Sajida Parveen", "password": await account(office)}
        for headers in OURS:
            assert (await visitor.post(SIGN_IN, typed, headers=headers)).status_code == 303
            form = {"seal": await visitor.seal()}
            assert (await visitor.post(SIGN_OUT, form, headers=headers)).status_code == 303


GARBAGE: list[bytes] = [b"", b"x", b"x" * 5_000, b'"', b"\xff\xfe", b"%00", b"a;b", "پ".encode()]


async def test_a_cookie_that_is_none_of_ours_leads_to_the_door(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path) as office, stranger(office) as visitor:
        for cookie in GARBAGE:
            headers = {b"Cookie": b"munadi_session=" + cookie + b"; munadi_language=" + cookie}
            assert (await visitor.get(TODAY, headers=headers)).status_code == 303, cookie
            assert (await visitor.get(SIGN_IN, headers=headers)).status_code == 200, cookie
            sent = await visitor.post(SIGN_OUT, {"seal": "x"}, headers=headers)
            assert sent.status_code == 401, cookie


FORM = "application/x-www-form-urlencoded"
ODD: list[tuple[str, bytes, str]] = [
    ("no body", b"", FORM),
    ("no form", b'{"name": 5}', "application/json"),
    ("bytes", b"\xff\xfe=%ff&name=%00&password=%00", FORM),
    ("many", b"&".join(b"f%d=1" % n for n in range(500)), FORM),
    ("a name twice", b"name=a&name=b&password=c", FORM),
    ("half a file", b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    (
        "a file",
        b'--x\r\nContent-Disposition: form-data; name="name"; filename="f"\r\n\r\nx\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    ("no boundary", b"x", "multipart/form-data"),
    ("kept is no form", b"name=A&password=x&kept=%5B1%5D&next=%2Foffice%2Fx", FORM),
    ("kept is deep", b"name=A&password=x&kept=" + b"%5B" * 50_000, FORM),
    ("a long name", b"password=x&name=" + b"%F0%9F%98%80" * 5_000, FORM),
    ("a long password", b"name=A&password=" + b"x" * 200_000, FORM),
]


async def test_no_form_however_odd_breaks_the_door(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        stranger(office) as visitor,
        signed_in(office, "Guest", "viewer") as inside,
    ):
        for what, content, kind in ODD:
            headers = {"Content-Type": kind}
            for who, path in ((visitor, SIGN_IN), (visitor, SIGN_OUT), (inside, SIGN_OUT)):
                answer = await who.client.post(path, content=content, headers=headers)
                assert 400 <= answer.status_code < 500, (what, path, answer.status_code)
                assert answer.headers["content-type"].startswith("text/html"), what
                assert "<h1>" in answer.text
        assert await inside.is_inside()


async def test_what_was_kept_from_a_form_survives_a_password_of_the_wrong_sort(
    demo_file: str, tmp_path: Path
) -> None:
    """Whatever stands in the field `kept`, the right password opens the door."""
    async with running(demo_file, tmp_path) as office:
        made = await office.call("POST", "/api/v1/accounts", json={"name": "A", "post": "press"})
        for kept in ("[1]", "{", "null", "[" * 50_000, '{"a": 5}', '"x"', '{"a": "\\ud800"}'):
            async with stranger(office) as visitor:
                answer = await visitor.sign_in("A", made["password"], kept=kept)
                assert answer.status_code in {303, 409}, kept[:20]
                assert await visitor.is_inside()


async def test_an_office_without_a_network_says_so(database_url: str, tmp_path: Path) -> None:
    async with (
        running(database_url, tmp_path) as office,
        signed_in(office, "Keeper One", "keeper") as visitor,
    ):
        answer = await visitor.get(TODAY)
        assert 400 <= answer.status_code < 500
        assert "network" in re.sub(r"<[^>]*>", " ", answer.text)
