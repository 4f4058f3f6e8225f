"""Commands for reports of problems: `tickets list`, `tickets show R27`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.errors import Refusal
from app.domain.tickets import ticket_no

API = "/api/v1/tickets"
tickets = typer.Typer(help="Problems that members reported.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Which = Annotated[
    str, typer.Option(help="open, overdue, answered, closed, all, or protected for few eyes.")
]
Number = Annotated[str, typer.Argument(help="As R27 or 27.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(tickets, name="tickets")


@tickets.command("list")
def list_them(
    *,
    which: Which = "open",
    before: int | None = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Reports, newest first."""
    query: dict[str, Any] = {"which": which, "network": network}
    if before is not None:
        query["cursor"] = before
    found = call("GET", API, params=query)
    if as_json:
        say_json(found)
        return
    say(f"{found['open']} wait, {found['overdue']} of them are late.")
    for one in found["items"]:
        say(_said(one))


def _said(one: Mapping[str, Any]) -> str:
    owner = f"{one['owner_unit']} {one['owner_post']}".strip()
    late = f", {one['days_late']} days late" if one["days_late"] else ""
    words = " ".join(one["text"].split())[:60]
    return f"{one['number']}  {one['state']}{late}  {owner}  {one['unit'] or '-'}  {words}"


@tickets.command("show")
def show(number: Number, *, network: Network = "", as_json: Json = False) -> None:
    """One report with its history."""
    no = ticket_no(number)
    if no is None:
        raise Refusal("number", "{words} is no number of a report. Write R27.", words=number[:20])
    found = call("GET", f"{API}/{no}", params={"network": network})
    if as_json:
        say_json(found)
        return
    for line in _lines(found):
        say(line)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield _said({**found, "text": ""}).rstrip()
    yield found["text"]
    if found["answer"]:
        yield f"Answer: {found['answer']}"
    for step in found["steps"]:
        who = step["by"] or "-"
        note = f": {step['note']}" if step["note"] else ""
        yield f"{step['at'][:16]}  {step['step']}  {who}{note}"
