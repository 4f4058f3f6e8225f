"""Mail: sends by SMTP, hears mails as message/rfc822 by a hook or by LMTP, reads what bounces.

Follows RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 4954 (log-in), RFC 3464 (bounces). A mail whose
answer was lost after its final dot cannot be asked about: it stays uncertain until a receipt with
our id comes or a person decides. Every try of one mail bears the same Message-ID.
"""

import asyncio
import hmac
import ipaddress
import re
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from app.channels._pacing import Pacing
from app.channels._smtp_compose import Composer, Mail, Signer
from app.channels._smtp_inbound import MailReader
from app.channels._smtp_line import Line, Server, Tls
from app.channels._smtp_lmtp import listen
from app.domain.errors import Refused, SendError, Untrusted
from app.domain.letters import header_words
from app.domain.messages import Dlr, Hook, HookAnswer, Mo, Mt, Sent
from app.domain.ports import Capability, Take

PACING = Pacing(in_flight=4)
PORTS = {"starttls": 587, "tls": 465, "none": 25}
IDLE_S = 20.0
"""Servers close what is idle for minutes; a fresh connection costs less than a lost mail."""
MOST_ON_A_LINE = 500
STEPS = 6
"""How many times `timeout_s` one send may take, with a second try on a fresh connection."""

_address = re.compile(
    r"[A-Za-z0-9!#$%&'*/=?^_`{|}~.-]{1,60}(\+[A-Za-z0-9.-]{1,20})?@[A-Za-z0-9.-]+"
)
_reserved = re.compile(
    r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)"
).fullmatch
_selector = re.compile(r"[A-Za-z0-9._-]{1,63}").fullmatch


class Options(BaseModel):
    """The server, who writes, and what vouches for it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    host: str = Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:-]+$")
    port: int | None = Field(default=None, ge=1, le=65_535)
    user: str = ""
    password: SecretStr = SecretStr("")
    tls: Tls = "starttls"
    ca_file: str = ""
    sender: str = Field(alias="from", min_length=3, max_length=250)
    reply_to: str = ""
    bounces: str = ""
    verp: bool = True
    hook_token: SecretStr = SecretStr("")
    lmtp: str = ""
    timeout_s: float = Field(default=30.0, gt=0, le=600)
    dkim_key_file: str = ""
    dkim_selector: str = ""
    dkim_domain: str = ""

    @field_validator("sender", "reply_to", "bounces")
    @classmethod
    def _is_address(cls, value: str) -> str:
        address = parseaddr(value)[1]
        if value and (header_words(value, 250) != value or not _address.fullmatch(address)):
            raise ValueError("must look like Mirkhai <office@example.org>, in Latin letters")
        return value

    @field_validator("hook_token")
    @classmethod
    def _is_long(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 22:
            raise ValueError("must have 22 signs or more, made by chance")
        return value

    @field_validator("lmtp")
    @classmethod
    def _is_place(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+:[0-9]{1,5}", value):
            raise ValueError("must look like 127.0.0.1:8024")
        return value

    @model_validator(mode="after")
    def _fits(self) -> "Options":
        if self.tls == "none" and not is_loopback(self.host):
            raise ValueError('tls = "none" is only for a server on this computer')
        if bool(self.user) != bool(self.password.get_secret_value()):
            raise ValueError("user and password go together")
        parts = (self.dkim_key_file, self.dkim_selector, self.dkim_domain)
        if any(parts) and not all(parts):
            raise ValueError("dkim_key_file, dkim_selector and dkim_domain go together")
        if any(parts) and not (_selector(self.dkim_selector) and _selector(self.dkim_domain)):
            raise ValueError("dkim_selector and dkim_domain are names as in the DNS")
        return self

    @model_validator(mode="after")
    def _can_be_read(self) -> "Options":
        for name in ("dkim_key_file", "ca_file"):
            path = getattr(self, name)
            if path and not Path(path).is_file():
                raise ValueError(f"{name} cannot be read")
        if self.dkim_key_file and b"PRIVATE KEY" not in Path(self.dkim_key_file).read_bytes():
            raise ValueError("dkim_key_file holds no private key in PEM")
        return self


def open(name: str, options: Options, *, public_url: str) -> "Smtp":
    """A mail wire under this name; the address to unsubscribe comes with each mail."""
    del public_url
    return Smtp(name, options)


class Smtp:
    """One mail account: sends, hears and listens. It cannot look a lost answer up."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self.capability = Capability(
            reaches=frozenset({"email"}),
            reports=bool(options.hook_token.get_secret_value() or options.lmtp),
            looks_up=False,
            call_s=STEPS * options.timeout_s,
        )
        self._options = options
        self._composer = _composer(options)
        self._signer = _signer(options)
        self._server = _server(options, self._composer.domain)
        self._reader = MailReader(name, self._composer.address, self._composer.bounces)
        self._is_local = is_loopback(options.host)
        self._idle: list[Line] = []

    async def send(self, mt: Mt) -> Sent:
        """Hand one mail over; a connection that ended while it was idle is replaced once."""
        mail = await self._written(mt)
        async with self._line() as line:
            was_open = line.is_open
            try:
                await line.hand_over(mail)
            except SendError as error:
                if not (was_open and _is_over(error)):
                    raise
                line.drop()
                await line.hand_over(mail)
        return Sent(mail.external_id)

    async def _written(self, mt: Mt) -> Mail:
        if not self._is_local and _reserved(mt.to.rpartition("@")[2].lower()):
            raise Refused("This address is one of those made for examples.", "example")
        mail = self._composer.compose(mt)
        if self._signer is None:
            return mail
        signed = await asyncio.to_thread(self._signer.sign, mail.content)
        return Mail(mail.return_path, mail.to, signed, mail.external_id)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[Line]:
        """A connection for one mail: the last used that is fresh, else a new one."""
        line = await self._fresh()
        try:
            yield line
        finally:
            if line.is_open:
                self._idle.append(line)
            else:
                line.drop()

    async def _fresh(self) -> Line:
        while self._idle:
            line = self._idle.pop()
            if line.is_open and line.idle_s() < IDLE_S and line.carried < MOST_ON_A_LINE:
                return line
            await line.close()
        return Line(self._server)

    def read(self, hook: Hook) -> Sequence[Mo | Dlr]:
        """One mail as it came; raises Untrusted, then Unreadable."""
        token = self._options.hook_token.get_secret_value()
        known = [hmac.compare_digest(one.encode(), token.encode()) for one in _shown(hook)]
        if not token or not any(known):
            raise Untrusted("The token is not the one of this hook.")
        return self._reader.read(hook.body)

    def answer(self) -> HookAnswer:
        """Nothing more than that it is stored."""
        return HookAnswer(204)

    async def run(self, take: Take) -> None:
        """Listen for the house's mail server, where the options say where."""
        if not self._options.lmtp:
            await asyncio.Event().wait()
        host, _, port = self._options.lmtp.rpartition(":")
        await listen((host.strip("[]"), int(port)), self._reader.read, take)

    async def close(self) -> None:
        """Say goodbye on every connection; safe to call twice."""
        while self._idle:
            await self._idle.pop().close()


def _is_over(error: SendError) -> bool:
    """Whether the connection had ended before this mail began: then nothing of it was taken."""
    return error.code in ("cut off at sender", "421") or error.code.startswith("4.3.2")


def _shown(hook: Hook) -> list[str]:
    """What the caller shows: in a header, or in the address where no header can be set."""
    headers = {name.lower(): value.strip() for name, value in hook.headers.items()}
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    shown = [bearer.strip() if scheme.lower() == "bearer" else "", headers.get("x-hook-token", "")]
    try:
        return shown + parse_qs(urlsplit(hook.url).query).get("token", [])[:1]
    except ValueError:
        return shown


def is_loopback(host: str) -> bool:
    """Whether this host is this computer."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _composer(options: Options) -> Composer:
    name, address = parseaddr(options.sender)
    secret = options.hook_token.get_secret_value() or options.password.get_secret_value()
    return Composer(
        name=header_words(name, 80),
        address=address,
        reply_to=parseaddr(options.reply_to)[1],
        bounces=parseaddr(options.bounces)[1] or address,
        has_verp=options.verp,
        secret=(secret or address).encode(),
    )


def _signer(options: Options) -> Signer | None:
    if not options.dkim_key_file:
        return None
    key = Path(options.dkim_key_file).read_bytes()
    return Signer(options.dkim_domain, options.dkim_selector, key)


def _server(options: Options, hello: str) -> Server:
    is_plain = options.tls == "none"
    context = None if is_plain else ssl.create_default_context(cafile=options.ca_file or None)
    return Server(
        host=options.host,
        port=options.port or PORTS[options.tls],
        tls=options.tls,
        user=options.user,
        password=options.password.get_secret_value(),
        hello=hello,
        timeout_s=options.timeout_s,
        context=context,
    )
