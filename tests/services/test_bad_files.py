"""What becomes of the bad files that people bring: every row's name, numbers and verdict."""

from collections.abc import Iterator

import pytest

from app.domain.errors import Refusal
from app.domain.msisdn import read_numbers
from app.services.guess_columns import guess, lines
from app.services.import_contacts import ContactFile, Imported, import_contacts
from app.services.read_table import Note, open_book
from app.store import imports
from tests.factories import BASIS, Office, number
from tests.services.bad_files import FILES
from tests.services.bad_kinds import BadFile

each = pytest.mark.parametrize("file", FILES, ids=[one.name for one in FILES])


def numbers_of(cells: dict[str, str]) -> Iterator[str]:
    for column in ("phone", "phone2"):
        for one in read_numbers(cells[column]) if column in cells else ():
            if one.msisdn:
                yield one.msisdn


def wanted(file: BadFile) -> list[tuple[int, str, tuple[str, ...]]]:
    return [
        (row, name, tuple(number(one) if isinstance(one, int) else one for one in numbers))
        for row, _, name, numbers in file.rows
    ]


@each
def test_every_row_is_read_as_it_is_meant(file: BadFile) -> None:
    content = file.content()
    if file.refused:
        with pytest.raises(Refusal) as refused:
            guess(open_book(content, file.name).sheet().head())
        assert refused.value.code == file.refused
        return
    book = open_book(content, file.name)
    sheet, left_out = book.sheet(), list[Note]()
    layout = guess(sheet.head())
    read = list(lines(sheet, layout, left_out))
    assert [
        (line.number, line.cells.get("name", ""), tuple(numbers_of(line.cells))) for line in read
    ] == wanted(file)
    if file.lso:
        assert tuple(line.cells.get("lso") for line in read) == file.lso
    told = {note.code: str(note) for note in (*book.notes, *layout.notes, *left_out)}
    assert set(told) >= file.told
    assert not any("{" in sentence for sentence in told.values())


async def brought(office: Office, file: BadFile, *, is_dry_run: bool) -> Imported:
    handed = ContactFile(
        file.content(),
        file.name,
        by="keeper",
        basis=BASIS,
        network=office.slug,
        is_dry_run=is_dry_run,
    )
    return await import_contacts(office.database, handed, now=office.now)


@pytest.mark.parametrize("file", [f for f in FILES if not f.refused], ids=lambda f: f.name)
async def test_every_row_gets_its_verdict_in_a_trial_and_in_earnest(
    office: Office, file: BadFile
) -> None:
    for name in ("Roshni", "Umeed"):
        await office.unit(name)
    expected = {row: verdict for row, verdict, *_ in file.rows}
    for is_dry_run in (True, False):
        done = await brought(office, file, is_dry_run=is_dry_run)
        assert {one.row: one.verdict for one in done.verdicts} == expected
        assert all(one.reason for one in done.verdicts if one.verdict == "held")


async def test_what_is_no_list_is_refused_and_nothing_is_stored(office: Office) -> None:
    for file in FILES:
        if file.refused and file.name not in {"bomb.xlsx", "many.csv"}:
            with pytest.raises(Refusal) as refused:
                await brought(office, file, is_dry_run=False)
            assert refused.value.code == file.refused
    assert await office.database.read(imports.every, office.id) == []


def test_the_table_names_a_rule_for_each_file_once() -> None:
    assert len({one.name for one in FILES}) == len({one.rule for one in FILES}) == len(FILES)
    assert len(FILES) >= 31
    assert len([one for one in FILES if one.failed_first]) >= 40
