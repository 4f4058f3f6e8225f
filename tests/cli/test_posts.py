"""Posts and bodies over the command line: named, renewed, handed over, left, listed."""

from tests.cli.here import Here


def test_a_post_goes_from_hand_to_hand(here: Here) -> None:
    nusrat, amina = (str(here.people[name]) for name in ("Nusrat", "Amina"))
    at_roshni = ("--unit", "LSO Roshni")
    days = ("--from", "2026-01-01", "--until", "2099-02-28")
    [made] = here.lines("post", "appoint", nusrat, "president", *at_roshni, *days)
    seat = str(made["id"])
    listed = here.ok("post", "list", *at_roshni)
    assert f"{seat:>6}  LSO President, LSO Roshni: Nusrat until 2099-02-28" in listed
    assert "LSO General Secretary, LSO Roshni: VACANT" in listed
    said = here.refused("post", "appoint", amina, "President", *at_roshni)
    assert "President of LSO Roshni is Nusrat until 2099-02-28" in said
    [handed] = here.lines("post", "hand-over", seat, amina)
    assert handed["phones"] == 0
    assert "no such seat" in here.refused("post", "end", seat)
    vacant = len(here.lines("post", "list", "--vacant"))
    assert "is ended" in here.ok("post", "end", str(handed["id"]))
    assert len(here.lines("post", "list", "--vacant")) == vacant + 1
    [again] = here.lines("post", "appoint", nusrat, "Member", *at_roshni, "--body", "GB", *days)
    [renewed] = here.lines("post", "renew", str(again["id"]), "--until", "2099-12-31")
    assert renewed["id"] != again["id"]


def test_bodies_are_kept_by_their_short_names(here: Here) -> None:
    here.ok("body", "add", "flood", "Flood committee", "--seats", "3", "--women-percent", "50")
    bilqis = str(here.people["Bilqis"])
    here.ok("post", "appoint", bilqis, "Member", "--unit", "Roshni", "--body", "FLOOD")
    [shown] = here.lines("body", "show", "flood")
    assert (shown["seats"], shown["filled"], shown["vacant"], shown["women_missing"]) == (
        3, 1, 2, 1,
    )  # fmt: skip
    listed = here.ok("body", "list")
    assert "FLOOD  Flood committee: 1 of 3 seats, 2 vacant; 1 women (100 %), 1 missing" in listed
    assert "Changed: women_percent." in here.ok("body", "change", "GB", "--women-percent", "33")
    assert "held now" in here.refused("body", "remove", "FLOOD")
    assert "is part of every network" in here.refused("body", "remove", "GB")
    assert "no body" in here.refused("body", "show", "../x")
