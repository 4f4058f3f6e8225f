"""The ground of the browser tests: a real server with the demo network, and a real browser.

Playwright's synchronous parts run a loop of their own while the browser is open, so a module that
uses them has no `async def` test.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.services.unsubscribe import UnsubscribePages
from tests.browser.sheets import KEEPS
from tests.cli.command import Munadi
from tests.factories import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")
STAY_HOME = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
START_S = 60.0
PATIENCE_MS = 20_000
ZARINA = "03901234567"
STRANGER = "03999876543"
LIST = ROOT / "deploy" / "demo" / "lists" / "LSO Tameer new members.xlsx"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo; `posts` holds name, password and token of each account."""

    address: str
    posts: dict[str, dict[str, str]]
    places: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def tell(self, method: str, path: str, post: str = "press", **request: Any) -> Any:
        """Ask the API for something that must succeed, as the holder of a post."""
        headers = {"Authorization": f"Bearer {self.posts[post]['token']}"}
        with httpx.Client(base_url=self.address, headers=headers, timeout=30.0) as client:
            answer = client.request(method, f"/api/v1/{path}", **request)
        assert answer.is_success, answer.text
        return answer.json()

    def cookie(self, post: str) -> str:
        """A session of that post, begun once and kept."""
        if post not in self.cookies:
            account = {name: self.posts[post][name] for name in ("name", "password")}
            answer = httpx.post(f"{self.address}/office/sign-in", data=account, timeout=30.0)
            self.cookies[post] = answer.cookies["munadi_session"]
        return self.cookies[post]

    def at(self, address: str) -> str:
        """The whole address of a page; `{sent}` and the like are filled from `places`."""
        return self.address + address.format(**self.places)


DEMO = (sys.executable, "-P", "-m", "app.cli", "demo", "--port", "0")


@contextmanager
def serving(folder: Path, command: Sequence[str] = DEMO) -> Iterator[Demo]:
    """Run `munadi demo`, or what stands in for it, on a free port with data in that folder."""
    munadi = Munadi(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=munadi.environment(),
        )
    try:
        until_it_answers(process, munadi.server_file)
        accounts = json.loads((folder / "demo-accounts.json").read_text(encoding="utf-8"))
        address = json.loads(munadi.server_file.read_text(encoding="utf-8"))["url"]
        secret = (folder / "secret.key").read_text(encoding="ascii").strip()
        yield Demo(address, {one["post"]: one for one in accounts}, secret=secret)
    finally:
        process.kill()
        process.wait()


def until_it_answers(process: subprocess.Popen[bytes], announced: Path) -> None:
    """Wait until the server has said where it is."""
    for _ in range(round(START_S / 0.05)):
        if announced.exists():
            return
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"the demo ended with {process.wait(0.05)}")
    raise AssertionError("the demo does not answer")


def lived_in(demo: Demo) -> Demo:
    """Let the demo send, wait, hear and keep something of each sort, so that every page is full."""
    reads = {"en": "The bridge at Mirkhai is shut.", "ur": "میرخئی کا پل بند ہے۔"}
    sent = demo.tell(
        "POST", "broadcasts", json={"audience": "gb", "texts": reads, "kind": "urgent"}
    )
    yes = {"hash": sent["hash"], "now": True}
    demo.tell("POST", f"broadcasts/{sent['id']}/approval", "president", json=yes)
    plan = {"audience": "lso", "texts": {**reads, "ur-Latn": "Pul band hai."}, "kind": "notice"}
    waits = demo.tell("POST", "broadcasts", json=plan)
    for n, words in enumerate(("KARWAI", "Pani ghar mein aa gaya hai, madad", "میٹنگ کب ہے؟")):
        said = {"msisdn": ZARINA, "text": words, "key": f"browser-{n}"}
        demo.tell("POST", "say", json=said)
    missed = {"msisdn": ZARINA, "key": "browser-call", "is_call": True}
    demo.tell("POST", "say", json=missed)
    demo.places["caller"] = f"%2B92{ZARINA[1:]}"
    demo.places.update(sent=str(sent["id"]), plan=str(waits["id"]), ref=str(sent["ref"]))
    demo.tell(
        "POST", "say", json={"msisdn": STRANGER, "text": "JOIN Bibi Rozia", "key": "browser-join"}
    )
    demo.places["draft"] = keep_draft(demo)
    demo.places["list"] = bring_list(demo)
    demo.places["person"] = first_on(demo, "/office/bodies/GB", r"/office/people/(\d+)")
    demo.places["seat"] = first_on(demo, "/office/bodies/GB", r"/office/posts/(\d+)", KEEPS)
    demo.places["unit"] = first_on(demo, "/office/people", r"/office/units/(\d+)")
    demo.places["group"] = first_on(demo, "/office/audiences", r"/office/groups/(\d+)")
    demo.places["talk"] = first_on(demo, "/office/messages?which=all", r"/office/messages/(\d+)")
    demo.places["meeting"] = first_on(demo, "/office/meetings", r"/office/meetings/([^\"?#]+)")
    minutes = "/p/mirkhai/minutes"
    demo.places["minutes"] = first_on(demo, minutes, minutes + r"/([^\"?#]+)")
    demo.places.update(register_of(demo))
    demo.places.update(going_again(demo))
    return demo


def going_again(demo: Demo) -> dict[str, str]:
    """A text that is to go again and waits for a second officer, and an item to be reviewed."""
    text = {"name": "Fees", "audience": "gb", "rule": "every month on 5", "clock": "10:00"}
    words = {"en": "Today is the day of the fees.", "ur": "آج فیس کا دن ہے۔"}
    made = demo.tell("POST", "standing", json={**text, "texts": words})
    demo.tell("POST", "awareness/starters", json={})
    item = first_on(demo, "/office/awareness", r"(/office/awareness/\d+)")
    return {"standing": f"/office/standing/{made['id']}", "item": item}


def register_of(demo: Demo) -> dict[str, str]:
    """Where the pages of the register are; the newest minutes wait for a second officer."""
    papers = {
        "note": ("/office/press", r"(/office/press/\d+)"),
        "story": ("/office/stories", r"(/office/stories/\d+)"),
        "newsletter": ("/office/newsletters", r"(/office/newsletters/\d+)"),
        "board": ("/office/boards", r"(/office/boards/\d+)"),
        "card_line": ("/office/emergency", r"(/office/emergency/\d+)/check"),
        "decision": ("/office/decisions", r"(/office/decisions/\d+)"),
        "resolution": ("/office/resolutions", r"(/office/resolutions/\d+)"),
    }
    found = {name: first_on(demo, *where) for name, where in papers.items()}
    rule = {"body": "GB", "rule": "last Sunday of August", "clock": "10:00"}
    found["rule"] = str(demo.tell("POST", "meeting-rules", KEEPS, json=rule)["id"])
    lines = demo.tell("GET", "meetings")["meetings"]
    coming = next(one for one in lines if one["state"] == "planned")
    planned, held, *_ = [one for one in lines if one["has_minutes"]]
    named = {"coming": coming, "planned": planned, "held": held}
    found |= {name: f"/office/meetings/{one['body']}/{one['label']}" for name, one in named.items()}
    circulated = {"body": planned["body"], "label": planned["label"]}
    demo.tell("POST", "publications", json=circulated)
    mailbox = {"raw": "zarina@example.org", "kind": "email"}
    person = f"people/{demo.places['person']}"
    linked = demo.tell("POST", f"{person}/addresses", KEEPS, json=mailbox)
    token = UnsubscribePages(demo.secret, "").token(linked["address_id"])
    return {**found, "paper": f"{held['body']}+{held['label']}", "unsubscribe": f"/u/{token}"}


def keep_draft(demo: Demo) -> str:
    """Type half a message and keep it; gives the key of its page."""
    cookies = {"munadi_session": demo.cookie("press")}
    with httpx.Client(
        base_url=demo.address, cookies=cookies, timeout=30.0, follow_redirects=True
    ) as client:
        page = client.get("/office/write").text
        (key,) = set(re.findall(r'action="/office/write/([^"]+)"', page))
        seal = re.findall(r'name="seal" value="([^"]+)"', page)[0]
        typed = {"seal": seal, "kind": "notice", "who": "women lso", "do": "save"}
        texts = {
            "text_ur": "میرخئی کا پانی کل بند رہے گا۔ " * 4,
            "text_en": "Water “stops” tomorrow.",
        }
        kept = client.post(f"/office/write/{key}", data={**typed, **texts})
        assert kept.is_success, kept.text
    return key


def bring_list(demo: Demo) -> str:
    """Bring in a list as a keeper has it, and leave it undecided; gives the number of its page."""
    cookies = {"munadi_session": demo.cookie(KEEPS)}
    with httpx.Client(base_url=demo.address, cookies=cookies, timeout=30.0) as client:
        seal = re.findall(r'name="seal" value="([^"]+)"', client.get("/office/imports").text)[0]
        file = (LIST.name, LIST.read_bytes())
        sent = client.post("/office/imports", data={"seal": seal}, files={"list": file})
        assert sent.status_code == 303, sent.text
        return sent.headers["location"].rpartition("/")[2]


def first_on(demo: Demo, address: str, pattern: str, post: str = "press") -> str:
    """What the first link of that form on a page leads to."""
    cookies = {"munadi_session": demo.cookie(post)}
    page = httpx.get(demo.at(address), cookies=cookies, timeout=30.0).text
    found = re.search(pattern, page)
    assert found is not None, f"no {pattern} on {address}"
    return found[1]


def chromium() -> str:
    """Where the browser is; skips the test where there is none, and fails it where one must be."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no browser here: none of {', '.join(NAMES)} is on PATH"
        if os.environ.get("MUNADI_TEST_REQUIRE_BROWSER"):
            pytest.fail(f"a browser was required: {reason}", pytrace=False)
        pytest.skip(reason)
    return found


@contextmanager
def browsing() -> Iterator[Browser]:
    """One browser that finds no computer but this one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", STAY_HOME]
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody looks at the pages."""

    language: str = "en"
    width: int = 1280
    has_script: bool = True
    is_dark: bool = False
    post: str = ""

    def __str__(self) -> str:
        script = "script" if self.has_script else "no script"
        return f"{self.language}-{self.width}-{script}"


@dataclass
class Window:
    """A page with cookies and a cache of its own, all that it asked for and complained of."""

    page: Page
    demo: Demo
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    received: int = 0

    def go(self, address: str) -> None:
        """Open a page of the demo; it must be one."""
        answer = self.page.goto(self.demo.at(address), wait_until="load")
        assert answer is not None
        assert answer.status == 200, (address, answer.status)

    def measure(self, script: str) -> Any:
        return self.page.evaluate(script)

    def watch(self) -> None:
        """Keep every request, the bytes that came, and every complaint."""
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._count)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._miss)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._hear)

    def _count(self, told: dict[str, Any]) -> None:
        self.received += int(told["encodedDataLength"])

    def _miss(self, request: Any) -> None:
        # Whoever goes on before all is loaded wants no more of it.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def strangers(self) -> list[str]:
        """Every request that was not for this server."""
        home = urlsplit(self.demo.address).netloc
        return [url for url in self.requests if urlsplit(url).netloc != home]


@contextmanager
def window(browser: Browser, demo: Demo, look: Look, *, scale: float = 1) -> Iterator[Window]:
    """A fresh window, signed in when the look has a post; `scale` is for smaller pictures."""
    context = browser.new_context(
        viewport={"width": look.width, "height": 800},
        device_scale_factor=scale,
        color_scheme="dark" if look.is_dark else "light",
        java_script_enabled=look.has_script,
        locale={"en": "en-GB", "ur": "ur-PK"}[look.language],
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        if look.post:
            cookie = {"name": "munadi_session", "value": demo.cookie(look.post)}
            host = {"domain": "127.0.0.1", "path": "/office", "httpOnly": True}
            context.add_cookies([{**cookie, **host, "sameSite": "Lax"}])  # type: ignore[list-item]
        opened = Window(context.new_page(), demo)
        opened.watch()
        yield opened
        assert opened.strangers() == []
    finally:
        context.close()


@contextmanager
def officer(browser: Browser, demo: Demo, look: Look, post: str) -> Iterator[Window]:
    """A window in which the officer of that post has signed in by the form."""
    with window(browser, demo, look) as opened:
        opened.go("/office/sign-in")
        opened.page.fill("[name=name]", demo.posts[post]["name"])
        opened.page.fill("[name=password]", demo.posts[post]["password"])
        opened.page.click("main .say")
        opened.page.wait_for_url("**/office/today")
        yield opened
