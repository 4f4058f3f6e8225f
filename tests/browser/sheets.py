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
    Sheet("/office/decisions", "/office/decisions"),
    Sheet("/office/phones", "/office/phones"),
    Sheet("/p/{slug}/", "/p/mirkhai/", post=""),
    Sheet("/p/{slug}/decisions", "/p/mirkhai/decisions", post=""),
    Sheet("/p/{slug}/decisions", "/p/mirkhai/decisions?q=pul", post=""),
    Sheet("/p/{slug}/minutes", "/p/mirkhai/minutes", post=""),
    Sheet("/p/{slug}/minutes/{body}/{label:path}", "/p/mirkhai/minutes/{minutes}", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real?ref={ref}", post=""),
    Sheet("/p/{slug}/real", "/p/mirkhai/real?ref=99999", post=""),
)
NO_PAGES = {
    "/": "leads to the first page",
    "/office": "leads to the first page",
    "/office/": "leads to the first page",
    "/office/phones/screens": "the part that moves of a page that stands open",
    "/office/broadcasts/{broadcast_id}/events": "a stream for a page that stands open",
}
"""What answers GET there without being a page, and why."""
