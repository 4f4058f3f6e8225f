"""What answers leave open: questions, lists that go on with MORE, the menu that was shown."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.services.carry_out import Heard
from app.store import conversations
from app.store.database import Connection
from bots.ask import More

_MENU = "menu"


def keep_opened(conn: Connection, told: Sequence[tuple[Heard, str]], now: datetime) -> None:
    """Store what these texts closed and what their answers, as sent, opened.

    An answer that was never given opens nothing; a text that opens and closes nothing costs
    nothing. Each phone speaks at most once in `told`.
    """
    known = [(one, text) for one, text in told if one.address is not None]
    for one, text in known:
        kinds = {*one.reply.closes, *([one.reply.opens.kind] if one.reply.opens and text else [])}
        if kinds:
            conversations.close(conn, one.address.id, sorted(kinds), now)  # type: ignore[union-attr]
    answered = [(one, text) for one, text in known if text]
    opening = [one for one, _ in answered if one.reply.opens is not None]
    conversations.put_questions(conn, [_question(one, now) for one in opening])
    lists = [(one, one.reply.more, text) for one, text in answered if one.reply.more is not None]
    conversations.keep_lists(conn, [_list(*each, now) for each in lists])
    menus = [one for one, _ in answered if one.reply.template == _MENU]
    conversations.keep_menus(conn, [{**_whose(one), "menu_at": now} for one in menus])


def _whose(one: Heard) -> dict[str, Any]:
    assert one.address is not None  # noqa: S101 -- only an address is answered
    return {"network_id": one.network.id, "address_id": one.address.id}


def _question(one: Heard, now: datetime) -> dict[str, Any]:
    opened = one.reply.opens
    assert opened is not None  # noqa: S101 -- only those are asked
    asked = {"kind": opened.kind, "about": opened.about, "note": opened.note[:1600]}
    return {**_whose(one), **asked, "asked_at": now, "until": opened.until}


def _list(one: Heard, more: More, text: str, now: datetime) -> dict[str, Any]:
    """Where the list goes on: behind the last of its lines that found room in the text."""
    shown = [code for code in more.codes if _stands_in(code, text)]
    goes_on = more.goes_on or len(shown) < len(more.codes)
    return {
        **_whose(one),
        "intent": more.intent if goes_on else "",
        "argument": more.argument,
        "topic": more.topic,
        "told": more.told + len(shown),
        "last": shown[-1] if shown else more.last,
        "listed_at": now,
    }


def _stands_in(code: str, text: str) -> bool:
    return re.search(rf"(?<![\w/]){re.escape(code)}(?![\w/])", text) is not None
