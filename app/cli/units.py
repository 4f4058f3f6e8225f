"""Commands about units: `unit list|add|change|move|remove`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.unit_names import called

UNITS = "/api/v1/units"
unit = typer.Typer(help="The tree of units, and bodies outside it.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Name = Annotated[str, typer.Argument(help='A name ("VO Dosti"), a way ("Roshni/Dosti") or an id.')]
LocalName = Annotated[str | None, typer.Option(help="Its name in the local script.")]
Place = Annotated[str | None, typer.Option(help="Union council, village or neighbourhood.")]
LocalPlace = Annotated[str | None, typer.Option(help="The same in the local script.")]
Members = Annotated[str | None, typer.Option(help="women, men or mixed.")]
Status = Annotated[str | None, typer.Option(help="candidate, member or lapsed.")]
Formed = Annotated[str | None, typer.Option(help="The day it was formed, as in 2019-03-14.")]
Households = Annotated[int | None, typer.Option(help="How many it has.", min=0)]
CutFrom = Annotated[str | None, typer.Option(help='First day without a road, as in "1 Dec".')]
CutUntil = Annotated[str | None, typer.Option(help='Last day without a road, as in "31 Mar".')]
Verified = Annotated[str | None, typer.Option(help="The day somebody made sure of all this.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(unit, name="unit")


@unit.command("list")
def list_units(
    *,
    under: Annotated[str, typer.Option(help="Only the units right under this one.")] = "",
    find: Annotated[str, typer.Option(help="Only units with a word that begins so.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Units with what is counted in each; without a name those at the top."""
    query: dict[str, Any] = {"network": network}
    if under:
        query["parent"] = _id(under, network)
    elif find:
        query["q"] = find
    for line in _lines(query):
        say_json(line) if as_json else say(_said(line))


@unit.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    kind: Annotated[str, typer.Argument(help="LSON, LSO, VO, CO; department, media, …")],
    name: Annotated[str, typer.Argument(help="Its name, without the kind.")],
    *,
    under: Annotated[str, typer.Option(help="The unit it stands under.")] = "",
    local_name: LocalName = None,
    place: Place = None,
    local_place: LocalPlace = None,
    members: Members = None,
    status: Status = None,
    formed_on: Formed = None,
    households: Households = None,
    cut_from: CutFrom = None,
    cut_until: CutUntil = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Add a unit; an LSO stands under the network when nothing else is said."""
    new = {
        "kind": kind,
        "name": name,
        "under": _id(under, network) if under else None,
        "local_name": local_name,
        "place": place,
        "local_place": local_place,
        "members": members,
        "status": status,
        "formed_on": formed_on,
        "households": households,
        "cut_from": cut_from,
        "cut_until": cut_until,
        "network": network,
    }
    made = call("POST", UNITS, json=_given(new))
    say_json(made) if as_json else say(f"{called(kind, name)} is there: its id is {made['id']}.")


@unit.command("change")
def change(  # noqa: PLR0913 -- one option for each fact
    name: Name,
    *,
    under: Annotated[str, typer.Option(help="A unit it stands under, to tell it apart.")] = "",
    new_name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    local_name: LocalName = None,
    place: Place = None,
    local_place: LocalPlace = None,
    members: Members = None,
    status: Status = None,
    formed_on: Formed = None,
    households: Households = None,
    cut_from: CutFrom = None,
    cut_until: CutUntil = None,
    verified_on: Verified = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Change what is known of a unit; only what is given becomes different."""
    changes = {
        "name": new_name,
        "local_name": local_name,
        "place": place,
        "local_place": local_place,
        "members": members,
        "status": status,
        "formed_on": formed_on,
        "households": households,
        "cut_from": cut_from,
        "cut_until": cut_until,
        "verified_on": verified_on,
        "network": network,
    }
    unit_id = _id(name, network, under)
    made = call("PATCH", f"{UNITS}/{unit_id}", json=_given(changes))
    if as_json:
        say_json(made)
    elif made["changed"]:
        say(f"{name}: changed {', '.join(made['changed'])}.")
    else:
        say(f"{name} was so already: nothing is different.")


@unit.command("move")
def move(
    name: Name,
    *,
    under: Annotated[str, typer.Option(help="The unit it is to stand under.")],
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Put a unit under another one, with all that is under it."""
    unit_id, target = _id(name, network), _id(under, network)
    body = {"under": target, "network": network}
    made = call("POST", f"{UNITS}/{unit_id}/move", json=body)
    say_json(made) if as_json else say(f"{name} stands under {under} now.")


@unit.command("remove")
def remove(
    name: Name,
    *,
    under: Annotated[str, typer.Option(help="A unit it stands under, to tell it apart.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Take away a unit without people, posts and units under it."""
    unit_id = _id(name, network, under)
    made = call("POST", f"{UNITS}/{unit_id}/removal", json={"network": network})
    say_json(made) if as_json else say(f"{name} is gone.")


def _id(words: str, network: str, under: str = "") -> int:
    query = {"name": words, "under": under, "network": network}
    return int(call("GET", f"{UNITS}/which", params=query)["id"])


def _lines(query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        page = call("GET", UNITS, params={**query, "cursor": cursor})
        yield from page["units"]
        cursor = page["next"]
        if not cursor:
            return


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _said(line: Mapping[str, Any]) -> str:
    under = ", ".join(f"{number} {kind}" for kind, number in line["units"].items())
    way = " under ".join(called(one["kind"], one["name"]) for one in reversed(line["way"]))
    place = f", {line['place']}" if line["place"] else ""
    counted = "; ".join(filter(None, (under, f"{line['people']} people")))
    name = called(line["kind"], line["name"]) + (f" under {way}" if way else "")
    return f"{line['id']:>6}  {name}{place}: {counted}"
