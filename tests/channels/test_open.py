"""Opening a wire from its table: by the name of its kind, with every fault told at once."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import channels
from app.channels._open import known_kinds, network_of, open_channel, pacing_of
from app.channels._pacing import Pacing
from app.channels.simulator import Simulator
from app.channels.twilio import Twilio
from app.domain.errors import Refusal
from app.domain.messages import Mt
from app.domain.ports import Sends
from tests.channels.conformance import text_to

SIMULATOR: dict[str, object] = {"name": "sim", "kind": "simulator"}
TWILIO: dict[str, object] = {
    "name": "tw",
    "kind": "twilio",
    "account_sid": "AC1",
    "auth_token": "a very secret token",
    "from": "+15005550006",
}

DRUM = '''"""A wire that a newcomer wrote in one file."""

from pydantic import BaseModel, ConfigDict

from app.channels._pacing import Pacing
from app.domain.messages import Mt, Sent
from app.domain.ports import Capability

PACING = Pacing(per_second=0.5)


class Options(BaseModel):
    """How loud."""

    model_config = ConfigDict(extra="forbid")

    loudness: int = 1


def open(name: str, options: Options, *, public_url: str) -> "Drum":
    """A drum."""
    return Drum(name, options.loudness)


class Drum:
    """Beats each text."""

    def __init__(self, name: str, loudness: int) -> None:
        self.name = name
        self.capability = Capability(frozenset({"demo"}), reports=False, looks_up=False)
        self.beaten = loudness

    async def send(self, mt: Mt) -> Sent:
        """Beat it."""
        return Sent(f"beat-{mt.ref}")

    async def close(self) -> None:
        """Put the sticks away."""
'''


def refusal(options: dict[str, object], public_url: str = "") -> str:
    with pytest.raises(Refusal) as raised:
        open_channel(options, public_url=public_url)
    assert raised.value.code == "channel_options"
    return str(raised.value)


def test_each_kind_of_this_installation_is_opened_by_its_name() -> None:
    assert {"simulator", "twilio"} <= set(known_kinds())
    assert isinstance(open_channel(SIMULATOR, public_url=""), Simulator)
    assert isinstance(open_channel(TWILIO, public_url="https://office.example.org"), Twilio)


@pytest.mark.parametrize("kind", ["pigeon", "_open", "_pacing", "../simulator", "os", "", 7, None])
def test_a_kind_that_is_not_there_is_refused_with_those_that_are(kind: object) -> None:
    said = refusal({**SIMULATOR, "kind": kind})
    assert 'Channel "sim"' in said
    assert "simulator, smsgate, smtp, telegram, twilio" in said


def test_all_faults_of_a_table_are_told_in_one_sentence_without_any_secret() -> None:
    said = refusal(
        {
            "name": "Bad Name",
            "kind": "twilio",
            "auth_token": "a very secret token",
            "colour": "red",
            "per_second": -1,
            "timeout_s": "a very secret token",
        },
        public_url="ftp://nowhere",
    )
    for named in ("name", "account_sid is missing", "colour is not an option", "per_second"):
        assert named in said
    assert "timeout_s" in said
    assert "https://office.example.org" in said
    assert "secret" not in said


def test_a_twilio_wire_without_a_sender_is_refused() -> None:
    said = refusal({key: value for key, value in TWILIO.items() if key != "from"})
    assert said == 'Channel "tw": from is missing (or messaging_service_sid).'


@pytest.mark.parametrize("address", ["", "api.twilio.com", "ftp://x", "http://", "http://x:99999"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    assert "base_url" in refusal({**TWILIO, "base_url": address})


def test_a_table_without_a_name_is_refused() -> None:
    assert refusal({"kind": "simulator"}) == "A channel without a name: name is missing."


@pytest.mark.parametrize(
    "public_url", ["office", "http://", "http://x:99999", "https://a:b@x", "https://x/?q=1"]
)
def test_a_public_address_that_is_none_is_refused(public_url: str) -> None:
    assert "public address" in refusal(SIMULATOR, public_url)


def test_a_kind_proposes_its_pacing() -> None:
    assert pacing_of(SIMULATOR) == Pacing(in_flight=50)
    twilio = pacing_of(TWILIO)
    assert (twilio.per_second, twilio.burst, twilio.in_flight) == (10.0, 10, 20)


def test_the_table_decides_over_what_the_kind_proposes() -> None:
    told: dict[str, object] = {
        "per_second": 2,
        "burst": 3,
        "per_window": 100,
        "window_s": 900,
        "per_day": 1000,
        "in_flight": 1,
        "price_micro": 2_500_000,
        "currency": "PKR",
    }
    assert pacing_of({**TWILIO, **told}) == Pacing(2.0, 3, 100, 900, 1000, 1, 2_500_000, "PKR")
    assert isinstance(open_channel({**TWILIO, **told}, public_url=""), Twilio)


@pytest.mark.parametrize(
    "wrong",
    [
        {"per_second": 0},
        {"per_second": "ten"},
        {"burst": 0},
        {"in_flight": 0},
        {"in_flight": True},
        {"price_micro": 2.5},
        {"price_micro": -1},
        {"currency": "rupees"},
        {"per_window": 100},
        {"window_s": 900},
    ],
)
def test_pacing_that_makes_no_sense_is_refused_by_name(wrong: dict[str, object]) -> None:
    (option,) = wrong
    with pytest.raises(Refusal, match=option):
        pacing_of({**SIMULATOR, **wrong})
    assert option in refusal({**SIMULATOR, **wrong})


def test_a_wire_may_belong_to_one_network() -> None:
    assert network_of({**SIMULATOR, "network": "mirkhai"}) == "mirkhai"
    assert network_of(SIMULATOR) is None
    open_channel({**SIMULATOR, "network": "mirkhai"}, public_url="")


@pytest.fixture
def drum(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "drum.py").write_text(DRUM)
    channels.__path__.append(str(tmp_path))
    yield
    channels.__path__.remove(str(tmp_path))
    sys.modules.pop("app.channels.drum", None)


@pytest.mark.usefixtures("drum")
async def test_a_new_wire_takes_exactly_one_file() -> None:
    wire = open_channel({"name": "d1", "kind": "drum", "loudness": 11}, public_url="")
    assert isinstance(wire, Sends)
    mt: Mt = text_to("+923901234567")
    assert (await wire.send(mt)).external_id == "beat-m41"
    assert pacing_of({"name": "d1", "kind": "drum"}).per_second == 0.5
    assert "loudness" in refusal({"name": "d1", "kind": "drum", "loudness": "very"})
    assert "drum" in refusal({"name": "d1", "kind": "flute"})
