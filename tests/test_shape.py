"""The rules of the house, executed: what the tree must look like, whoever adds to it."""

import ast
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ("app", "bots")
PURE = ("app/domain", "bots")
PURE_LIBRARIES = {"dateutil", "hijridate", "phonenumbers", "rapidfuzz"}
SQL_STORE = "app/store"
CLOCK_READERS = ("app/cli/", "app/main.py")
CLOCKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}
EMPTY_NAMES = {"manager", "helper", "util", "base", "impl"}
LOCK_HOSTS = {"pypi.org", "files.pythonhosted.org"}


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    return tuple(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


@cache
def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def every(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in nodes(path) if isinstance(node, kinds))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, also inside functions, with its line."""
    for node in every(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@cache
def our_files() -> tuple[Path, ...]:
    """Every file that is ours to keep: what git tracks or would track."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    else:
        tops = [top for top in ROOT.iterdir() if not top.name.startswith(".")]
        paths = [path for top in tops for path in (top, *top.rglob("*"))]
    return tuple(path for path in paths if path.is_file() and "__pycache__" not in path.parts)


def lines_that_match(pattern: str, *but: str) -> list[str]:
    """Every `file:line: text` of our text files that matches, but for the files named."""
    found, wanted = [], re.compile(pattern)
    for path in our_files():
        if name_of(path) in {"uv.lock", *but}:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{name_of(path)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if wanted.search(line)
        ]
    return found


# --- size and names ---


@pytest.mark.parametrize(
    ("folders", "most"), [(SOURCE, 300), (("tests",), 500), (("alembic",), 500)]
)
def test_no_file_is_longer_than_a_sitting(folders: tuple[str, ...], most: int) -> None:
    lengths = {name_of(p): len(p.read_text().splitlines()) for p in python_files(*folders)}
    assert {name: n for name, n in lengths.items() if n > most} == {}


def test_no_function_is_longer_than_a_page() -> None:
    assert [
        f"{name_of(path)}: {node.name} has {length} lines"
        for path in python_files(*SOURCE, "tests")
        for node in every(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if (length := node.end_lineno - node.lineno + 1) > 50
    ] == []


def test_every_module_says_what_it_is_for() -> None:
    files = python_files(*SOURCE, "tests")
    assert [name_of(path) for path in files if not ast.get_docstring(tree(path))] == []


def test_every_package_is_marked_as_one() -> None:
    folders = {path.parent for path in python_files(*SOURCE)}
    assert sorted(name_of(f) for f in folders if not (f / "__init__.py").exists()) == []


def test_no_name_says_nothing() -> None:
    def empty(name: str) -> bool:
        words = re.findall(r"[A-Z]?[a-z0-9]+", name)
        return bool(EMPTY_NAMES & {word.lower().removesuffix("s") for word in words})

    modules = [name_of(p) for p in python_files(*SOURCE, "tests") if empty(p.stem)]
    classes = [
        f"{name_of(path)}: {node.name}"
        for path in python_files(*SOURCE)
        for node in every(path, ast.ClassDef)
        if empty(node.name)
    ]
    assert modules + classes == []


def test_values_of_the_inner_layers_cannot_change() -> None:
    def is_frozen(decorator: ast.expr) -> bool:
        given = {k.arg: k.value for k in getattr(decorator, "keywords", ())}
        return all(isinstance(v := given.get(n), ast.Constant) and v.value is True
                   for n in ("frozen", "slots"))  # fmt: skip

    assert [
        f"{name_of(path)}: {node.name}"
        for path in python_files(*PURE)
        for node in every(path, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and not is_frozen(decorator)
    ] == []


# --- layers ---


def test_imports_go_one_way() -> None:
    checker = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([checker, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :] + done.stderr


def test_a_wire_knows_no_other_wire_and_no_private_part_of_one() -> None:
    """Contracts cannot say this: `_twilio_http` belongs to `twilio`, `_pacing` to every wire."""
    files = python_files("app/channels")
    kinds = {path.stem for path in files if not path.stem.startswith("_")}

    def owner(module: str) -> str | None:
        return next((k for k in kinds if module == k or module.startswith(f"_{k}_")), None)

    assert [
        f"{name_of(path)}:{line}: {module}"
        for path in files
        for line, module in imported(path)
        if module.startswith("app.channels.")
        and owner(module.split(".")[2]) not in {None, owner(path.stem)}
    ] == []


def test_pure_parts_need_nothing_but_the_standard_library_and_two_look_up_libraries() -> None:
    allowed = sys.stdlib_module_names | PURE_LIBRARIES | {"bots"}
    assert [
        f"{name_of(path)}:{line}: {module}"
        for path in python_files(*PURE)
        for line, module in imported(path)
        if module.split(".")[0] not in allowed and not module.startswith("app.domain")
    ] == []


def test_pure_parts_neither_speak_nor_wait_nor_open_files() -> None:
    files = [p for p in python_files(*PURE) if name_of(p) != "bots/__main__.py"]
    calls = [
        f"{name_of(path)}:{node.lineno}: {node.func.id}"
        for path in files
        for node in every(path, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in {"print", "input", "open"}
    ]
    waits = [f"{name_of(p)}:{n.lineno}: await" for p in files for n in every(p, ast.Await)]
    assert calls + waits == []


def test_only_the_composition_reads_the_clock() -> None:
    def reads_clock(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            return node.module == "time" and bool(CLOCKS["time"] & {a.name for a in node.names})
        owner = ast.unparse(node.value).rpartition(".")[2]
        return node.attr in CLOCKS.get(owner, ())

    assert [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*SOURCE)
        if not name_of(path).startswith(CLOCK_READERS)
        for node in every(path, ast.Attribute, ast.ImportFrom)
        if reads_clock(node)
    ] == []


def test_only_the_composition_reads_the_settings() -> None:
    readers = ("app/cli/", "app/main.py", "app/settings.py")
    assert [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*SOURCE)
        if not name_of(path).startswith(readers)
        for node in every(path, ast.Attribute)
        if ast.unparse(node) in {"os.environ", "os.getenv"}
    ] == []


def test_sql_is_written_in_the_store_only() -> None:
    statement = re.compile(
        r"\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s", re.S
    )
    assert [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*SOURCE)
        if not name_of(path).startswith(SQL_STORE)
        for node in every(path, ast.Constant)
        if isinstance(node.value, str) and statement.match(node.value)
    ] == []


# --- words for people ---

TRANSLATABLE = ("app/domain", "app/services", "app/store", "app/web")
SAID_BY_COMMANDS = {
    "app/services/backup_office.py",
    "app/services/restore_office.py",
    "app/store/backup.py",
    "app/store/pg_backup.py",
}
"""Backup and restore have no page: their sentences may stand in variables and stay English."""


def refusals(path: Path) -> Iterator[ast.Call]:
    for node in every(path, ast.Call):
        if ast.unparse(node.func).rpartition(".")[2] == "Refusal":
            yield node


def fault_of(call: ast.Call) -> str:
    """Why a translator would not get the sentence of this Refusal, "" when all is well."""
    sentence = call.args[1] if len(call.args) == 2 else None
    if not isinstance(sentence, ast.Constant) or not isinstance(sentence.value, str):
        return "the second argument is no plain string"
    places = set(re.findall(r"\{([^{}]*)\}", sentence.value))
    values = {str(keyword.arg) for keyword in call.keywords}
    return f"places {sorted(places)}, values {sorted(values)}" if places != values else ""


def test_every_refusal_can_be_said_in_another_language() -> None:
    """Its sentence stands in the call, where the extraction finds it, and its places are filled."""
    assert [
        f"{name_of(path)}:{call.lineno}: {fault}"
        for path in (*python_files(*TRANSLATABLE), ROOT / "app/catalogue.py")
        if name_of(path) not in SAID_BY_COMMANDS
        for call in refusals(path)
        if (fault := fault_of(call))
    ] == []


@pytest.mark.parametrize(
    "call",
    [
        'Refusal("x", f"no {n}")',
        'Refusal("x", sentence)',
        'Refusal("x", "no " + word)',
        'Refusal("x", "no {word}")',
        'Refusal("x", "no", word=1)',
        'errors.Refusal("x", "no {word!r}", word=1)',
        'Refusal("x", sentence="no")',
    ],
)
def test_a_refusal_that_cannot_be_translated_is_noticed(call: str) -> None:
    assert fault_of(ast.parse(call, mode="eval").body)


# --- additions: one file and its test ---


@pytest.mark.parametrize(
    ("folder", "tests"),
    [
        ("app/channels", "tests/channels"),
        ("bots/keywords", "tests/bots"),
        ("app/services", "tests/services"),
    ],
)
def test_every_wire_keyword_and_use_case_has_its_test(folder: str, tests: str) -> None:
    names = [path.stem for path in (ROOT / folder).glob("*.py") if not path.stem.startswith("_")]
    tested = {path.stem for path in (ROOT / tests).rglob("test_*.py")}
    assert sorted(name for name in names if f"test_{name}" not in tested) == []


def test_tests_use_real_parts_and_do_not_sleep() -> None:
    patching = {"time.sleep", "monkeypatch.setattr", "monkeypatch.setitem", "mocker.patch"}
    used = [
        f"{name_of(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in python_files("tests")
        for node in every(path, ast.Attribute)
        if ast.unparse(node) in patching
    ]
    mocks = [
        f"{name_of(path)}:{line}: {module}"
        for path in python_files("tests")
        for line, module in imported(path)
        if module.startswith(("unittest.mock", "mock", "freezegun", "time_machine"))
    ]
    assert used + mocks == []


# --- languages ---

LANGUAGES = sorted((ROOT / "message_templates").glob("*/"))


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda folder: folder.name)
def test_every_language_can_stop_start_and_ask_for_help(folder: Path) -> None:
    def find(table: object, key: str) -> object:
        if not isinstance(table, dict):
            return None
        return table.get(key) or next(filter(None, (find(v, key) for v in table.values())), None)

    words = tomllib.loads((folder / "keywords.toml").read_text(encoding="utf-8"))
    assert [key for key in ("stop", "start", "help") if not find(words, key)] == []
    assert (folder / "language.toml").is_file()


# --- migrations ---


def test_the_folder_of_migrations_does_not_hide_the_library() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_migrations_are_numbered_and_form_one_line() -> None:
    def assigned(path: Path) -> dict[str, object]:
        found = {}
        for node in tree(path).body:
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
                node.value, ast.Constant
            ):
                found |= {t.id: node.value.value for t in targets if isinstance(t, ast.Name)}
        return found

    files = sorted((ROOT / "alembic" / "versions").glob("*.py"))
    before = None
    for number, path in enumerate(files, 1):
        assert re.fullmatch(rf"{number:04d}_[a-z0-9_]+", path.stem), path.name
        assert assigned(path).get("down_revision") == before, path.name
        before = assigned(path)["revision"]


# --- the papers ---


def test_nothing_is_left_for_later() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"))
    assert lines_that_match(rf"\b({words})\b", "LICENSE") == []


def test_no_file_names_a_place_on_somebodys_computer() -> None:
    places = "|".join(("home", "root", "work", "Users"))
    assert lines_that_match(rf"(?<![\w.*$}}/])/({places})/\w") == []


def test_no_file_but_the_lock_names_a_package_index() -> None:
    assert lines_that_match("|".join(map(re.escape, LOCK_HOSTS)), "tests/test_shape.py") == []


def test_the_lock_names_the_public_index_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts <= LOCK_HOSTS


def test_the_readme_is_read_in_one_sitting() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def settings_names() -> set[str]:
    path = ROOT / "app" / "settings.py"
    if not path.exists():
        return set()
    fields = {
        f"MUNADI_{field.target.id.upper()}"
        for node in every(path, ast.ClassDef)
        if any("BaseSettings" in ast.unparse(base) for base in node.bases)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and not ast.unparse(field.annotation).startswith("Class")
    }
    return fields | set(re.findall(r"MUNADI_[A-Z_]*[A-Z]", path.read_text()))


def test_the_readme_names_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(name for name in settings_names() if name not in readme) == []


def test_the_example_of_wires_opens_as_it_stands() -> None:
    from app.channels._open import open_channel

    examples = tomllib.loads((ROOT / "deploy/channels.example.toml").read_text(encoding="utf-8"))
    for options in examples["channel"]:
        assert open_channel(options, public_url="https://munadi.example.org")


# --- the ground the tests stand on ---


def test_tests_reach_nothing_but_this_computer() -> None:
    with pytest.raises(RuntimeError, match="nothing but this computer"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(RuntimeError, match="nothing but this computer"):
        socket.getaddrinfo("example.org", 80)
    socket.getaddrinfo("localhost", 80)


def test_every_test_gets_a_fresh_postgresql_with_trigrams(postgres_server: postgres.Server) -> None:
    with postgres_server.database() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT show_trgm('کارروائی') <> '{}'").fetchone() == (True,)
