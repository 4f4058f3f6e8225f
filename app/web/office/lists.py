"""Lists to take away or print."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
