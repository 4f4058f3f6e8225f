"""People: finding, one person with phones and consent, merging."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
