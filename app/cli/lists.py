"""Commands that bring lists in and take them out: `import`, `import-undo`, `export`."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from app.cli._office import call, call_watched, fetch
from app.cli._say import say, say_json
from app.domain.errors import Refusal

IMPORTS = "/api/v1/imports"
LOOK_EVERY_S = 0.3
WIDTH = 30
Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("import")(import_file)
    cli.command("import-undo")(undo)
    cli.command("export")(export)


def import_file(  # noqa: PLR0913 -- one option for each thing that may be said
    file: Annotated[Path, typer.Argument(help="CSV, XLSX or ODS, with headings as you have them.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look.")] = False,
    basis: Annotated[str, typer.Option(help="How these people agreed to be texted.")] = "",
    network: Network = "",
    sheet: Annotated[str, typer.Option(help="Which sheet, where there are several.")] = "",
    make_units: Annotated[
        bool, typer.Option("--make-units", help="Make the units that are not there yet.")
    ] = False,
    columns: Annotated[
        str, typer.Option(help="What columns are: 'phone=Mobile No,name=Member'.")
    ] = "",
    errors: Annotated[
        Path | None, typer.Option(help="Write the rows that need you into this CSV file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring in contacts; every row gets its verdict. Exit 1 when no row could come in."""
    if errors is not None and dry_run:
        raise Refusal("errors", "A dry run keeps no rows: leave out --dry-run or --errors.")
    query = {
        "name": file.name[:200],
        "basis": basis,
        "dry_run": dry_run,
        "network": network,
        "sheet": sheet,
        "make_units": make_units,
        "columns": columns,
    }
    imported = _sent(query, _content(file))
    if errors is not None:
        _write(errors, fetch(f"{IMPORTS}/{imported['id']}/errors.csv", params={"network": network}))
    if as_json:
        for row in imported["rows"]:
            say_json(row)
        say_json({"id": imported["id"], "totals": imported["totals"]})
    else:
        _say_all(imported, dry_run=dry_run, has_basis=bool(basis))
    totals = imported["totals"]
    if totals and set(totals) == {"held"}:
        raise typer.Exit(1)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal("file", f"{file} cannot be read: {error.strerror}.") from None


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal("file", f"{file} cannot be written: {error.strerror}.") from None


def _sent(query: Mapping[str, Any], content: bytes) -> Any:
    if not sys.stderr.isatty():
        return call("POST", IMPORTS, params=query, content=content)

    async def watch(client: httpx.AsyncClient) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            answer = await client.get(IMPORTS, params={"network": query["network"]})
            if answer.is_success:
                _draw(answer.json()["imports"])

    try:
        return call_watched("POST", IMPORTS, watch, params=query, content=content)
    finally:
        sys.stderr.write("\r" + " " * (WIDTH + 40) + "\r")
        sys.stderr.flush()


_DOING = {"reading": "reading", "keeping": "bringing in", "undoing": "taking back"}


def _draw(lists: list[dict[str, Any]]) -> None:
    """The bar of the list that is worked on."""
    for one in lists:
        if one["state"] in _DOING and one["rows"]:
            full = min(WIDTH * one["done"] // one["rows"], WIDTH)
            bar = "#" * full + "." * (WIDTH - full)
            doing = _DOING[one["state"]]
            sys.stderr.write(f"\r[{bar}] {doing}: {one['done']} of {one['rows']} rows ")
            sys.stderr.flush()
            return


def _say_all(imported: Mapping[str, Any], *, dry_run: bool, has_basis: bool) -> None:
    for row in imported["rows"]:
        if row["verdict"] not in {"added", "same"} or (row["verdict"] == "added" and row["reason"]):
            say(f"row {row['row']}: {row['verdict']}. {row['reason']} {row['cure']}".rstrip())
    if imported["columns"]:
        pairs = ", ".join(f"{heading} = {name}" for heading, name in imported["columns"].items())
        say(f"Columns: {pairs}")
    for note in imported["notes"]:
        say(note)
    totals = dict(imported["totals"])
    counted = ", ".join(f"{n} {verdict}" for verdict, n in sorted(totals.items())) or "no rows"
    say(f"Nothing was stored. It would be: {counted}" if dry_run else counted)
    if not dry_run:
        say(f"List {imported['id']}: `import-undo {imported['id']}` takes it back.")
    if not has_basis and not dry_run:
        say("Whoever has no basis in the list has not agreed to be texted, and gets no texts.")
        say("Bring the same list in again with --basis to say how these people agreed.")


def undo(
    list_id: Annotated[int, typer.Argument(help="The number of the list.", min=1)],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Take a list back that was brought in; only the newest. What was used since stays."""
    done = call("POST", f"{IMPORTS}/{list_id}/undo", params={"network": network})
    if as_json:
        say_json(done)
        return
    say(f"Taken back: {_counted(done['removed']) or 'nothing'}.")
    if stayed := _counted(done["stayed"]):
        say(f"Used or changed since, and therefore left: {stayed}.")


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()) if n)


def export(
    kind: Annotated[str, typer.Argument(help="people, units, posts, groups, held, consents")],
    file: Annotated[Path, typer.Argument(help="Where to: a .csv or .xlsx file.")],
    *,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Whole numbers; this is logged.")
    ] = False,
    group: Annotated[str, typer.Option(help="Only this group.")] = "",
    network: Network = "",
) -> None:
    """Write a list into a file; numbers are masked."""
    form = file.suffix.lstrip(".").casefold() or "csv"
    query = {"format": form, "numbers": numbers, "group": group, "network": network}
    content = fetch(f"/api/v1/exports/{kind}", params=query)
    _write(file, content)
    say(f"{file} is written.")
