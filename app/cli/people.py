"""Commands about people: `person find|show|add|merge|welcome`, `forget`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json

PEOPLE = "/api/v1/people"
person = typer.Typer(help="People of a network.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON lines, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
PersonId = Annotated[int, typer.Argument(min=1, help="The id, as `person find` shows it.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(person, name="person")
    cli.command()(forget)


@person.command("find")
def find(
    words: Annotated[
        list[str], typer.Argument(help="Names, a post, a unit; or a number, or its last digits.")
    ],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """People whom all of these words fit, numbers masked."""
    query: dict[str, Any] = {"q": " ".join(words), "limit": 100, "network": network}
    while True:
        page = call("GET", PEOPLE, params=query)
        for one in page["items"]:
            say_json(one) if as_json else say(_line(one))
        if page["next"] is None:
            return
        query["cursor"] = page["next"]


def _line(one: dict[str, Any]) -> str:
    phones = ", ".join(phone["shown"] for phone in one["phones"]) or "no phone"
    posts = ", ".join(f"{post['post'] or 'seat'} {post['body']}" for post in one["posts"])
    words = [one["name"], one["local_name"], posts, one["unit"], phones]
    return f"{one['id']:>6}  " + "  ".join(word for word in words if word)


@person.command("show")
def show(person_id: PersonId, *, network: Network = "", as_json: Json = False) -> None:
    """One person with phones, consent, seats and groups; numbers masked."""
    page = call("GET", f"{PEOPLE}/{person_id}", params={"network": network})
    if as_json:
        say_json(page)
        return
    say(" / ".join(name for name in (page["name"], page["local_name"]) if name))
    for line in (*_facts(page), *map(_seat, page["seats"])):
        say(f"  {line}")
    for phone in page["addresses"]:
        say(f"  {phone['kind']} {phone['id']}: {_phone(phone)}")
        for record in phone["consents"]:
            given = "yes" if record["is_given"] else "no"
            how = " ".join(word for word in (record["source"], record["basis"]) if word)
            say(f"    {record['at'][:10]} {record['purpose']}: {given} ({how})")


def _facts(page: dict[str, Any]) -> Iterator[str]:
    for what in ("sex", "language", "reads", "phone_kind", "notes"):
        if page[what]:
            yield f"{what.replace('_', ' ')}: {page[what]}"
    if page["way"]:
        yield "unit: " + ", ".join(f"{one['kind']} {one['name']}" for one in page["way"])
    for group in page["groups"]:
        yield f"group: {group['name']} {group['skill']}".rstrip()


def _seat(seat: dict[str, Any]) -> str:
    until = f" until {seat['ends_on']}" if seat["ends_on"] else ""
    left = f", left {seat['left_on']}" if seat["left_on"] else ""
    return f"seat: {seat['post'] or 'seat'} {seat['body']} {seat['unit']}{until}{left}"


def _phone(phone: dict[str, Any]) -> str:
    reach = {"none": "call only", "held": "waits for a person to look at it"}
    words = [
        phone["shown"],
        phone["whose"],
        "private" if phone["is_private"] else "nothing private",
        phone["standing"],
        reach.get(phone["reach"], ""),
    ]
    shared = ", ".join(one["name"] for one in phone["others"])
    return ", ".join(word for word in words if word) + (f", shared with {shared}" * bool(shared))


@person.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    name: Annotated[str, typer.Argument(help="Their name.")],
    *,
    local_name: Annotated[str, typer.Option(help="Their name in the local script.")] = "",
    sex: Annotated[str, typer.Option(help="f or m.")] = "",
    language: Annotated[str, typer.Option(help="What they read: ur-Latn, ur, en, …")] = "",
    reads: Annotated[str, typer.Option(help="self, helped or not.")] = "",
    phone_kind: Annotated[str, typer.Option(help="basic or smart.")] = "",
    notes: Annotated[str, typer.Option(help="Anything else; never a CNIC number.")] = "",
    unit: Annotated[int | None, typer.Option(help="The id of their unit.")] = None,
    phone: Annotated[str, typer.Option(help="Their number, in any spelling.")] = "",
    whose: Annotated[str, typer.Option(help="own, family, neighbour or office.")] = "",
    basis: Annotated[str, typer.Option(help="How they agreed to be texted.")] = "",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Add a person, with their phone; without a basis nothing is texted to it."""
    facts = {"name": name, "local_name": local_name, "sex": sex, "language": language}
    more = {"reads": reads, "phone_kind": phone_kind, "notes": notes, "unit": unit}
    where = {"network": network}
    made = call("POST", PEOPLE, json={**facts, **more, **where})
    if phone:
        link = {"raw": phone, "whose": whose, **where}
        made["phone"] = call("POST", f"{PEOPLE}/{made['id']}/addresses", json=link)
        if basis:
            form = {"choice": "all", "basis": basis, **where}
            path = f"/api/v1/addresses/{made['phone']['address_id']}/consents"
            made["standing"] = call("POST", path, json=form)["standing"]
    if as_json:
        say_json(made)
        return
    say(f"{name} is on the list: the id is {made['id']}.")
    if made.get("phone", {}).get("problem"):
        say(made["phone"]["problem"])
    if made.get("phone", {}).get("shared_with"):
        say("Others have this number too: nothing private goes there.")


@person.command("merge")
def merge(
    keep: PersonId,
    other: PersonId,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look.")] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Make two records of one person one: the first stays, the second is gone."""
    body = {"other": other, "dry_run": dry_run, "network": network}
    done = call("POST", f"{PEOPLE}/{keep}/merge", json=body)
    if as_json:
        say_json(done)
        return
    if done["clash"]:
        say(done["clash"])
    counted = f"{done['phones']} phones, {done['seats']} seats, {done['groups']} groups"
    say(f"{counted} {'would come' if dry_run else 'came'} over.")
    for what, (ours, theirs) in done["differing"].items():
        say(f"  {what}: {ours} stays, {theirs} goes")


@person.command("welcome")
def welcome(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count and price.")] = False,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Send all who agreed and were never texted their one text of welcome."""
    if dry_run:
        done = call("GET", "/api/v1/welcomes", params={"network": network})
        said = f"{done['addresses']} phones would be welcomed with {done['segments']} segments."
    else:
        done = call("POST", "/api/v1/welcomes", json={"network": network})
        said = f"{done['texts']} phones are welcomed."
    say_json(done) if as_json else say(said)


def forget(
    msisdn: Annotated[str, typer.Argument(help="The number, or the e-mail address.")],
    *,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """Take out all that is kept of a number or mailbox and of whoever has no other; STOP stays."""
    done = call("POST", "/api/v1/forget", json={"msisdn": msisdn, "network": network})
    if as_json:
        say_json(done)
        return
    texts = done["texts_in"] + done["texts_out"]
    say(f"Forgotten: {done['people']} people, {texts} texts, {done['list_rows']} rows of lists.")
    if done["unlinked"]:
        say(f"{done['unlinked']} people stay without it: they hold a seat or have another phone.")
    if done["keeps_stop"]:
        say("It had refused messages. Only that stays, so that no list texts it again.")
    say("Backups made before still hold it: throw them away when newer ones are good.")
