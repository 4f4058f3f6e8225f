"""The command that prints: `print KIND [ID] --lang TAG --out FILE`."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.catalogue import MESSAGE_TEMPLATES, Catalogue
from app.cli._office import look
from app.cli._say import say
from app.domain.errors import Refusal
from app.domain.sheets import Letterhead
from app.domain.storable import storable
from app.main import utc_now
from app.printing.render import Printed, render
from app.services.print_notice import NoticeWords, check, sheet_from
from app.services.print_paper import KINDS, Asked, print_paper
from app.services.print_sheet import Order, order_of
from app.store import networks
from app.store.database import Database

ZONE = "Asia/Karachi"
"""Of a notice that is printed where there is no office yet."""
NO_OFFICE = frozenset({"no_database", "not_migrated", "no_network", "which_network"})


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("print")(print_kind)


def print_kind(  # noqa: PLR0913 -- one option for each thing that may be said
    kind: Annotated[
        str,
        typer.Argument(
            help="notice, minutes, letter, press, newsletter; "
            "of a meeting to come: meeting, aloud, calls, attendance."
        ),
    ],
    of: Annotated[
        str, typer.Argument(metavar="[ID]", help='A meeting ("EC 14"), or a number from a list.')
    ] = "",
    *,
    out: Annotated[Path, typer.Option(help="The file: its end says pdf, png, docx or txt.")],
    lang: Annotated[str, typer.Option(help="en, ur, ur-Latn, sd or ps.")] = "en",
    paper: Annotated[str, typer.Option(help="a4 or a3.")] = "a4",
    title: Annotated[str, typer.Option(help="Of a notice.")] = "",
    body_file: Annotated[
        Path | None, typer.Option(help="The text of a notice; blank lines part paragraphs.")
    ] = None,
    no: Annotated[str, typer.Option(help="The number of a notice.")] = "",
    ref: Annotated[str, typer.Option(help="The Ref of the text that says the same.")] = "",
    valid_until: Annotated[
        str, typer.Option(help="Last day that a notice hangs, as in 2026-12-31.")
    ] = "",
    phone: Annotated[str, typer.Option(help="The office's number, for missed calls.")] = "",
    network: Annotated[str, typer.Option(help="Whose, where there are several.")] = "",
) -> None:
    """Make a sheet of paper. A letter that no font has is named and left out."""
    order = order_of(out.suffix.removeprefix("."), lang, paper, phone)
    facts = {"no": no, "ref": ref}
    words = _words(title, body_file, valid_until, facts) if kind == "notice" and not of else None
    if words is None and (title or body_file):
        raise Refusal("kind", "--title and --body-file are for a notice without a number.")
    printed = _printed(Asked(kind, of, order, words), network)
    try:
        out.write_bytes(printed.content)
    except OSError as error:
        raise Refusal("file", f"{out} cannot be written: {error.strerror}.") from None
    _name(printed)
    say(f"{out}: {len(printed.content)} bytes.")


def _words(
    title: str, body_file: Path | None, valid_until: str, facts: Mapping[str, str]
) -> NoticeWords:
    if body_file is None:
        raise Refusal(
            "body", "Say what the notice tells: --title WORDS --body-file FILE, or its number."
        )
    try:
        body = body_file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal("file", f"{body_file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal("file", f"{body_file} is no text in UTF-8. Save it so.") from None
    try:
        day = date.fromisoformat(valid_until) if valid_until else None
    except ValueError:
        raise Refusal("day", f"{valid_until!r} is no day. Write it as 2026-12-31.") from None
    return NoticeWords(title=storable(title), body=storable(body), valid_until=day, **facts)


def _printed(asked: Asked, slug: str) -> Printed:
    """Out of the database; a notice of typed words is made without one too."""

    async def work(database: Database) -> Printed:
        network = await database.read(networks.named, slug)
        return await print_paper(
            database,
            network.id,
            asked,
            catalogue=Catalogue.load(MESSAGE_TEMPLATES),
            today=network.day_at(utc_now()),
        )

    if asked.kind not in KINDS:
        raise Refusal("kind", "What can be printed: {kinds}.", kinds=", ".join(KINDS))
    try:
        return look(work)
    except Refusal as refusal:
        if asked.words is None or slug or refusal.code not in NO_OFFICE:
            raise
        return _without_office(asked.words, asked.order)


def _without_office(words: NoticeWords, order: Order) -> Printed:
    today = utc_now().astimezone(ZoneInfo(ZONE)).date()
    check(words, today)
    head = Letterhead("", phone=order.phone)
    return render(sheet_from(words, head, order.tag, today), order.form, paper=order.paper)


def _name(printed: Printed) -> None:
    for letter in printed.missing:
        sys.stderr.write(f"No font has the letter {letter} (U+{ord(letter):04X}): left out.\n")
