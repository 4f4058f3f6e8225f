"""Composition: settings, database, words, wires and doors put together into one running office."""

import asyncio
import gc
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from fastapi import FastAPI
from starlette_compress import CompressMiddleware

from app.catalogue import MESSAGE_TEMPLATES, Catalogue
from app.channels._open import network_of, open_channel, pacing_of
from app.domain.errors import Busy, Refusal
from app.domain.messages import Found
from app.domain.ports import Answers, Channel, Hears, LookUp, Sends
from app.jobs import Jobs
from app.services.dispatch_outbox import Dispatcher, Shift, Wire
from app.services.find_decisions import settle_search
from app.services.group_commit import GroupCommit
from app.services.keep_list import settle_imports
from app.services.look_up_decisions import Typed, look_up_decisions
from app.services.receive_mo import Desk, receive_mos
from app.services.record_dlr import record_dlrs
from app.services.unsubscribe import UnsubscribePages
from app.settings import SIMULATOR, Settings, secret_of
from app.store import migrate, routes
from app.store.database import Database
from app.store.routes import RouteSetting
from app.web import archive, assets, errors, hooks, office, public, unsubscribe
from app.web.api import DOORS
from app.web.limits import LimitBody
from app.web.office import sign_in
from app.web.protect import Protect
from app.web.runtime import Runtime
from bots.vocabulary import Vocabulary

SECOND_US = 1_000_000

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The host's clock; handed down from here, read nowhere below."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Role:
    """What a process does besides answering: `sends` runs the dispatcher and the timetable."""

    boot_token: str
    sends: bool = True
    clock: Callable[[], datetime] = utc_now


def create_app(settings: Settings, role: Role) -> FastAPI:
    """The web application; its parts are opened and closed with its lifespan."""

    def end_process(background: "asyncio.Task[None]") -> None:
        """A dispatcher that died must not leave a server that looks alive."""
        error = None if background.cancelled() else background.exception()
        log.critical("the work in the background ended: %s", type(error).__name__)
        app.state.trouble = Refusal(
            "failed", "The dispatcher or the timetable failed: see the log."
        )
        os.kill(os.getpid(), signal.SIGTERM)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                runtime, jobs = await stack.enter_async_context(open_runtime(settings, role))
            except (Refusal, Busy) as error:
                app.state.trouble = error
                raise
            app.state.runtime = runtime
            if not role.sends:
                yield
                return
            background = asyncio.create_task(_work(runtime, jobs))
            background.add_done_callback(end_process)
            try:
                yield
            finally:
                background.remove_done_callback(end_process)
                await _end(runtime, background)

    app = _open_doors(lifespan)
    return app


def _open_doors(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """The application with its doors, and what stands before each of them."""
    app = FastAPI(
        title="Munadi",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.trouble = None
    app.state.is_ending = False
    errors.install(app)
    sign_in.install(app)
    app.add_middleware(LimitBody)
    app.add_middleware(Protect)
    # A tenth fewer bytes than zstd or the default make of a page, which counts on a slow line.
    app.add_middleware(CompressMiddleware, minimum_size=500, zstd=False, brotli_quality=5)
    # First, for routes are tried in turn: a hook would wait for some 350 others to be asked.
    app.router.routes[:0] = [hooks.route, assets.route]
    for door in (*DOORS, public, archive, unsubscribe, *office.DOORS):
        # Not include_router: it makes each of some 250 routes anew at the first request.
        app.router.routes += door.router.routes
    return app


async def work(settings: Settings, role: Role, until: asyncio.Event) -> None:
    """Dispatcher and timetable without a web door, until told to stop."""
    async with open_runtime(settings, role) as (runtime, jobs):
        background = asyncio.create_task(_work(runtime, jobs))
        stopping = asyncio.create_task(until.wait())
        await asyncio.wait([background, stopping], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await _end(runtime, background)


async def _end(runtime: Runtime, background: "asyncio.Task[None]") -> None:
    """Settle the calls under way and end; told again, for a dispatcher may only now begin."""
    while not background.done():
        runtime.dispatcher.stop()
        await asyncio.wait([background], timeout=0.1)
    background.result()


async def _work(runtime: Runtime, jobs: Jobs) -> None:
    """Dispatch until stopped; the timetable and the listeners end with it."""
    ticking = asyncio.create_task(jobs.run())
    dispatching = asyncio.create_task(runtime.dispatcher.run())
    await asyncio.wait([ticking, dispatching], return_when=asyncio.FIRST_COMPLETED)
    if ticking.done():
        dispatching.cancel()
        ticking.result()
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)
    await dispatching


@asynccontextmanager
async def open_runtime(settings: Settings, role: Role) -> AsyncIterator[tuple[Runtime, Jobs]]:
    """Open the database and the wires, bring the routes in line, and close all at the end."""
    if migrate.current(settings.database_url) != migrate.newest():
        raise Refusal("not_migrated", "The database is not set up for this version yet.")
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(settings.database_url))
        channels = open_channels(settings)
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        wires = route_settings(settings, channels)
        if role.sends or database.is_sqlite:
            route_ids = await database.write(routes.configure, wires, is_alone=database.is_sqlite)
        else:
            route_ids = await database.write(routes.introduce, wires)
        await settle_imports(database, now=role.clock())
        await settle_search(database)
        runtime = _runtime(settings, role, database, channels, route_ids)
        jobs = Jobs(
            database=database,
            channels=channels,
            route_ids=route_ids,
            worker=_worker_name(),
            clock=role.clock,
            take=runtime.take,
            wake=runtime.dispatcher.wake,
        )
        yield runtime, jobs


def settle_memory() -> None:
    """Let the collector of garbage pass over what stays until the process ends.

    Looking through all of it would stop every answer for an eighth of a second, now and then.
    """
    _words()
    gc.collect()
    gc.freeze()


@cache
def _words() -> tuple[Catalogue, Vocabulary]:
    """The shipped words, read once in a process."""
    catalogue = Catalogue.load(MESSAGE_TEMPLATES)
    return catalogue, catalogue.vocabulary()


def _runtime(
    settings: Settings,
    role: Role,
    database: Database,
    channels: Mapping[str, Channel],
    route_ids: Mapping[str, int],
) -> Runtime:
    catalogue, vocabulary = _words()
    homes = {str(one["name"]): network_of(one) or "" for one in settings.channels}
    desk = Desk(catalogue=catalogue, vocabulary=vocabulary, homes=homes)
    simulator = next(str(one["name"]) for one in settings.channels if one["kind"] == "simulator")
    wires = {
        str(one["name"]): Wire(route_ids[str(one["name"])], channel, pacing_of(one).in_flight)
        for one in settings.channels
        if isinstance(channel := channels[str(one["name"])], Sends)
    }
    secret = secret_of(settings)
    pages = UnsubscribePages(secret, settings.public_url)
    shift = Shift(_worker_name(), role.clock, unsubscribe_url=pages.url)
    for name, one in channels.items():
        if isinstance(one, Answers):
            one.serve(_look_up(database, name, desk, role.clock))
    return Runtime(
        database=database,
        desk=desk,
        hears={name: one for name, one in channels.items() if isinstance(one, Hears)},
        texts=GroupCommit(lambda mos: receive_mos(database, mos, desk=desk, now=role.clock())),
        receipts=GroupCommit(lambda dlrs: record_dlrs(database, dlrs, now=role.clock())),
        dispatcher=Dispatcher(database, list(wires.values()), shift),
        right_of_way=shift.right_of_way,
        simulator=Dispatcher(database, [wires[simulator]], shift),
        simulator_name=simulator,
        clock=role.clock,
        boot_token=role.boot_token,
        sends=role.sends,
        data_dir=settings.data_dir,
        unsubscribe_pages=pages,
    )


def _look_up(database: Database, channel: str, desk: Desk, clock: Callable[[], datetime]) -> LookUp:
    """What members of that wire find while they write."""

    async def look_up(words: str, language: str) -> Sequence[Found]:
        typed = Typed(channel, words, language)
        return await look_up_decisions(database, typed, desk=desk, now=clock())

    return look_up


def open_channels(settings: Settings) -> dict[str, Channel]:
    """Every configured wire by its name; raises Refusal that says what is wrong with one."""
    return {
        str(one.get("name")): open_channel(one, public_url=settings.public_url)
        for one in settings.channels
    }


def route_settings(settings: Settings, channels: Mapping[str, Channel]) -> list[RouteSetting]:
    """What the configuration says of each wire, as its route keeps it."""
    found = []
    for one in settings.channels:
        pacing, channel = pacing_of(one), channels[str(one["name"])]
        found.append(
            RouteSetting(
                name=channel.name,
                kind=str(one["kind"]),
                reaches=_reaches(channel, str(one["kind"]), channels),
                price_micro=pacing.price_micro,
                currency=pacing.currency,
                in_flight=pacing.in_flight,
                interval_us=round(SECOND_US / pacing.per_second) if pacing.per_second else 0,
                burst=pacing.burst,
                per_window=pacing.per_window or 0,
                window_us=(pacing.window_s or 0) * SECOND_US,
                per_day=pacing.per_day or 0,
                shows_buttons=channel.capability.buttons,
                carries_papers=channel.capability.papers,
            )
        )
    return found


def _reaches(channel: Channel, kind: str, channels: Mapping[str, Channel]) -> frozenset[str]:
    """The numbers that a wire takes; the simulator leaves to other wires what they reach."""
    own = channel.capability.reaches
    if kind != SIMULATOR["kind"]:
        return own
    others = (one.capability.reaches for one in channels.values() if one is not channel)
    return own.difference(*others)


def _worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:60]
