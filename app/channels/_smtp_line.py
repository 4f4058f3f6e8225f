"""One connection to a mail server: opened, encrypted, logged in, and used for mail after mail."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)
from aiosmtplib.response import SMTPResponse

from app.channels._smtp_compose import Mail
from app.channels._smtp_verdicts import Step, cut_off, judged
from app.domain.errors import Misconfigured, Refused, SendError, Transient, Uncertain

Tls = Literal["starttls", "tls", "none"]
QUIT_S = 2.0
LOOK_S = 0.01
_lone_dot = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mail server is and how to come in."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str
    hello: str
    timeout_s: float
    context: ssl.SSLContext | None


class Line:
    """One connection; whatever goes wrong on it is one of the send errors."""

    def __init__(self, server: Server) -> None:
        """Nothing is opened before `hand_over`."""
        self._server = server
        self._client: SMTP | None = None
        self._used_at = 0.0
        self._carried = 0

    @property
    def is_open(self) -> bool:
        """Whether the connection still stands, as far as one can see from here."""
        return self._client is not None and self._client.is_connected

    @property
    def carried(self) -> int:
        """How many mails this connection has taken."""
        return self._carried

    def idle_s(self) -> float:
        """For how long nothing has gone over it."""
        return asyncio.get_running_loop().time() - self._used_at

    async def hand_over(self, mail: Mail) -> None:
        """Give one mail to the server and return once it has taken it; raises a SendError."""
        try:
            client = await self._poured(mail)
            async with _at(Step.CONTENT):
                reply = await self._ended(client)
            if reply.code != 250:
                raise judged(Step.CONTENT, reply.code, reply.message)
            self._carried += 1
        except SendError as error:
            if isinstance(error, Uncertain):
                # A late answer would be taken for the one to the next mail.
                self.drop()
            await self._clear()
            raise
        except BaseException:
            # Cancelled in the middle: what the server thinks of this connection is unknown.
            self.drop()
            raise
        self._used_at = asyncio.get_running_loop().time()

    async def _poured(self, mail: Mail) -> SMTP:
        """Everything but the dot that ends a mail: until then the server has accepted nothing."""
        try:
            async with asyncio.timeout(2 * self._server.timeout_s):
                if self._client is None:
                    self._client = await self._opened()
                await self._begin(self._client, mail)
                await self._pour(self._client, mail.content)
                return self._client
        except TimeoutError:
            # Cut at once: what still waits in a buffer must never be followed by a dot.
            self.drop()
            raise cut_off(Step.DATA) from None

    async def _opened(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            timeout=server.timeout_s,
            use_tls=server.tls == "tls",
            start_tls=False,
            tls_context=server.context,
            local_hostname=server.hello,
        )
        try:
            async with _at(Step.CONNECT):
                await client.connect()
            async with _at(Step.HELLO):
                await client.ehlo()
            if server.tls == "starttls":
                async with _at(Step.TLS):
                    await client.starttls()
                async with _at(Step.HELLO):
                    await client.ehlo()
            if server.user:
                async with _at(Step.LOGIN):
                    await client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client

    async def _begin(self, client: SMTP, mail: Mail) -> None:
        self._check_size(client, mail)
        options = [f"SIZE={len(mail.content)}"] if client.supports_extension("size") else []
        async with _at(Step.SENDER):
            await client.mail(mail.return_path, options=options)
        async with _at(Step.RECIPIENT):
            await client.rcpt(mail.to)
        async with _at(Step.DATA):
            reply = await client.execute_command(b"DATA")
        if reply.code != 354:
            raise judged(Step.DATA, reply.code, reply.message)

    def _check_size(self, client: SMTP, mail: Mail) -> None:
        most = client.esmtp_extensions.get("size", "").strip()
        if most.isdigit() and 0 < int(most) < len(mail.content):
            raise Refused("The mail is larger than its server takes.", "too large")

    async def _pour(self, client: SMTP, content: bytes) -> None:
        protocol, transport = client.protocol, client.transport
        if protocol is None or not isinstance(transport, asyncio.WriteTransport):
            raise cut_off(Step.DATA)
        async with _at(Step.DATA):
            protocol.write(_lone_dot.sub(b"..", content))
        while transport.get_write_buffer_size():  # noqa: ASYNC110 -- a transport has no event
            await asyncio.sleep(LOOK_S)
        await asyncio.sleep(0)
        if not client.is_connected:
            raise cut_off(Step.DATA)

    async def _ended(self, client: SMTP) -> SMTPResponse:
        protocol = client.protocol
        if protocol is None or not protocol.is_connected:
            raise cut_off(Step.DATA)
        protocol.write(b".\r\n")
        return await protocol.read_response(timeout=2 * self._server.timeout_s)

    async def _clear(self) -> None:
        """After a refusal the connection may go on with the next mail; else it is dropped."""
        client = self._client
        if client is None or not client.is_connected:
            self.drop()
            return
        self._used_at = asyncio.get_running_loop().time()
        try:
            await client.rset(timeout=QUIT_S)
        except (SMTPException, OSError, ValueError):
            self.drop()

    def drop(self) -> None:
        """Cut the connection without a word."""
        client, self._client = self._client, None
        self._carried = 0
        if client is not None:
            transport = client.transport
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
            client.close()

    async def close(self) -> None:
        """Say goodbye and close; safe to call twice."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit(timeout=QUIT_S)
        except (SMTPException, OSError, ValueError):
            client.close()


@asynccontextmanager
async def _at(step: Step) -> AsyncIterator[None]:
    """Turn whatever goes wrong at this step into its send error."""
    try:
        yield
    except SMTPResponseException as error:
        raise judged(step, error.code, str(error.message)) from None
    except (SMTPTimeoutError, SMTPServerDisconnected):
        raise cut_off(step) from None
    except (SMTPException, OSError, ValueError) as error:
        raise _other(step, error) from None


def _other(step: Step, error: Exception) -> SendError:
    """What has no reply: no connection, a certificate that does not hold, no such extension."""
    is_ssl = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
    if is_ssl:
        return Misconfigured("the mail server's certificate or encryption does not hold", "tls")
    if step is Step.CONTENT:
        return cut_off(step)
    if isinstance(error, OSError):
        return Transient("The mail server cannot be reached.", "no connection")
    if step in (Step.TLS, Step.LOGIN):
        return judged(step, 550, "")
    return Transient("The mail server's answer cannot be read.", type(error).__name__)
