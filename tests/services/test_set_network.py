"""Settings of a network: the number of the office, and what strangers may cost."""

import pytest

from app.domain.errors import Refusal
from app.services.set_network import NetworkSettings, set_network
from app.store import networks
from tests.factories import Office


async def keep(office: Office, **told: object) -> None:
    settings = NetworkSettings(**told)  # type: ignore[arg-type]
    await set_network(office.database, office.id, settings, by="Rehmat", now=office.now)


async def test_what_is_told_is_kept_and_the_rest_stays(office: Office) -> None:
    await keep(office, office_phone=" ۰۹۴۴ 411222 ")
    await keep(office, stranger_answers=0)
    info = await office.database.read(networks.by_id, office.id)
    assert (info.office_phone, info.stranger_answers) == ("0944 411222", 0)
    await keep(office, office_phone="")
    info = await office.database.read(networks.by_id, office.id)
    assert (info.office_phone, info.stranger_answers) == ("", 0)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"office_phone": "call me"}, "number"),
        ({"stranger_answers": -1}, "stranger_answers"),
        ({"stranger_answers": 10_001}, "stranger_answers"),
        ({}, "nothing"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(
    office: Office, told: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await keep(office, **told)
    assert refused.value.code == code
    info = await office.database.read(networks.by_id, office.id)
    assert (info.office_phone, info.stranger_answers) == ("", 200)


async def test_another_network_keeps_its_own(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await keep(office, office_phone="0944 411222")
    assert (await office.database.read(networks.by_id, other.id)).office_phone == ""
