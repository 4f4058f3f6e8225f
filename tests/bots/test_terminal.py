"""`python -m bots` plays a conversation through a pipe as it does in a terminal."""

import subprocess
import sys

from tests.bots.script import ROOT


def test_a_conversation_can_be_piped_in() -> None:
    asked = "MINUTES\nD1\nband karo\nJOIN\n11\n2\n2\nROMAN\n\n"
    played = subprocess.run(
        [sys.executable, "-m", "bots"],
        input=asked,
        capture_output=True,
        cwd=ROOT,
        encoding="utf-8",
        check=True,
    )
    replies = played.stdout.splitlines()
    assert [reply[:12] for reply in replies] == [
        "< Minutes 14",
        "< Decision 1",
        "< All messag",
        "< This phone",
        "< Who is it?",
        "< Noted: it ",
        "< EC meeting",
        "< Your langu",
        "< Mirkhai. S",
    ]
