"""Commands that bring lists in and take them out: `import`, `import-undo`, `export`."""

import typer


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
