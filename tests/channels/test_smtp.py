"""Mail over a real SMTP server with TLS and log-in: each once or uncertain, whatever goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
import pytest_asyncio

from app.channels._open import open_channel
from app.channels.smtp import Smtp
from app.domain.errors import (
    Misconfigured,
    Refusal,
    Refused,
    SendError,
    Throttled,
    Transient,
    Uncertain,
)
from app.domain.letters import Attachment, Letter
from app.domain.messages import Mt
from tests.channels.conformance import ROWS, STARTED, Row, hold, text_to
from tests.channels.mail_bench import PUBLIC, MailBench
from tests.standins.mail import MailStandIn, make_dkim_key

STOP = f"{PUBLIC}/u/MTI.abc-def_0"
LETTER = Letter(
    subject="LSO Mirkhai: کارروائی 14",
    text="Salam.\n.A line with a dot\nStop: {unsubscribe}",
    html='<p dir="rtl">سلام</p><a href="{unsubscribe}">Stop</a>',
    language="ur",
    attachments=(Attachment("کارروائی 14.pdf", "application/pdf", bytes(range(256)) * 40),),
    thread="mirkhai meeting 14",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MailStandIn]:
    async with MailStandIn(tmp_path_factory.mktemp("mail")) as stand_in:
        yield stand_in


@pytest_asyncio.fixture(loop_scope="module")
async def bench(server: MailStandIn) -> AsyncIterator[MailBench]:
    bench = MailBench(server)
    server.orders.next, server.refused, server.most_bytes = [], set(), None
    server.taken.clear()
    yield bench
    for wire in bench.opened:
        await wire.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")


def mail_to(bench: MailBench, ref: str = "41.7001") -> Mt:
    return replace(text_to(bench.to, ref=ref), letter=LETTER, unsubscribe=STOP)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.promise)
async def test_the_wire_keeps_what_every_wire_promises(row: Row, bench: MailBench) -> None:
    await hold(row, bench)


async def test_a_mail_arrives_with_both_forms_its_file_and_a_way_to_stop_it(
    bench: MailBench,
) -> None:
    await bench.open().send(mail_to(bench))
    (taken,) = bench.stand_in.taken
    mail = taken.message
    assert str(mail["Subject"]) == LETTER.subject
    assert (str(mail["To"]), taken.to) == (bench.to, bench.to)
    assert str(mail["From"]) == "LSO Mirkhai <office@mirkhai.example>"
    assert taken.text == LETTER.text.replace("{unsubscribe}", STOP)
    html = mail.get_body(("html",))
    assert html is not None
    assert STOP in html.get_content()
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (
        LETTER.attachments[0].name,
        LETTER.attachments[0].content,
    )
    assert f"<{STOP}>" in str(mail["List-Unsubscribe"])
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert taken.return_path == "office+41.7001@mirkhai.example"


async def test_no_way_to_stop_by_one_click_is_promised_without_https(bench: MailBench) -> None:
    await bench.open().send(replace(mail_to(bench), unsubscribe="http://10.0.0.1/u/x"))
    mail = bench.stand_in.taken[0].message
    assert "List-Unsubscribe-Post" not in mail
    assert str(mail["List-Unsubscribe"]) == "<mailto:office@mirkhai.example?subject=STOP>"


async def test_every_try_of_one_mail_has_the_same_id_and_another_mail_another(
    bench: MailBench,
) -> None:
    wire = bench.open()
    first = await wire.send(mail_to(bench, "41.7001"))
    again = await wire.send(mail_to(bench, "41.9002"))
    other = await wire.send(mail_to(bench, "42.7003"))
    assert first.external_id == again.external_id != other.external_id
    ids = [str(one.message["Message-ID"]) for one in bench.stand_in.taken]
    assert ids[0] == ids[1] == f"<{first.external_id}@mirkhai.example>"


async def test_an_answer_stands_in_the_thread_of_the_question(bench: MailBench) -> None:
    letter = Letter("Re: KARWAI", "Karwai 14: …", answers="<a@x.example> b@x.example")
    await bench.open().send(replace(mail_to(bench), letter=letter, unsubscribe=""))
    mail = bench.stand_in.taken[0].message
    assert str(mail["In-Reply-To"]) == "<b@x.example>"
    assert str(mail["References"]).split() == ["<a@x.example>", "<b@x.example>"]
    assert str(mail["Auto-Submitted"]) == "auto-replied"
    assert "List-Unsubscribe" not in mail


async def test_two_letters_of_one_matter_share_a_thread(bench: MailBench) -> None:
    wire = bench.open()
    for ref, thread in (("1.1", "m 14"), ("2.1", "m 14"), ("3.1", "m 15")):
        letter = replace(LETTER, thread=thread)
        await wire.send(replace(mail_to(bench, ref), letter=letter))
    first, second, third = (str(one.message["References"]) for one in bench.stand_in.taken)
    assert first == second != third


async def test_many_mails_go_over_one_connection(bench: MailBench) -> None:
    wire, before = bench.open(), bench.stand_in.connections
    for n in range(5):
        await wire.send(mail_to(bench, f"{n}.1"))
    assert bench.stand_in.connections == before + 1
    assert len(bench.stand_in.taken) == 5


async def test_a_connection_that_ended_meanwhile_is_replaced_and_the_mail_goes_once(
    bench: MailBench,
) -> None:
    wire = bench.open()
    await wire.send(mail_to(bench, "1.1"))
    for order in ("drop", "421 4.3.2 Closing"):
        bench.stand_in.orders.next = [("mail", order)]
        await wire.send(mail_to(bench, "2.1"))
    assert len(bench.stand_in.taken) == 3


async def test_the_mail_after_a_refused_one_goes_over_the_same_connection(
    bench: MailBench,
) -> None:
    wire, before = bench.open(), bench.stand_in.connections
    bench.stand_in.refused = {"gone@mirkhai.example"}
    with pytest.raises(Refused) as refused:
        await wire.send(replace(mail_to(bench), to="gone@mirkhai.example"))
    assert (refused.value.code, refused.value.is_gone) == ("5.1.1", True)
    await wire.send(mail_to(bench))
    assert bench.stand_in.connections == before + 1
    assert [one.to for one in bench.stand_in.taken] == [bench.to]


FAULTS: list[tuple[str, str, type[SendError]]] = [
    *((step, "drop", Transient) for step in ("ehlo", "starttls", "auth", "mail", "rcpt", "data")),
    *((step, "450 4.2.0 Later", Transient) for step in ("ehlo", "mail", "rcpt", "data", "dot")),
    *((step, "421 4.3.2 Closing", Throttled) for step in ("ehlo", "mail", "rcpt", "data", "dot")),
    *((step, "550 5.7.1 No", Misconfigured) for step in ("ehlo", "starttls", "mail")),
    *((step, "550 5.7.1 No", Refused) for step in ("rcpt", "data", "dot")),
    ("rcpt", "530 5.7.0 Log in first", Misconfigured),
    ("mail", "552 5.3.4 Too large", Refused),
    ("rcpt", "552 5.2.2 Mailbox full", Refused),
    ("dot", "552 Too large", Refused),
]


@pytest.mark.parametrize(("step", "order", "error"), FAULTS)
async def test_what_fails_before_the_server_took_it_is_certainly_not_sent(
    step: str, order: str, error: type[SendError], bench: MailBench
) -> None:
    bench.stand_in.orders.next = [(step, order)]
    with pytest.raises(error) as raised:
        await bench.open().send(mail_to(bench))
    assert type(raised.value) is error
    assert getattr(raised.value, "is_gone", False) is False
    assert bench.stand_in.taken == []
    assert bench.to not in str(raised.value)


@pytest.mark.parametrize(
    ("step", "order", "taken"),
    [("dot", "drop", 1), ("dot", "hang", 1), ("dot", "999 what", 1), ("body", "drop", 0)],
)
async def test_a_lost_answer_leaves_the_mail_uncertain(
    step: str, order: str, taken: int, bench: MailBench
) -> None:
    bench.stand_in.orders.next = [(step, order)]
    wire = bench.open(timeout_s=0.3 if order == "hang" else 5.0)
    with pytest.raises(Uncertain):
        await wire.send(mail_to(bench))
    assert len(bench.stand_in.taken) == taken
    await wire.send(mail_to(bench, "42.1"))
    assert len(bench.stand_in.taken) == taken + 1


async def test_a_server_that_says_nothing_has_taken_nothing(bench: MailBench) -> None:
    bench.stand_in.orders.next = [("data", "hang")]
    with pytest.raises(Transient):
        await bench.open(timeout_s=0.3).send(mail_to(bench))
    assert bench.stand_in.taken == []


async def test_a_mail_larger_than_the_server_takes_is_refused_in_plain_words(
    bench: MailBench,
) -> None:
    bench.stand_in.most_bytes = 5_000
    with pytest.raises(Refused, match="larger than its server takes"):
        await bench.open().send(mail_to(bench))
    assert bench.stand_in.taken == []


async def test_a_wrong_password_stops_the_wire(bench: MailBench) -> None:
    with pytest.raises(Misconfigured, match="password"):
        await bench.open(password="a wrong one").send(mail_to(bench))


async def test_a_server_with_another_certificate_gets_no_password(
    bench: MailBench, tmp_path: Path
) -> None:
    async with MailStandIn(tmp_path) as stranger:
        wire = bench.open(port=stranger.port)
        with pytest.raises(Misconfigured, match="certificate"):
            await wire.send(mail_to(bench))
        assert stranger.taken == []


@pytest.mark.parametrize(("tls", "needs_login"), [("tls", True), ("none", False)])
async def test_it_speaks_tls_from_the_start_or_plainly_on_this_computer(
    tls: str, needs_login: bool, tmp_path: Path, server: MailStandIn
) -> None:
    for name in ("mail.pem", "mail.key"):
        (tmp_path / name).write_bytes((server.folder / name).read_bytes())
    async with MailStandIn(tmp_path, tls=tls, needs_login=needs_login) as other:
        wire = open_channel(other.options(), public_url=PUBLIC)
        assert isinstance(wire, Smtp)
        await wire.send(text_to("gul@mirkhai.example"))
        await wire.close()
        assert len(other.taken) == 1


async def test_the_signature_holds_and_covers_what_stops_the_mail(
    bench: MailBench, tmp_path: Path
) -> None:
    key, public = await asyncio.to_thread(make_dkim_key, tmp_path)
    wire = bench.open(dkim_key_file=str(key), dkim_selector="m1", dkim_domain="mirkhai.example")
    await wire.send(mail_to(bench))
    (taken,) = bench.stand_in.taken
    assert dkim.verify(taken.content, dnsfunc=lambda *_args, **_more: public)
    covered = str(taken.message["DKIM-Signature"]).replace(" ", "").lower()
    assert "list-unsubscribe:" in covered
    assert "list-unsubscribe-post" in covered
    altered = taken.content.replace(b"/u/MTI", b"/u/MTJ")
    assert not dkim.verify(altered, dnsfunc=lambda *_args, **_more: public)


async def test_a_mail_that_is_called_off_halfway_leaves_no_half_connection(
    bench: MailBench,
) -> None:
    wire = bench.open()
    bench.stand_in.orders.next = [("rcpt", "hang")]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await wire.send(mail_to(bench))
    await wire.send(mail_to(bench))
    assert len(bench.stand_in.taken) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"tls": "none", "host": "mail.example.org"}, "only for a server on this computer"),
        ({"password": ""}, "go together"),
        ({"from": "a@b.example\r\nBcc: c@d.example"}, "must look like"),
        ({"from": "nobody"}, "must look like"),
        ({"hook_token": "short"}, "22 signs"),
        ({"dkim_selector": "m1"}, "go together"),
        ({"ca_file": "/nowhere.pem"}, "ca_file cannot be read"),
        ({"lmtp": "8024"}, "must look like 127"),
    ],
)
async def test_a_wrong_option_is_named_in_plain_words(
    options: dict[str, object], said: str, server: MailStandIn
) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        open_channel(server.options(**options), public_url=PUBLIC)
    assert "long enough" not in str(refused.value)


async def test_addresses_made_for_examples_get_no_mail_from_a_real_server() -> None:
    options = {"name": "mail", "kind": "smtp", "host": "mail.invalid", "from": "a@b.example"}
    wire = open_channel(options, public_url=PUBLIC)
    assert isinstance(wire, Smtp)
    for to in ("gul@example.org", "gul@mail.example", "gul@a.test"):
        with pytest.raises(Refused):
            await wire.send(Mt("1.1", to, "x", STARTED))
