"""People over the API: finding, adding, changing, addresses, consent, merging, forgetting."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["people"])
