"""Open a publication: its Refs, what it corrects, and what it takes the place of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.broadcast import Medium
from app.domain.errors import Refusal
from app.domain.minutes import Minutes, Words
from app.printing.words import languages
from app.services._paper_desk import is_local
from app.services.cancel_broadcast import take_back
from app.services.show_publication import PublicationView, shown
from app.store import meetings, networks, publications, seats, units
from app.store.database import Connection
from app.store.networks import NetworkInfo


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """What an officer wants to publish, and to whom."""

    network_id: int
    meeting_id: int
    author: str
    author_id: int | None
    audience: str = "all"
    texts: Words = field(default_factory=dict)
    """Words of the text by language, where the author wants others; name and Ref are added."""
    sees_health: bool = False
    idem_key: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A publication that is being planned, with what was looked up for it."""

    id: int
    network: NetworkInfo
    ref: int
    mail_ref: int
    body_names: Words
    is_latest: bool
    earlier: Mapping[Medium, tuple[Any, ...]]
    """Broadcasts that this one corrects, newest first."""
    stopped: Sequence[Any] = ()
    """Broadcasts of the same revision that were approved and stopped: whom they reached has it."""
    local_name: str = ""
    """What the network is called in its own script."""

    @property
    def is_correction(self) -> bool:
        """Whether an earlier revision went out."""
        return any(self.earlier.values())

    def old_ref(self, medium: Medium) -> int | None:
        """The Ref that no longer holds, of that medium or else of the other."""
        rows = self.earlier[medium] or self.earlier[_other(medium)]
        return rows[0].ref if rows else None


def _other(medium: Medium) -> Medium:
    return Medium.MAIL if medium is Medium.TEXT else Medium.TEXT


def open_publication(
    conn: Connection, draft: PublicationDraft, minutes: Minutes, now: datetime
) -> Opened | PublicationView:
    """Begin a publication, or give the one that was made with the same key."""
    network = networks.by_id(conn, draft.network_id)
    networks.hold(conn, network.id)
    if draft.idem_key:
        known = publications.by_idem_key(conn, network.id, draft.idem_key)
        if known is not None and known.state != "planning":
            return shown(conn, known)
    earlier = _take_back_or_correct(conn, draft, minutes, now)
    ref, mail_ref = networks.next_ref(conn, network.id), networks.next_ref(conn, network.id)
    publication_id = publications.add(
        conn,
        {
            "network_id": network.id,
            "meeting_id": draft.meeting_id,
            "revision": minutes.revision,
            "corrects_id": earlier[0].id if earlier else None,
            "audience": _audience(draft, earlier),
            "author_id": draft.author_id,
            "idem_key": draft.idem_key,
            "created_at": now,
        },
    )
    rows = [row for one in earlier for row in publications.broadcasts_of(conn, one.id)]
    planned = publications.get(conn, network.id, publication_id)
    newest = meetings.published(conn, network.id, registered=False)
    root = units.root(conn, network.id)
    return Opened(
        id=publication_id,
        network=network,
        ref=ref,
        mail_ref=mail_ref,
        body_names=_body_names(conn, network, minutes.body),
        is_latest=newest is not None and newest.meeting_id == draft.meeting_id,
        earlier={medium: tuple(row for row in rows if row.medium == medium) for medium in Medium},
        stopped=publications.stopped_before(conn, planned),
        local_name=root.local_name if root is not None else "",
    )


def _audience(draft: PublicationDraft, earlier: Sequence[Any]) -> str:
    return earlier[0].audience if earlier else draft.audience


def _take_back_or_correct(
    conn: Connection, draft: PublicationDraft, minutes: Minutes, now: datetime
) -> list[Any]:
    """Take back what waits for approval; gives what went out before and is corrected now."""
    earlier = []
    for row in publications.of_meeting(conn, draft.network_id, draft.meeting_id):
        if row.state == "approved" and row.revision == minutes.revision:
            raise Refusal(
                "gone_out",
                "These minutes went out already. Publish a changed revision to correct them.",
            )
        is_older = row.revision < minutes.revision
        if is_older and row.approved_at is not None and publications.went_out(conn, row.id):
            earlier.append(row)
        elif row.state in {"planned", "planning"}:
            for one in publications.broadcasts_of(conn, row.id):
                take_back(conn, one, draft.author, now)
            publications.change(conn, row.id, state="cancelled", idem_key=None)
    return earlier


def _body_names(conn: Connection, network: NetworkInfo, code: str) -> Words:
    """The name of the body in every language: the local one is for those of its script."""
    for row in seats.bodies(conn, network.id):
        if row.code == code:
            return {
                tag: row.local_name if row.local_name and is_local(tag) else row.name
                for tag in languages()
            }
    return {}
