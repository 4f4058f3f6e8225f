"""JSON lines in, one JSON line out for each: `segments`, `number`, `parse`."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import typer

from app.catalogue import MESSAGE_TEMPLATES, Catalogue
from app.cli._say import say_json
from app.domain import gsm
from app.domain.msisdn import read_number
from bots.conversation import understand

Answer = Callable[[str], Mapping[str, Any]]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command()(segments)
    cli.command()(number)
    cli.command()(parse)


def segments() -> None:
    """Split texts as they will be billed: lines {"text"} in, encoding, units and segments out."""
    _answer_lines("text", _segments)


def number() -> None:
    """Read telephone numbers: lines {"raw"} in, what each is and may receive out."""
    _answer_lines("raw", _number)


def parse() -> None:
    """Understand members' texts: lines {"text"} in, intent and argument out."""
    words = Catalogue.load(MESSAGE_TEMPLATES).vocabulary()

    def answer(text: str) -> Mapping[str, Any]:
        ask = understand(text, words)
        return {
            "intent": ask.intent,
            "argument": ask.argument,
            "certainty": ask.certainty.value,
            "language": ask.language,
        }

    _answer_lines("text", answer)


def _segments(text: str) -> Mapping[str, Any]:
    parts = gsm.segments(text)
    return {
        "encoding": gsm.encoding_of(text).value,
        "units": sum(part.units for part in parts),
        "count": len(parts),
        "segments": [{"text": part.text, "units": part.units} for part in parts],
    }


def _number(raw: str) -> Mapping[str, Any]:
    found = read_number(raw)
    return {
        "msisdn": found.msisdn,
        "kind": found.kind,
        "sms": found.sms,
        "possible": found.possible,
        "valid": found.valid,
        "problem": found.problem,
    }


def _answer_lines(key: str, answer: Answer) -> None:
    """Answer each line in order; also an empty one and one that is no such object."""
    bad = 0
    # surrogateescape keeps the order even where a line is not UTF-8.
    for at, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            value = json.loads(raw.decode("utf-8", errors="surrogateescape"))[key]
        except (ValueError, TypeError, KeyError, RecursionError):
            value = None
        if isinstance(value, str):
            say_json(answer(value))
        else:
            bad += 1
            say_json({"error": f'Line {at} is not {{"{key}": "…"}}.'})
    sys.stdout.flush()
    if bad:
        raise typer.Exit(1)
