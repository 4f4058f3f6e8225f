"""Confirm what owners reported: the decision takes the step, or the sender is told otherwise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.language import chain
from app.domain.minutes import DecisionState
from app.domain.pasted import clean_line
from app.domain.routing import REACHES
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.services._text_row import OneText, text_row
from app.services.answer_join import UNWELCOME
from app.services.answer_member import route_back
from app.services.change_decision import Change, change_by
from app.store import addresses, answers, follow_up, networks
from app.store.database import Connection, Database

MOST_LETTERS = 100
"""Of the reason that a refusal tells the sender."""
BY_TEXT = "reported by text"


@dataclass(frozen=True, slots=True)
class Ruling:
    """About which report it is decided; `note` is what the secretary adds."""

    report_id: int
    note: str = ""


async def confirm_report(
    database: Database, network_id: int, ruling: Ruling, *, by: str, now: datetime
) -> None:
    """Let the decision stand as its owner reported; the note goes into its history.

    Raises Refusal: not_found, decided when somebody was quicker, closed when the decision is
    done, dropped or lapsed meanwhile, and what `change_decision` raises.
    """
    await database.write(_confirm, Deed(network_id, by, now), ruling)


async def refuse_report(  # noqa: PLR0913 -- whose report, by whom, when, in which words
    database: Database,
    network_id: int,
    ruling: Ruling,
    *,
    catalogue: Catalogue,
    by: str,
    now: datetime,
) -> bool:
    """Leave the decision as it stands; gives whether a text about it goes to the sender.

    Raises Refusal: not_found, decided, note_too_long.
    """
    return await database.write(_refuse, Deed(network_id, by, now), ruling, catalogue)


def _confirm(conn: Connection, deed: Deed, ruling: Ruling) -> None:
    report = _settled(conn, deed, ruling, "confirmed")
    parts = (clean_line(ruling.note), f"{report.note} ({BY_TEXT})" if report.note else BY_TEXT)
    note = "; ".join(part for part in parts if part)[:300]
    change_by(conn, deed, report.decision_id, Change(DecisionState(report.said), note))
    deed.note(conn, "report confirmed", f"{report.body} {report.label}/{report.no}", id=report.id)


def _refuse(conn: Connection, deed: Deed, ruling: Ruling, catalogue: Catalogue) -> bool:
    note = clean_line(ruling.note)
    if len(note) > MOST_LETTERS:
        raise Refusal(
            "note_too_long",
            "The note has {count} letters; at most {most} fit. Shorten it.",
            count=len(note),
            most=MOST_LETTERS,
        )
    report = _settled(conn, deed, ruling, "refused")
    deed.note(conn, "report refused", f"{report.body} {report.label}/{report.no}", id=report.id)
    return _tell(conn, deed, report, note, catalogue)


def _settled(conn: Connection, deed: Deed, ruling: Ruling, state: str) -> Any:
    """The report, which waits no more; raises Refusal when it did not wait."""
    networks.hold(conn, deed.network_id)
    report = None
    if 0 < ruling.report_id <= LARGEST_ID:
        report = follow_up.get(conn, deed.network_id, ruling.report_id)
    if report is None:
        raise Refusal("not_found", "There is no such report here. Open it from the list.")
    values = {"state": state, "decided_by": deed.by, "decided_at": deed.now}
    if report.state != "waiting" or not follow_up.decide(conn, report.id, values):
        raise Refusal(
            "decided",
            "{who} has decided about this report already. Nothing was changed.",
            who=report.decided_by,
        )
    return report


def _tell(conn: Connection, deed: Deed, report: Any, note: str, catalogue: Catalogue) -> bool:
    """Queue the one text about it; False for a phone that gets none or that no wire reaches."""
    phone = addresses.get(conn, deed.network_id, report.address_id)
    if phone is None or phone.standing in UNWELCOME or phone.reach not in REACHES:
        return False
    try:
        route = route_back(conn, phone)
    except Refusal:
        return False
    network = networks.by_id(conn, deed.network_id)
    language = phone.language or report.language or network.language
    short = network.short_name(chain(language, catalogue.languages, network.language))
    values = {"network": short, "code": f"{report.label}/{report.no}", "note": note.rstrip(".۔")}
    text = catalogue.render("report_refused", values, language)
    told = OneText(network.id, phone.id, f"report{report.id}", text.language, text.text)
    return answers.put_once(conn, text_row(told, route, deed.now))
