"""The papers of a plan: for whoever is to agree with it."""

from app.services.keep_draft import Typed, keep_draft
from app.services.show_plan import show_plan
from app.store import drafts
from tests.factories import Office, person


async def test_a_plan_knows_the_officers_and_the_authors_own_draft(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    author = office.officers["Sajida"]
    typed = Typed("key", office.id, author, {})
    await keep_draft(office.database, typed, now=office.now)
    await office.database.write(drafts.planned_as, "key", plan.id)
    papers = await show_plan(office.database, plan.id, account_id=author)
    assert papers.draft_key == "key"
    assert [name for _, name, _ in papers.officers] == ["Nusrat", "Rehmat", "Sajida"]
    other = await show_plan(office.database, plan.id, account_id=office.officers["Rehmat"])
    assert other.draft_key == ""


async def test_nothing_is_known_of_a_plan_that_is_not_there(office: Office) -> None:
    papers = await show_plan(office.database, 999, account_id=1)
    assert (papers.draft_key, papers.officers) == ("", [])
