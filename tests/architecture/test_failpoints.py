"""The list of failpoints and the code say the same."""

import ast
from pathlib import Path

import amends
from amends.kit.failpoints import KNOWN

SOURCE = Path(amends.__file__).parent if amends.__file__ else Path(next(iter(amends.__path__)))


def used() -> dict[str, list[str]]:
    """Every name that is given to `failpoint`, with the modules that give it."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "failpoint":
                assert isinstance(call.args[0], ast.Constant), f"{path.name}: a failpoint is named by a plain text"
                found.setdefault(call.args[0].value, []).append(path.stem)
    return found


def test_every_failpoint_in_the_code_is_on_the_list():
    assert set(used()) <= set(KNOWN)


def test_every_failpoint_on_the_list_is_in_the_code():
    assert sorted(set(KNOWN) - set(used())) == []
