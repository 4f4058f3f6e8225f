"""Mails that come in: members' words, machines that nobody answers, bounces true and false."""

import asyncio
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from typing import Any

import aiosmtplib
import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.channels._open import open_channel
from app.channels._smtp_inbound import MailReader, without_quotes
from app.channels.smtp import Smtp
from app.domain.errors import Busy, Unreadable
from app.domain.messages import Dlr, Mo, State
from tests.channels.mail_bench import OURS, PUBLIC, hook, report, written

READER = MailReader("mail", OURS, OURS)
REF = "41.7001"
RETURN = f"office+{REF}@mirkhai.example"
MEMBER = "Gul Rukh <gul@member.example>"
OUR_MAIL = "Message-ID: <m41.0123456789ab@mirkhai.example>"


def read(content: bytes) -> Mo:
    (heard,) = READER.read(content)
    assert isinstance(heard, Mo)
    return heard


def receipts(content: bytes) -> list[Dlr]:
    heard = READER.read(content)
    assert all(isinstance(one, Dlr) for one in heard)
    return [one for one in heard if isinstance(one, Dlr)]


def block(status: str = "5.1.1", action: str = "failed", **more: str) -> dict[str, str]:
    fields = {"Final-Recipient": "rfc822; gul@member.example", "Action": action, "Status": status}
    return fields | {name.replace("_", "-"): value for name, value in more.items()}


# --- what a member writes ---


def test_the_first_line_is_the_keyword_and_the_whole_text_is_kept() -> None:
    heard = read(written("\n STOP \n\nGul Rukh\nMirkhai", From=MEMBER, Subject="Re: news"))
    assert (heard.line, heard.text) == ("STOP", "STOP \n\nGul Rukh\nMirkhai")
    assert heard.sender == "gul@member.example"
    assert not heard.is_automatic


@pytest.mark.parametrize(
    "quote",
    [
        "On Sun, 22 Nov 2026 at 09:00, LSO <office@mirkhai.example> wrote:\n> STOP to stop",
        "On Sun, 22 Nov 2026 at 09:00, LSO Mirkhai\n<office@mirkhai.example> wrote:\n> STOP",
        "اتوار، 22 نومبر 2026 کو LSO <office@mirkhai.example> نے لکھا:\n> STOP",
        "-----Original Message-----\nFrom: LSO\nSTOP",
        "________________________________\nFrom: LSO\nSTOP",
        "> STOP\n> to stop",
        "-- \nGul Rukh\nSTOP",
        "--\nGul Rukh\nSTOP",
        "Sent from my phone",
    ],
)
def test_what_is_quoted_or_signed_is_nobodys_word(quote: str) -> None:
    assert without_quotes(f"KARWAI\n\n{quote}\n") == "KARWAI"
    assert without_quotes(quote) == ""


def test_a_subject_speaks_only_where_nothing_was_written_and_nothing_is_answered() -> None:
    assert read(written("", From=MEMBER, Subject="STOP")).line == "STOP"
    assert read(written("", From=MEMBER, Subject="Re: STOP the waste")).line == ""
    assert read(written("KARWAI", From=MEMBER, Subject="STOP")).line == "KARWAI"


def test_a_mail_in_html_alone_is_read_without_its_signs() -> None:
    message = EmailMessage(policy=MAIL)
    message["From"] = MEMBER
    message.set_content(
        "<style>p{}</style><p>KARWAI&nbsp;14</p><div>Gul &amp; Noor</div>"
        "<blockquote>STOP</blockquote>",
        subtype="html",
    )
    heard = read(message.as_bytes())
    assert heard.line == "KARWAI 14"
    assert "STOP" not in heard.text
    assert "Gul & Noor" in heard.text


def test_an_attached_text_is_not_what_somebody_wrote() -> None:
    message = EmailMessage(policy=MAIL)
    message["From"] = MEMBER
    message.set_content("NEWS")
    message.add_attachment("STOP", filename="notes.txt")
    assert read(message.as_bytes()).text == "NEWS"


def test_the_same_mail_twice_has_one_id_even_without_one_of_its_own() -> None:
    bare = written("KARWAI", From=MEMBER)
    assert read(bare).external_id == read(bare).external_id
    assert read(bare).external_id != read(written("NEWS", From=MEMBER)).external_id


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (vacation)"},
        {"Precedence": "bulk"},
        {"Precedence": "Auto_Reply"},
        {"List_Id": "<news.example.org>"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"From": "MAILER-DAEMON@member.example"},
        {"From": "no-reply@member.example"},
        {"From": OURS},
    ],
)
def test_what_a_machine_wrote_is_marked_so_that_nobody_answers(headers: dict[str, str]) -> None:
    heard = read(written("I am away until Monday. STOP", **{"From": MEMBER, **headers}))
    assert heard.is_automatic


def test_the_unsubscribe_button_of_a_mail_program_is_its_owners_word() -> None:
    pressed = written("", From=MEMBER, Subject="STOP", Auto_Submitted="auto-generated")
    assert (read(pressed).line, read(pressed).is_automatic) == ("STOP", False)
    away = written("I am away", From=MEMBER, Subject="STOP", Auto_Submitted="auto-replied")
    assert read(away).is_automatic


def test_a_person_who_says_that_no_machine_wrote_is_answered() -> None:
    assert not read(written("NEWS", From=MEMBER, Auto_Submitted="no")).is_automatic


# --- bounces ---


def test_a_mailbox_that_does_not_exist_is_told_of_our_mail_and_its_address() -> None:
    (told,) = receipts(report(RETURN, block(), returned=OUR_MAIL))
    assert (told.ref, told.external_id) == (REF, "m41.0123456789ab")
    assert (told.state, told.code, told.standing) == (State.UNDELIVERED, "5.1.1", "bounced")


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        (block("5.1.2"), "bounced"),
        (block("5.2.1"), "bounced"),
        (block("5.0.0", Diagnostic_Code="smtp; 550 5.1.1 User unknown"), "bounced"),
        (block("5.0.0", Diagnostic_Code="smtp; 550 No such user here"), "bounced"),
        (block("5.0.0", Diagnostic_Code="smtp; 550 relay not permitted"), ""),
        (block("5.0.0", Diagnostic_Code="smtp; 554 rejected as spam"), ""),
        (block("5.2.2", Diagnostic_Code="smtp; 552 mailbox full"), ""),
        (block("5.7.1"), ""),
        (block("5.3.4"), ""),
        (block("4.4.7", Diagnostic_Code="smtp; 550 5.1.1"), ""),
        (block("4.2.2"), ""),
    ],
)
def test_only_a_dead_mailbox_marks_the_address(fields: dict[str, str], standing: str) -> None:
    (told,) = receipts(report(RETURN, fields))
    assert (told.state, told.standing) == (State.UNDELIVERED, standing)


def test_a_delay_changes_nothing() -> None:
    (told,) = receipts(report(RETURN, block("4.4.1", "delayed")))
    assert (told.state, told.standing, told.word) == (None, "", "delayed")


def test_a_bounce_without_our_return_path_is_known_by_the_mail_that_it_gives_back() -> None:
    (told,) = receipts(report("office@mirkhai.example", block(), returned=OUR_MAIL))
    assert (told.ref, told.external_id) == ("", "m41.0123456789ab")


def test_a_report_of_several_recipients_tells_each_fate_once() -> None:
    told = receipts(report(RETURN, block(), block(), block("4.2.2", "delayed")))
    assert [one.word for one in told] == ["failed", "delayed"]


def test_a_status_that_was_encoded_whole_is_read_as_well() -> None:
    plain = report(RETURN, block()).decode()
    head, _, rest = plain.partition("Content-Type: message/delivery-status\r\n\r\n")
    body, mark, tail = rest.partition("\r\n--B")
    coded = EmailMessage(policy=MAIL)
    coded.set_content(body, cte="base64")
    payload = coded.get_payload()
    kind = "Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    (told,) = receipts(f"{head}{kind}{payload}{mark}{tail}".encode())
    assert (told.state, told.standing) == (State.UNDELIVERED, "bounced")


@pytest.mark.parametrize(
    "content",
    [
        report("stranger+41.7001@other.example", block()),
        report("office@mirkhai.example", block()),
        report(RETURN),
        report(RETURN, {"Final-Recipient": "rfc822; x@y.example"}),
        report(RETURN, block(action="exploded", status="")),
        report("xoffice+41.7001@mirkhai.example", block()),
        report("office+41.7001@mirkhai.example.evil.example", block()),
    ],
)
def test_a_bounce_that_is_no_bounce_of_ours_tells_nothing(content: bytes) -> None:
    assert READER.read(content) == ()


def test_a_person_who_writes_like_a_bounce_is_a_person() -> None:
    words = "Undelivered Mail Returned to Sender\n550 5.1.1 gul@member.example: No such user"
    heard = read(written(words, From=MEMBER, To=RETURN, Subject="Delivery Status Notification"))
    assert heard.text.startswith("Undelivered Mail")


QMAIL = """Hi. This is the qmail-send program at member.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<gul@member.example>:
{reason}

--- Below this line is a copy of the message.

Return-Path: <office@mirkhai.example>
"""


def qmail(reason: str, to: str) -> bytes:
    head = f"From: MAILER-DAEMON@member.example\nTo: {to}\nSubject: failure notice\n\n"
    return (head + QMAIL.format(reason=reason)).encode()


@pytest.mark.parametrize(
    ("reason", "state", "standing"),
    [
        ("Sorry, no mailbox here by that name. (#5.1.1)", State.UNDELIVERED, "bounced"),
        ("The connection ended. (#4.4.1)", None, ""),
        ("Something odd happened.", State.UNDELIVERED, ""),
    ],
)
def test_an_old_servers_bounce_counts_only_as_far_as_it_says(
    reason: str, state: State | None, standing: str
) -> None:
    (told,) = receipts(qmail(reason, RETURN))
    assert (told.state, told.standing) == (state, standing)


def test_an_old_servers_bounce_to_nobody_changes_nothing() -> None:
    assert read(qmail("(#5.1.1)", OURS)).is_automatic


# --- complaints ---


def complaint(kind: str = "abuse") -> bytes:
    content = report("fbl@mirkhai.example", returned=OUR_MAIL, kind="feedback-report")
    return content.replace(b"Reporting-MTA: dns; mx.example.net", f"Feedback-Type: {kind}".encode())


def test_a_complaint_stops_the_address() -> None:
    (told,) = receipts(complaint())
    assert (told.standing, told.word, told.state) == ("stopped", "complaint", State.DELIVERED)
    assert READER.read(complaint("not-spam")) == ()


# --- whatever comes ---


@given(some.binary(max_size=600))
def test_no_bytes_do_more_than_be_unreadable(content: bytes) -> None:
    try:
        READER.read(content)
    except Unreadable:
        return


HEADERS = ("From", "To", "Subject", "Message-ID", "Content-Type", "Auto-Submitted", "References")


@given(
    some.dictionaries(some.sampled_from(HEADERS), some.text(max_size=60), max_size=7),
    some.text(max_size=200),
)
def test_no_headers_do_more_than_be_unreadable(headers: dict[str, str], body: str) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    try:
        READER.read(f"{head}\r\n{body}".encode("utf-8", "surrogatepass"))
    except Unreadable:
        return


@given(some.sampled_from((b"B", b"--", b":", b"\r\n", b"failed")), some.binary(max_size=8))
def test_no_damaged_report_does_more_than_be_unreadable(place: bytes, by: bytes) -> None:
    try:
        READER.read(report(RETURN, block(), returned=OUR_MAIL).replace(place, by))
    except Unreadable:
        return


# --- the hook and the listener ---


def wire(**options: object) -> Smtp:
    table = {"name": "mail", "kind": "smtp", "host": "localhost", "tls": "none", "from": OURS}
    opened = open_channel({**table, **options}, public_url=PUBLIC)
    assert isinstance(opened, Smtp)
    return opened


def test_the_token_may_stand_in_the_address() -> None:
    hears, token = wire(hook_token="t" * 22), "t" * 22
    bare = hook(written("KARWAI", From=MEMBER))
    (heard,) = hears.read(type(bare)("POST", f"{PUBLIC}/hooks/mail?token={token}", {}, bare.body))
    assert isinstance(heard, Mo)


async def deliver(port: int, content: bytes, *to: str) -> dict[str, Any]:
    """Hand a mail over as the mail server of the house does."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = [await reader.readline()]
    for line in ("LHLO mx", "MAIL FROM:<>", *(f"RCPT TO:<{one}>" for one in to), "DATA"):
        writer.write(f"{line}\r\n".encode())
        while (answer := await reader.readline())[3:4] == b"-":
            pass
        answers.append(answer)
    writer.write(content.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")
    last = [(await reader.readline()).decode().strip() for _ in to]
    writer.close()
    return {"steps": answers, "last": last}


async def test_the_listener_says_stored_only_after_the_commit_and_for_each_recipient(
    unused_tcp_port: int,
) -> None:
    heard: list[Mo | Dlr] = []
    is_busy = True

    async def take(events: Sequence[Mo | Dlr]) -> None:
        if is_busy:
            raise Busy("the database is locked")
        heard.extend(events)

    listens = wire(lmtp=f"127.0.0.1:{unused_tcp_port}")
    running = asyncio.create_task(listens.run(take))
    await asyncio.sleep(0.05)
    mail = written("KARWAI", From=MEMBER, To=OURS)
    told = await deliver(unused_tcp_port, mail, OURS, RETURN)
    assert [one[:3] for one in told["last"]] == ["451", "451"]
    assert heard == []
    is_busy = False
    told = await deliver(unused_tcp_port, mail, OURS, RETURN)
    assert [one[:3] for one in told["last"]] == ["250", "250"]
    told = await deliver(unused_tcp_port, report("undisclosed", block()), RETURN)
    assert told["last"][0].startswith("250")
    assert isinstance(heard[0], Mo)
    assert isinstance(heard[1], Dlr)
    assert heard[1].ref == REF
    assert (await deliver(unused_tcp_port, b"\r\n", OURS))["last"][0].startswith("554")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    with pytest.raises(aiosmtplib.SMTPConnectError):
        await aiosmtplib.SMTP(hostname="127.0.0.1", port=unused_tcp_port).connect()
