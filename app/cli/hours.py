"""Commands about time: `hours`, `days`, `held`, `clock`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from app.cli._office import call
from app.cli._say import say, say_json

API = "/api/v1"
hours = typer.Typer(help="When routine texts wait: night, Friday, Ramadan.", no_args_is_help=True)
days = typer.Typer(help="Special days: Ramadan, festivals, mourning.", no_args_is_help=True)
clock = typer.Typer(help="The clock of this computer.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Time = Annotated[str | None, typer.Option(help="As in 09:00.")]
Kind = Annotated[str, typer.Argument(help="ramadan, festival or mourning.")]
Day = Annotated[str, typer.Argument(help="As in 2027-02-08.")]
LINES = (
    ("night", "quiet_from", "quiet_until"),
    ("friday", "friday_from", "friday_until"),
    ("ramadan", "ramadan_from", "ramadan_until"),
)


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(hours, name="hours")
    cli.add_typer(days, name="days")
    cli.add_typer(clock, name="clock")
    cli.command()(held)


@hours.command("show")
def show(*, network: Network = "", as_json: Json = False) -> None:
    """Say when routine texts wait."""
    found = call("GET", f"{API}/hours", params={"network": network})
    if as_json:
        say_json(found)
        return
    for name, starts, ends in LINES:
        if found[starts]:
            say(f"{name}: from {found[starts]} to {found[ends]}")
    say(f"the moon is sighted {found['hijri_offset']} days after Umm al-Qura")
    cap = found["routine_cap"]
    say(f"routine texts to a phone in a month: {cap if cap else 'no limit'}")


@hours.command("set")
def change(  # noqa: PLR0913 -- one option for each time
    *,
    quiet_from: Time = None,
    quiet_until: Time = None,
    friday_from: Time = None,
    friday_until: Time = None,
    ramadan_from: Time = None,
    ramadan_until: Time = None,
    hijri_offset: Annotated[int | None, typer.Option(help="Days after Umm al-Qura.")] = None,
    routine_cap: Annotated[int | None, typer.Option(help="Texts a month; 0: no limit.")] = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Set them; what is left out stays."""
    told = {
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "friday_from": friday_from,
        "friday_until": friday_until,
        "ramadan_from": ramadan_from,
        "ramadan_until": ramadan_until,
        "hijri_offset": hijri_offset,
        "routine_cap": routine_cap,
    }
    kept = call("POST", f"{API}/hours", json={**told, "network": network})
    say_json(kept) if as_json else say("Kept. What waited for the old hours waits for these.")


@days.command("list")
def list_days(*, network: Network = "", as_json: Json = False) -> None:
    """Say which days are special, and about when the next ones come."""
    found = call("GET", f"{API}/hours", params={"network": network})
    for name in ("days", "about"):
        for one in found[name]:
            if as_json:
                say_json({**one, "is_kept": name == "days"})
            else:
                say(f"{'kept ' if name == 'days' else 'about'}  {_days(one)}")


def _days(one: Mapping[str, Any]) -> str:
    return f"{one['first']} to {one['last']}  {one['kind']}  {one['name']}".rstrip()


@days.command("add")
def add(  # noqa: PLR0913 -- what they are
    kind: Kind,
    first: Day,
    last: Annotated[str, typer.Argument(help="The last of them; empty for one day.")] = "",
    *,
    name: Annotated[str, typer.Option(help="What they are called.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Keep special days."""
    told = {"kind": kind, "first": first, "last": last or first, "name": name}
    kept = call("POST", f"{API}/hours/days", json={**told, "network": network})
    say_json(kept) if as_json else say("These days are kept.")


@days.command("drop")
def drop(kind: Kind, first: Day, *, network: Network = "", as_json: Json = False) -> None:
    """No longer keep the days of that kind that begin then."""
    told = {"kind": kind, "first": first, "network": network}
    kept = call("POST", f"{API}/hours/days/removal", json=told)
    say_json(kept) if as_json else say("These days are like any others.")


def held(*, network: Network = "", as_json: Json = False) -> None:
    """Say what waits, why and until when."""
    found = call("GET", f"{API}/held", params={"network": network})
    for one in found["waiting"]:
        say_json(one) if as_json else say(_waiting(one, found["tz"]))
    for one in found["never_sent"]:
        say_json({**one, "never_sent": True}) if as_json else say(_never(one))
    if as_json:
        return
    if found["numbers"]:
        say(f"{found['numbers']} numbers are not texted before somebody has looked at them.")
    if not found["clock"]["is_believed"]:
        say("The clock is not believed: nothing goes out. See: clock show")
    elif not found["waiting"]:
        say("Nothing waits.")


def _waiting(one: Mapping[str, Any], tz: str) -> str:
    what = f"Ref {one['ref']}" if one["broadcast_id"] else "answers"
    until = f"until {_local(one['until'], tz)}" if one["until"] else "until somebody acts"
    count = "1 text waits" if one["texts"] == 1 else f"{one['texts']} texts wait"
    return f"{what}: {count}, {one['why']} {one['day']}".rstrip() + f", {until}"


def _local(at: str, tz: str) -> str:
    """The time as the clocks of the network show it."""
    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(tz)):%a %d %b %H:%M}"


def _never(one: Mapping[str, Any]) -> str:
    minutes = f"{one['lead']} minutes before"
    return f"{one['body']} {one['label']}, {minutes}: never sent, {one['why']}"


@clock.command("show")
def show_clock(*, as_json: Json = False) -> None:
    """Say whether the clock is believed."""
    found = call("GET", f"{API}/clock")
    if as_json:
        say_json(found)
    elif found["is_believed"]:
        say(f"It is {found['now']}; the clock is believed.")
    else:
        say(f"It is {found['now']}; all was well last at {found['seen_at']}.")
        say("Nothing goes out. Set the clock, or, if it is right: clock confirm")


@clock.command("confirm")
def confirm(*, as_json: Json = False) -> None:
    """Say that the clock is right: what waited because of it goes out."""
    shown = call("GET", f"{API}/clock")
    found = call("POST", f"{API}/clock", json={"shown_at": shown["now"]})
    say_json(found) if as_json else say(f"It is {found['now']}; what waited goes out.")
