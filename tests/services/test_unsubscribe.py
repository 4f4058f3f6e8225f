"""Who holds a mail stops that address without a log-in, and nobody else can."""

from datetime import timedelta

import pytest

from app.services.unsubscribe import UnsubscribePages, show_subscription, unsubscribe
from tests.factories import Office
from tests.services.mailing import mailbox, post, records, row_of, stand, with_mail

PAGES = UnsubscribePages("s" * 32, "https://office.example.org/")


async def test_stopping_cancels_what_waits_and_is_recorded_as_the_holders_own_word(
    office: Office,
) -> None:
    address_id = await mailbox(await with_mail(office), "gul@member.example")
    await post(office, address_id)
    done = await unsubscribe(office.database, address_id, now=office.now + timedelta(days=90))
    assert done is not None
    assert (done.is_stopped, done.shown) == (True, "g*****@member.example")
    assert (await row_of(office, address_id)).standing == "stopped"
    assert {(one.source, one.is_given) for one in await records(office, address_id)} == {
        ("mail", False)
    }
    assert await office.states() == ["cancelled"]
    await unsubscribe(office.database, address_id, now=office.now)
    assert len(await records(office, address_id)) == 2


async def test_looking_changes_nothing(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), "gul@member.example")
    shown = await show_subscription(office.database, address_id)
    assert shown is not None
    assert (shown.network, shown.is_stopped) == ("LSON mirkhai", False)
    assert (await row_of(office, address_id)).standing == "active"


async def test_a_bounced_mailbox_may_be_stopped_and_a_wrong_one_stays_wrong(
    office: Office,
) -> None:
    address_id = await mailbox(await with_mail(office), "gul@member.example")
    for before, after in (("bounced", "stopped"), ("wrong", "wrong")):
        await stand(office, address_id, before)
        await unsubscribe(office.database, address_id, now=office.now)
        assert (await row_of(office, address_id)).standing == after


async def test_a_telephone_number_is_stopped_by_no_mail(office: Office) -> None:
    await office.say(1, "START")
    (row,) = await office.database.read(
        lambda conn: conn.exec_driver_sql("SELECT id FROM address").all()
    )
    assert await show_subscription(office.database, row.id) is None
    assert await unsubscribe(office.database, row.id, now=office.now) is None


def test_a_token_names_its_address_alone() -> None:
    assert PAGES.url(41) == f"https://office.example.org/u/{PAGES.token(41)}"
    assert PAGES.address_id(PAGES.token(41)) == 41
    assert UnsubscribePages("s" * 32, "").url(41) == ""


@pytest.mark.parametrize(
    "token",
    ["", "41", "x" * 500, "NDE.", PAGES.token(41)[:-1], PAGES.token(41) + "A", "\0", "ا.ب"],
)
def test_no_other_token_is_believed(token: str) -> None:
    assert PAGES.address_id(token) is None
    assert UnsubscribePages("t" * 32, "").address_id(PAGES.token(41)) is None
