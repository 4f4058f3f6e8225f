"""Commands about units: `unit list|add|change|move`."""

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
