"""The calendar: `calendar show`, and the rules by which bodies meet: `calendar rule …`."""

from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.recurrence import rule_in_words

API = "/api/v1"
RULES = f"{API}/meeting-rules"
calendar = typer.Typer(help="Meetings by month, and the rules that call them.")

Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Id = Annotated[int, typer.Argument(help="Its id, from `calendar rules`.", min=1)]
Day = Annotated[str, typer.Argument(help="A day of the rule, as in 2026-12-13.")]
Words = Annotated[str, typer.Argument(help='In words: "second Sunday", "har doosra itwar".')]
From = Annotated[str | None, typer.Option("--from", help="From which day on; today otherwise.")]
Until = Annotated[str | None, typer.Option(help="Until which day, if it ends.")]
Place = Annotated[str, typer.Option(help="Where, in the language of --lang.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(calendar, name="calendar")


@calendar.command("show")
def show(
    month: Annotated[str, typer.Argument(help="As in 2026-12; this month otherwise.")] = "",
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """The days of a month on which something lies, with the date by the moon."""
    query = {"network": network, **({"month": f"{month}-01"} if month else {})}
    for day in call("GET", f"{API}/calendar", params=query)["days"]:
        say_json(day) if as_json else say(_day_said(day))


def _day_said(day: dict[str, Any]) -> str:
    moon = day["moon"]
    said = [f"{one['body']} {one['label']} {one['state']}" for one in day["meetings"]]
    said += [
        f"{one['body']} {'left out' if one['is_skipped'] else 'by its rule'}"
        for one in day["rules"]
    ]
    said += [one["name"] or one["kind"] for one in day["special"]]
    said += [f"due {one['code']}" for one in day["due"]]
    by_moon = f" ({moon['day']}.{moon['month']}.{moon['year']})" if moon else ""
    return f"{day['day']}{by_moon}  {', '.join(said)}"


@calendar.command("rules")
def rules(*, network: Network = "", as_json: Json = False) -> None:
    """The rules by which bodies meet, with their next days."""
    for one in call("GET", RULES, params={"network": network})["rules"]:
        if as_json:
            say_json(one)
            continue
        days = ", ".join(one["next_days"]) or "no more days"
        said = rule_in_words(one["rule"], "en")
        say(f"{one['id']}  {one['body']} {said}, {one['clock'][:5]}: {days}")


@calendar.command("rule")
def keep(  # noqa: PLR0913 -- one option for each fact
    body: Annotated[str, typer.Argument(help="EC, GB or a committee.")],
    rule: Words,
    clock: Annotated[str, typer.Argument(help="The hour, as in 10:00.")],
    *,
    starts_on: From = None,
    until: Until = None,
    venue: Place = "",
    lang: Annotated[str, typer.Option(help="The language of the place.")] = "en",
    network: Network = "",
) -> None:
    """Let a body meet by a rule, and call its meetings of two months."""
    told: dict[str, Any] = {"body": body, "rule": rule, "clock": clock, "network": network}
    told |= {"starts_on": starts_on, "ends_on": until, "venue": {lang: venue} if venue else {}}
    made = call("POST", RULES, json=told)
    say(f"Rule {made['id']} is kept: {rule_in_words(_rule_of(made['id'], network), 'en')}.")


def _rule_of(series_id: int, network: str) -> str:
    found = call("GET", f"{RULES}/{series_id}", params={"network": network})
    return str(found["rule"])


@calendar.command("skip")
def skip(series_id: Id, day: Day, *, network: Network = "") -> None:
    """Leave a day of a rule out; a meeting called for it is called off."""
    call("POST", f"{RULES}/{series_id}/skip", json={"day": day, "network": network})
    say(f"On {day} they do not meet.")


@calendar.command("again")
def again(series_id: Id, day: Day, *, network: Network = "") -> None:
    """Let them meet on a day that was left out."""
    call("POST", f"{RULES}/{series_id}/again", json={"day": day, "network": network})
    say(f"On {day} they meet.")


@calendar.command("end")
def end(
    series_id: Id,
    *,
    off: Annotated[bool, typer.Option("--off", help="Call its meetings off too.")] = False,
    network: Network = "",
) -> None:
    """Call no more meetings by a rule."""
    told = {"calls_off": off, "network": network}
    left = call("POST", f"{RULES}/{series_id}/end", json=told)["left"]
    say(f"Rule {series_id} has ended; {left} of its meetings are still to come.")
