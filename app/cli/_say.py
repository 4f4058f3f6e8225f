"""What a command says: plain lines for people, ASCII lines of JSON for programs."""

import json
import sys
from typing import Any


def say(text: str) -> None:
    """Write one line for the person or the program that reads us."""
    sys.stdout.write(text + "\n")


def say_now(text: str) -> None:
    """Write one line at once, for whoever waits for it through a pipe."""
    say(text)
    sys.stdout.flush()


def say_json(value: Any) -> None:
    """Write one value as one ASCII line of JSON."""
    say(json.dumps(value, ensure_ascii=True))
