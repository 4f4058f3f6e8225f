"""Commands about people: `person …`, `forget`."""

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
