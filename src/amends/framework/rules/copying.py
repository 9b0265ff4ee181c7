"""What becomes of a document when an organisation changes it: no figure of its own may pretend to stand in a law.

Whoever changes a number keeps the name of the source beside it, unless somebody thinks of it. Here it is thought of:
where a part with a figure was changed and its figure was not, the figure becomes one of the organisation's own, and
worked examples that show the old rule fall away.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

Document = dict[str, Any]

#: The code of the source that an organisation's own figures name.
OWN = "own"
#: Own packs are told apart from shipped ones by their code, so that no release ever brings one of the same name.
OWN_ENDING = "-own"

#: Parts of a clock that say nothing about what is owed by when.
_BESIDE_THE_RULE = frozenset({"figure", "name", "remind"})


def own_code(code: str) -> str:
    """The code under which an organisation keeps its own versions of a pack."""
    return code if code.endswith(OWN_ENDING) else f"{code}{OWN_ENDING}"


def as_own(document: Mapping[str, Any], *, code: str, version: int) -> Document:
    """The document under a code and version of the organisation's own."""
    return {**deepcopy(dict(document)), "pack": code, "version": version}


def with_own_figures(
    document: Mapping[str, Any], before: Mapping[str, Any], *, title: str, url: str, seen_on: date
) -> Document:
    """A document in which changed parts name the organisation as their source. Both have the shape of a pack."""
    found = deepcopy(dict(document))
    changed = list(_changed(found, before))
    for part in changed:
        part["figure"] = {"source": OWN, "place": title, "status": "verified", "seen_on": seen_on.isoformat()}
    clocks = {part["code"] for part in changed if "met_by" in part}
    if clocks:
        old = before.get("examples", [])
        kept = [each for each in found.get("examples", []) if each["clock"] not in clocks or each not in old]
        found["examples"] = kept
    if any(figure["source"] == OWN for figure in _figures(found)):
        found["sources"].setdefault(OWN, {"title": title, "url": url, "seen_on": seen_on.isoformat()})
    return found


def _changed(document: Document, before: Mapping[str, Any]) -> Iterator[Document]:
    """Parts whose rule differs from before, while their figure is still the one of before."""
    old = dict(_parts(before))
    for key, part in _parts(document):
        there = old.get(key)
        if there is not None and part["figure"] == there["figure"] and _rule(part) != _rule(there):
            yield part


def _rule(part: Mapping[str, Any]) -> Document:
    """What a part demands. A part left out, and one that says null, false or an empty list, demand the same."""
    return {key: value for key, value in part.items() if key not in _BESIDE_THE_RULE and value not in (None, False, [])}


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Document]]:
    """Every part with a figure, by where it stands and what it is called there."""
    for group, name in (("clocks", "code"), ("external", "code"), ("suspensions", "code"), ("retention", "class")):
        for part in document.get(group) or ():
            yield (group, part[name]), part
    for single in ("early_resolution", "deemed_outcome"):
        if document.get(single):
            yield (single, ""), document[single]


def _figures(document: Mapping[str, Any]) -> Iterator[Document]:
    for _key, part in _parts(document):
        yield part["figure"]
