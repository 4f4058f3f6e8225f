"""The sheet, the script and the mark of the pages: one address for each content, kept for ever."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


def _read() -> Mapping[str, tuple[str, bytes]]:
    """Every file by its name: the address under which it is served, and its content."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        content = path.read_bytes()
        seal = hashlib.sha256(content).hexdigest()[:10]
        found[path.name] = (f"/static/{path.stem}.{seal}{path.suffix}", content)
    return found


_FILES = _read()
_BY_ADDRESS = dict(_FILES.values())


def address_of(name: str) -> str:
    """Where the file of that name is served; its address changes with its content."""
    return _FILES[name][0]


async def asset(request: Request) -> Response:
    """Give one file, for ever."""
    path = request.url.path
    if path not in _BY_ADDRESS:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such file.")
    kind = TYPES[Path(path).suffix]
    return Response(_BY_ADDRESS[path], media_type=kind, headers={"Cache-Control": FOR_EVER})


route = Route("/static/{name}", asset, methods=["GET"])
