"""Bodies and posts over the API: who holds what until when, and what is vacant."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["posts"])
