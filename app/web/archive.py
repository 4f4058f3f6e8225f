"""The newsletters that went out, for everybody: a list, each issue, and a feed."""

from fastapi import APIRouter
from starlette.responses import Response

from app.domain.errors import Refusal
from app.services.show_newsletters import FEED, list_archive, read_archive
from app.services.write_feed import FeedPlace, write_feed
from app.web.public import FOR_EVERYONE, Here, PublicVisit

router = APIRouter(prefix="/p/{slug}", include_in_schema=False)

MOST_DIGITS = 9
MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@router.get("/news")
async def news(here: Here) -> Response:
    """Show the newsletters, newest first."""
    before = _number(here.request.query_params.get("before", ""))
    page = await list_archive(here.runtime.database, here.network.id, before=before)
    return here.render("public_news.html", page=page, is_first=before is None)


@router.get("/news/{no}")
async def issue(no: str, here: Here) -> Response:
    """Show one newsletter; one that is not agreed to as if there were none."""
    number = _number(no)
    try:
        found = await read_archive(here.runtime.database, here.network.id, number or 0)
    except Refusal:
        return here.render("public_news_missing.html", status=404)
    return here.render("public_newsletter.html", issue=found)


@router.get("/feed.xml")
async def feed(here: Here) -> Response:
    """The newest newsletters for programs that follow them."""
    page = await list_archive(here.runtime.database, here.network.id, limit=FEED)
    place = FeedPlace(_home(here), here.speech.tag)
    content = write_feed(page.lines, here.network, place, catalogue=here.runtime.desk.catalogue)
    return Response(content, media_type=MEDIA_TYPE, headers=FOR_EVERYONE)


def _home(here: PublicVisit) -> str:
    """The whole address of the network's first page, as this visitor reached it."""
    return str(here.request.base_url).rstrip("/") + here.home


def _number(words: str) -> int | None:
    is_number = words.isascii() and words.isdigit() and 0 < len(words) <= MOST_DIGITS
    return int(words) if is_number else None
