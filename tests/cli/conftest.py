"""Brings the databases with the demo network here."""

from tests.web.fixtures import (
    demo_file,
    demo_postgres,
    demo_server,
    demo_sqlite,
    demo_url,
)

__all__ = ["demo_file", "demo_postgres", "demo_server", "demo_sqlite", "demo_url"]
