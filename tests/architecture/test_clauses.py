"""The table of clauses (docs/clauses.toml) names verbs, pages and tests that exist, and leaves no row without."""

import re
import tomllib
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from amends.complaints.lifecycle import LIFE_CYCLE, Verb

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = tomllib.loads((ROOT / "docs" / "clauses.toml").read_text(encoding="utf-8"))["row"]

pytestmark = pytest.mark.engineless


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    """Every name in the URL configuration."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.add(f"{space}{pattern.name}")
    return found


def test_verbs_pages_and_tests_exist():
    verbs, pages = {verb.value for verb in Verb}, names(get_resolver().url_patterns)
    unknown: list[str] = []
    for row in ROWS:
        unknown += [f"{row['id']}: verb {verb}" for verb in row.get("verbs", []) if verb not in verbs]
        unknown += [f"{row['id']}: page {page}" for page in row.get("screens", []) if page not in pages]
        unknown += [f"{row['id']}: test {test}" for test in row.get("tests", []) if not is_test(test)]
    assert not unknown, "\n".join(unknown)


def is_test(name: str) -> bool:
    """Whether `folder/file.py::function` is a test of ours."""
    file, _colons, function = name.partition("::")
    path = ROOT / "tests" / file
    return path.exists() and re.search(rf"^def {function}\(", path.read_text(encoding="utf-8"), re.M) is not None


def test_each_row_is_shown_by_a_test_or_says_what_it_lacks():
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 63
    bare = [row["id"] for row in ROWS if not row.get("tests") and not row.get("missing")]
    assert not bare, bare
    undone = [row["id"] for row in ROWS if row.get("tests") and not row.get("verbs") and not row.get("screens")]
    assert not undone, undone


def test_every_verb_of_these_clauses_stands_in_a_row():
    named = {verb for row in ROWS for verb in row.get("verbs", [])}
    here = {step.verb.value for step in LIFE_CYCLE if re.match(r"7\.|[C-G]", step.clause)}
    assert here - named == set()
