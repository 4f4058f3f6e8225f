"""Commands that keep the office: `doctor`, `backup`, `restore`, `release`."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from app.cli import _office
from app.cli._office import call, locked, settings
from app.cli._say import say, say_json
from app.domain.errors import Refusal
from app.domain.ports import Advises
from app.main import open_channels, utc_now
from app.services.backup_office import backup_office
from app.services.check_office import Finding, Health, Surroundings, check_office
from app.services.restore_office import restore_office
from app.settings import Settings
from app.store.pg_backup import Programs

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
SECRET_WORDS = ("token", "password", "secret", "key", "sid")
"""An option with one of these in its name is never shown, only whether it is set."""


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command()(doctor)
    cli.command()(backup)
    cli.command()(restore)
    cli.command()(release)


def doctor(*, as_json: Json = False) -> None:
    """Say in plain words what is right and what is wrong here."""
    findings = asyncio.run(check_office(_surroundings(settings()), now=utc_now()))
    for one in findings:
        if as_json:
            say_json({"what": one.what, "how": one.how, "health": one.health, "cure": one.cure})
        else:
            _say_finding(one)
    if any(one.health is Health.WRONG for one in findings):
        raise typer.Exit(1)


def _say_finding(one: Finding) -> None:
    marks = {Health.WELL: "", Health.LOOK: "look: ", Health.WRONG: "WRONG: "}
    say(f"{one.what}: {marks[one.health]}{one.how}")
    if one.cure:
        say(f"    {one.cure}")


def _surroundings(found: Settings) -> Surroundings:
    fault, advice = "", []
    try:
        opened = open_channels(found)
        wires = [one for one in opened.values() if isinstance(one, Advises)]
        advice = [(one.name, what) for one in wires for what in one.advice()]
    except Refusal as error:
        fault = str(error)
    return Surroundings(
        data_dir=found.data_dir,
        database_url=found.database_url,
        wires=[] if fault else [_described(one) for one in found.channels],
        wire_fault=fault,
        is_serving=_office._server(found) is not None,
        wire_advice=advice,
    )


def _described(options: Mapping[str, object]) -> str:
    """A wire's name, kind and which of its secrets are there."""
    secrets = [
        f"{option} is {'set' if value else 'empty'}"
        for option, value in options.items()
        if any(word in option for word in SECRET_WORDS)
    ]
    return ", ".join((f"{options['name']} ({options['kind']})", *secrets))


def backup(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
    *,
    as_json: Json = False,
) -> None:
    """Copy everything into one file, also while the server runs; the copy is read back."""
    found = settings()
    made = backup_office(
        found.database_url,
        file,
        data_dir=found.data_dir,
        programs=Programs(os.environ),
        now=utc_now(),
    )
    if as_json:
        say_json({"file": str(made.file), "at": made.at.isoformat(), "bytes": made.size})
        return
    say(f"{made.file} holds everything ({made.size:,} bytes) and reads back whole.")
    say("It holds names and numbers: keep it where nobody else can take it.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` made.")],
    *,
    as_json: Json = False,
) -> None:
    """Go back to a backup; nothing that waited in it goes out before `release`."""
    found = settings()
    if _office._server(found) is not None:
        raise Refusal("server_runs", "The server runs: stop the server first, then restore.")
    with locked(found):
        done = asyncio.run(
            restore_office(
                found.database_url,
                file,
                programs=Programs(os.environ),
                by="keeper",
                now=utc_now(),
            )
        )
    if as_json:
        say_json({"held": done.held, "uncertain": done.uncertain, "aside": done.aside})
        return
    say(f"Restored from {file}.")
    if done.aside:
        say(f"What was there is kept as {done.aside}")
    if done.uncertain:
        say(f"{done.uncertain} texts may have been sent: look and decide.")
    if done.held:
        say(f"{done.held} texts wait for your word: `release` sends them, `release --drop` not.")
    say("Whoever wrote STOP after the backup was made is on the list again: see the old database.")


def release(
    *,
    drop: Annotated[bool, typer.Option("--drop", help="Cancel them instead.")] = False,
    as_json: Json = False,
) -> None:
    """Let go what a restore holds back."""
    gone = call("POST", "/api/v1/restored", json={"drop": drop})
    if as_json:
        say_json(gone)
        return
    if not any(gone.values()):
        say("Nothing is held back by a restore.")
    for state, count in gone.items():
        if count:
            say(f"{count} texts: {state}")
