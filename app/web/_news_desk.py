"""What the doors of stories, newsletters and press notes share: who asks, and what they tell."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from app.catalogue import Catalogue
from app.domain.permissions import Act
from app.services.approve_story import Agreeing
from app.services.keep_story import Writer
from app.services.make_newsletter import Period, Wish
from app.services.pick_unit import pick_unit
from app.store.database import Database
from app.store.networks import NetworkInfo
from app.web.runtime import runtime_of
from app.web.told import NetworkIn, Slug, SomeId, Told, Version
from app.web.who import Officer, allowed, asked_network

Line = Annotated[str, Field(max_length=5_000)]
Text = Annotated[str, Field(max_length=500_000)]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Planner = Annotated[Officer, Depends(allowed(Act.PLAN))]
Approving = Annotated[Officer, Depends(allowed(Act.APPROVE))]


class Asks(Told):
    """Of which network, and behind which number or id the page begins."""

    state: Annotated[str, Field(max_length=12)] = ""
    cursor: SomeId | None = None
    network: Slug = ""


class SeenIn(NetworkIn):
    """Which words were seen: their version."""

    version: Version


class WishIn(NetworkIn):
    """What a newsletter shall be about."""

    period: Period = "hand"
    topics: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=20)
    unit_id: SomeId | None = None
    unit: Line = ""
    since: date | None = None
    audience: Annotated[str, Field(max_length=500)] = ""


class Desk:
    """One request about the words of one network."""

    def __init__(self, request: Request, who: Officer, network: NetworkInfo) -> None:
        """Keep what every act needs."""
        runtime = runtime_of(request)
        self.database: Database = runtime.database
        self.catalogue: Catalogue = runtime.desk.catalogue
        self.network, self.by = network, Writer(who.name, who.id)
        self.now, self.wake = runtime.clock(), runtime.dispatcher.wake

    def agreeing(self, version: int) -> Agreeing:
        """Who agrees to words of that version."""
        return Agreeing(self.by.name, self.by.id, version)

    async def unit(self, unit_id: int | None, words: str) -> int | None:
        """The unit that is named by its id or as people call it."""
        if unit_id is None and words.strip():
            return await pick_unit(self.database, self.network.id, words)
        return unit_id

    async def wish(self, body: WishIn) -> Wish:
        """What is wanted."""
        return Wish(
            period=body.period,
            topics=tuple(body.topics),
            unit_id=await self.unit(body.unit_id, body.unit),
            since=body.since,
            audience=body.audience,
        )


async def desk_of(request: Request, who: Officer, asked: str) -> Desk:
    """The desk of the network that is meant; raises Refusal for another's."""
    return Desk(request, who, await asked_network(request, who, asked))
