"""A real SMTP server on loopback (aiosmtpd): TLS, log-in, a memory, and faults on order."""

import asyncio
import logging
import ssl
import subprocess
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# It tells at every log-in that a name of its own is old.
logging.getLogger("mail.log").setLevel(logging.ERROR)

USER, PASSWORD = "office", "long enough"
HOST = "localhost"


@dataclass(frozen=True)
class Taken:
    """One mail that the server has accepted."""

    return_path: str
    to: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        message = BytesParser(policy=default).parsebytes(self.content)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        words = "" if part is None else str(part.get_content()).replace("\r\n", "\n")
        return words.removesuffix("\n")


@dataclass
class Orders:
    """What the next mails meet: a reply for a step, or an end of the connection at it.

    `"drop"` cuts before answering; at `dot` it is after the mail was taken, at `body` before.
    """

    next: list[tuple[str, str]] = field(default_factory=list)

    def at(self, step: str) -> str:
        """The order for this step, used up."""
        if self.next and self.next[0][0] == step:
            return self.next.pop(0)[1]
        return ""


class _Faulty(SMTP):
    """aiosmtpd's server, which may refuse at any step or hang up."""

    orders: Orders

    async def _meets(self, step: str) -> bool:
        order = self.orders.at(step)
        if order == "drop":
            self.transport.abort()
            raise ConnectionResetError
        if order == "hang":
            await asyncio.sleep(30)
        if order:
            await self.push(order)
            if order.startswith("421"):
                self.transport.close()
        return bool(order)

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._meets("ehlo"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._meets("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._meets("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._meets("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._meets("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if self.orders.at("body") == "drop":
            await self.push("354 Go on")
            with suppress(Exception):
                await self._reader.readline()
            self.transport.abort()
            raise ConnectionResetError
        if not await self._meets("data"):
            await super().smtp_DATA(arg)


class MailStandIn:
    """`async with MailStandIn(folder) as server:`; `server.options()` opens a wire to it."""

    def __init__(self, folder: Path, *, tls: str = "starttls", needs_login: bool = True) -> None:
        self.folder, self.tls, self.needs_login = folder, tls, needs_login
        self.orders = Orders()
        self.taken: list[Taken] = []
        self.refused: set[str] = set()
        self.port = 0
        self.connections = 0
        self.most_bytes: int | None = None
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on a port of its own, the same after a stop."""
        certificate, key = make_certificate(self.folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        loop = asyncio.get_running_loop()
        more: dict[str, Any] = {"ssl": context} if self.tls == "tls" else {}
        self._server = await loop.create_server(
            lambda: self._speak(context, loop), HOST, self.port, **more
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _speak(self, context: ssl.SSLContext, loop: asyncio.AbstractEventLoop) -> SMTP:
        self.connections += 1
        kind = type("Faulty", (_Faulty,), {"orders": self.orders})
        with warnings.catch_warnings():
            # It does not see that a connection was encrypted before it began to speak.
            warnings.simplefilter("ignore")
            server: SMTP = kind(
                self,
                hostname=HOST,
                loop=loop,
                data_size_limit=self.most_bytes,
                tls_context=context if self.tls == "starttls" else None,
                require_starttls=self.tls == "starttls",
                authenticator=self._authenticate if self.needs_login else None,
                auth_required=self.needs_login,
                auth_require_tls=self.tls == "starttls",
            )
        return server

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=is_known, handled=is_known)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        order = self.orders.at("dot")
        if order and order[0] in "45":
            return order
        assert isinstance(envelope.content, bytes)
        for to in envelope.rcpt_tos:
            self.taken.append(Taken(envelope.mail_from or "", to, envelope.content))
        if order == "drop":
            server.transport.abort()
        if order == "hang":
            await asyncio.sleep(30)
        return order if order not in ("", "drop", "hang") else "250 OK"

    async def stop(self) -> None:
        """Listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def options(self, **more: object) -> dict[str, object]:
        """The `[[channel]]` table of a wire to this server."""
        login = {"user": USER, "password": PASSWORD} if self.needs_login else {}
        trusted = {} if self.tls == "none" else {"ca_file": str(self.folder / "mail.pem")}
        return {
            "name": "mail",
            "kind": "smtp",
            "host": HOST,
            "port": self.port,
            "tls": self.tls,
            "from": "LSO Mirkhai <office@mirkhai.example>",
            "timeout_s": 5.0,
            **login,
            **trusted,
            **more,
        }

    def texts_to(self, to: str) -> Sequence[str]:
        """What was taken for that address, in order."""
        return [one.text for one in self.taken if one.to == to]


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that vouches for itself, made once in a folder."""
    certificate, key = folder / "mail.pem", folder / "mail.key"
    if not certificate.exists():
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"),
                *("-keyout", str(key), "-out", str(certificate), "-subj", f"/CN={HOST}"),
                *("-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"),
                *("-addext", "basicConstraints=critical,CA:TRUE"),
            ],
            check=True,
            capture_output=True,
        )
    return certificate, key


def make_dkim_key(folder: Path) -> tuple[Path, bytes]:
    """A private key in PEM and its public half as it stands in the DNS."""
    path = folder / "dkim.pem"
    subprocess.run(
        ["openssl", "genrsa", "-out", str(path), "2048"], check=True, capture_output=True
    )
    told = ["openssl", "rsa", "-in", str(path), "-pubout", "-outform", "PEM"]
    public = subprocess.run(told, check=True, capture_output=True).stdout
    lines = [line for line in public.decode().splitlines() if not line.startswith("--")]
    return path, ("v=DKIM1; k=rsa; p=" + "".join(lines)).encode()
