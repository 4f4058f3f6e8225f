"""Lists of contacts over the API: bringing in, looking, undoing."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["imports"])
