"""What may be asked of a print: form, language, paper, the office's number."""

import pytest

from app.domain.errors import Refusal
from app.services.print_sheet import Order, order_of, print_sheet
from tests.printing.samples import notice


def test_an_order_is_understood_in_any_case() -> None:
    assert order_of("PDF", "UR-latn", "A3", " 0300  123 ") == Order(
        "pdf", "ur-Latn", "a3", "0300 123"
    )


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (("exe", "ur"), "form"),
        (("", "ur"), "form"),
        (("pdf", "fr"), "language"),
        (("pdf", "../en"), "language"),
        (("pdf", "ur", "a0"), "paper"),
        (("pdf", "ur", "a4", "9" * 41), "phone"),
    ],
)
def test_what_cannot_be_made_is_refused(told: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        order_of(*told)
    assert refused.value.code == code


async def test_a_sheet_is_made_in_the_form_that_was_ordered() -> None:
    printed = await print_sheet(notice("ur"), order_of("png", "ur", "a3"))
    assert printed.content.startswith(b"\x89PNG")
    assert (printed.media_type, printed.name) == ("image/png", "notice-12-ur.png")
