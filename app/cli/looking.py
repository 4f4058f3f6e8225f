"""Commands that only look: `messages list`, `inbox list`, `outbox`."""

import time
from typing import Annotated

import typer

from app.cli._office import look
from app.cli._say import say, say_json
from app.domain.messages import State
from app.domain.msisdn import mask
from app.services.show_messages import Wanted, show_inbox, show_messages
from app.store import outbox

messages = typer.Typer(help="What went out and what came in.", no_args_is_help=True)
inbox = typer.Typer(help="What waits for a person.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
POLL_S = 0.2


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(messages, name="messages")
    cli.add_typer(inbox, name="inbox")
    cli.command("outbox")(show_outbox)


@messages.command("list")
def list_messages(
    *,
    incoming: Annotated[bool, typer.Option("--in", help="What came in.")] = False,
    state: Annotated[State | None, typer.Option(help="Only this state.")] = None,
    provider_id: Annotated[str, typer.Option(help="Only the gateway's id.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many, newest first.")] = 100_000,
    as_json: Json = False,
) -> None:
    """Messages, newest first."""
    wanted = Wanted(incoming, state.value if state else "", provider_id, None, limit)
    for line in look(lambda database: show_messages(database, wanted)):
        if as_json:
            say_json(line)
        else:
            say(f"{line['id']:>8}  {line['at'][:19]}  {mask(line['msisdn'])}  {line['state']}")


@inbox.command("list")
def list_inbox(*, as_json: Json = False) -> None:
    """Texts that wait for a person, newest first."""
    for line in look(show_inbox):
        if as_json:
            say_json(line)
        else:
            say(f"{line['at'][:16]}  {mask(line['msisdn'])}  {line['text']}")


def show_outbox(
    *,
    wait: Annotated[bool, typer.Option("--wait", help="Until nothing is queued.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds to wait at most.")] = 600.0,
    as_json: Json = False,
) -> None:
    """How many texts stand in each state; it sends nothing itself."""
    ends = time.monotonic() + timeout
    while True:
        counts = look(lambda database: database.read(outbox.counts))
        moving = counts[State.QUEUED] + counts[State.SENDING]
        if not wait or not moving or time.monotonic() >= ends:
            break
        time.sleep(POLL_S)
    if as_json:
        say_json(counts)
    else:
        for state, count in counts.items():
            say(f"{count:>8}  {state}")
    if wait and moving:
        raise typer.Exit(1)
