"""Commands about posts and bodies: `post …`, `body …`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json

API = "/api/v1"
post = typer.Typer(help="Who holds which post until when.", no_args_is_help=True)
body = typer.Typer(help="General Body, Executive Committee, committees.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Unit = Annotated[str, typer.Option(help='A name ("LSO Roshni"), a way ("Roshni/Dosti") or an id.')]
Until = Annotated[str | None, typer.Option(help="Last day of the term, as in 2027-02-28.")]
From = Annotated[str | None, typer.Option("--from", help="First day, as in 2026-12-01.")]
Seat = Annotated[int, typer.Argument(help="The id of the seat, from `post list`.", min=1)]
Person = Annotated[int, typer.Argument(help="The id of the person.", min=1)]
Code = Annotated[str, typer.Argument(help="Its short name: GB, EC, HEALTH.")]
Title = Annotated[str | None, typer.Option("--name", help="Its name.")]
LocalName = Annotated[str | None, typer.Option(help="Its name in the local script.")]
Seats = Annotated[int | None, typer.Option(help="How many seats it has; 0 for any number.")]
PerLso = Annotated[int | None, typer.Option(help="Seats of each LSO, for the General Body.")]
Months = Annotated[int | None, typer.Option(help="How long a term lasts.")]
Women = Annotated[int | None, typer.Option(help="The by-law figure in percent; 0 for none.")]
EndsOn = Annotated[str | None, typer.Option(help="Last day of a body made for a time.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(post, name="post")
    cli.add_typer(body, name="body")


@post.command("list")
def list_posts(
    *,
    unit: Unit = "",
    vacant: Annotated[bool, typer.Option("--vacant", help="Only what nobody holds.")] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Posts with their holders, and those that nobody holds."""
    for line in _lines({"unit": unit, "vacant": vacant, "network": network}):
        say_json(line) if as_json else say(_said(line))


@post.command("appoint")
def appoint(  # noqa: PLR0913 -- one option for each fact
    person_id: Person,
    office: Annotated[str, typer.Argument(metavar="POST", help="President, Manager, Member, …")],
    *,
    unit: Unit = "",
    body: Annotated[str, typer.Option(help="GB, EC or a committee; else the unit's own.")] = "",
    since: From = None,
    until: Until = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Name somebody for a post."""
    told = {"person_id": person_id, "post": office, "unit": unit, "body": body}
    days = {"starts_on": since, "ends_on": until}
    made = call("POST", f"{API}/seats", json=_given({**told, **days, "network": network}))
    say_json(made) if as_json else say(f"Seat {made['id']} is held by person {person_id}.")


@post.command("end")
def end(
    seat_id: Seat,
    *,
    on: Annotated[str | None, typer.Option(help="The day of leaving, else today.")] = None,
    network: Network = "",
) -> None:
    """Write down that the holder of a seat left."""
    told = _given({"left_on": on, "network": network})
    call("POST", f"{API}/seats/{seat_id}/end", json=told)
    say(f"Seat {seat_id} is ended; its post is vacant.")


@post.command("renew")
def renew(
    seat_id: Seat, *, until: Until = None, network: Network = "", as_json: Json = False
) -> None:
    """Begin a new term of the same person."""
    told = _given({"ends_on": until, "network": network})
    made = call("POST", f"{API}/seats/{seat_id}/renewal", json=told)
    say_json(made) if as_json else say(f"The new term is seat {made['id']}.")


@post.command("hand-over")
def hand_over(  # noqa: PLR0913 -- one option for each fact
    seat_id: Seat,
    person_id: Person,
    *,
    on: Annotated[str | None, typer.Option(help="From which day, else today.")] = None,
    until: Until = None,
    new_term: Annotated[
        bool, typer.Option("--new-term", help="A whole term, not the rest of the old one.")
    ] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Give a post to somebody else, with the phones that are the office's."""
    told = {"person_id": person_id, "on": on, "ends_on": until, "new_term": new_term}
    path = f"{API}/seats/{seat_id}/handover"
    made = call("POST", path, json=_given({**told, "network": network}))
    if as_json:
        say_json(made)
        return
    say(f"Seat {made['id']} is held by person {person_id}; {made['phones']} phones went along.")


@body.command("list")
def list_bodies(*, network: Network = "", as_json: Json = False) -> None:
    """The bodies of the network in numbers."""
    for one in call("GET", f"{API}/bodies", params={"network": network})["bodies"]:
        say_json(one) if as_json else say(_figures(one))


@body.command("show")
def show(code: Code, *, network: Network = "", as_json: Json = False) -> None:
    """One body with its seats."""
    found = call("GET", f"{API}/bodies/{_part(code)}", params={"network": network})
    if as_json:
        say_json(found)
        return
    say(_figures(found))
    for line in found["posts"]:
        say(_said(line))


@body.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    code: Code,
    name: Annotated[str, typer.Argument(help="Its name.")],
    *,
    local_name: LocalName = None,
    seats: Seats = None,
    term_months: Months = None,
    women_percent: Women = None,
    ends_on: EndsOn = None,
    network: Network = "",
) -> None:
    """Add a committee."""
    told = {"code": code, "name": name, "local_name": local_name, "seats": seats}
    told |= {"term_months": term_months, "women_percent": women_percent, "ends_on": ends_on}
    made = call("POST", f"{API}/bodies", json=_given({**told, "network": network}))
    say(f"The body {made['code']} is there.")


@body.command("change")
def change(  # noqa: PLR0913 -- one option for each fact
    code: Code,
    *,
    name: Title = None,
    local_name: LocalName = None,
    seats: Seats = None,
    seats_per_lso: PerLso = None,
    term_months: Months = None,
    women_percent: Women = None,
    ends_on: EndsOn = None,
    network: Network = "",
) -> None:
    """Change what is named of a body."""
    told = {"name": name, "local_name": local_name, "seats": seats, "ends_on": ends_on}
    told |= {"seats_per_lso": seats_per_lso, "term_months": term_months}
    told |= {"women_percent": women_percent, "network": network}
    made = call("POST", f"{API}/bodies/{_part(code)}", json=_given(told))
    say(f"Changed: {', '.join(made['changed']) or 'nothing'}.")


@body.command("remove")
def remove(code: Code, *, network: Network = "") -> None:
    """Take away a committee in which nobody sits."""
    call("POST", f"{API}/bodies/{_part(code)}/removal", json={"network": network})
    say(f"The body {code.upper()} is gone.")


def _part(code: str) -> str:
    """The code as one part of an address."""
    return "".join(letter for letter in code if letter.isalnum()) or "-"


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "")}


def _lines(query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    cursor: int | None = 0
    while cursor is not None:
        page = call("GET", f"{API}/posts", params={**query, "cursor": cursor})
        yield from page["posts"]
        cursor = page["next"]


def _said(line: Mapping[str, Any]) -> str:
    seat = line["seat_id"] or "-"
    until = f" until {line['ends_on']}" if line["ends_on"] else ""
    office = line["post"] or "Member"
    where = f"{line['body']} {office}, {line['unit_name'] or '-'}"
    return (
        f"{seat:>6}  {where}: {line['name'] or 'VACANT'}{until}  {line['msisdn_masked']}".rstrip()
    )


def _figures(one: Mapping[str, Any]) -> str:
    of = f" of {one['seats']}" if one["seats"] else ""
    women = f"{one['women']} women ({one['women_share']} %)"
    missing = f", {one['women_missing']} missing" if one["women_missing"] else ""
    vacant = f", {one['vacant']} vacant" if one["vacant"] else ""
    return f"{one['code']}  {one['name']}: {one['filled']}{of} seats{vacant}; {women}{missing}"
