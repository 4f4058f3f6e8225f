"""How fast mails go out, beside the bare client doing the same to the same server.

Run `python tests/benchmarks/bench_mail.py [sqlite|postgresql] [MAILS]`; prints one JSON line.
The server (aiosmtpd, STARTTLS, log-in) is a process of its own. Both sides make each mail for its
recipient (two forms of text and a file of 20 KB), sign it with RSA-2048 and keep their
connections. The bare client is aiosmtplib with the standard library's `email` and dkimpy. Ours
goes from the first claim to the last settle. Rounds of both alternate; ratios are medians.
"""

import asyncio
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from email.utils import format_datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import dkim
from aiosmtplib import SMTP

from app.channels._open import open_channel
from app.domain.letters import Attachment, Letter
from app.domain.ports import Sends
from app.services.dispatch_outbox import Dispatcher, Shift, Wire
from app.services.unsubscribe import UnsubscribePages
from app.store import networks, outbox, routes
from app.store.database import Database
from app.store.routes import RouteSetting
from tests.benchmarks import ground
from tests.factories import Office
from tests.services.mailing import MAIL as NAME
from tests.services.mailing import mailbox, post
from tests.standins.mail import HOST, PASSWORD, USER, MailStandIn, make_certificate, make_dkim_key

LINES = 4
ROUNDS = 3
PAGES = UnsubscribePages("b" * 32, "https://office.example.org")
TEXT = "LSO Mirkhai: karwai 14.\n" * 20 + "Stop: {unsubscribe}"
FILE = bytes(range(256)) * 80
LETTER = Letter(
    "LSO Mirkhai: کارروائی 14",
    TEXT,
    f"<p>{TEXT}</p>",
    "ur",
    (Attachment("karwai.pdf", "application/pdf", FILE),),
)


def serve(folder: Path, pipe: Pipe) -> None:
    """Be the mail server until the pipe is closed; tells how many mails it has when asked."""

    async def run() -> None:
        async with MailStandIn(folder) as server:
            pipe.send(server.port)
            while await asyncio.to_thread(pipe.recv):
                pipe.send(len(server.taken))
                server.taken.clear()

    asyncio.run(run())


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[int, Pipe]]:
    """A mail server in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(folder, there))
    process.start()
    try:
        yield here.recv(), here
    finally:
        process.terminate()
        process.join()


def written(to: str, n: int, key: bytes) -> bytes:
    """One mail as a program would make it that has no product around it."""
    stop_at = PAGES.url(n)
    message = EmailMessage(policy=MAIL)
    message["From"] = "LSO Mirkhai <office@mirkhai.example>"
    message["To"] = to
    message["Subject"] = LETTER.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<b{n}@mirkhai.example>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(LETTER.text.replace("{unsubscribe}", stop_at))
    html = LETTER.html.replace("{unsubscribe}", stop_at)
    message.add_alternative(html, subtype="html")
    message.add_attachment(FILE, maintype="application", subtype="pdf", filename="karwai.pdf")
    content = message.as_bytes()
    return bytes(dkim.sign(content, b"m1", b"mirkhai.example", key)) + content


async def bare(folder: Path, port: int, mails: int, key: bytes) -> float:
    """Mails a second of the client alone."""
    left = iter(range(1, mails + 1))

    async def sender() -> None:
        client = SMTP(
            hostname=HOST,
            port=port,
            start_tls=True,
            username=USER,
            password=PASSWORD,
            cert_bundle=str(folder / "mail.pem"),
        )
        async with client:
            for n in left:
                to = f"m{n}@member.example"
                content = written(to, n, key)
                await client.sendmail(f"office+{n}@mirkhai.example", [to], content)

    start = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(LINES)))
    return mails / (time.perf_counter() - start)


async def ready(database: Database, mails: int) -> Office:
    """An office with so many letters in its outbox, due now."""
    office = await Office.open(database, datetime.now(UTC))
    setting = RouteSetting(NAME, "smtp", frozenset({"email"}), 0, "PKR", LINES, 0, 1, 0, 0, 0)
    office.routes = dict(await database.write(routes.configure, [setting]))
    ids = [await mailbox(office, f"m{n}@member.example") for n in range(mails)]
    await post(office, *ids, letter=LETTER, lane=0)
    assert await database.read(networks.every)
    return office


async def ours(url: str, folder: Path, port: int, mails: int) -> float:
    """Mails a second of one worker."""
    options = {
        **MailStandIn(folder).options(port=port, in_flight=LINES, timeout_s=30.0),
        "dkim_key_file": str(folder / "dkim.pem"),
        "dkim_selector": "m1",
        "dkim_domain": "mirkhai.example",
    }
    wire = open_channel(options, public_url="https://office.example.org")
    assert isinstance(wire, Sends)
    async with Database(url) as database:
        office = await ready(database, mails)
        shift = Shift("bench", lambda: datetime.now(UTC), unsubscribe_url=PAGES.url)
        dispatcher = Dispatcher(database, [Wire(office.routes[NAME], wire, LINES)], shift)
        start = time.perf_counter()
        await dispatcher.drain()
        spent = time.perf_counter() - start
        counts = await database.read(outbox.counts)
    await wire.close()
    assert counts["sent"] == mails, counts
    return mails / spent


def taken(pipe: Pipe) -> int:
    """How many mails the server has got since it was last asked."""
    pipe.send(True)
    return int(pipe.recv())


def run(kind: str, mails: int) -> dict[str, object]:
    """All rounds."""
    theirs: list[float] = []
    mine: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_certificate(folder)
        path, _ = make_dkim_key(folder)
        key = path.read_bytes()
        with mail_server(folder) as (port, pipe):
            for _ in range(ROUNDS):
                theirs.append(asyncio.run(bare(folder, port, mails, key)))
                assert taken(pipe) == mails
                with ground.fresh_url(kind) as url:
                    mine.append(asyncio.run(ours(url, folder, port, mails)))
                assert taken(pipe) == mails
    ratios = [ours / bare for ours, bare in zip(mine, theirs, strict=True)]
    return ground.rounded(
        {
            "database": kind,
            "mails": mails,
            "bare_per_s": ground.median(theirs),
            "ours_per_s": ground.median(mine),
            "ratio": ground.median(ratios),
        }
    )


def main(arguments: Sequence[str]) -> None:
    """Print one line."""
    kind = arguments[0] if arguments else "sqlite"
    mails = int(arguments[1]) if len(arguments) > 1 else 500
    print(json.dumps(run(kind, mails)))


if __name__ == "__main__":
    main(sys.argv[1:])
