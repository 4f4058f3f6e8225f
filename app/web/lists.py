"""Lists over the API: what is taken out as a file."""

from collections.abc import Iterator
from typing import IO, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from app.domain.permissions import Act
from app.services.export_list import Asked, Exported, export_list
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, network_of

router = APIRouter(prefix="/api/v1", tags=["lists"])

AT_ONCE = 64 * 1024


class ExportQuery(Told):
    """How a list goes out."""

    format: str = Field(default="csv", max_length=20)
    numbers: bool = False
    group: str = Field(default="", max_length=80)
    network: str = Field(default="", max_length=40)


@router.get("/exports/{kind}")
async def exports(
    kind: str,
    query: Annotated[ExportQuery, Query()],
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.LOOK))],
) -> Response:
    """A list as a file: people, units, posts, groups, held, consents; as csv or xlsx.

    Numbers are masked; `numbers=1` gives them to whoever may see them, and is written down.
    """
    runtime = runtime_of(request)
    network = await network_of(runtime.database, who, query.network)
    asked = Asked(
        kind=kind,
        by=who.name,
        post=who.post,
        form=query.format,
        with_numbers=query.numbers,
        group=query.group,
    )
    return as_file(await export_list(runtime.database, network, asked, now=runtime.clock()))


def as_file(exported: Exported) -> Response:
    """The answer that a browser keeps as a file under its name, in any letters (RFC 6266)."""
    plain = exported.name.encode("ascii", "ignore").decode().replace('"', "") or "list"
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(exported.name, safe='')}"
    return StreamingResponse(
        _pieces(exported.file),
        media_type=exported.media_type,
        headers={
            "Content-Disposition": named,
            "Content-Length": str(exported.size),
            "Cache-Control": "no-store",
            "X-Munadi-Rows": str(exported.rows),
        },
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(AT_ONCE):
            yield piece
