"""Names of groups and audiences: each means one thing when it stands among the words of others."""

from app.domain.audience_words import LONGEST_NAME, is_reserved
from app.domain.errors import Phrase, Refusal
from app.domain.names import name_key
from app.store import groups
from app.store.database import Connection

MOST_LETTERS = 80


def good_name(conn: Connection, network_id: int, name: str, *, is_own: str, own: str = "") -> str:
    """The name without needless blanks; raises Refusal when it is taken or a word of ours.

    `is_own` is `group` or `audience`, and `own` the name that it bears already.
    """
    tidy = " ".join(name.split())
    if not name_key(tidy):
        raise Refusal("name", "Give it a name of letters or digits.")
    if len(tidy) > MOST_LETTERS or len(name_key(tidy).split()) > LONGEST_NAME:
        raise Refusal("name", "The name is too long: {most} letters at most.", most=MOST_LETTERS)
    if is_reserved(tidy):
        raise Refusal(
            "name_reserved",
            "{name} already means something where an audience is written. Take another name.",
            name=repr(tidy),
        )
    taken = groups.bearers(conn, network_id, tidy)
    if own and name_key(own) == name_key(tidy):
        taken.discard(is_own)
    if taken:
        raise Refusal(
            "name_taken",
            "There is a {what} called {name} already. Take another name.",
            what=Phrase(sorted(taken)[0]),
            name=repr(tidy),
        )
    return tidy
