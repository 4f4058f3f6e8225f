"""The sheets of one meeting: the page of the book, the notice for the boards, the press note."""

from collections.abc import Sequence
from datetime import timedelta

from app.domain.minutes import DecisionEntry, Minutes
from app.domain.sheets import (
    DecisionPart,
    ItemPart,
    MinutesSheet,
    NoticeSheet,
    PressSheet,
    ResolutionPart,
)
from app.services._form_setting import Setting, public_decisions
from app.services._who_came import counts_by_lso
from bots.values import Value

HANGS = timedelta(days=30)
"""How long a sheet hangs where no next meeting is known."""


def minutes_sheet(minutes: Minutes, setting: Setting, tag: str) -> MinutesSheet:
    """The minutes for readers: without restricted items; who came stands in numbers only."""
    record, at = minutes.record, setting.local(minutes.at)
    next_at = setting.local(record.next_at) if record.next_at else None
    return MinutesSheet(
        tag=tag,
        head=setting.head_in(tag),
        body=setting.body(minutes.body, tag),
        label=minutes.label,
        held_on=at.date(),
        time=f"{at:%H:%M}",
        venue=setting.said(minutes.venue, tag),
        chair=record.chair,
        recitation=record.recitation,
        confirms=record.confirms,
        quorum=minutes.quorum,
        counts=counts_by_lso([one for one in minutes.attendees if one.person_id is not None]),
        items=tuple(
            ItemPart(setting.said(one.title, tag), setting.said(one.said, tag))
            for one in record.items
            if not one.restricted
        ),
        decisions=tuple(_part(one, minutes, setting, tag) for one in public_decisions(minutes)),
        resolutions=tuple(
            ResolutionPart(
                code=f"{minutes.label}/R{one.no}",
                title=setting.said(one.titles, tag),
                text=setting.said(one.texts, tag),
                addressee=setting.said(one.addressee, tag),
                reply_due=one.reply_due,
            )
            for one in record.resolutions
        ),
        finance=setting.said(record.finance, tag),
        next_on=next_at.date() if next_at else None,
        next_time=f"{next_at:%H:%M}" if next_at else "",
        next_venue=setting.said(record.next_venue, tag),
        thanks=record.thanks,
        confirmed_on=setting.local(minutes.confirmed_at).date() if minutes.confirmed_at else None,
    )


def notice_sheet(minutes: Minutes, setting: Setting, tag: str) -> NoticeSheet:
    """What was decided and demanded, for the boards; it hangs until the next meeting."""
    record, facts = minutes.record, setting.facts(minutes, tag)
    next_at = setting.local(record.next_at).date() if record.next_at else None
    return NoticeSheet(
        tag=tag,
        head=setting.head_in(tag),
        no=f"{minutes.body} {minutes.label}",
        title=setting.line("sheet_title", tag, facts),
        paragraphs=tuple(paragraphs(minutes, setting, tag, demands(minutes, setting, tag))),
        dated=setting.today,
        valid_until=next_at if next_at and next_at > setting.today else setting.today + HANGS,
        ref=str(setting.ref),
    )


def press_sheet(minutes: Minutes, setting: Setting, tag: str) -> PressSheet:
    """The note to the press, in the third person."""
    facts = {**setting.facts(minutes, tag), "body": setting.body(minutes.body, tag)}
    return PressSheet(
        tag=tag,
        head=setting.head_in(tag),
        place=setting.said(minutes.venue, tag),
        dated=setting.today,
        title=setting.line("press_title", tag, facts),
        paragraphs=(
            setting.line("press_opening", tag, facts),
            *(sentence(one, setting, tag) for one in public_decisions(minutes)),
        ),
        demands=tuple(setting.said(one.titles, tag) for one in minutes.record.resolutions),
        ref=str(setting.ref),
    )


def demands(minutes: Minutes, setting: Setting, tag: str) -> list[str]:
    """Each resolution with its code, and to whom it goes."""
    lines = []
    for one in minutes.record.resolutions:
        title = setting.said(one.titles, tag) or setting.said(one.texts, tag)
        addressee = setting.said(one.addressee, tag)
        line = f"{minutes.label}/R{one.no} {title}"
        lines.append(f"{line}\n({addressee})" if addressee else line)
    return lines


def paragraphs(
    minutes: Minutes, setting: Setting, tag: str, demanded: Sequence[str] = ()
) -> list[str]:
    """Each decision with its code, what was demanded, then the next meeting."""
    lines = [
        f"{minutes.label}/{one.no} {sentence(one, setting, tag)}"
        for one in public_decisions(minutes)
    ]
    lines = [*lines, *demanded] or [setting.line("letter_none", tag, {})]
    if minutes.record.next_at is not None:
        values: dict[str, Value] = {
            "next": setting.local(minutes.record.next_at),
            "venue": setting.said(minutes.record.next_venue, tag),
        }
        lines.append(setting.line("letter_next", tag, values))
    return lines


def sentence(one: DecisionEntry, setting: Setting, tag: str) -> str:
    """A decision with who does it until when."""
    values: dict[str, Value] = {
        "text": setting.said(one.texts, tag).rstrip(" .۔"),
        "owner": setting.said(one.owner.words, tag).rstrip(" .۔"),
        "due": one.due or "",
    }
    return setting.line("letter_decision", tag, values)


def _part(one: DecisionEntry, minutes: Minutes, setting: Setting, tag: str) -> DecisionPart:
    return DecisionPart(
        code=f"{minutes.label}/{one.no}",
        text=setting.said(one.texts, tag),
        owner=setting.said(one.owner.words, tag),
        due=one.due,
    )
