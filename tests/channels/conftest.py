"""The far side of Twilio for all tests of a file; a failed row shows what it compared."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.channels.twilio_bench import TwilioBench
from tests.standins.client import TwilioStandIn

pytest.register_assert_rewrite("tests.channels.conformance")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def far_side(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TwilioStandIn]:
    async with TwilioStandIn(tmp_path_factory.mktemp("twilio") / "ledger.jsonl") as stand_in:
        yield stand_in


@pytest_asyncio.fixture
async def bench(far_side: TwilioStandIn) -> AsyncIterator[TwilioBench]:
    bench = TwilioBench(far_side)
    yield bench
    for wire in bench.opened:
        await wire.close()
