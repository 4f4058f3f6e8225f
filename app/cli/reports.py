"""Commands that look at what the register adds up to: `report …`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli._office import call, fetch
from app.cli._say import say, say_json
from app.domain.errors import Refusal

API = "/api/v1/reports"
report = typer.Typer(help="What the register adds up to.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Month = Annotated[str, typer.Argument(help="As 2026-10; without it this month.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write it into a .xlsx or .csv file.")]
Since = Annotated[str | None, typer.Option("--since", help="First day, as in 2026-01-01.")]
Until = Annotated[str | None, typer.Option("--until", help="Last day.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(report, name="report")


@report.command("month")
def month(
    month: Month = "", *, out: Out = None, network: Network = "", as_json: Json = False
) -> None:
    """The month as the support programme is told: meetings, decisions, messages, cost."""
    query = {"month": month, "network": network}
    if out is not None:
        form = out.suffix.lstrip(".").casefold() or "xlsx"
        _write(out, fetch(f"{API}/month/file", params={**query, "format": form}))
        say(f"{out} is written.")
        return
    found = call("GET", f"{API}/month", params=query)
    if as_json:
        say_json(found)
        return
    for line in _said_month(found):
        say(line)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal("file", f"{file} cannot be written: {error.strerror}.") from None


def _said_month(found: Mapping[str, Any]) -> Iterator[str]:
    sums = found["sums"]
    yield f"{found['network']}, {found['month']}{'' if found['is_over'] else ' (so far)'}"
    yield (
        f"Meetings: {sums['held']} held, {sums['present']} present,"
        f" {sums['women']} women, {sums['men']} men"
    )
    for one in found["bodies"]:
        yield f"  {one['body']}: {one['held']} held, {one['adjourned']} without quorum"
    yield (
        f"Decisions: {found['decisions_taken']} taken, {found['decisions_done']} done,"
        f" {found['decisions_overdue']} past their date"
    )
    yield (
        f"Resolutions: {found['resolutions_passed']} passed, {found['resolutions_sent']} sent,"
        f" {found['resolutions_answered']} answered, {found['answers_overdue']} answers late"
    )
    yield (
        f"Reports of problems: {found['reports_opened']} came in, {found['reports_answered']}"
        f" answered, {found['reports_overdue']} late, {found['reports_to_rsp']} for the RSP"
    )
    for one in found["wires"]:
        cost = f"{one['cost_micro'] / 1e6:.2f} {one['currency']}"
        yield f"Wire {one['name']}: {one['sent']} sent, {cost}"
    yield f"Stopped all messages: {found['opt_outs']}"


@report.command("clock")
def clock(
    *, since: Since = None, until: Until = None, network: Network = "", as_json: Json = False
) -> None:
    """Days from each meeting to its minutes, by body and LSO; the last year without dates."""
    query = {"since": since, "until": until, "network": network}
    given = {name: value for name, value in query.items() if value is not None}
    found = call("GET", f"{API}/clock", params=given)
    if as_json:
        say_json(found)
        return
    for line in _said_clock(found):
        say(line)


def _said_clock(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"Meetings held from {found['since']} to {found['until']}"
    for one in found["bodies"]:
        usual = "-" if one["median_days"] is None else f"{one['median_days']:g} days"
        with_minutes = f"{one['published']} of {one['meetings']} with minutes"
        yield f"{one['body']}: {with_minutes}, usually after {usual}"
    for one in found["lsos"]:
        there = f"{one['came']} attended, {one['stayed_away']} missed"
        yield f"LSO {one['name']}: {there}, {one['told']} told, {one['untold']} not told"
