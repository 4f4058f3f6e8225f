"""Notice boards over the command line: written down, hung, listed."""

from tests.cli.here import Here


def test_a_board_is_added_a_sheet_hung_and_both_are_listed(here: Here) -> None:
    keeper = str(here.people["Nusrat"])
    told = here.ok("board", "add", "School gate", "--unit", "LSO Roshni", "--keeper", keeper)
    assert told == "It is board 1. Paint the number on it.\n"
    here.ok("board", "add", "Bazaar")
    hung = here.ok("board", "hang", "Road petition", "--lang", "en", "--until", "2999-12-31")
    assert hung.startswith("Sheet 1 is for 2 boards.")
    (one,) = here.lines("board", "hang", "Fees", "--on", "2")
    assert (one["no"], one["boards"]) == (2, 1)
    listed = here.ok("board", "list")
    assert "   1  School gate, LSO Roshni; Nusrat looks after it" in listed
    assert "1 notice: Road petition until 2999-12-31: given out" in listed
    assert "3 not proved to hang, 0 must come down." in listed
    assert [one["no"] for one in here.lines("board", "list")] == [1, 2]


def test_what_is_wrong_is_said_in_one_line(here: Here) -> None:
    assert "no notice board" in here.refused("board", "hang", "Road")
    here.ok("board", "add", "Gate")
    assert "no such board" in here.refused("board", "hang", "Road", "--on", "9")
    assert "is past" in here.refused("board", "hang", "Road", "--until", "2001-01-01")
    assert "no unit called" in here.refused("board", "add", "Gate", "--unit", "LSO Nowhere")
