"""Which post may do what: one table for pages, API and command line."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.errors import Phrase, Refusal


class Post(StrEnum):
    """The office that a user of Munadi holds."""

    PRESIDENT = "president"
    GENERAL_SECRETARY = "general secretary"
    PRESS = "press"
    KEEPER = "keeper"
    FOCAL = "focal person"
    """Somebody whom the network trusts with reports of abuse, most often a woman."""
    FINANCE = "finance secretary"
    """Who keeps the register of loans and their instalments."""
    VIEWER = "viewer"


class Act(StrEnum):
    """What a person may want to do."""

    LOOK = "look"
    SEE_NUMBERS = "see_numbers"
    PLAN = "plan"
    APPROVE = "approve"
    CANCEL = "cancel"
    IMPORT = "import"
    WRITE_MINUTES = "write_minutes"
    KEEP = "keep"
    EDIT = "edit"
    """Change units, people, posts, groups."""
    SEE_HEALTH = "see_health"
    """Blood groups, and when somebody gave blood."""
    ADMIT = "admit"
    """Let a stranger join who asked by text."""
    WORK_TICKETS = "work_tickets"
    """File, assign, answer and close reports of problems."""
    SEE_PROTECTED = "see_protected"
    """Read and work on reports of abuse and violence."""
    ANSWER = "answer"
    """Answer members, look after threads, make something of a text, give words a meaning."""
    INSTALMENTS = "instalments"
    """Know who pays back what on which day, and have them reminded."""


_OFFICERS = frozenset({Post.PRESIDENT, Post.GENERAL_SECRETARY, Post.PRESS})
ALLOWED: Mapping[Act, frozenset[Post]] = {
    Act.LOOK: frozenset(Post),
    Act.SEE_NUMBERS: _OFFICERS | {Post.KEEPER},
    Act.PLAN: _OFFICERS | {Post.KEEPER},
    Act.APPROVE: _OFFICERS,
    Act.CANCEL: _OFFICERS | {Post.KEEPER},
    Act.IMPORT: frozenset({Post.GENERAL_SECRETARY, Post.KEEPER}),
    Act.WRITE_MINUTES: frozenset({Post.GENERAL_SECRETARY, Post.KEEPER}),
    Act.KEEP: frozenset({Post.PRESIDENT, Post.KEEPER}),
    Act.EDIT: frozenset({Post.PRESIDENT, Post.GENERAL_SECRETARY, Post.KEEPER}),
    Act.SEE_HEALTH: frozenset({Post.PRESIDENT, Post.GENERAL_SECRETARY, Post.KEEPER}),
    Act.ADMIT: frozenset({Post.PRESIDENT, Post.GENERAL_SECRETARY}),
    Act.WORK_TICKETS: _OFFICERS | {Post.KEEPER, Post.FOCAL},
    Act.SEE_PROTECTED: frozenset({Post.PRESIDENT, Post.FOCAL}),
    Act.ANSWER: _OFFICERS | {Post.KEEPER},
    Act.INSTALMENTS: frozenset({Post.PRESIDENT, Post.FINANCE}),
}


def require(post: Post, act: Act) -> None:
    """Raise a Refusal that says who may, unless this post may do that."""
    if post not in ALLOWED[act]:
        who = ", ".join(sorted(allowed.value for allowed in ALLOWED[act]))
        raise Refusal(
            "not_allowed",
            "A {post} may not do this. It is for: {who}.",
            post=Phrase(post.value),
            who=who,
        )
