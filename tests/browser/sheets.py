"""Every page of the app by its route, with an address at which the demo shows it full."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: who looks at it, where, and whether it is full of what the demo lived."""

    route: str
    address: str
    post: str = "press"

    def __str__(self) -> str:
        return self.address


KEEPS = "general secretary"
"""Whoever keeps the directory."""
SHEETS = (
    Sheet("/office/sign-in", "/office/sign-in", post=""),
    Sheet("/office/today", "/office/today"),
    Sheet("/office/today", "/office/today", post="president"),
    Sheet("/office/write", "/office/write"),
    Sheet("/office/write/{key}", "/office/write/{draft}"),
    Sheet("/office/broadcasts", "/office/broadcasts"),
    Sheet("/office/broadcasts/{broadcast_id}", "/office/broadcasts/{plan}"),
    Sheet("/office/broadcasts/{broadcast_id}", "/office/broadcasts/{plan}", post="president"),
    Sheet("/office/broadcasts/{broadcast_id}", "/office/broadcasts/{sent}"),
    Sheet("/office/messages", "/office/messages"),
    Sheet("/office/messages", "/office/messages?which=all"),
    Sheet("/office/messages/{address_id}", "/office/messages/{talk}"),
    Sheet("/office/meetings", "/office/meetings"),
    Sheet("/office/meetings/{body}/{label:path}", "/office/meetings/{meeting}"),
    Sheet("/office/meetings/new", "/office/meetings/new", post=KEEPS),
    Sheet("/office/meetings/{body}/{label:path}/change", "{coming}/change", post=KEEPS),
    Sheet("/office/meetings/{body}/{label:path}/edit", "{coming}/edit", post=KEEPS),
    Sheet("/office/meetings/{body}/{label:path}/edit", "{held}/edit", post=KEEPS),
    Sheet("/office/meetings/{body}/{label:path}/publish", "{held}/publish", post=KEEPS),
    Sheet("/office/meetings/{body}/{label:path}/publish", "{planned}/publish", post="president"),
    Sheet("/office/decisions", "/office/decisions"),
    Sheet("/office/decisions/{decision_id}", "{decision}", post=KEEPS),
    Sheet("/office/resolutions", "/office/resolutions"),
    Sheet("/office/resolutions/{resolution_id}", "{resolution}", post=KEEPS),
    Sheet("/office/follow-up", "/office/follow-up", post=KEEPS),
    Sheet("/office/boards", "/office/boards"),
    Sheet("/office/boards/new", "/office/boards/new", post=KEEPS),
    Sheet("/office/boards/hang", "/office/boards/hang"),
    Sheet("/office/boards/{board_id}", "{board}"),
    Sheet("/office/boards/{board_id}/change", "{board}/change", post=KEEPS),
    Sheet("/office/print", "/office/print"),
    Sheet("/office/print/{kind}", "/office/print/minutes?of={paper}"),
    Sheet("/office/reports", "/office/reports"),
    Sheet("/office/newsletters", "/office/newsletters"),
    Sheet("/office/newsletters/{newsletter_id}", "{newsletter}"),
    Sheet("/office/stories", "/office/stories"),
    Sheet("/office/stories/new", "/office/stories/new"),
    Sheet("/office/stories/{story_id}", "{story}"),
    Sheet("/office/press", "/office/press"),
    Sheet("/office/press/new", "/office/press/new"),
    Sheet("/office/press/{note_id}", "{note}"),
    Sheet("/office/phones", "/office/phones"),
    Sheet("/office/people", "/office/people"),
    Sheet("/office/people/find", "/office/people/find?q=zainab"),
    Sheet("/office/people/new", "/office/people/new", post=KEEPS),
    Sheet("/office/people/welcome", "/office/people/welcome", post=KEEPS),
    Sheet("/office/people/{person_id}", "/office/people/{person}", post=KEEPS),
    Sheet("/office/people/{person_id}", "/office/people/{person}"),
    Sheet("/office/people/{person_id}/change", "/office/people/{person}/change", post=KEEPS),
    Sheet("/office/people/{person_id}/merge", "/office/people/{person}/merge", post=KEEPS),
    Sheet("/office/units", "/office/units?q=dosti"),
    Sheet("/office/units/new", "/office/units/new?under={unit}", post=KEEPS),
    Sheet("/office/units/{unit_id}", "/office/units/{unit}", post=KEEPS),
    Sheet("/office/units/{unit_id}/change", "/office/units/{unit}/change", post=KEEPS),
    Sheet("/office/units/{unit_id}/move", "/office/units/{unit}/move", post=KEEPS),
    Sheet("/office/units/{unit_id}/removal", "/office/units/{unit}/removal", post=KEEPS),
    Sheet("/office/bodies", "/office/bodies", post=KEEPS),
    Sheet("/office/bodies/new", "/office/bodies/new", post=KEEPS),
    Sheet("/office/bodies/{code}", "/office/bodies/GB"),
    Sheet("/office/bodies/{code}/change", "/office/bodies/GB/change", post=KEEPS),
    Sheet("/office/posts/new", "/office/posts/new?body=GB&q=zainab", post=KEEPS),
    Sheet("/office/posts/{seat_id}", "/office/posts/{seat}", post=KEEPS),
    Sheet("/office/audiences", "/office/audiences?to=women+presidents+of+vos"),
    Sheet("/office/groups/new", "/office/groups/new", post=KEEPS),
    Sheet("/office/groups/{group_id}", "/office/groups/{group}", post=KEEPS),
    Sheet("/office/imports", "/office/imports", post=KEEPS),
    Sheet("/office/imports/{batch_id}", "/office/imports/{list}", post=KEEPS),
    Sheet("/office/lists", "/office/lists", post=KEEPS),
    Sheet("/office/lists/print", "/office/lists/print?list=body&of=GB"),
    Sheet("/office/joins", "/office/joins", post=KEEPS),
    Sheet("/p/{slug}/", "/p/mirkhai/", post=""),
    Sheet("/p/{slug}/decisions", "/p/mirkhai/decisions", post=""),
    Sheet("/p/{slug}/decisions", "/p/mirkhai/decisions?q=pul", post=""),
    Sheet("/p/{slug}/minutes", "/p/mirkhai/minutes", post=""),
    Sheet("/p/{slug}/minutes/{body}/{label:path}", "/p/mirkhai/minutes/{minutes}", post=""),
    Sheet("/p/{slug}/news", "/p/mirkhai/news", post=""),
    Sheet("/p/{slug}/news/{no}", "/p/mirkhai/news/1", post=""),
    Sheet("/u/{token}", "{unsubscribe}", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real?ref={ref}", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real?ref=99999", post=""),
)
NO_PAGES = {
    "/": "leads to the first page",
    "/office": "leads to the first page",
    "/office/": "leads to the first page",
    "/office/imports/{batch_id}/events": "a stream for a page that stands open",
    "/office/imports/{batch_id}/held": "a file",
    "/office/boards/pack/{unit}": "a file",
    "/office/boards/sheets/{no}": "a file",
    "/office/print/{kind}/sheet": "a file",
    "/office/publications/{publication_id}": "leads to the page of its meeting",
    "/office/publications/{publication_id}/forms/{form}/{language}": "a file",
    "/office/reports/month": "a file",
    "/p/{slug}/feed.xml": "a feed for programs that follow the newsletters",
    "/office/phones/screens": "the part that moves of a page that stands open",
    "/office/broadcasts/{broadcast_id}/events": "a stream for a page that stands open",
}
"""What answers GET there without being a page, and why."""
