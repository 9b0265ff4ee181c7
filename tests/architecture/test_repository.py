"""What the repository promises of itself: style, types, floors, fresh tables, complete catalogues, migrations."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.engineless


def passes(*command: str, **environment: str) -> None:
    """The command ends with status 0; what it said is shown when it does not."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    environment = {**kept, "PATH": path, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **environment}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]


def test_style():
    passes("ruff", "check", ".")
    passes("ruff", "format", "--check", ".")


def test_types(tmp_path):
    passes("mypy", DJANGO_SETTINGS_MODULE="amends.project.settings", AMENDS_DATA_DIR=str(tmp_path))


def test_floors():
    passes("lint-imports")


def test_the_floors_have_no_exceptions():
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "ignore_imports" not in contracts
    assert "exhaustive = true" in contracts


def test_tables_in_the_docs_are_fresh():
    passes(sys.executable, "tools/tables.py", "check")


def test_catalogues_are_complete():
    passes(sys.executable, "tools/catalogues.py", "check")


def test_models_and_migrations_agree(tmp_path):
    passes(
        sys.executable,
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        DJANGO_SETTINGS_MODULE="amends.project.settings",
        AMENDS_DATA_DIR=str(tmp_path),
    )


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.fail("the repository cannot be listed: git is missing, or this is no checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_the_lock_holds_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    assert lock.count("--hash=sha256:") > 500


def test_every_dependency_carries_its_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[project.scripts]")
    previous_is_reason = False
    for line in lines[start + 1 : end]:
        text = line.strip()
        if text.startswith('"'):
            assert previous_is_reason, f"{text} has no sentence above it"
        elif text.startswith("#"):
            previous_is_reason = True
        else:
            previous_is_reason = False


def test_no_function_imports_and_no_signals_of_our_own():
    for path in (ROOT / "src").rglob("*.py"):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                assert not any(isinstance(line, ast.Import | ast.ImportFrom) for line in ast.walk(function)), path
        if path.name != "signing_in.py":
            assert "@receiver" not in source, path
            assert "post_save" not in source, path


def test_names_that_say_nothing_are_not_used():
    empty = {"utils", "helpers", "common", "core", "base", "services", "managers", "signals", "misc", "handlers"}
    for path in (ROOT / "src" / "amends").rglob("*.py"):
        assert path.stem not in empty, path
        assert path.parent.name not in empty, path


def test_the_repository_holds_no_machine_path_and_no_secret():
    pattern = re.compile(
        rb"-----BEGIN [A-Z ]*PRIVATE KEY|(?<![\w.])/(work|farm|tmp/bash_jobs)/|files\.pythonhosted\.org"
    )
    for path in tracked():
        if path.suffix in {".woff2", ".png", ".ttf"} or not path.is_file():
            continue
        found = pattern.search(path.read_bytes())
        assert found is None or path == Path(__file__), f"{path}: {found.group()!r}"
