"""Set a sheet with typst: PDF/A-3 with tags, or a picture.

Only our fonts and typst's own, nothing of the machine or the net.
"""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from app.printing.coverage import FONTS

LAYOUTS = Path(__file__).parent / "layouts"
STANDARDS = ("a-3a", "ua-1")
"""Kept for years, and read aloud by machines (ISO 19005-3, ISO 14289-1)."""
PPI = 100

_of_thread = threading.local()


def set_pdf(layout: str, data: Mapping[str, Any], dated: datetime) -> bytes:
    """The pages as one PDF; the same words give the same bytes."""
    made = _compile(
        layout,
        data,
        format="pdf",
        pdf_standards=list(STANDARDS),
        timestamp=dated.replace(tzinfo=UTC),
    )
    return made if isinstance(made, bytes) else b"".join(made)


def set_first_page(layout: str, data: Mapping[str, Any]) -> bytes:
    """The first page as a PNG in full colour."""
    made = _compile(layout, data, format="png", ppi=PPI)
    return made if isinstance(made, bytes) else made[0]


def _compile(layout: str, data: Mapping[str, Any], **how: Any) -> bytes | list[bytes]:
    compiler = _compiler()
    source = (LAYOUTS / f"{layout}.typ").read_bytes()
    given = {"sheet": json.dumps(data, ensure_ascii=False, separators=(",", ":"))}
    made: bytes | list[bytes] = compiler.compile(source, sys_inputs=given, **how)
    return made


def _compiler() -> Any:
    """One for each thread: it is not made to be shared."""
    found = getattr(_of_thread, "compiler", None)
    if found is None:
        found = _of_thread.compiler = typst.Compiler(root=LAYOUTS, font_paths=_fonts())
    return found


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
