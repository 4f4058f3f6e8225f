"""Commands about texts that go again by themselves: `standing …` and `awareness …`."""

from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.recurrence import rule_in_words

API = "/api/v1"
standing = typer.Typer(help="Texts that go again by a rule.", no_args_is_help=True)
awareness = typer.Typer(help="Awareness items, and who reviewed them.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Id = Annotated[int, typer.Argument(metavar="ID", min=1)]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(standing, name="standing")
    cli.add_typer(awareness, name="awareness")


@standing.command("list")
def list_standing(*, network: Network = "", as_json: Json = False) -> None:
    """Every standing text, when it goes next, and what came of the last day."""
    for one in call("GET", f"{API}/standing", params={"network": network})["standing"]:
        say_json(one) if as_json else say(_said(one))


@standing.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    name: Annotated[str, typer.Argument(help="What the office calls it.")],
    *,
    to: Annotated[str, typer.Option(help="Whom: all, ec, women lso, Roshni.")],
    rule: Annotated[str, typer.Option(help="When: first Monday, every two weeks, an RRULE.")],
    at: Annotated[str, typer.Option(help="The hour, as in 10:00.")],
    text: Annotated[str, typer.Option(help="The words; else --series.")] = "",
    lang: Annotated[str, typer.Option(help="The language of the words.")] = "ur-Latn",
    series: Annotated[str, typer.Option(help="The series whose items it sends.")] = "",
    kind: Annotated[str, typer.Option(help="notice or news.")] = "notice",
    ends_on: Annotated[str | None, typer.Option(help="Its last day, as in 2027-06-30.")] = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Keep a text that goes again; another officer has to approve it first."""
    told: dict[str, Any] = {"name": name, "audience": to, "rule": rule, "clock": at}
    told |= {"texts": {lang: text} if text else {}, "series": series, "kind": kind}
    made = call("POST", f"{API}/standing", json={**told, "ends_on": ends_on, "network": network})
    if as_json:
        say_json(made)
        return
    say(_said(made))
    say(f"For the officer who agrees: standing approve {made['id']} --hash {made['hash']}")


@standing.command("approve")
def approve(
    standing_id: Id,
    hash: Annotated[str, typer.Option(help="The hash of the text that you saw.")],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Agree that another officer's text goes by itself."""
    told = {"hash": hash, "network": network}
    made = call("POST", f"{API}/standing/{standing_id}/approval", json=told)
    say_json(made) if as_json else say(f"It goes for the first time on {made['next_on']}.")


@standing.command("stop")
def stop(standing_id: Id, *, network: Network = "", as_json: Json = False) -> None:
    """Let it go no more."""
    made = call("POST", f"{API}/standing/{standing_id}/stop", json={"network": network})
    say_json(made) if as_json else say("It is stopped.")


@awareness.command("list")
def list_items(*, network: Network = "", as_json: Json = False) -> None:
    """Every item, and when somebody last looked whether it is true."""
    for one in call("GET", f"{API}/awareness", params={"network": network})["items"]:
        if as_json:
            say_json(one)
            continue
        looked = f"reviewed on {one['reviewed_on']}" if one["reviewed_on"] else "not reviewed"
        say(f"{one['id']:>4}  {one['series']} {one['key']}: {looked}, {one['source']}")


@awareness.command("starters")
def starters(*, network: Network = "", as_json: Json = False) -> None:
    """Bring in the items that ship with Munadi; each has to be reviewed before it goes."""
    made = call("POST", f"{API}/awareness/starters", json={"network": network})
    say_json(made) if as_json else say(f"{made['added']} items were brought in.")


@awareness.command("review")
def review(
    item_id: Id,
    seen: Annotated[str, typer.Option(help="The `seen` of the item that you read.")],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Say that the words are true today; they may go for twelve months."""
    told = {"seen": seen, "network": network}
    made = call("POST", f"{API}/awareness/{item_id}/review", json=told)
    say_json(made) if as_json else say(f"{made['key']} is reviewed.")


def _said(one: dict[str, Any]) -> str:
    last = one["last"]
    came = f"; last {last['on']}: {last['state']} {last['reason']}".rstrip() if last else ""
    days = one["days"]
    first = f", next {days[0]}" if days and one["state"] == "running" else ""
    rule = rule_in_words(one["rule"], "en")
    return (
        f"{one['id']:>4}  {one['name']} to {one['audience']}, {rule} at {one['clock']}: "
        f"{one['state']}{first}{came}"
    )
