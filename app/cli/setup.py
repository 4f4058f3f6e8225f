"""Commands that set up and keep: `network create`, `user add`, `contacts list`."""

from collections.abc import Mapping
from typing import Annotated

import typer

from app.cli._office import call, look
from app.cli._say import say, say_json
from app.services.list_contacts import list_contacts

network = typer.Typer(help="Networks of this office.", no_args_is_help=True)
user = typer.Typer(help="Officers who use the office.", no_args_is_help=True)
contacts = typer.Typer(help="The people on the list.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(network, name="network")
    cli.add_typer(user, name="user")
    cli.add_typer(contacts, name="contacts")


@network.command("create")
def create_network(
    slug: Annotated[str, typer.Argument(help="Its short address: small letters, digits.")],
    *,
    name: Annotated[str, typer.Option(help="Its name.")],
    tz: Annotated[str, typer.Option(help="Its time zone.")] = "Asia/Karachi",
    as_json: Json = False,
) -> None:
    """Make a network."""
    made = call("POST", "/api/v1/networks", json={"slug": slug, "name": name, "tz": tz})
    say_json(made) if as_json else say(f"The network {slug} is there.")


@user.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="The officer's name.")],
    *,
    post: Annotated[str, typer.Option(help="president, general secretary, press, keeper, viewer")],
    network: Annotated[str, typer.Option(help="Whose officer, where there are several.")] = "",
    as_json: Json = False,
) -> None:
    """Give an officer an account; password and token are shown this once."""
    new = {"name": name, "post": post, "network": network}
    _say_credentials(call("POST", "/api/v1/accounts", json=new), as_json=as_json)


@user.command("reset")
def reset_user(
    name: Annotated[str, typer.Argument(help="The officer's name.")], *, as_json: Json = False
) -> None:
    """Give an officer a new password and token; the old ones are worth nothing from now on."""
    made = call("POST", "/api/v1/accounts/reset", json={"name": name})
    _say_credentials(made, as_json=as_json)


@user.command("remove")
def remove_user(name: Annotated[str, typer.Argument(help="The officer's name.")]) -> None:
    """Take an officer's account away and sign them out everywhere."""
    call("POST", "/api/v1/accounts/removal", json={"name": name})
    say(f"{name} has no account any more. `user reset` would give it back.")


def _say_credentials(made: Mapping[str, str], *, as_json: bool) -> None:
    if as_json:
        say_json(made)
        return
    say(f"{made['name']} ({made['post']}). Shown only now:")
    say(f"  password for the pages: {made['password']}")
    say(f"  token for commands, as MUNADI_TOKEN: {made['token']}")


@contacts.command("list")
def list_people(
    *,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Only numbers, one a line; this is logged.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The people on the list, numbers masked."""
    if numbers:
        for one in call("GET", "/api/v1/contacts/numbers")["numbers"]:
            say(one)
        return
    for row in look(list_contacts):
        if as_json:
            say_json(row)
        else:
            say(f"{row['id']:>6}  {row['name']}  {row['msisdn'] or '-'}  {row['standing']}")
