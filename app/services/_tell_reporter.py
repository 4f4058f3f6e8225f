"""One text about a report to the phone that it came from, over the wire that brought it."""

from dataclasses import dataclass
from typing import Any

from app.domain.errors import Refusal
from app.domain.routing import choose
from app.services._act import Deed
from app.services._mailboxes import answer as letter_to
from app.services._text_row import OneText, text_row
from app.services.answer_member import answerable, route_back
from app.services.keep_letter import keep_letter
from app.services.price_plan import offers
from app.store import answers, inbound, routes
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its language, and the key by which it goes out once."""

    text: str
    language: str
    key: str
    is_by_hand: bool = True


def tell_reporter(conn: Connection, deed: Deed, row: Any, words: Words) -> bool:
    """Queue one text to whoever reported; False when it was queued before.

    What answers a hidden text is hidden with it. Raises Refusal for a report without a phone and
    for a phone that no text may go to.
    """
    if row.address_id is None:
        raise Refusal(
            "no_phone", "This report came from no phone. Give the answer by word of mouth."
        )
    phone = answerable(conn, deed.network_id, row.address_id)
    route = _route(conn, deed, row, phone)
    key = f"ticket{row.id}.{words.key}"
    text = OneText(deed.network_id, phone.id, key, words.language, words.text)
    letter_id = _letter(conn, deed, phone, words) if phone.kind == "email" else None
    more = {"inbound_id": row.inbound_id, "document_id": letter_id}
    return answers.put_once(conn, {**text_row(text, route, deed.now), **more})


def _route(conn: Connection, deed: Deed, row: Any, phone: Any) -> Any:
    """The wire of the phone's last text; of a hidden report the wire that brought that."""
    try:
        return route_back(conn, phone)
    except Refusal as fault:
        if fault.code != "never_wrote" or row.inbound_id is None:
            raise
    heard = inbound.get(conn, deed.network_id, row.inbound_id)
    route = routes.by_name(conn, heard.channel) if heard is not None else None
    if route is not None and route.is_open and phone.reach in route.reaches.split():
        return route
    offer = choose(offers(conn)).get(phone.reach)
    if offer is None:
        raise Refusal(
            "no_route", "No wire reaches this number now. Look at the wires on the first page."
        )
    return routes.by_name(conn, offer.name)


def _letter(conn: Connection, deed: Deed, phone: Any, words: Words) -> int:
    heard = answers.last_heard(conn, phone.id)
    if heard is None:
        raise Refusal(
            "no_route", "No wire reaches this number now. Look at the wires on the first page."
        )
    letter = letter_to(heard, words.text, words.language, is_by_hand=words.is_by_hand)
    return keep_letter(conn, deed.network_id, letter, deed.now)
