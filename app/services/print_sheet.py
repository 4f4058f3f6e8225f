"""Print a sheet: in which language, as which kind of file, on which paper."""

import asyncio
from dataclasses import dataclass

from app.domain.errors import Refusal
from app.domain.sheets import Form, Paper, Sheet
from app.printing.render import MEDIA_TYPES, Printed, render
from app.printing.words import languages

FORMS: tuple[Form, ...] = tuple(MEDIA_TYPES)
PAPERS: tuple[Paper, ...] = ("a4", "a3")
MOST_PHONE = 40
MOST_LETTERS = 1_000_000
"""Of one sheet: some 400 pages."""


@dataclass(frozen=True, slots=True)
class Order:
    """How a sheet is wanted."""

    form: Form
    tag: str
    paper: Paper = "a4"
    phone: str = ""
    """The number of the office that is printed, for missed calls."""


def order_of(form: str, tag: str, paper: str = "a4", phone: str = "") -> Order:
    """What was asked for; raises Refusal: form, language, paper, phone."""
    wanted_form = next((one for one in FORMS if one == form.casefold()), None)
    if wanted_form is None:
        known = ", ".join(FORMS)
        raise Refusal("form", "A sheet is made as one of: {known}.", known=known)
    known_tags = {one.casefold(): one for one in languages()}
    wanted_tag = known_tags.get(tag.casefold())
    if wanted_tag is None:
        known = ", ".join(sorted(languages()))
        raise Refusal("language", "Sheets are printed in one of: {known}.", known=known)
    wanted_paper = next((one for one in PAPERS if one == paper.casefold()), None)
    if wanted_paper is None:
        known = ", ".join(PAPERS)
        raise Refusal("paper", "The paper is one of: {known}.", known=known)
    number = " ".join(phone.split())
    if len(number) > MOST_PHONE:
        raise Refusal(
            "phone", "A number for missed calls has at most {most} signs.", most=MOST_PHONE
        )
    return Order(wanted_form, wanted_tag, wanted_paper, number)


async def print_sheet(sheet: Sheet, order: Order) -> Printed:
    """The sheet as a file, made on a thread: a long one takes a second."""
    return await asyncio.to_thread(render, sheet, order.form, paper=order.paper)
