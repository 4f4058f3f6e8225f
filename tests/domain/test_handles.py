"""E-mail, Telegram and WhatsApp names: one form for each, plain words for what is none, masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.handles import mask_handle, read_handle


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("email", " Gul.Rukh@Example.ORG ", "Gul.Rukh@example.org"),
        ("email", "mailto:a+b@x.co.uk", "a+b@x.co.uk"),
        ("email", "xen-roads@cw.kp.gov.pk", "xen-roads@cw.kp.gov.pk"),
        ("telegram", "@GulRukh", "gulrukh"),
        ("telegram", "https://t.me/gul_rukh", "gul_rukh"),
        ("telegram", "123456789", "123456789"),
        ("whatsapp", "0390 1234567", "+923901234567"),
    ],
)
def test_a_name_is_kept_in_one_form(kind: str, raw: str, kept: str) -> None:
    assert read_handle(kind, raw) == kept
    assert read_handle(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("email", ""),
        ("email", "gul"),
        ("email", "gul@home"),
        ("email", "gul@@example.org"),
        ("email", "gul rukh@example.org"),
        ("email", "a@example.org, b@example.org"),
        ("email", "gul..rukh@example.org"),
        ("email", ".gul@example.org"),
        ("email", "gul.@example.org"),
        ("email", "x" * 300 + "@example.org"),
        ("telegram", "gul"),
        ("telegram", "گل رخ"),
        ("telegram", "https://example.org/gulrukh"),
        ("whatsapp", "gulrukh"),
        ("whatsapp", "0943 412345"),
    ],
)
def test_what_is_no_name_is_refused(kind: str, raw: str) -> None:
    with pytest.raises(Refusal):
        read_handle(kind, raw)


@pytest.mark.parametrize(
    ("kind", "handle", "shown"),
    [
        ("email", "gul.rukh@example.org", "g*****@example.org"),
        ("telegram", "gulrukh", "gu*****"),
        ("whatsapp", "+923901234567", "039*****67"),
    ],
)
def test_a_name_is_shown_masked(kind: str, handle: str, shown: str) -> None:
    assert mask_handle(kind, handle) == shown


@given(st.sampled_from(["email", "telegram", "whatsapp"]), st.text(max_size=60))
def test_any_text_is_read_or_refused_and_reading_twice_changes_nothing(kind: str, raw: str) -> None:
    try:
        kept = read_handle(kind, raw)
    except Refusal:
        return
    assert read_handle(kind, kept) == kept
