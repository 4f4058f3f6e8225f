"""Commands about emergency cards: `emergency …`, and `network set`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.cli.setup import network as network_commands

API = "/api/v1"
emergency = typer.Typer(help="Emergency cards: whom a village calls.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
LineId = Annotated[int, typer.Argument(help="The id that `emergency list` shows.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(emergency, name="emergency")
    network_commands.command("set")(set_network)


@emergency.command("list")
def list_cards(*, network: Network = "", as_json: Json = False) -> None:
    """Every card with its numbers."""
    found = call("GET", f"{API}/emergency", params={"network": network})
    for card in found["cards"]:
        if as_json:
            say_json(card)
            continue
        place = f", {card['place']}" if card["place"] else ""
        say(f"{card['unit'] or 'The whole network'}{place}")
        for line in card["lines"]:
            say(_said(line))
    if not as_json:
        say(f"Numbers that have to be tried: {found['stale']}.")


@emergency.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    kind: Annotated[
        str, typer.Argument(help="rescue, ambulance, police, leader, hospital or other")
    ],
    number: Annotated[str, typer.Argument(help="As it is dialled.")] = "",
    *,
    unit: Annotated[str, typer.Option(help='A name ("LSO Roshni") or an id; else all.')] = "",
    words: Annotated[str, typer.Option(help="Whose it is, in words.")] = "",
    lang: Annotated[str, typer.Option(help="The language of the words.")] = "ur-Latn",
    person: Annotated[int | None, typer.Option(help="Who is on duty, by id.")] = None,
    given: Annotated[bool, typer.Option(help="They agreed that the number is told.")] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Put a number on a card."""
    told: dict[str, Any] = {"kind": kind, "number": number, "unit": unit, "person_id": person}
    told |= {"may_be_given": given, "network": network, "words": {lang: words} if words else {}}
    made = call("POST", f"{API}/emergency", json=told)
    if as_json:
        say_json(made)
        return
    say(f"It is number {made['id']}. Call it, then: emergency check {made['id']}")


@emergency.command("check")
def check(line_id: LineId, *, network: Network = "") -> None:
    """Write down that you called the number today and it works."""
    call("POST", f"{API}/emergency/{line_id}/check", json={"network": network})
    say("Written down: it works today.")


@emergency.command("remove")
def remove(line_id: LineId, *, network: Network = "") -> None:
    """Take a number off its card."""
    call("POST", f"{API}/emergency/{line_id}/removal", json={"network": network})
    say("The number is off its card.")


def set_network(
    *,
    office_phone: Annotated[
        str | None, typer.Option(help="The number of the office; empty for none.")
    ] = None,
    stranger_answers: Annotated[
        int | None, typer.Option(help="Answers a day to people who are on no list.")
    ] = None,
    network: Network = "",
) -> None:
    """Set what the network tells of itself, and what strangers may cost."""
    told: dict[str, Any] = {"network": network}
    if office_phone is not None:
        told["office_phone"] = office_phone
    if stranger_answers is not None:
        told["stranger_answers"] = stranger_answers
    call("POST", f"{API}/settings", json=told)
    say("The settings are kept.")


def _said(line: Mapping[str, Any]) -> str:
    whose = next(iter(line["words"].values()), "") or line["kind"]
    person = f", {line['person']}" if line["person"] else ""
    number = line["number"] or "the office's"
    tried = f"tried {line['checked_on']}" if line["checked_on"] else "NEVER TRIED"
    old = ", LONG AGO" if line["checked_on"] and line["is_stale"] else ""
    return f"{line['id']:>6}  {whose}{person}: {number}, {tried}{old}"
