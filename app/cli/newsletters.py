"""Commands about newsletters, stories and press notes."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from app.cli._office import call
from app.cli._say import say, say_json
from app.domain.errors import Refusal

API = "/api/v1"
newsletter = typer.Typer(help="Newsletters: made from what was agreed.", no_args_is_help=True)
story = typer.Typer(help="Stories for the newsletter.", no_args_is_help=True)
press = typer.Typer(help="Notes to the press.", no_args_is_help=True)

Network = Annotated[str, typer.Option(help="The network, where there are several.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
Words = Annotated[
    list[str] | None, typer.Option(help="Words in one language: TAG=WORDS; may be given again.")
]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="A topic; may be given again.")]
Unit = Annotated[str, typer.Option(help="A unit by its name, or its id.")]
Which = Annotated[int, typer.Argument(help="Its id, as the list shows it.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.add_typer(newsletter, name="newsletter")
    cli.add_typer(story, name="story")
    cli.add_typer(press, name="press")


@newsletter.command("make")
def make(  # noqa: PLR0913 -- one option for each fact
    *,
    period: Annotated[str, typer.Option(help="weekly, monthly or hand.")] = "hand",
    topic: Topics = None,
    unit: Unit = "",
    since: Annotated[str, typer.Option(help="From which day on, as in 2026-10-01.")] = "",
    to: Annotated[str, typer.Option(help="Whom it goes to, in words.")] = "",
    network: Network = "",
) -> None:
    """Make a newsletter of what is agreed and went out in none; none is made of nothing."""
    told = {"period": period, "topics": topic or [], "unit": unit, "since": since or None}
    made = call("POST", f"{API}/newsletters", json={**told, "audience": to, "network": network})
    found = call("GET", f"{API}/newsletters/{made['id']}", params={"network": network})
    say(f"Newsletter {found['no']} waits for a second officer. Its id is {made['id']}.")
    _say_items(found["items"])


@newsletter.command("list")
def list_(*, network: Network = "", as_json: Json = False) -> None:
    """All newsletters, newest first."""
    for one in _pages("newsletters", "newsletters", network):
        say_json(one) if as_json else say(_issue(one))


@newsletter.command("show")
def show(
    which: Which,
    *,
    lang: Annotated[str, typer.Option(help="In which language.")] = "en",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """One newsletter as its text is copied."""
    found = call("GET", f"{API}/newsletters/{which}", params={"network": network})
    if as_json:
        say_json(found)
        return
    say(_issue(found))
    for tag, text in sorted(found["headlines"].items()):
        say(f"{tag}: {text}")
    texts: Mapping[str, str] = found["texts"]
    say(texts.get(lang) or next(iter(texts.values()), ""))


@story.command("add")
def add(  # noqa: PLR0913 -- one option for each fact
    *,
    title: Words = None,
    text: Words = None,
    caption: Words = None,
    topic: Topics = None,
    unit: Unit = "",
    network: Network = "",
) -> None:
    """Write a story; it waits for a second officer."""
    told = {"titles": _words(title), "texts": _words(text), "captions": _words(caption)}
    made = call(
        "POST",
        f"{API}/stories",
        json={**told, "topics": topic or [], "unit": unit, "network": network},
    )
    say(f"Story {made['id']} is kept and waits for a second officer.")


@story.command("approve")
def approve(which: Which, *, network: Network = "") -> None:
    """Agree that a story goes out, as it reads now; with your own MUNADI_TOKEN."""
    found = call("GET", f"{API}/stories/{which}", params={"network": network})
    _say_words(found["titles"])
    _say_words(found["texts"])
    body = {"version": found["version"], "network": network}
    call("POST", f"{API}/stories/{which}/approval", json=body)
    say(f"Story {which} goes out with the next newsletter.")


@story.command("list")
def stories(*, network: Network = "", as_json: Json = False) -> None:
    """All stories, newest first."""
    for one in _pages("stories", "stories", network):
        title = next(iter(one["titles"].values()), "")
        say_json(one) if as_json else say(f"{one['id']:>6}  {one['state']:<8}  {title}")


@press.command("draft")
def draft(
    body: Annotated[str, typer.Argument(help="The body that met: EC, GB.")],
    label: Annotated[str, typer.Argument(help="The number of the meeting.")],
    *,
    network: Network = "",
) -> None:
    """Draft a note from a meeting's public decisions and resolutions, in English and Urdu."""
    told = {"body": body, "label": label, "network": network}
    made = call("POST", f"{API}/press-notes/draft", json=told)
    say(f"Press note {made['id']} is drafted. Read and edit it before a second officer agrees.")
    _show_note(made["id"], "en", network)


@press.command("show")
def show_note(
    which: Which,
    *,
    lang: Annotated[str, typer.Option(help="In which language.")] = "en",
    network: Network = "",
    as_json: Json = False,
) -> None:
    """One press note as plain text, and to whom it was given."""
    if as_json:
        say_json(call("GET", f"{API}/press-notes/{which}", params={"network": network}))
        return
    _show_note(which, lang, network)


def _show_note(which: int, lang: str, network: str) -> None:
    found = call("GET", f"{API}/press-notes/{which}", params={"network": network})
    texts: Mapping[str, str] = found["plain_texts"]
    say(texts.get(lang) or next(iter(texts.values()), ""))
    for one in found["sendings"]:
        say(f"{one['way']}: {one['whom']} {one['state']}".rstrip())


def _words(given: list[str] | None) -> dict[str, str]:
    found = {}
    for one in given or ():
        tag, equals, words = one.partition("=")
        if not equals:
            raise Refusal("words", "Write the language before the words, as in en=A clean spring.")
        found[tag.strip()] = words
    return found


def _say_words(words: Mapping[str, str]) -> None:
    for tag, text in sorted(words.items()):
        say(f"{tag}: {text}")


def _say_items(items: list[Mapping[str, Any]]) -> None:
    for one in items:
        title = next(iter({**one["texts"], **one["titles"]}.values()), "")
        say(f"  {one['kind']:<8}  {one['code']:<10}  {title}")


def _issue(one: Mapping[str, Any]) -> str:
    counts = f"{len(one['items'])} items"
    return f"{one['id']:>6}  Newsletter {one['no']}  {one['state']:<8}  {one['period']}  {counts}"


def _pages(path: str, name: str, network: str) -> Iterator[Mapping[str, Any]]:
    cursor: int | None = None
    while True:
        query = {"network": network, **({"cursor": cursor} if cursor else {})}
        page = call("GET", f"{API}/{path}", params=query)
        yield from page[name]
        cursor = page["next"]
        if cursor is None:
            return
