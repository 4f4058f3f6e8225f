"""Commands about instalments: `instalment …`."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli._office import call
from app.cli._say import say, say_json

API = "/api/v1/instalments"
instalment = typer.Typer(help="Who pays back what when; amounts never.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Which = Annotated[int, typer.Argument(help="The id that `instalment list` shows.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(instalment, name="instalment")


@instalment.command("list")
def list_all(*, network: Network = "", as_json: Json = False) -> None:
    """What is not paid yet, and what was paid in the last month."""
    found = call("GET", API, params={"network": network})
    for one in found["lines"]:
        if as_json:
            say_json(one)
            continue
        state = "paid" if one["paid_on"] else "late" if one["days"] < 0 else ""
        reach = "" if one["has_private_phone"] else "no private phone"
        facts = (f"{one['due_on']}  {one['name']}: {one['label']}", state, reach)
        say(f"{one['id']:>5}  " + ", ".join(fact for fact in facts if fact))
    if not as_json:
        say(f"{found['open']} not paid, {found['late']} late, {found['unreached']} to be told.")


@instalment.command("add")
def add(
    who: Annotated[str, typer.Argument(help="A name or a number.")],
    due: Annotated[str, typer.Argument(help="The day, as in 3 Dec 2026.")],
    label: Annotated[str, typer.Argument(help='A word for it, as in "goat loan".')],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Write one down."""
    told = {"who": who, "due": due, "label": label, "network": network}
    made = call("POST", API, json=told)
    say_json(made) if as_json else say(f"It is instalment {made['id']}.")


@instalment.command("take")
def take(
    file: Annotated[Path, typer.Argument(help="Rows of name, number, day, word.", exists=True)],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Take a list in CSV; rows that are not taken are told."""
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    taken = call("POST", f"{API}/list", json={"text": text, "network": network})
    if as_json:
        say_json(taken)
        return
    for one in taken["faults"]:
        say(f"Row {one['row']}: {one['reason']}")
    say(f"{taken['added']} new, {taken['same']} known, {len(taken['faults'])} not taken.")


@instalment.command("paid")
def paid(
    which: Which,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="It was not paid after all.")] = False,
    network: Network = "",
) -> None:
    """Note that it was paid: no reminder goes any more."""
    call("POST", f"{API}/{which}/paid", json={"paid": not undo, "network": network})
    say("It stands as not paid." if undo else "It stands as paid.")


@instalment.command("remove")
def remove(which: Which, *, network: Network = "") -> None:
    """Take out one that was written down by mistake."""
    call("POST", f"{API}/{which}/removal", json={"network": network})
    say("It is gone.")
