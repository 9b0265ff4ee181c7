"""The documents of the shipped rule packs, for tests to read and to spoil."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("amends.framework").joinpath("packs")


@cache
def _texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.name.endswith(".json")}


def names() -> list[str]:
    """The files of the shipped packs, but for the one from before there was a schema."""
    return sorted(name for name, text in _texts().items() if "schema" in json.loads(text))


def document(name: str) -> Any:
    """A copy of a shipped document, free to be changed."""
    return json.loads(_texts()[name])


#: The newest version of the general pack.
GENERAL = [name for name in names() if name.startswith("general-")][-1]
