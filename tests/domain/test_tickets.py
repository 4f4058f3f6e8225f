"""The clock of reports: seven days, then late, a week later for the support programme."""

from datetime import date, timedelta

import pytest

from app.domain.permissions import ALLOWED, Act, Post
from app.domain.tickets import (
    TicketState,
    days_late,
    due_on,
    is_for_rsp,
    may_become,
    owner_called,
    ticket_no,
)

FILED = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("after", "late", "rsp"), [(7, 0, False), (8, 1, False), (14, 7, False), (15, 8, True)]
)
def test_a_report_is_late_after_seven_days_and_the_rsps_after_fourteen(
    after: int, late: int, rsp: bool
) -> None:
    due, today = due_on(FILED), FILED + timedelta(days=after)
    assert days_late("open", due, today) == late
    assert is_for_rsp("in hand", due, today) is rsp
    for state in ("answered", "closed"):
        assert days_late(state, due, today) == 0
        assert not is_for_rsp(state, due, today)


def test_a_closed_report_can_only_be_opened_again() -> None:
    assert [state for state in TicketState if may_become(TicketState.CLOSED, state)] == ["open"]
    assert may_become(TicketState.ANSWERED, TicketState.ANSWERED)


@pytest.mark.parametrize(
    ("words", "no"), [("R27", 27), ("r 27", 27), ("27", 27), ("R", None), ("Rx", None), ("", None)]
)
def test_numbers_are_read_as_people_write_them(words: str, no: int | None) -> None:
    assert ticket_no(words) == no


def test_owners_are_called_in_the_readers_language() -> None:
    assert owner_called("Vice President", "ur") == "نائب صدر"
    assert owner_called("Vice President", "sd", "en") == "نائب صدر"
    assert owner_called("Vice President", "ur-Latn") == "Naib Sadar"
    assert owner_called("Vice President", "en", "ur") == "Vice President"


def test_reports_of_abuse_are_for_two_posts_alone() -> None:
    assert ALLOWED[Act.SEE_PROTECTED] == {Post.PRESIDENT, Post.FOCAL}
    assert Post.FOCAL not in ALLOWED[Act.PLAN]
