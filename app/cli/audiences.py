"""Commands about groups and audiences: `group …`, `audience …`."""

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
