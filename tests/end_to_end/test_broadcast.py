"""A decision goes out: plan, another person's yes, each phone once, and the end of every text."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.standins.client import accepted_by
from tests.web.office import NETWORK, PUBLIC_URL, Office, signed, until, with_twilio

PEOPLE = 40
HEADER = "name,language,body,phone,basis\n"
PHONES = [f"+9236420{n:05}" for n in range(PEOPLE)]
TABLE = HEADER + "".join(
    f"Person {n},{('ur', 'en', 'ur-Latn')[n % 3]},GB,{phone},paper form\n"
    for n, phone in enumerate(PHONES)
)
# Two people on one phone get one text.
SHARED = TABLE + f"Wife of 1,ur,GB,{PHONES[1]},paper form\n"
TEXTS = {
    "en": "Water stops at 5.",
    "ur": "پانی پانچ بجے بند ہو گا۔",
    "ur-Latn": "Paani 5 baje band.",
}
ORDERS = (
    (("sent", "delivered"), "delivered"),
    (("delivered", "sent", "undelivered", "delivered"), "delivered"),
    (("sent", "delivered", "queued", "sent", "sending"), "delivered"),
    (("undelivered", "sent"), "undelivered"),
    (("failed", "sent", "accepted"), "undelivered"),
    (("sent", "sent"), "sent"),
    (("a word of tomorrow",), "sent"),
    (("read", "sent"), "delivered"),
)
"""What may be reported about a text, in what order, and as what it must end."""


async def sent_out(office: Office) -> int:
    """Plan by one officer, approve by another; gives the broadcast's id."""
    await office.call("POST", "/api/v1/networks", json=NETWORK)
    await office.members(SHARED)
    author = await office.officer("Sajida", "press")
    approver = await office.officer("Rehmat", "president")
    body = {"audience": "gb", "texts": TEXTS, "kind": "urgent"}
    plan = await office.call("POST", "/api/v1/broadcasts", json=body, headers=author)
    assert (plan["people"], plan["addresses"]) == (PEOPLE + 1, PEOPLE)
    path = f"/api/v1/broadcasts/{plan['id']}/approval"
    yes = {"hash": plan["hash"], "now": True}
    approved = await office.call("POST", path, json=yes, headers=approver)
    assert approved == {"id": plan["id"], "addresses": PEOPLE}
    return int(plan["id"])


async def settled(office: Office, broadcast_id: int) -> dict[str, int]:
    """Wait until every text stands in a state that no dispatcher changes; gives the states."""

    async def states() -> dict[str, int] | None:
        shown = await office.call("GET", f"/api/v1/broadcasts/{broadcast_id}")
        found: dict[str, int] = {key: n for key, n in shown["states"].items() if n}
        return None if set(found) & {"queued", "sending", "uncertain", "held"} else found

    found: dict[str, int] = await until(states, "the end of the broadcast", 40.0)
    return found


async def report(office: Office, text: dict[str, Any], *words: str) -> None:
    """Bring these words for one accepted text, through the office's own hook."""
    callback = text["asked"]["StatusCallback"]
    assert callback.startswith(f"{PUBLIC_URL}/hooks/tw?ref=")
    for word in words:
        form = {"MessageSid": text["sid"], "MessageStatus": word, "To": text["to"]}
        request = signed(form, path=callback.removeprefix(PUBLIC_URL))
        assert (await office.client.post(**request)).is_success


async def test_receipts_in_any_order_and_number_end_in_the_right_state(
    database_url: str, tmp_path: Path
) -> None:
    async with with_twilio(database_url, tmp_path) as (office, twilio):
        broadcast_id = await sent_out(office)
        assert await settled(office, broadcast_id) == {"sent": PEOPLE}
        for n, text in enumerate(await twilio.texts()):
            words, _ = ORDERS[n % len(ORDERS)]
            await report(office, text, *words, *words)
        ends = Counter(end for _, end in ORDERS)
        expected = {end: n * PEOPLE // len(ORDERS) for end, n in ends.items()}
        assert await settled(office, broadcast_id) == expected


async def test_every_phone_gets_the_text_once_in_its_language(
    database_url: str, tmp_path: Path
) -> None:
    async with with_twilio(database_url, tmp_path) as (office, twilio):
        broadcast_id = await sent_out(office)
        assert await settled(office, broadcast_id) == {"sent": PEOPLE}
        texts = {one["to"]: one["body"] for one in await twilio.texts()}
        for text in await twilio.texts():
            await report(office, text, "delivered", "sent")
        assert await settled(office, broadcast_id) == {"delivered": PEOPLE}
        shown = await office.call("GET", f"/api/v1/broadcasts/{broadcast_id}")
    once = accepted_by(tmp_path / "ledger.jsonl")
    assert set(once.values()) == {1}
    assert sorted(texts) == PHONES
    for n, phone in enumerate(PHONES):
        assert TEXTS[("ur", "en", "ur-Latn")[n % 3]] in texts[phone], phone
    assert all(str(shown["ref"]) in text for text in texts.values())
    assert set(shown["states"]) >= {"held", "queued", "sending", "sent", "delivered"}


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param({"every": {"5": "drop_after", "7": "no_sid"}}, id="answers lost"),
        pytest.param({"next": ["429/1"] * 3}, id="throttled"),
        pytest.param({"every": {"4": "drop_before"}}, id="cut before", marks=pytest.mark.slow),
        pytest.param({"every": {"3": "503", "7": "garbage"}}, id="errors", marks=pytest.mark.slow),
        pytest.param({"every": {"6": "truncated"}}, id="cut in two", marks=pytest.mark.slow),
    ],
)
async def test_lost_answers_are_looked_up_and_nobody_gets_a_text_twice(
    database_url: str, tmp_path: Path, faults: dict[str, Any]
) -> None:
    async with with_twilio(database_url, tmp_path) as (office, twilio):
        await twilio.control(**faults)
        broadcast_id = await sent_out(office)

        async def has_begun() -> bool:
            return (await twilio.control())["sends"] > 0

        await until(has_begun, "the first send")
        assert await settled(office, broadcast_id) == {"sent": PEOPLE}
    once = accepted_by(tmp_path / "ledger.jsonl")
    assert len(once) == PEOPLE
    assert set(once.values()) == {1}


async def test_a_phone_that_refuses_does_not_stop_the_others(
    database_url: str, tmp_path: Path
) -> None:
    async with with_twilio(database_url, tmp_path) as (office, twilio):
        await twilio.control(numbers={PHONES[0]: "400:21610", PHONES[1]: "400:21211"})
        broadcast_id = await sent_out(office)
        found = await settled(office, broadcast_id)
        assert found == {"sent": PEOPLE - 2, "rejected": 2}
