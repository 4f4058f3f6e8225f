"""The mail server's side of the conformance table: a real SMTP server, and mails as they come."""

from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count

from app.channels._open import open_channel
from app.channels.smtp import Smtp
from app.domain.messages import Dlr, Hook, Mt, State
from tests.standins.mail import MailStandIn

PUBLIC = "https://office.example.org"
TOKEN = "3f9a7c1e5b2d4860aa17f9"
OURS = "office@mirkhai.example"
ORDERS: Mapping[str, tuple[str, str]] = {
    "refused": ("rcpt", "550 5.1.1 No such user"),
    "throttled": ("mail", "421 4.7.0 Too many; come back later"),
    "misconfigured": ("mail", "553 5.7.1 That sender is not yours"),
    "lost answer": ("dot", "drop"),
}
ACTIONS = {
    State.SENT: ("relayed", "2.0.0"),
    State.DELIVERED: ("delivered", "2.1.5"),
    State.UNDELIVERED: ("failed", "5.1.1"),
}
MEMBERS = count(1)


def written(text: str, **headers: str) -> bytes:
    """A mail as a member's program writes it."""
    message = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text, charset="utf-8", cte="base64")
    return message.as_bytes()


def report(to: str, *blocks: Mapping[str, str], returned: str = "", kind: str = "") -> bytes:
    """A delivery status as RFC 3464 shows it, word for word."""
    fields = "\r\n".join(
        "".join(f"{name}: {value}\r\n" for name, value in block.items()) for block in blocks
    )
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\r\nTo: {to}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; "
        f'report-type={kind or "delivery-status"}; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nI could not deliver your mail.\r\n"
        f"--B\r\nContent-Type: message/{kind or 'delivery-status'}\r\n\r\n"
        f"Reporting-MTA: dns; mx.example.net\r\n\r\n{fields}"
        f"\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--B--\r\n"
    ).encode()


def hook(content: bytes, token: str = TOKEN, **more: str) -> Hook:
    """The request that brings a mail."""
    headers = {"Content-Type": "message/rfc822", "Authorization": f"Bearer {token}", **more}
    return Hook("POST", f"{PUBLIC}/hooks/mail", headers, content)


class MailBench:
    """aiosmtpd is the far side."""

    lacks: Mapping[str, str] = {
        "look-up": "SMTP has no way to ask whether a mail was accepted; a bounce may still tell",
        "5xx": "a 5xx of SMTP is a plain refusal, and nothing of it was accepted",
        "time-out": "without a look-up nothing settles a time-out; test_smtp.py holds what it is",
        "garbage": "without a look-up nothing settles garbage; test_smtp.py holds what it is",
    }

    def __init__(self, stand_in: MailStandIn) -> None:
        self.to = f"gulrukh{next(MEMBERS)}@mirkhai.example"
        self.stand_in = stand_in
        self.opened: list[Smtp] = []

    def open(self, **options: object) -> Smtp:
        more = {"hook_token": TOKEN, **options}
        wire = open_channel(self.stand_in.options(**more), public_url=PUBLIC)
        assert isinstance(wire, Smtp)
        self.opened.append(wire)
        return wire

    async def wire(self, fault: str = "") -> Smtp:
        if fault == "unreachable":
            return self.open(port=9)
        self.stand_in.orders.next = [ORDERS[fault]] if fault else []
        return self.open()

    async def taken(self) -> Sequence[str]:
        return self.stand_in.texts_to(self.to)

    async def reported(self, wire: object, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        assert isinstance(wire, Smtp)
        mail = next(one for one in self.stand_in.taken if one.to == mt.to)
        returned = f"Message-ID: {mail.message['Message-ID']}"
        found: list[Dlr] = []
        for state in states:
            action, status = ACTIONS[state]
            block = {"Final-Recipient": f"rfc822; {mt.to}", "Action": action, "Status": status}
            heard = wire.read(hook(report(mail.return_path, block, returned=returned)))
            found.extend(one for one in heard if isinstance(one, Dlr))
        return found

    def text_hook(self, _wire: object, text: str, external_id: str) -> Hook:
        mail = written(text, From=f"Gul Rukh <{self.to}>", To=OURS, Message_ID=f"<{external_id}>")
        return hook(mail)

    def broken_hooks(self, _wire: object) -> Mapping[str, Hook]:
        mail = written("KARWAI", From=self.to, To=OURS)
        return {
            "another token": hook(mail, TOKEN[:-1] + "0"),
            "no token": Hook("POST", f"{PUBLIC}/hooks/mail", {}, mail),
            "an empty token": hook(mail, ""),
            "a token in an address that cannot be": Hook("POST", "http://[::1?token=x", {}, mail),
        }

    def empty_hook(self, _wire: object) -> Hook:
        return hook(b"")
