"""Groups and audiences: built, counted, saved."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
