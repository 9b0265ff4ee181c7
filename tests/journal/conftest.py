"""What tests of the journal share."""

from pathlib import Path

import pytest


@pytest.fixture
def anchors(tmp_path: Path, settings) -> Path:
    """An anchors file of this test alone."""
    path = tmp_path / "journal.anchors"
    settings.AMENDS_ANCHORS = str(path)
    return path
