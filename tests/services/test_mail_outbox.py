"""From the outbox to a real mail server: each mail once or uncertain, whatever goes wrong."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.channels._open import open_channel
from app.channels.smtp import Smtp
from app.services.dispatch_outbox import Dispatcher, Shift, Wire
from app.services.record_dlr import record_dlrs
from app.services.resolve_uncertain import resolve_uncertain
from tests.channels.mail_bench import OURS, PUBLIC, TOKEN, hook, report
from tests.factories import Office
from tests.services.mailing import MAIL, mailbox, post, row_of, with_mail
from tests.standins.mail import MailStandIn

STEPS = ("ehlo", "starttls", "auth", "mail", "rcpt", "data", "dot")
ORDERS = ("drop", "450 4.2.0 Later", "421 4.3.2 Closing")
FAULTS = [("body", "drop"), *((step, order) for step in STEPS for order in ORDERS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mail")


@dataclass
class Post:
    """An office whose mails go to a server that can be told to fail."""

    office: Office
    server: MailStandIn
    wire: Smtp

    async def send(self, minutes: int = 0) -> None:
        """Send what is due after so many minutes."""
        now = self.office.now + timedelta(minutes=minutes)
        shift = Shift("me", lambda: now, unsubscribe_url=lambda n: f"{PUBLIC}/u/{n}")
        route = Wire(self.office.routes[MAIL], self.wire, 2)
        await Dispatcher(self.office.database, [route], shift).drain()

    async def end_pause(self) -> None:
        """Let the time go by that the route rests for, on the database's own clock."""
        await self.office.database.write(
            lambda conn: conn.exec_driver_sql("UPDATE route SET paused_until_us = 0") and None
        )

    def taken(self) -> list[str]:
        """Who got a mail, in order of the alphabet."""
        return sorted(one.to for one in self.server.taken)


@pytest.fixture
async def mail(office: Office, folder: Path) -> AsyncIterator[Post]:
    await with_mail(office)
    async with MailStandIn(folder) as server:
        wire = open_channel(server.options(hook_token=TOKEN), public_url=PUBLIC)
        assert isinstance(wire, Smtp)
        yield Post(office, server, wire)
        await wire.close()


async def test_each_recipient_gets_the_letter_once_with_an_address_of_their_own(
    mail: Post,
) -> None:
    ids = [await mailbox(mail.office, f"m{n}@member.example") for n in range(6)]
    await post(mail.office, *ids)
    await mail.send()
    await mail.send(60)
    assert mail.taken() == [f"m{n}@member.example" for n in range(6)]
    assert await mail.office.states() == ["sent"] * 6
    stops = {one.to: one.text for one in mail.server.taken}
    assert stops == {f"m{n}@member.example": f"Salam. {PUBLIC}/u/{ids[n]}" for n in range(6)}
    assert len({one.return_path for one in mail.server.taken}) == 6
    assert mail.server.connections <= 2


@pytest.mark.parametrize(("step", "order"), FAULTS)
async def test_a_fault_at_any_step_never_doubles_a_mail(step: str, order: str, mail: Post) -> None:
    address_id = await mailbox(mail.office, "gul@member.example")
    await post(mail.office, address_id)
    mail.server.orders.next = [(step, order)] * 2
    for minutes in (0, 10, 20, 30):
        await mail.send(minutes)
        await mail.end_pause()
        await resolve_uncertain(
            mail.office.database, mail.office.routes[MAIL], mail.wire, now=mail.office.now
        )
    (state,) = await mail.office.states()
    is_lost = order == "drop" and step in ("body", "dot")
    assert state == ("uncertain" if is_lost else "sent")
    assert len(mail.taken()) == (0 if step == "body" else 1)


async def test_a_server_that_is_gone_costs_time_and_no_mail(mail: Post) -> None:
    await post(mail.office, await mailbox(mail.office, "gul@member.example"))
    await mail.server.stop()
    await mail.send()
    assert await mail.office.states() == ["queued"]
    await mail.server.start()
    await mail.send(10)
    assert (await mail.office.states(), mail.taken()) == (["sent"], ["gul@member.example"])


async def test_a_server_that_refuses_some_delivers_to_the_others(mail: Post) -> None:
    ids = [await mailbox(mail.office, f"m{n}@member.example") for n in range(4)]
    mail.server.refused = {"m1@member.example", "m2@member.example"}
    await post(mail.office, *ids)
    await mail.send()
    assert await mail.office.states() == ["sent", "rejected", "rejected", "sent"]
    assert [(await row_of(mail.office, one)).standing for one in ids] == [
        "active",
        "bounced",
        "bounced",
        "active",
    ]


async def test_a_mail_that_was_uncertain_is_settled_by_its_bounce(mail: Post) -> None:
    address_id = await mailbox(mail.office, "gul@member.example")
    await post(mail.office, address_id)
    mail.server.orders.next = [("dot", "drop")]
    await mail.send()
    assert await mail.office.states() == ["uncertain"]
    block = {"Final-Recipient": "rfc822; gul@member.example", "Action": "failed", "Status": "5.1.1"}
    (told,) = mail.wire.read(hook(report(mail.server.taken[0].return_path, block)))
    await record_dlrs(mail.office.database, [told], now=mail.office.now)
    assert await mail.office.states() == ["undelivered"]
    assert (await row_of(mail.office, address_id)).standing == "bounced"


async def test_a_wrong_password_stops_the_wire_and_keeps_the_mails(
    mail: Post,
) -> None:
    await post(mail.office, await mailbox(mail.office, "gul@member.example"))
    mail.wire = open_channel(  # type: ignore[assignment]
        mail.server.options(password="a wrong one"), public_url=PUBLIC
    )
    await mail.send()
    assert await mail.office.states() == ["queued"]
    statement = "SELECT is_open, trouble FROM route WHERE name = 'mail'"
    (row,) = await mail.office.database.read(lambda conn: conn.exec_driver_sql(statement).all())
    assert (bool(row.is_open), "password" in row.trouble) == (False, True)
    assert OURS not in row.trouble
