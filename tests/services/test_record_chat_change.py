"""What a messenger says of chats: a blocked one gets nothing, one that is back stands as before."""

import pytest

from app.domain.messages import ChatChange, ChatEvent
from app.services.record_chat_change import record_chat_change
from app.store import chat_groups
from tests.factories import Office, person
from tests.services.chatting import CHAT, GROUP, chat_row, link, type_in, with_bot


async def tell(office: Office, change: ChatEvent, chat: str = CHAT, **told: str) -> None:
    what = ChatChange("bot", f"{change}{chat}", chat, change, **told)
    homes = {"bot": office.slug}
    await record_chat_change(office.database, what, homes=homes, now=office.now)


@pytest.mark.parametrize(("said", "standing"), [("START", "active"), ("STOP", "stopped")])
async def test_a_chat_that_is_back_stands_as_it_did_before(
    office: Office, said: str, standing: str
) -> None:
    await with_bot(office)
    await type_in(office, said)
    await tell(office, "blocked")
    blocked = (await office.database.read(chat_row)).standing
    assert blocked == ("bounced" if standing == "active" else "stopped")
    await tell(office, "unblocked")
    assert (await office.database.read(chat_row)).standing == standing


async def test_a_chat_that_never_agreed_has_not_agreed_when_it_is_back(office: Office) -> None:
    await with_bot(office)
    await type_in(office, "HELP")
    await tell(office, "blocked")
    # Whoever writes again has unblocked us, whether we were told or not.
    await type_in(office, "MEETING")
    assert (await office.database.read(chat_row)).standing == "unknown"


async def test_a_group_is_known_when_we_join_it_and_keeps_its_body_when_it_moves(
    office: Office,
) -> None:
    await with_bot(office)
    await tell(office, "joined", GROUP, title="EC Mirkhai")
    row = await office.database.read(chat_row, GROUP)
    values = {"address_id": row.id, "network_id": office.id, "body": "EC"}
    await office.database.write(chat_groups.put_group, values)
    await tell(office, "joined", GROUP, title="EC new name")
    await tell(office, "migrated", GROUP, to="tg:-100200")
    await tell(office, "migrated", GROUP, to="tg:-100200")
    (group,) = await office.database.read(chat_groups.groups_of, office.id, "EC")
    assert (group.title, group.address_id) == ("EC new name", row.id)
    assert (await office.database.read(chat_row, "tg:-100200")).id == row.id


async def test_a_group_that_was_heard_under_its_new_id_is_that_one(office: Office) -> None:
    await with_bot(office)
    await tell(office, "joined", GROUP, title="EC Mirkhai")
    old = await office.database.read(chat_row, GROUP)
    values = {"address_id": old.id, "network_id": office.id, "body": "EC"}
    await office.database.write(chat_groups.put_group, values)
    await type_in(office, "MINUTES", "tg:-100200", is_group=True)
    await tell(office, "migrated", GROUP, to="tg:-100200")
    (group,) = await office.database.read(chat_groups.groups_of, office.id, "EC")
    assert group.address_id == (await office.database.read(chat_row, "tg:-100200")).id


async def test_changes_of_chats_that_nobody_knows_change_nothing(office: Office) -> None:
    await with_bot(office)
    for change in ("blocked", "unblocked", "left", "migrated"):
        await tell(office, change, "tg:5")
        await tell(office, change, "somebody")
    await office.people(person("Zainab", 1))
    await link(office, 1)
    other = await Office.open(office.database, office.now, "shinaki")
    await with_bot(other)
    await tell(other, "blocked")
    assert (await office.database.read(chat_row)).standing == "unknown"
