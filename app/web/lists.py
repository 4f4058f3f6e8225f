"""Lists over the API: what is taken out as a file."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["lists"])
