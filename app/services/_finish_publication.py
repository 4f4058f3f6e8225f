"""Finish a publication: the figures of both media, one hash over all, the forms on record."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from app.domain.broadcast import publication_hash
from app.domain.errors import Refusal
from app.domain.minutes import Minutes
from app.services._open_publication import Opened, PublicationDraft
from app.services.plan_broadcast import Begun, figures
from app.services.show_publication import PublicationView, found, shown
from app.services.write_forms import Written
from app.store import broadcasts, journal, publications
from app.store.database import Connection

REACHES_NOBODY = frozenset({"nobody", "no_route"})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the files and letters are stored."""

    letters: Mapping[str, int]
    files: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Planned:
    """Everything that a publication is made of, before its figures."""

    draft: PublicationDraft
    minutes: Minutes
    opened: Opened
    written: Written
    kept: Kept


def finish_publication(
    conn: Connection,
    plan: Planned,
    gathering: Sequence[tuple[Begun, Counter[str]]],
    now: datetime,
) -> PublicationView:
    """Sum up what was gathered; raises Refusal when neither medium reaches anybody."""
    _check_alone(conn, plan)
    opened, gaps = plan.opened, [asdict(one) for one in plan.written.gaps]
    planned: dict[int, dict[str, Any]] = {}
    unreached: dict[str, dict[str, int]] = {}
    refusals = []
    for begun, verdicts in gathering:
        try:
            planned[begun.choice.broadcast_id] = figures(conn, begun, verdicts, now)
        except Refusal as refusal:
            if refusal.code not in REACHES_NOBODY:
                raise
            refusals.append(refusal)
            broadcasts.drop(conn, begun.choice.broadcast_id)
            unreached[begun.draft.medium.value] = dict(verdicts)
    if not planned:
        raise refusals[0]
    _add_forms(conn, plan)
    whole = publication_hash(
        [one["plan_hash"] for one in planned.values()], plan.minutes.revision, _marks(plan.written)
    )
    for broadcast_id, values in planned.items():
        broadcasts.change(conn, broadcast_id, **{**values, "plan_hash": whole})
    values = {"state": "planned", "plan_hash": whole, "unreached": unreached, "gaps": gaps}
    publications.change(conn, opened.id, **values)
    _write_down(conn, plan, planned, whole, now)
    return shown(conn, found(conn, opened.network.id, opened.id))


def _check_alone(conn: Connection, plan: Planned) -> None:
    """Another plan of the same meeting, made at the same time, has taken this one back."""
    row = found(conn, plan.opened.network.id, plan.opened.id, locked=True)
    if row.state != "planning":
        raise Refusal(
            "changed_meanwhile", "It was planned anew in the meantime. Look at the newest plan."
        )


def _marks(written: Written) -> list[tuple[str, ...]]:
    """What the hash is made over: every form with the digest of its file."""
    return [
        *(
            (one.form, one.language, one.body, _digest(one.file.content if one.file else b""))
            for one in written.forms
        ),
        *(
            ("mail", tag, letter.html, *(_digest(one.content) for one in letter.attachments))
            for tag, letter in written.letters.items()
        ),
    ]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _add_forms(conn: Connection, plan: Planned) -> None:
    rows = [
        {
            "form": form.form,
            "language": form.language,
            "body": form.body,
            "document_id": document_id,
        }
        for form, document_id in zip(plan.written.forms, plan.kept.files, strict=True)
    ]
    for tag, letter in plan.written.letters.items():
        document_id = plan.kept.letters[tag]
        rows.append(
            {"form": "mail", "language": tag, "body": letter.text, "document_id": document_id}
        )
    publications.add_forms(conn, plan.opened.id, rows)


def _write_down(
    conn: Connection,
    plan: Planned,
    planned: Mapping[int, Mapping[str, Any]],
    whole: str,
    now: datetime,
) -> None:
    minutes = plan.minutes
    journal.append(
        conn,
        {
            "network_id": plan.opened.network.id,
            "at": now,
            "actor": plan.draft.author,
            "action": "publication planned",
            "subject": f"{minutes.body} {minutes.label}",
            "detail": {
                "plan_hash": whole,
                "revision": minutes.revision,
                "people": sum(one["people"] for one in planned.values()),
                "addresses": sum(one["addresses"] for one in planned.values()),
            },
        },
    )


def abandon(conn: Connection, publication_id: int) -> None:
    """Leave nothing of a plan that could not be made."""
    for row in publications.broadcasts_of(conn, publication_id):
        broadcasts.drop(conn, row.id)
    publications.drop(conn, publication_id)
