"""Collects the commands and turns every error into a plain sentence and an exit code."""

import sys

import typer

from app.cli import broadcasts, lines, looking, server, setup
from app.domain.errors import Busy, Refusal

cli = typer.Typer(
    name="munadi",
    help="Carries a network's decisions to every phone, and the village's word back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (server, setup, broadcasts, looking, lines):
    part.add_to(cli)


def main() -> None:
    """Run one command: exit 0 done, 1 refused with a reason, 2 misuse."""
    try:
        cli()
    except (Refusal, Busy) as error:
        print(f"munadi: {error}", file=sys.stderr)  # noqa: T201 -- this is the command line
        sys.exit(1)


if __name__ == "__main__":
    main()
