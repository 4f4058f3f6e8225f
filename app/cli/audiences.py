"""Commands about groups and audiences: `group …`, `audience …`."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json

audience = typer.Typer(help="Whom a text is for, in words.", no_args_is_help=True)
group = typer.Typer(help="Donors, resource persons, lists of a campaign.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="One line of JSON, for programs.")]
Network = Annotated[str, typer.Option(help="Which network, when there are several.")]
Words = Annotated[str, typer.Argument(help='As in "women presidents of VOs under LSO Sarwan".')]
GroupId = Annotated[int, typer.Argument(metavar="ID")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(audience, name="audience")
    cli.add_typer(group, name="group")


@audience.command()
def count(
    words: Words,
    *,
    private: Annotated[bool, typer.Option("--private", help="Only people's own phones.")] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """How many people and phones the words reach, and why others are left out."""
    body = {"words": words, "private": private, "network": network}
    counted = call("POST", "/api/v1/audiences/count", json=body)
    if as_json:
        say_json(counted)
        return
    say(f"{counted['chosen']} people are named, {counted['phones']} phones get it.")
    for row in (*counted["held"], *counted["left_out"]):
        say(f"{row['people']:>8}  {row['reason']}")
    for one in counted["sample"]:
        say(f"  {one['name']}  {one['unit']}  {one['number']}  {one['reason']}")


@audience.command()
def save(
    name: Annotated[str, typer.Argument(help="The name to keep the words under.")],
    words: Words,
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Keep an audience under a name."""
    body = {"name": name, "words": words, "network": network}
    saved = call("POST", "/api/v1/audiences", json=body)
    say_json(saved) if as_json else say(f"{name} is kept. Write to it by its name.")


@audience.command("list")
def list_saved(*, network: Network = "", as_json: Json = False) -> None:
    """The saved audiences."""
    found = call("GET", "/api/v1/audiences", params={"network": network})["audiences"]
    for one in found:
        say_json(one) if as_json else say(f"{one['id']:>6}  {one['name']}: {one['words']}")


@group.command("list")
def list_groups(*, network: Network = "", as_json: Json = False) -> None:
    """The groups with the number of their members."""
    for one in call("GET", "/api/v1/groups", params={"network": network})["groups"]:
        if as_json:
            say_json(one)
        else:
            say(f"{one['id']:>6}  {one['name']} ({one['kind']}): {one['members']}")


@group.command()
def show(group_id: GroupId, *, network: Network = "", as_json: Json = False) -> None:
    """Who is in a group; donors by blood group, who gave longest ago first."""
    shown = _page(group_id, network, 0)
    members = shown["members"]
    while shown["next"] is not None:
        shown = _page(group_id, network, shown["next"])
        members += shown["members"]
    for one in members:
        if as_json:
            say_json(one)
        else:
            about = [one["skill"], one["place"], one["blood_group"], one["last_on"] or ""]
            say("  ".join(word for word in (one["name"], one["number"], *about) if word))


def _page(group_id: int, network: str, after: int) -> Any:
    asked = {"network": network, "after": after, "limit": 200}
    return call("GET", f"/api/v1/groups/{group_id}", params=asked)


@group.command()
def add(
    name: Annotated[str, typer.Argument(help="The group's name.")],
    *,
    kind: Annotated[
        str, typer.Option(help="donors, resource, interest, campaign or other.")
    ] = "other",
    ends: Annotated[str, typer.Option(help="Its last day, as 2026-12-31.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Make a group."""
    body = {"name": name, "kind": kind, "ends_on": ends or None, "network": network}
    made = call("POST", "/api/v1/groups", json=body)
    say_json(made) if as_json else say(f"The group {name} is there, number {made['id']}.")


@group.command()
def put(  # noqa: PLR0913 -- each is an option of the command
    group_id: GroupId,
    person_id: Annotated[int, typer.Argument(metavar="PERSON")],
    *,
    skill: Annotated[str, typer.Option(help="What they can do.")] = "",
    place: Annotated[str, typer.Option(help="Where.")] = "",
    blood: Annotated[str, typer.Option(help="A donor's blood group, as O-.")] = "",
    last: Annotated[str, typer.Option(help="When they last gave blood, as 2026-05-03.")] = "",
    basis: Annotated[str, typer.Option(help="How they agreed that this is kept.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Put a person into a group."""
    facts: Mapping[str, Any] = {
        "person_id": person_id,
        "skill": skill,
        "place": place,
        "blood_group": blood,
        "last_on": last or None,
        "basis": basis,
        "network": network,
    }
    done = call("POST", f"/api/v1/groups/{group_id}/members", json=facts)
    say_json(done) if as_json else say(f"Person {person_id} is in group {group_id}.")
