"""A browser without a screen: signs in at the door of the office under test and fills in forms."""

import html
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.web.office import Office

SIGN_IN = "/office/sign-in"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
HOME = ("127.0.0.1", 50_000)


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser at the office: it keeps cookies and follows nothing by itself."""

    client: httpx.AsyncClient

    async def get(self, path: str, **request: Any) -> httpx.Response:
        return await self.client.get(path, **request)

    async def post(self, path: str, fields: Mapping[str, str], **request: Any) -> httpx.Response:
        """Send a form as it is, without a seal of its own."""
        return await self.client.post(path, data=dict(fields), **request)

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with the seal of this session."""
        return await self.post(path, {"seal": await self.seal(), **fields})

    async def seal(self) -> str:
        """The seal that every form of this session carries."""
        return hidden(await self.get("/office/today"))["seal"]

    async def sign_in(self, name: str, password: str, **more: str) -> httpx.Response:
        return await self.post(SIGN_IN, {"name": name, "password": password, **more})

    @property
    def session(self) -> str:
        """The cookie of the session; "" for none."""
        return self.client.cookies.get("munadi_session") or ""

    async def is_inside(self) -> bool:
        """Whether the first page is shown, and not the door."""
        answer = await self.get("/office/today")
        assert answer.status_code in {200, 303}, answer.text
        return answer.status_code == 200


def hidden(answer: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page, of all its forms."""
    return {html.unescape(k): html.unescape(v) for k, v in HIDDEN.findall(answer.text)}


@asynccontextmanager
async def stranger(
    office: Office, *, scheme: str = "http", place: tuple[str, int] = HOME
) -> AsyncIterator[Visitor]:
    """A browser of nobody that the office knows yet."""
    transport = httpx.ASGITransport(office.app, client=place)
    address = f"{scheme}://munadi.localhost"
    async with httpx.AsyncClient(transport=transport, base_url=address, timeout=60.0) as client:
        yield Visitor(client)


@asynccontextmanager
async def signed_in(office: Office, name: str, post: str) -> AsyncIterator[Visitor]:
    """Give somebody an account of that post; gives their browser, inside."""
    made = await office.call("POST", "/api/v1/accounts", json={"name": name, "post": post})
    async with stranger(office) as visitor:
        answer = await visitor.sign_in(name, made["password"])
        assert answer.status_code == 303, answer.text
        yield visitor
