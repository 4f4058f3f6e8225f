"""The page for the Minutes Book says all that was written, and who came, by LSO and sex."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import Item, Presence, Record, ResolutionEntry
from app.services.print_minutes import book_sheet, print_minutes
from app.services.print_sheet import Order
from app.services.take_attendance import Mark, take_attendance
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book

ENGLISH = Order("txt", "en")


def record(office: Office) -> Record:
    return Record(
        language="en",
        chair="Zarina",
        recitation="Qari Yousaf",
        confirms="13",
        items=(Item({"en": "Water"}, {"en": "The line is broken.\n\nWho pays?"}),),
        decisions=(WATER, replace(ROAD, restricted="a quarrel")),
        resolutions=(ResolutionEntry(1, {"en": "Road"}, {"en": "Repair it."}, {"en": "XEN C&W"}),),
        finance={"en": "Rs 5,000 in hand."},
        next_at=office.now + timedelta(days=30),
        next_venue={"en": "Laspa"},
        thanks="Zarina",
    )


async def meeting(office: Office) -> tuple[Book, int]:
    book = Book(office)
    await book.written(await book.meeting(13, days=-40))
    meeting_id = await book.meeting()
    roshni = await office.unit("LSO Roshni")
    women = await book.members("Zarina", "Amina", unit_id=roshni)
    men = await book.members("Karim", "Nadir")
    marks = [Mark(one, "", Presence.PRESENT) for one in (*women, men[0])]
    marks += [Mark(men[1], "", Presence.ABSENT), Mark(None, "Engineer Shah", Presence.PRESENT)]
    await take_attendance(office.database, office.id, meeting_id, marks, **book.act)
    await book.keep(meeting_id, record(office))
    return book, meeting_id


async def text(office: Office, which: str = "EC 14", order: Order = ENGLISH) -> str:
    printed = await print_minutes(office.database, office.id, which, order, sees_drafts=True)
    return printed.content.decode()


async def test_all_that_is_written_stands_on_the_page(office: Office) -> None:
    await meeting(office)
    said = await text(office)
    for part in (
        "Draft: not published",
        "Executive Committee · Minutes of meeting 14",
        "In the chair: Zarina",
        "Recitation: Qari Yousaf",
        "The minutes of meeting 13 were read out and confirmed.",
        "1. Water",
        "The line is broken.\n\nWho pays?",
        "14/1 | Repair the water line.",
        "14/2 | Letter to the DC for the road.",
        "14/R1 Road",
        "To: XEN C&W",
        "Rs 5,000 in hand.",
        "Laspa",
        "Guests: Engineer Shah",
        "Confirmed on: To be confirmed at the next meeting",
        "Signature: ____________ President",
    ):
        assert part in said, part


async def test_who_came_is_counted_by_lso_and_sex(office: Office) -> None:
    await meeting(office)
    sheet = await book_sheet(office.database, office.id, "EC 14", ENGLISH, sees_drafts=True)
    found = [(one.name, one.women, one.men, one.absent) for one in sheet.counts]
    assert found == [("LSO Roshni", 2, 0, 0), ("-", 0, 1, 1)]
    assert sorted(one.name for one in sheet.present) == ["Amina", "Karim", "Zarina"]


async def test_names_of_units_are_in_the_script_of_the_page(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    roshni = await office.unit("LSO Roshni", local_name="روشنی")
    await book.attend(meeting_id, await book.members("Zarina", unit_id=roshni))
    await book.keep(meeting_id, Record(decisions=(WATER,)))
    for tag, name in (("ur", "LSO روشنی"), ("en", "LSO Roshni")):
        sheet = await book_sheet(
            office.database, office.id, "EC 14", Order("txt", tag), sees_drafts=True
        )
        assert [one.name for one in sheet.counts] == [name]
        assert [one.unit for one in sheet.present] == [name]


async def test_published_minutes_are_no_draft_and_a_language_without_words_reads_another(
    office: Office,
) -> None:
    book, meeting_id = await meeting(office)
    await book.publish(meeting_id)
    said = await text(office, order=Order("txt", "sd"))
    assert "مسودو" not in said
    assert "ڪارروائي گڏجاڻي نمبر 14" in said
    assert "Pani ki line theek ho." in said


async def test_who_may_not_write_gets_on_paper_only_what_was_published(office: Office) -> None:
    book, meeting_id = await meeting(office)
    asked = (office.database, office.id, "EC 14", ENGLISH)
    with pytest.raises(Refusal, match="not published yet"):
        await print_minutes(*asked, sees_drafts=False)
    await book.publish(meeting_id)
    await book.keep(meeting_id, replace(record(office), thanks="Nobody", finance={"en": "Later."}))
    printed = await print_minutes(*asked, sees_drafts=False)
    assert "Rs 5,000 in hand." in printed.content.decode()
    assert "Later." in await text(office)


async def test_a_meeting_is_found_by_its_words_or_its_id(office: Office) -> None:
    _, meeting_id = await meeting(office)
    found = [await text(office, which) for which in ("EC 14", "ec-14", " EC  14 ", str(meeting_id))]
    assert len(set(found)) == 1


@pytest.mark.parametrize("which", ["", "EC 99", "14", "XX 14", "EC 14 x", "9" * 30, "'; --"])
async def test_a_meeting_that_is_not_there_is_refused_in_words(office: Office, which: str) -> None:
    await Book(office).meeting()
    with pytest.raises(Refusal) as refused:
        await text(office, which)
    assert refused.value.code in {"not_found", "no_minutes"}


async def test_another_networks_meeting_and_an_unwritten_one_are_refused(office: Office) -> None:
    _, meeting_id = await meeting(office)
    await Book(office).meeting(15)
    other = await Office.open(office.database, office.now, slug="other")
    for whose, which, code in (
        (other, str(meeting_id), "not_found"),
        (other, "EC 14", "not_found"),
        (office, "EC 15", "no_minutes"),
    ):
        with pytest.raises(Refusal) as refused:
            await text(whose, which)
        assert refused.value.code == code


async def test_it_is_a_pdf_in_every_writing(office: Office) -> None:
    await meeting(office)
    for tag in ("en", "ur", "ur-Latn", "sd", "ps"):
        printed = await print_minutes(
            office.database, office.id, "EC 14", Order("pdf", tag), sees_drafts=True
        )
        assert printed.content.startswith(b"%PDF")
        assert printed.name == f"minutes-EC-14-{tag}.pdf"
