"""Commands about notice boards: `board …`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json

API = "/api/v1"
board = typer.Typer(help="Notice boards: what hangs where until when.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(board, name="board")


@board.command("list")
def list_boards(*, network: Network = "", as_json: Json = False) -> None:
    """Every board with the sheets on it."""
    found = call("GET", f"{API}/boards", params={"network": network})
    for one in found["boards"]:
        if as_json:
            say_json(one)
            continue
        say(_said(one))
        for sheet in one["sheets"]:
            say(f"      {_sheet(sheet)}")
    if not as_json:
        open_count, down = len(found["unproved"]), len(found["to_take_down"])
        say(f"{open_count} not proved to hang, {down} must come down.")


@board.command("add")
def add(
    place: Annotated[str, typer.Argument(help="Where it hangs, in words.")],
    *,
    unit: Annotated[str, typer.Option(help='A name ("LSO Roshni") or an id.')] = "",
    keeper: Annotated[int | None, typer.Option(help="The person who looks after it.")] = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Write down a board; it gets the next number."""
    told = {"place": place, "unit": unit, "keeper_id": keeper, "network": network}
    made = call("POST", f"{API}/boards", json=told)
    say_json(made) if as_json else say(f"It is board {made['no']}. Paint the number on it.")


@board.command("hang")
def hang(  # noqa: PLR0913 -- one option for each fact
    title: Annotated[str, typer.Argument(help="As it stands on top of the sheet.")],
    *,
    lang: Annotated[str, typer.Option(help="The language of the title.")] = "ur",
    kind: Annotated[str, typer.Option(help="notice, minutes or newsletter.")] = "notice",
    until: Annotated[str | None, typer.Option(help="Its last day, as in 2026-12-31.")] = None,
    ref: Annotated[int | None, typer.Option(help="Of the text that says the same.")] = None,
    meeting: Annotated[int | None, typer.Option(help="The meeting that it is about.")] = None,
    on: Annotated[list[int] | None, typer.Option(help="A board by its number; else all.")] = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Give a sheet its number and its boards."""
    told: dict[str, Any] = {"kind": kind, "titles": {lang: title}, "valid_until": until}
    told |= {"ref": ref, "meeting_id": meeting, "language": lang, "network": network}
    if on:
        told["board_ids"] = _ids(on, network)
    made = call("POST", f"{API}/sheets", json=told)
    if as_json:
        say_json(made)
        return
    say(f"Sheet {made['no']} is for {made['boards']} boards. Who hangs it sends LAGA DIYA and it.")


def _ids(numbers: list[int], network: str) -> list[int]:
    """The ids of boards by the numbers that are painted on them; an unknown one stays unknown."""
    found = call("GET", f"{API}/boards", params={"network": network})["boards"]
    known = {one["no"]: one["id"] for one in found}
    return [known.get(no, 2**63 - 1) for no in numbers]


def _said(one: Mapping[str, Any]) -> str:
    unit = f", {one['unit']}" if one["unit"] else ""
    return f"{one['no']:>4}  {one['place']}{unit}; {one['keeper'] or 'NOBODY'} looks after it"


def _sheet(one: Mapping[str, Any]) -> str:
    title = next(iter(one["titles"].values()), "")
    until = f" until {one['valid_until']}" if one["valid_until"] else ""
    state = "MUST COME DOWN" if one["is_over"] else "hangs" if one["hangs_since"] else "given out"
    return f"{one['no']:>4} {one['kind']}: {title}{until}: {state}"
