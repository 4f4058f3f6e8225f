"""Groups and audiences over the API: who is in them, counted with reasons."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["audiences"])
