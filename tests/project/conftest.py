"""An organisation, and the import of foreign files into it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from amends.project import cli
from tests.project.foreign_files import MAP
from tests.project.installation import Installation
from tests.settings import ENGINE


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A mapping of somebody's own."""
    path = tmp_path / "shop.toml"
    path.write_text(MAP, encoding="utf-8")
    return path


@pytest.fixture
def amends(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Import, and give the exit status, the report and what was said on stderr."""

    def imported(path: Path, mapping: object, *options: str) -> tuple[int, Any, str]:
        status = cli.main(["import", "complaints", str(path), "--map", str(mapping), "--json", *options])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else None, said.err

    return imported


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own; `amends init` has not been run."""
    made = Installation(tmp_path, engine=ENGINE)
    yield made
    made.remove()
