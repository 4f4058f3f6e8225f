"""What a meeting may expect follows from what was said and how often the silent ones came."""

import pytest

from app.domain.forecast import Forecast, Outlook, Word, foretell

YES, NO, NOTHING = Word("coming"), Word("not"), Word()


@pytest.mark.parametrize(
    ("words", "quorum", "outlook", "wanted"),
    [
        ([YES] * 8, 8, Outlook.SURE, 0),
        ([YES] * 7 + [NOTHING], 8, Outlook.POSSIBLE, 1),
        ([YES] * 5 + [NOTHING] * 3, 8, Outlook.POSSIBLE, 3),
        ([YES] * 5 + [NOTHING] * 2 + [NO] * 8, 8, Outlook.OUT_OF_REACH, 3),
        ([Word("not", stand_in="Gul")] * 9 + [YES] * 7, 8, Outlook.OUT_OF_REACH, 1),
        ([YES], 0, Outlook.NO_RULE, 0),
        ([], 8, Outlook.OUT_OF_REACH, 8),
    ],
)
def test_a_quorum_is_sure_possible_or_out_of_reach(
    words: list[Word], quorum: int, outlook: Outlook, wanted: int
) -> None:
    seen = foretell(words, quorum)
    assert (seen.outlook, seen.wanted) == (outlook, wanted)
    assert seen.expected == len(words)


def test_women_transport_children_and_stand_ins_are_counted_of_those_whom_they_concern() -> None:
    seen = foretell(
        [
            Word("coming", is_woman=True, needs_transport=True, with_child=True),
            Word("coming", is_woman=True, with_child=True),
            Word("coming"),
            Word("not", is_woman=True, needs_transport=True, with_child=True, stand_in="Gul"),
            Word(is_woman=True),
        ],
        quorum=3,
    )
    assert seen == Forecast(
        coming=3,
        women_coming=2,
        not_coming=1,
        women_not_coming=1,
        silent=1,
        women_silent=1,
        transport=1,
        children=2,
        stand_ins=1,
        quorum=3,
        likely=4,
        women_likely=3,
    )


def test_the_silent_count_by_their_habit_and_half_where_it_is_unknown() -> None:
    often = Word(came=11, asked=12)
    rarely = Word(came=1, asked=12, is_woman=True)
    assert foretell([often] * 4 + [rarely] * 4, 8).likely == 4
    assert foretell([rarely] * 4, 8).women_likely == 0
    assert foretell([often] * 10, 8).likely == 9
    assert foretell([NOTHING] * 3, 8).likely == 2
    assert foretell([YES, NO], 8).likely == 1
    assert not foretell([often], 8).has_answers
    assert foretell([NO], 8).has_answers
