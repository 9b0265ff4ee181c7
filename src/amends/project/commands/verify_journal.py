"""`amends journal verify`: does every entry still say what it said when it was written?"""

import argparse

from amends.journal import exporting, verifier
from amends.project import setting_up
from amends.project.terminal import report, say


def run(arguments: argparse.Namespace) -> int:
    """0 when the journal is whole, 1 when it was changed."""
    setting_up.require_ready()
    verdict = exporting.verify_database(arguments.anchors or exporting.anchors_path())
    if arguments.json:
        report(verdict.as_dict())
    else:
        say(verifier.report(verdict))
    return 0 if verdict.is_whole else 1
