"""`amends check`: everything that must always be true, counted."""

import argparse

from amends.kit.invariants import all_invariants
from amends.project import setting_up
from amends.project.terminal import progress, report, say


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is violated, 1 otherwise."""
    setting_up.require_ready()
    invariants = all_invariants()
    found: dict[str, list[str]] = {}
    with progress("Checking", len(invariants)) as advance:
        for invariant in invariants:
            violations = list(invariant.check())
            if violations:
                found[invariant.name] = violations
            advance(1)
    if arguments.json:
        report({"ok": not found, "invariants": len(invariants), "violations": found})
    else:
        for invariant in invariants:
            mark = "VIOLATED" if invariant.name in found else "holds"
            say(f"{mark:9} {invariant.name}: {invariant.sentence}")
            for violation in found.get(invariant.name, []):
                say(f"          {violation}")
        say(f"{len(invariants)} invariants, {sum(map(len, found.values()))} violations")
    return 1 if found else 0
