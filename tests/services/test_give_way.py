"""A member who waits for an answer passes before the next text of a broadcast."""

import asyncio

from app.services.give_way import LONGEST_S, RightOfWay


async def test_a_broadcast_waits_for_the_members_under_way_and_no_longer() -> None:
    way, order = RightOfWay(), []

    async def broadcast() -> None:
        await way.gap()
        order.append("broadcast")

    with way.taken(), way.taken():
        waiting = asyncio.create_task(broadcast())
        await asyncio.sleep(0)
        order.append("member")
    await waiting
    assert order == ["member", "broadcast"]


async def test_a_broadcast_goes_on_however_many_members_write() -> None:
    way, loop = RightOfWay(), asyncio.get_running_loop()
    with way.taken():
        began = loop.time()
        await way.gap()
        assert loop.time() - began >= LONGEST_S / 2


async def test_nothing_waits_when_nobody_writes_or_a_text_failed() -> None:
    way = RightOfWay()
    try:
        with way.taken():
            raise ValueError
    except ValueError:
        pass
    async with asyncio.timeout(LONGEST_S / 2):
        await way.gap()
