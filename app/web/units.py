"""Units over the API: the tree, one unit, adding, changing, moving."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["units"])
