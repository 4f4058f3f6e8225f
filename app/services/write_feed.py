"""Write the feed of newsletters (Atom, RFC 4287), for papers and portals that follow them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from app.catalogue import Catalogue
from app.domain.prose import paragraphs
from app.services._newsletter_words import Reader, name_of, plain_text
from app.services.show_newsletters import Issue
from app.store.networks import NetworkInfo

ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").sub
register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where the feed stands: the address of the network's public pages, ending in a slash."""

    home: str
    tag: str
    """In which language."""

    def issue(self, no: int) -> str:
        """The page of one issue."""
        return f"{self.home}news/{no}"


def write_feed(
    issues: Sequence[Issue], network: NetworkInfo, place: FeedPlace, *, catalogue: Catalogue
) -> bytes:
    """The issues as a feed, newest first; ids depend on network and number alone."""
    reader = Reader(place.tag, network, catalogue)
    feed = Element(f"{{{ATOM}}}feed", {LANG: place.tag})
    _add(feed, "id", _id_of(network.slug))
    _add(feed, "title", network.name)
    _add(feed, "updated", _moment(max((_when(one) for one in issues), default=None)))
    _link(feed, "self", f"{place.home}feed.xml", "application/atom+xml")
    _link(feed, "alternate", f"{place.home}news", "text/html")
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", network.name)
    for issue in issues:
        _entry(feed, issue, reader, place)
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def text_of(issue: Issue, network: NetworkInfo, tag: str, *, catalogue: Catalogue) -> str:
    """A whole issue as plain text in that language."""
    return plain_text(issue, issue.items, Reader(tag, network, catalogue))


def _entry(feed: Element, issue: Issue, reader: Reader, place: FeedPlace) -> None:
    entry = SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _id_of(f"{reader.network.slug}/{issue.no}"))
    _add(entry, "title", name_of(issue, reader))
    _add(entry, "updated", _moment(_when(issue)))
    _add(entry, "published", _moment(_when(issue)))
    _link(entry, "alternate", place.issue(issue.no), "text/html")
    text = plain_text(issue, issue.items, reader)
    content = _add(entry, "content", "".join(map(_paragraph, paragraphs(text))))
    content.set("type", "html")


def _paragraph(text: str) -> str:
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>"


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{ATOM}}}{name}")
    child.text = _not_xml("", text)
    return child


def _link(parent: Element, rel: str, address: str, media_type: str) -> None:
    SubElement(
        parent, f"{{{ATOM}}}link", {"rel": rel, "href": _not_xml("", address), "type": media_type}
    )


def _id_of(name: str) -> str:
    """An id that never changes: a UUID reckoned from the name (RFC 4122, version 5)."""
    return uuid5(NAMESPACE_URL, f"munadi:news/{name}").urn


def _when(issue: Issue) -> datetime:
    return issue.approved_at or issue.made_at


def _moment(at: datetime | None) -> str:
    """RFC 3339 in UTC; a feed without issues is as old as time."""
    return (at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
