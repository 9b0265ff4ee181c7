"""`amends journal export DIR`: the journal for the stand-alone verifier, with a copy of it."""

import argparse

from amends.journal import exporting
from amends.kit import clock
from amends.project import setting_up
from amends.project.terminal import report, say


def run(arguments: argparse.Namespace) -> int:
    """Write entries, texts, checkpoints and keys to a directory."""
    setting_up.require_ready()
    counts = exporting.export(arguments.directory, clock.now())
    if arguments.json:
        report({"directory": str(arguments.directory), **counts})
    else:
        say(f"{counts['entries']} entries and {counts['checkpoints']} checkpoints are in {arguments.directory}.")
        say(f"Check them with:  python3 {arguments.directory / 'verifier.py'} {arguments.directory}")
    return 0
