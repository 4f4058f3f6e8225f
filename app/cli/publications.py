"""The command that publishes a meeting: `circulate MEETING`."""

from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.errors import Refusal

_SHOWN = ("people", "addresses", "segments", "held", "left_out")


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("circulate")(circulate)


def circulate(
    which: Annotated[str, typer.Argument(metavar="MEETING", help="EC/14, or its id.")],
    *,
    to: Annotated[str, typer.Option(help="Whom: all, ec, women lso, Roshni…")] = "all",
    network: Annotated[str, typer.Option(help="Which network, when there are several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """Make a meeting's minutes into text, mail, sheet and press note, and plan who gets them."""
    told = {**_named(which), "audience": to, "network": network}
    planned = call("POST", "/api/v1/publications", json=told)
    if as_json:
        say_json(_summed(planned))
        return
    _describe(planned)


def _named(which: str) -> dict[str, Any]:
    if which.isascii() and which.isdigit():
        return {"meeting_id": int(which)}
    body, _, label = which.strip().replace(" ", "/").partition("/")
    if not label:
        raise Refusal("which", f"There is no meeting {which}. Write it as EC/14.")
    return {"body": body.upper(), "label": label}


def _summed(planned: dict[str, Any]) -> dict[str, Any]:
    """The plan as `broadcast plan` tells one: `id` and `hash` are what approves all of it."""
    first = planned["text"] or planned["mail"]
    return {
        "id": planned["broadcast_id"],
        "hash": planned["hash"],
        **{name: first[name] for name in _SHOWN},
        "price_micro": planned["price_micro"],
        "currency": first["currency"],
        "seconds": planned["seconds"],
        "publication": planned["id"],
        "mail": {name: planned["mail"][name] for name in _SHOWN} if planned["mail"] else None,
        "unreached": planned["unreached"],
        "gaps": planned["gaps"],
        "forms": [f"{one['form']} {one['language']}" for one in planned["forms"]],
    }


def _describe(planned: dict[str, Any]) -> None:
    if planned["corrects"]:
        say(f"A correction of Ref {planned['corrects']}, to those who got that.")
    for name, where in (("text", "phones"), ("mail", "mailboxes")):
        if planned[name] is not None:
            _describe_plan(name, where, planned[name])
    for name, reasons in planned["unreached"].items():
        told = ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items()))
        say(f"{name}: nobody ({told or 'no such people'})")
    for gap in planned["gaps"]:
        say(f"missing: {gap['form']} {gap['language']} ({gap['reason']} {gap['detail']})")
    files = ", ".join(f"{one['form']} {one['language']}" for one in planned["forms"])
    say(f"made: {files}")
    first = planned["text"] or planned["mail"]
    money = f"{first['currency']} {planned['price_micro'] / 1_000_000:,.2f}"
    say(f"It costs {money} and takes about {planned['seconds'] / 60:.0f} minutes.")
    name = f"{planned['broadcast_id']} --hash {planned['hash']}"
    say(f"Another officer sends all of it with: broadcast approve {name}")


def _describe_plan(name: str, where: str, plan: dict[str, Any]) -> None:
    say(f"{name}: {plan['people']} people at {plan['addresses']} {where}")
    if name == "text":
        for tag, text in plan["texts"].items():
            say(f"  {tag}: {text['text']}")
    for row in (*plan["held"], *plan["left_out"]):
        say(f"  not reached: {row['people']} ({row['reason']})")
