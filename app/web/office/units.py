"""The tree of units: looking, adding, changing, moving."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
