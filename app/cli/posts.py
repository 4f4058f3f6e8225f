"""Commands about posts and bodies: `post …`, `body …`."""

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
