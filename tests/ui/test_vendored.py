"""What others wrote is whole, licensed, and of a known version."""

import hashlib
import json
from pathlib import Path

import pytest

import amends.rendering
import amends.ui

pytestmark = pytest.mark.engineless

PLACES = [
    Path(amends.ui.__file__).parent / "static" / "ui" / "vendor",
    Path(amends.rendering.__file__).parent / "vendor",
    Path(__file__).parent.parent / "vendor",
]


@pytest.mark.parametrize("place", PLACES, ids=["pages", "paper", "tests"])
def test_the_manifest_names_every_file_with_its_hash(place: Path) -> None:
    parts = json.loads((place / "MANIFEST.json").read_text("utf-8"))["parts"]
    named = {name: digest for part in parts for name, digest in part["files"].items()}
    found = {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in place.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }
    assert named == found


@pytest.mark.parametrize("place", PLACES, ids=["pages", "paper", "tests"])
def test_each_part_has_version_licence_and_origin(place: Path) -> None:
    text = (place / "MANIFEST.json").read_text("utf-8")
    assert "://" not in text
    for part in json.loads(text)["parts"]:
        assert part["version"]
        assert part["licence"]
        assert part["package"].startswith("npm ")
        assert any("LICENSE" in name for name in part["files"])


def test_our_own_modules_stay_small() -> None:
    modules = sorted((PLACES[0].parent / "js").glob("*.js"))
    assert len(modules) > 10
    for module in modules:
        source = module.read_text("utf-8")
        assert source.count("\n") <= 80, module.name
        for forbidden in ("eval(", "innerHTML", "outerHTML", "insertAdjacentHTML", "new Function", "document.write"):
            assert forbidden not in source, module.name
