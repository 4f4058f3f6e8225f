"""Runs migrations on the connection that the program hands over, or on MUNADI_DATABASE_URL."""

import os
from logging.config import dictConfig
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from app.store import migrate
from app.store.tables import metadata

dictConfig({"version": 1, "disable_existing_loggers": False})


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as plain ones, so that history needs no code of today."""
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.impl.length})" if item.impl.length else "sa.String()"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out what each database has in its own way, made by hand in revision 0005."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def run(connection: Connection) -> None:
    """Run the asked-for revisions on this connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        include_name=include_name,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = migrate.engine_for(os.environ["MUNADI_DATABASE_URL"])
    with engine.connect() as own:
        run(own)
