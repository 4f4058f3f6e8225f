"""What several sheets share: the head, the decisions as a table, the signatures."""

from collections.abc import Sequence

from app.domain.sheets import AttendanceSheet, CallSheet, DecisionPart, Letterhead, Signer
from app.printing.blocks import Facts, Head, Signatures, Table
from app.printing.words import SheetWords


def head_of(head: Letterhead, say: SheetWords) -> Head:
    """The network, where it is, and how to reach the office."""
    reach = [
        f"{say(name)}: {value}"
        for name, value in (("phone", head.phone), ("email", head.email))
        if value
    ]
    return Head(head.network, tuple(line for line in (head.place, "   ".join(reach)) if line))


def decisions_table(
    decisions: Sequence[DecisionPart], say: SheetWords, *, with_state: bool
) -> Table:
    """Number, what, who, until when; and where it stands in the book."""
    heads = [say("no"), say("decision"), say("who"), say("until")]
    rows = [
        [one.code, one.text, one.owner, say.day(one.due) if one.due else ""] for one in decisions
    ]
    shares = [0, 6, 3, 3]
    if with_state and any(one.state for one in decisions):
        heads.append(say("state"))
        shares.append(2)
        for row, one in zip(rows, decisions, strict=True):
            row.append(one.state)
    return Table(tuple(heads), tuple(map(tuple, rows)), tuple(shares))


def meeting_facts(sheet: CallSheet | AttendanceSheet, say: SheetWords) -> Facts:
    """When and where a meeting is; one line each, for what follows needs the page."""
    comma = "، " if say.direction == "rtl" else ", "
    day = say.weekday_both(sheet.held_on, sheet.head.hijri_offset)
    facts = ((say("when"), comma.join((day, sheet.time))), (say("venue"), sheet.venue))
    return Facts(tuple(fact for fact in facts if fact[1]))


def signatures(signers: Sequence[Signer], say: SheetWords, *, has_stamp: bool) -> Signatures:
    """Room for those who sign; without any named, for President and General Secretary."""
    named = tuple(one for one in signers if one.post or one.name)
    usual = (Signer(say("president")), Signer(say("general_secretary")))
    return Signatures(named or usual, say("signature"), say("stamp") if has_stamp else "")


def paragraphs_in(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts cut where a blank line stands, without those that hold nothing."""
    return tuple(part.strip() for text in texts for part in text.split("\n\n") if part.strip())
