"""Is the process alive, and can it store anything: for supervisors and load balancers."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from app.web.runtime import runtime_of

router = APIRouter()


@router.get("/health")
async def health() -> dict[str, str]:
    """Answer while the process lives."""
    return {"status": "alive"}


@router.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """Answer 200 when the database is migrated and writable, else 503."""
    if await runtime_of(request).database.is_writable():
        return JSONResponse({"status": "ready"})
    return JSONResponse({"status": "not ready"}, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
