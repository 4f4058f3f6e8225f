"""A running office for tests: the real app with its dispatcher, inside the test's own loop."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI
from sqlalchemy import text
from twilio.request_validator import RequestValidator

from app.main import Role, create_app, utc_now
from app.settings import SIMULATOR, Settings
from app.store.database import Connection, Database
from tests.standins.client import ACCOUNT_SID, AUTH_TOKEN, SENDER, TwilioStandIn

PUBLIC_URL = "https://munadi.example.org"
BOOT = "boot-token-of-the-test"
PATIENCE_S = 20.0
FAST = {"per_second": 2000.0, "burst": 2000, "in_flight": 50, "lookup_after_s": 0.2}

MEMBERS = """name,sex,language,body,post,phone,basis
Zarina Bibi,F,ur-Latn,GB|EC,Member|Member,0364 1000001,paper form
Noor Jehan,F,ur,GB,Member,0364 1000002,paper form
Ali Raza,M,en,GB,Member,0364 1000003,paper form
Karim Khan,M,ur,LSO,President,0364 1000004,paper form
"""
NETWORK = {
    "slug": "mirkhai",
    "name": "LSON Mirkhai",
    "short_names": {"ur-Latn": "Mirkhai", "en": "Mirkhai", "ur": "میرخئی"},
}
ROMAN, URDU, ENGLISH, LEADER = (f"+92364100000{n}" for n in (1, 2, 3, 4))


_NOTICES = "(SELECT id FROM broadcast WHERE idem_key LIKE 'meeting:%')"
DEMO_TOLD = {
    "broadcast": "idem_key IS NULL OR idem_key NOT LIKE 'meeting:%'",
    "outbox": f"broadcast_id IS NULL OR broadcast_id NOT IN {_NOTICES}",
    "recipient": f"broadcast_id NOT IN {_NOTICES}",
    "inbound": "external_id NOT LIKE 'demo-answer-%'",
}
"""What is no notice of a meeting that went out before the test began, nor an answer to one."""


@dataclass(frozen=True, slots=True)
class Office:
    """One office: its app, a client with the keeper's token, and the tokens of its officers."""

    app: FastAPI
    client: httpx.AsyncClient
    url: str

    async def call(self, method: str, path: str, **request: Any) -> Any:
        answer = await self.client.request(method, path, **request)
        assert answer.is_success, answer.text
        return answer.json()

    async def officer(self, name: str, post: str) -> dict[str, str]:
        """Give somebody an account; gives the headers that speak for them."""
        made = await self.call("POST", "/api/v1/accounts", json={"name": name, "post": post})
        return {"Authorization": f"Bearer {made['token']}"}

    async def network(self) -> None:
        """Make a network with its members of test numbers and nobody else."""
        await self.call("POST", "/api/v1/networks", json=NETWORK)
        await self.members()

    async def members(self, table: str = MEMBERS) -> None:
        """Bring in people with test numbers of each writing."""
        query = {"name": "members.csv"}
        imported = await self.call("POST", "/api/v1/imports", params=query, content=table.encode())
        assert set(imported["totals"]) == {"added"}, imported

    async def hook(self, form: Mapping[str, str], **more: Any) -> httpx.Response:
        """Post a form to the hook as Twilio signs it."""
        return await self.client.post(**signed(form, **more))

    async def text(self, sender: str, words: str, sid: str) -> httpx.Response:
        return await self.hook(inbound(sender, words, sid))

    async def count(self, table: str, where: str = "1 = 1") -> int:
        """How many rows of a table are so, beside what the demo tells of its meetings."""
        mine = DEMO_TOLD.get(table, "1 = 1")
        statement = text(f"SELECT count(*) FROM {table} WHERE ({where}) AND ({mine})")  # noqa: S608

        def rows(conn: Connection) -> int:
            return int(conn.execute(statement).scalar_one())

        async with Database(self.url) as database:
            return await database.read(rows)

    async def states(self) -> dict[str, int]:
        """How many texts stand in which state, without the zeros."""
        async with Database(self.url) as database:
            rows = await database.read(
                lambda conn: conn.execute(
                    text(
                        f"SELECT state, count(*) FROM outbox WHERE {DEMO_TOLD['outbox']}"  # noqa: S608
                        " GROUP BY state"
                    )
                ).all()
            )
        return {str(state): int(n) for state, n in rows}


def inbound(sender: str, words: str, sid: str) -> dict[str, str]:
    """The form of a text that a member sent."""
    return {
        "MessageSid": sid,
        "SmsStatus": "received",
        "NumMedia": "0",
        "From": sender,
        "To": SENDER,
        "Body": words,
        "AccountSid": ACCOUNT_SID,
    }


def signed(form: Mapping[str, str], path: str = "/hooks/tw", **more: Any) -> dict[str, Any]:
    """The request that brings this form, signed by Twilio's own validator."""
    signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}{path}", dict(form))
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
        **more.pop("headers", {}),
    }
    return {"url": path, "content": urlencode(form).encode(), "headers": headers, **more}


def settings_for(url: str, folder: Path, *channels: Mapping[str, object]) -> Settings:
    return Settings(
        data_dir=folder, database_url=url, public_url=PUBLIC_URL, channels=(SIMULATOR, *channels)
    )


@asynccontextmanager
async def running(
    url: str, folder: Path, *channels: Mapping[str, object], role: Role | None = None
) -> AsyncIterator[Office]:
    """Run the office on this database with the simulator and these wires."""
    app = create_app(settings_for(url, folder, *channels), role or Role(boot_token=BOOT))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://munadi.localhost",
            headers={"Authorization": f"Bearer {BOOT}"},
            timeout=60.0,
        ) as client,
    ):
        yield Office(app, client, url)


@asynccontextmanager
async def with_twilio(
    url: str, folder: Path, *, delay_ms: float = 0, **options: object
) -> AsyncIterator[tuple[Office, TwilioStandIn]]:
    """Run the office with the wire `tw` to a stand-in of Twilio."""
    async with (
        TwilioStandIn(folder / "ledger.jsonl", delay_ms=delay_ms) as twilio,
        running(url, folder, twilio.channel_options(**{**FAST, **options})) as office,
    ):
        yield office, twilio


async def until(
    holds: Callable[[], Awaitable[Any]], what: str, patience_s: float = PATIENCE_S
) -> Any:
    """Ask again until the answer is true; gives it."""
    ends = asyncio.get_running_loop().time() + patience_s
    while not (answer := await holds()):
        assert asyncio.get_running_loop().time() < ends, f"waited in vain for {what}"
        await asyncio.sleep(0.02)
    return answer


async def make_demo_at(url: str) -> dict[str, str]:
    """Put the demo network into a migrated database; gives token by officer's name."""
    from app.catalogue import MESSAGE_TEMPLATES, Catalogue
    from app.cli.server import DEMO_DATA
    from app.services.make_demo import make_demo

    async with Database(url) as database:
        words = Catalogue.load(MESSAGE_TEMPLATES)
        made = await make_demo(database, DEMO_DATA, catalogue=words, now=utc_now())
    return {one.name: one.token for one in made}


def problem_of(answer: httpx.Response) -> dict[str, Any]:
    """The problem details of an answer, checked for their shape (RFC 9457)."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told: dict[str, Any] = json.loads(answer.content)
    assert set(told) == {"type", "title", "status", "detail", "code"}
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:munadi:{told['code']}"
    assert told["detail"].strip()
    return told
