"""A new network: its names, zone and hours are right or it is not made."""

from typing import Any

import pytest

from app.domain.errors import Refusal
from app.services.create_network import NewNetwork, create_network
from app.store import journal, networks
from tests.factories import Office


async def create(office: Office, **values: Any) -> int:
    new = NewNetwork(**{"slug": "sarang", "name": "LSON Sarang", **values})
    return await create_network(office.database, new, by="keeper", now=office.now)


async def test_a_network_is_made_with_a_short_name_of_its_own(office: Office) -> None:
    network_id = await create(office, slug="sarang-e-bala")
    found = await office.database.read(networks.by_id, network_id)
    assert (found.slug, found.short_names) == ("sarang-e-bala", {"en": "SarangEB"})
    assert found.short_name(["ur", "en"]) == "SarangEB"
    assert await office.database.read(journal.first_broken, network_id) is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"slug": "mirkhai"}, "taken"),
        ({"slug": ""}, "slug"),
        ({"slug": "-"}, "slug"),
        ({"slug": "Sarang"}, "slug"),
        ({"slug": "سارنگ"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"slug": "s" * 41}, "slug"),
        ({"name": " "}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"tz": "Mars/Base"}, "zone"),
        ({"tz": "../etc/passwd"}, "zone"),
        ({"tz": ""}, "zone"),
        ({"currency": "rupees"}, "currency"),
        ({"short_names": {"en": "Mirkhaiiii"}}, "short_name"),
        ({"short_names": {"en": ""}}, "short_name"),
    ],
)
async def test_what_is_no_network_is_refused(
    office: Office, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await create(office, **values)
    assert refused.value.code == code
    assert len(await office.database.read(networks.every)) == 1


async def test_of_several_networks_the_one_meant_must_be_named(office: Office) -> None:
    assert (await office.database.read(networks.named, "")).slug == "mirkhai"
    await create(office)
    assert (await office.database.read(networks.named, "sarang")).slug == "sarang"
    with pytest.raises(Refusal, match="mirkhai, sarang"):
        await office.database.read(networks.named, "")
