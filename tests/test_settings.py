"""Settings come from the environment, from files, or from sound defaults; a fault is named."""

from pathlib import Path

import pytest

from app.domain.errors import Refusal
from app.settings import read_settings, secret_of


def test_without_settings_everything_lies_in_one_folder(tmp_path: Path) -> None:
    found = read_settings({"MUNADI_DATA_DIR": str(tmp_path)})
    assert found.data_dir == tmp_path
    assert found.database_url == f"sqlite:///{tmp_path}/munadi.db"
    assert found.public_url == ""
    assert [one["kind"] for one in found.channels] == ["simulator"]
    assert {found.server_file.parent, found.lock_file.parent} == {tmp_path}


def test_every_setting_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    files = {}
    for name, value in {
        "DATA_DIR": str(tmp_path / "data"),
        "DATABASE_URL": "postgresql://user:word@host/db",
        "PUBLIC_URL": "https://munadi.example.org/",
    }.items():
        path = tmp_path / name
        path.write_text(f"{value}\n")
        files[f"MUNADI_{name}_FILE"] = str(path)
    found = read_settings(files)
    assert found.data_dir == tmp_path / "data"
    assert found.database_url == "postgresql://user:word@host/db"
    assert found.public_url == "https://munadi.example.org"
    said = read_settings({**files, "MUNADI_PUBLIC_URL": "https://other.example.org"})
    assert said.public_url == "https://other.example.org"


def test_the_wires_come_from_a_file_and_the_simulator_is_always_there(tmp_path: Path) -> None:
    path = tmp_path / "channels.toml"
    path.write_text('[[channel]]\nname = "tw"\nkind = "twilio"\n')
    found = read_settings({"MUNADI_CHANNELS": str(path), "MUNADI_DATA_DIR": str(tmp_path)})
    assert [one["kind"] for one in found.channels] == ["twilio", "simulator"]
    path.write_text('[[channel]]\nname = "sim"\nkind = "simulator"\n')
    found = read_settings({"MUNADI_CHANNELS": str(path), "MUNADI_DATA_DIR": str(tmp_path)})
    assert [one["name"] for one in found.channels] == ["sim"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("[[channel]\n", "TOML"),
        ("channel = 7", "[[channel]]"),
        ("channel = [1]", "[[channel]]"),
        ('[[channel]]\nname="a"\nkind="x"\n[[channel]]\nname="a"\nkind="y"', "'a'"),
        ('[[channel]]\nname="simulator"\nkind="x"', "'simulator'"),
    ],
)
def test_a_faulty_file_of_wires_is_refused_in_words(
    tmp_path: Path, content: str, word: str
) -> None:
    path = tmp_path / "channels.toml"
    path.write_text(content)
    with pytest.raises(Refusal, match="MUNADI_CHANNELS") as refused:
        read_settings({"MUNADI_CHANNELS": str(path)})
    assert word in str(refused.value)


@pytest.mark.parametrize(
    "environ",
    [
        {"MUNADI_DATABASE_URL": "oracle://user:geheim@host/db"},
        {"MUNADI_DATABASE_URL": "postgresql://user:geheim@host:port/db"},
        {"MUNADI_DATABASE_URL": "postgresql://user:geheim@[::1/db"},
        {"MUNADI_DATABASE_URL_FILE": "/nowhere/geheim"},
    ],
)
def test_a_faulty_setting_is_named_and_its_value_is_not_repeated(environ: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="MUNADI_DATABASE_URL") as refused:
        read_settings(environ)
    assert "geheim" not in str(refused.value)


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    found = read_settings({}, data_dir=tmp_path)
    key = secret_of(found)
    assert len(key) >= 32
    assert secret_of(found) == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_key_of_ones_own_is_used_and_a_short_one_refused(tmp_path: Path) -> None:
    own = {"MUNADI_SECRET_KEY": "k" * 40}
    assert secret_of(read_settings(own, data_dir=tmp_path)) == "k" * 40
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refusal, match="32 signs") as refused:
        read_settings({"MUNADI_SECRET_KEY": "geheim"}, data_dir=tmp_path)
    assert "geheim" not in str(refused.value)
    (tmp_path / "secret.key").write_text("")
    with pytest.raises(Refusal, match="holds no key"):
        secret_of(read_settings({}, data_dir=tmp_path))
