"""A storage of its own for every test."""

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path, settings) -> Path:
    """The root of the storage, empty."""
    settings.AMENDS_FILES_DIR = tmp_path / "data" / "store"
    settings.AMENDS_CLAMD = ""
    return settings.AMENDS_FILES_DIR


@pytest.fixture
def stored_bytes(store: Path):
    """All files under the root, by their path in it."""

    def read() -> dict[str, bytes]:
        return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}

    return read
