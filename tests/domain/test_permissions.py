"""Which post may do what: the rules that guard the members' money and privacy."""

import pytest

from app.domain.errors import Refusal
from app.domain.permissions import ALLOWED, Act, Post, require


def may(act: Act) -> set[Post]:
    return set(ALLOWED[act])


def test_every_act_says_who_may() -> None:
    assert set(ALLOWED) == set(Act)
    assert all(ALLOWED.values())


def test_the_keeper_plans_and_never_approves() -> None:
    assert Post.KEEPER in may(Act.PLAN)
    assert Post.KEEPER not in may(Act.APPROVE)


def test_at_least_two_posts_may_approve_so_that_an_author_finds_a_second() -> None:
    assert len(may(Act.APPROVE)) >= 2


def test_a_viewer_only_looks() -> None:
    assert [act for act in Act if Post.VIEWER in may(act)] == [Act.LOOK]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("post", Post)
def test_whoever_may_not_is_told_who_may(post: Post, act: Act) -> None:
    if post in may(act):
        require(post, act)
        return
    with pytest.raises(Refusal, match="It is for") as refused:
        require(post, act)
    assert refused.value.code == "not_allowed"
    assert all(one.value in str(refused.value) for one in may(act))
