"""The wizard that brings in a list."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
