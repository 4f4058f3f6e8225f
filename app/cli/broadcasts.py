"""Commands about what goes out: `broadcast plan`, `approve`, `cancel`, `show`; and `say`."""

import secrets
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli._office import call, look
from app.cli._say import say, say_json
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.services.show_broadcast import show_broadcast

broadcast = typer.Typer(help="Plan, approve, cancel and watch texts to many.", no_args_is_help=True)
_SHOWN = ("id", "hash", "people", "addresses", "segments", "price_micro", "currency", "seconds")

Json = Annotated[bool, typer.Option("--json", help="One line of JSON, for programs.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(broadcast, name="broadcast")
    cli.command("say")(say_text)


@broadcast.command()
def plan(  # noqa: PLR0913 -- each is an option of the command
    to: Annotated[str, typer.Option(help="Whom: all, ec, gb, women lso, Roshni, +92390…")],
    text: Annotated[str, typer.Option(help="The words, or @FILE.")],
    *,
    lang: Annotated[str, typer.Option(help="The language of the words.")] = "",
    kind: Annotated[Kind, typer.Option(help="Why it is sent.")] = Kind.NOTICE,
    private: Annotated[
        bool, typer.Option("--private", help="Only to people's own phones.")
    ] = False,
    at: Annotated[str, typer.Option("--at", help="When it goes: 25 Nov, 18:30.")] = "",
    network: Annotated[str, typer.Option(help="Which network, when there are several.")] = "",
    as_json: Json = False,
) -> None:
    """Plan a text: who gets it, what it costs, how long it takes. Nothing is sent."""
    words = _words(text)
    body = {
        "audience": to,
        "texts": {lang or _language_of(words): words},
        "kind": kind.value,
        "private": private,
        "send_at": at,
        "network": network,
    }
    planned = call("POST", "/api/v1/broadcasts", json=body)
    if as_json:
        say_json({name: planned[name] for name in (*_SHOWN, "held", "left_out")})
        return
    _describe(planned)


def _words(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise Refusal("file", f"{text[1:]} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal("file", f"{text[1:]} is not text in UTF-8.") from None


def _language_of(words: str) -> str:
    """Urdu letters mean Urdu, anything else Roman Urdu; `--lang` says it better."""
    return "ur" if any("\u0600" <= letter <= "\u06ff" for letter in words) else "ur-Latn"


def _describe(planned: dict[str, Any]) -> None:
    money = f"{planned['currency']} {planned['price_micro'] / 1_000_000:,.2f}"
    for tag, text in planned["texts"].items():
        say(f"{tag}: {text['text']}  ({text['segments']} segment, {text['encoding']})")
    people, addresses = planned["people"], planned["addresses"]
    say(f"{people} people on {addresses} phones, {planned['segments']} segments, {money}")
    say(f"It takes about {planned['seconds'] / 60:.0f} minutes.")
    for row in planned["held"]:
        say(f"held: {row['people']} ({row['reason']})")
    for row in planned["left_out"]:
        say(f"left out: {row['people']} ({row['reason']})")
    say(
        f"Another officer sends it with: broadcast approve {planned['id']} --hash {planned['hash']}"
    )


@broadcast.command()
def approve(
    broadcast_id: Annotated[int, typer.Argument(metavar="ID")],
    hash: Annotated[str, typer.Option(help="The hash of the plan that you saw.")],
    *,
    now: Annotated[bool, typer.Option("--now", help="Without the 60 s undo.")] = False,
    as_json: Json = False,
) -> None:
    """Approve another officer's plan."""
    path = f"/api/v1/broadcasts/{broadcast_id}/approval"
    approved = call("POST", path, json={"hash": hash, "now": now})
    if as_json:
        say_json(approved)
        return
    say(f"Approved for {approved['addresses']} phones." + ("" if now else " 60 s to cancel."))


@broadcast.command()
def cancel(
    broadcast_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Stop what still waits."""
    cancelled = call("POST", f"/api/v1/broadcasts/{broadcast_id}/cancellation")
    if as_json:
        say_json(cancelled)
        return
    say(f"{cancelled['cancelled']} texts were stopped.")


@broadcast.command()
def show(
    broadcast_id: Annotated[int, typer.Argument(metavar="ID")], *, as_json: Json = False
) -> None:
    """Where a broadcast stands."""
    found = look(lambda database: show_broadcast(database, broadcast_id))
    if found is None:
        raise Refusal("not_found", f"There is no broadcast {broadcast_id}.")
    if as_json:
        say_json(found)
        return
    say(f"Ref {found['ref']}: {found['state']}, {found['addresses']} phones")
    for state, count in found["states"].items():
        if count:
            say(f"  {state}: {count}")


def say_text(
    text: Annotated[str | None, typer.Argument(help="What the phone sends.")] = None,
    *,
    sender: Annotated[str, typer.Option("--from", metavar="MSISDN", help="Whose phone.")],
    is_call: Annotated[bool, typer.Option("--call", help="A missed call instead.")] = False,
    as_json: Json = False,
) -> None:
    """Send a text as a member would, through the simulator; prints the reply."""
    if (text is None) is not is_call:
        raise Refusal("say_what", "Write a text in quotes, or --call for a missed call.")
    body: dict[str, object] = {"msisdn": sender, "text": text or "", "key": secrets.token_hex(12)}
    if is_call:
        body["is_call"] = True
    answer = call("POST", "/api/v1/say", json=body)
    if as_json:
        say_json(answer)
        return
    for reply in answer["replies"]:
        say(reply)
