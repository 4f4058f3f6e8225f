"""Commands about the register: `meeting …`, `minutes …`, `decision …`, `resolution …`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.errors import Refusal

API = "/api/v1"
meeting = typer.Typer(help="Meetings: when, where, who came.", no_args_is_help=True)
minutes = typer.Typer(help="The written minutes of meetings.", no_args_is_help=True)
decision = typer.Typer(help="Where decisions stand.", no_args_is_help=True)
resolution = typer.Typer(help="Demands to posts outside.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
Network = Annotated[str, typer.Option(help="Whose, where there are several networks.")]
Which = Annotated[str, typer.Argument(metavar="MEETING", help="EC/14, or its id.")]
File = Annotated[Path, typer.Argument(help="A JSON file, as `minutes show --json` writes it.")]
Quorum = Annotated[int | None, typer.Option(help="How many must be present; 0 for no rule.")]
Place = Annotated[str | None, typer.Option(help="Where, in the language of --lang.")]
Lang = Annotated[str, typer.Option(help="The language of the words, as ur or ur-Latn.")]
Day = Annotated[str | None, typer.Option(help="A day, as in 2026-03-14.")]
Id = Annotated[int, typer.Argument(help="Its id, from the list.", min=1)]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(meeting, name="meeting")
    cli.add_typer(minutes, name="minutes")
    cli.add_typer(decision, name="decision")
    cli.add_typer(resolution, name="resolution")


@meeting.command("list")
def list_meetings(*, network: Network = "", as_json: Json = False) -> None:
    """Meetings, newest first."""
    before: str | None = None
    while True:
        query = {"network": network, **({"before": before} if before else {})}
        page = call("GET", f"{API}/meetings", params=query)
        for line in page["meetings"]:
            say_json(line) if as_json else say(_meeting_said(line))
        before = page["next"]
        if before is None:
            return


@meeting.command("call")
def call_meeting(  # noqa: PLR0913 -- one option for each fact
    body: Annotated[str, typer.Argument(help="EC, GB or a committee.")],
    no: Annotated[int, typer.Argument(help="Its number.", min=1)],
    at: Annotated[str, typer.Argument(help="When, as in 2026-03-14T10:00+05:00.")],
    *,
    venue: Place = None,
    lang: Lang = "en",
    quorum: Quorum = None,
    network: Network = "",
) -> None:
    """Call a meeting, to come or already held."""
    told: dict[str, Any] = {"body": body, "no": no, "at": at, "network": network}
    told |= {"quorum": quorum, "venue": {lang: venue} if venue else {}}
    made = call("POST", f"{API}/meetings", json=told)
    say(f"Meeting {body} {no} has the id {made['id']}.")


@meeting.command("change")
def change_meeting(  # noqa: PLR0913 -- one option for each fact
    which: Which,
    *,
    at: Annotated[str | None, typer.Option(help="When, as in 2026-03-14T10:00+05:00.")] = None,
    venue: Place = None,
    lang: Lang = "en",
    quorum: Quorum = None,
    state: Annotated[str | None, typer.Option(help="planned, postponed, cancelled, …")] = None,
    network: Network = "",
) -> None:
    """Move a meeting, postpone it, call it off."""
    told: dict[str, Any] = {"at": at, "quorum": quorum, "state": state, "network": network}
    if venue is not None:
        known = call("GET", _at(which, network), params={"network": network})["venue"]
        told["venue"] = {**known, lang: venue}
    call("POST", _at(which, network), json=told)
    say("Kept.")


@meeting.command("agenda")
def draft_agenda(which: Which, *, network: Network = "", as_json: Json = False) -> None:
    """The agenda drafted from open decisions."""
    found = call("GET", f"{_at(which, network)}/agenda", params={"network": network})
    for item in found["items"]:
        say_json(item) if as_json else say(f"{item['carried']}  {_some(item['title'])}")


@meeting.command("attendance")
def show_attendance(which: Which, *, network: Network = "", as_json: Json = False) -> None:
    """Who belongs to the body, and who came."""
    found = call("GET", f"{_at(which, network)}/attendance", params={"network": network})
    for one in found["people"]:
        said = f"{one['person_id'] or '-':>6}  {one['presence'] or '?':<8} {one['name']}"
        say_json(one) if as_json else say(f"{said}, {one['unit_name'] or '-'}")


@meeting.command("attend")
def take_attendance(
    which: Which,
    *,
    present: Annotated[list[int] | None, typer.Option(help="Ids of those who came.")] = None,
    excused: Annotated[list[int] | None, typer.Option(help="Ids of those excused.")] = None,
    guest: Annotated[list[str] | None, typer.Option(help="Names of guests.")] = None,
    network: Network = "",
) -> None:
    """Keep who came; everybody else of the body is marked absent."""
    where, query = f"{_at(which, network)}/attendance", {"network": network}
    marks = {
        one["person_id"]: "absent"
        for one in call("GET", where, params=query)["people"]
        if one["person_id"] is not None
    }
    marks |= dict.fromkeys(excused or (), "excused") | dict.fromkeys(present or (), "present")
    told = [{"person_id": who, "presence": how} for who, how in marks.items()]
    told += [{"name": name, "presence": "present"} for name in guest or ()]
    made = call("POST", where, json={"marks": told, "network": network})
    say(f"Marked: {made['marked']}.")


@minutes.command("show")
def show_minutes(
    which: Which,
    *,
    revision: Annotated[int | None, typer.Option(help="As published then.", min=1)] = None,
    network: Network = "",
    as_json: Json = False,
) -> None:
    """The minutes of a meeting as kept last."""
    where = _at(which, network) + (f"/revisions/{revision}" if revision else "")
    found = call("GET", where, params={"network": network})
    if as_json:
        say_json(found)
        return
    say(f"{found['body']} {found['label']}, {found['at']}, {found['state']}")
    say(f"Present {found['present']}, women {found['women']}, quorum {found['quorum']}")
    out = f"revision {found['revision']}" if found["revision"] else "not published"
    say(f"Version {found['version']}, {out}{', changed since' if found['is_changed'] else ''}")
    for one in found["record"].get("decisions", ()):
        say(f"{found['label']}/{one['no']}  {_some(one.get('text', {}))} ({one['state']})")
    for one in found["record"].get("resolutions", ()):
        say(f"{found['label']}/R{one['no']}  {_some(one.get('title') or one.get('text', {}))}")


@minutes.command("keep")
def keep_minutes(
    which: Which,
    file: File,
    *,
    version: Annotated[int | None, typer.Option(help="The version that was seen.")] = None,
    network: Network = "",
) -> None:
    """Keep a record from a file; nothing goes out by it."""
    told = _read(file)
    record = told.get("record", told)
    seen = version if version is not None else told.get("version")
    if seen is None:
        seen = call("GET", _at(which, network), params={"network": network})["version"]
    body = {"version": seen, "record": record, "network": network}
    made = call("POST", f"{_at(which, network)}/record", json=body)
    say(f"Kept as version {made['version']}.")


@minutes.command("publish")
def publish_minutes(which: Which, *, network: Network = "") -> None:
    """Open the minutes to members; after a change, as a new revision."""
    where = _at(which, network)
    version = call("GET", where, params={"network": network})["version"]
    told = {"version": version, "network": network}
    say(f"Published: revision {call('POST', f'{where}/publication', json=told)['revision']}.")


@minutes.command("confirm")
def confirm_minutes(which: Which, *, network: Network = "") -> None:
    """Mark published minutes as confirmed by the next meeting."""
    call("POST", f"{_at(which, network)}/confirmation", json={"network": network})
    say("Confirmed.")


@decision.command("show")
def show_decision(which: Id, *, network: Network = "", as_json: Json = False) -> None:
    """One decision with its steps."""
    found = call("GET", f"{API}/decisions/{which}", params={"network": network})
    if as_json:
        say_json(found)
        return
    say(f"{found['body']} {found['code']}  {_some(found['texts'])}")
    say(f"Who: {_some(found['owner']) or '-'}  By: {found['due'] or '-'}  {found['status']}")
    for step in found["steps"]:
        say(f"{step['at'][:10]}  {step['status']}  {step['note']}".rstrip())


@decision.command("change")
def change_decision(  # noqa: PLR0913 -- one option for each fact
    which: Id,
    state: Annotated[str, typer.Argument(help="approved, 'in hand', done, lapsed, dropped")],
    *,
    note: Annotated[str, typer.Option(help="What was done.")] = "",
    due: Day = None,
    approved_in: Annotated[str, typer.Option(help="The meeting that approved it.")] = "",
    network: Network = "",
) -> None:
    """Write down the next step of a decision."""
    told: dict[str, Any] = {"state": state, "note": note, "due": due, "network": network}
    if approved_in:
        told["approved_in"] = _meeting_id(approved_in, network)
    call("POST", f"{API}/decisions/{which}", json=told)
    say("Kept.")


@resolution.command("list")
def list_resolutions(*, network: Network = "", as_json: Json = False) -> None:
    """Resolutions, newest meeting first."""
    for one in call("GET", f"{API}/resolutions", params={"network": network})["resolutions"]:
        say_json(one) if as_json else say(_resolution_said(one))


@resolution.command("keep")
def keep_resolution(  # noqa: PLR0913 -- one option for each fact
    which: Id,
    *,
    letter: Annotated[str | None, typer.Option(help="The number of our letter.")] = None,
    sent: Day = None,
    diary: Annotated[str | None, typer.Option(help="Its number in their diary.")] = None,
    due: Day = None,
    replied: Day = None,
    reply: Annotated[str | None, typer.Option(help="What was answered.")] = None,
    network: Network = "",
) -> None:
    """Keep what became of a letter; what is not named stays."""
    told = {"letter_no": letter, "sent_on": sent, "diary_no": diary, "reply_due": due}
    told |= {"replied_on": replied, "reply": reply}
    given = {name: value for name, value in told.items() if value is not None}
    call("POST", f"{API}/resolutions/{which}", json={**given, "network": network})
    say("Kept.")


def _at(which: str, network: str) -> str:
    return f"{API}/meetings/{_meeting_id(which, network)}"


def _meeting_id(which: str, network: str) -> int:
    """The id of the meeting that is called so: `EC/14`, `EC 14` or the id itself."""
    if which.isascii() and which.isdigit():
        return int(which)
    body, _, label = which.replace(" ", "/").partition("/")
    if not label:
        raise Refusal("which", f"There is no meeting {which}. Write it as EC/14.")
    query = {"body": body, "label": label, "network": network}
    return int(call("GET", f"{API}/meetings", params=query)["meetings"][0]["id"])


def _read(file: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        raise Refusal("file", f"{file} cannot be read as JSON. Look at the file.") from None
    if not isinstance(told, dict):
        raise Refusal("file", f"{file} holds no record: it must begin with a brace.")
    return told


def _some(words: Mapping[str, str]) -> str:
    """The words in one language: English where there is, else the first."""
    return words.get("en") or next(iter(words.values()), "")


def _meeting_said(line: Mapping[str, Any]) -> str:
    told = f"{line['decisions']} decisions" if line["has_minutes"] else "no minutes"
    name = f"{line['body']}/{line['label']}"
    return f"{line['id']:>6}  {name:<10} {line['at'][:16]}  {line['state']}, {told}"


def _resolution_said(one: Mapping[str, Any]) -> str:
    sent = f"letter {one['letter_no'] or '-'} of {one['sent_on']}" if one["sent_on"] else "not sent"
    answer = f", answered {one['replied_on']}" if one["replied_on"] else ""
    late = f", {one['days_late']} days late" if one["days_late"] else ""
    name = _some(one["titles"]) or _some(one["texts"])[:60]
    return (
        f"{one['id']:>6}  {one['code']}  {name}, to {_some(one['addressee'])}: {sent}{answer}{late}"
    )
