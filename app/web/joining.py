"""Requests to join over the API."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1", tags=["joining"])
