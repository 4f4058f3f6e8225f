"""Those who asked by text to join."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
