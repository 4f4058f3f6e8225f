"""Bodies and posts: seats, terms, vacancies, handing over."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
