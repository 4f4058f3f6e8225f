"""Collects the commands and turns every error into a plain sentence and an exit code."""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from app.domain.errors import Busy, Refusal

ALONE = frozenset({"segments", "number", "parse"})
"""Commands that need no office; loading it would take them five times as long."""
PARTS = (
    "server",
    "setup",
    "keeping",
    "units",
    "people",
    "posts",
    "audiences",
    "lists",
    "broadcasts",
    "register",
    "calendar",
    "publications",
    "newsletters",
    "boards",
    "emergency",
    "hours",
    "instalments",
    "reports",
    "standing",
    "tickets",
    "printing",
    "looking",
    "lines",
)


def commands(arguments: Sequence[str]) -> typer.Typer:
    """The command line with the parts that these arguments may need."""
    cli = typer.Typer(
        name="munadi",
        help="Carries a network's decisions to every phone, and the village's word back.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for part in ("lines",) if ALONE.intersection(arguments[:1]) else PARTS:
        import_module(f"app.cli.{part}").add_to(cli)
    return cli


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command: exit 0 done, 1 refused with a reason, 2 misuse."""
    told = sys.argv[1:] if arguments is None else list(arguments)
    try:
        commands(told)(told, prog_name="munadi")
    except Exception as error:
        print(f"munadi: {_plainly(error)}", file=sys.stderr)  # noqa: T201 -- the command line
        sys.exit(1)


def _plainly(error: Exception) -> str:
    """The error in one line; of an unexpected one its kind only, for its text may hold numbers."""
    if isinstance(error, Refusal | Busy):
        return " ".join(str(error).split())
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'The system'}: {error.strerror}."
    if isinstance(error, UnicodeError):
        return "This is not text in UTF-8."
    return f"Something unexpected went wrong ({type(error).__name__}). Nothing was changed."


if __name__ == "__main__":
    main()
