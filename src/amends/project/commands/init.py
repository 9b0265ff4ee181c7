"""`amends init`: make a data directory ready, or bring it to this version."""

import argparse
import shlex

from django.conf import settings

from amends.project import setting_up
from amends.project.terminal import report, say


def run(arguments: argparse.Namespace) -> int:
    """Keys, database, and the link to the first start."""
    setting_up.prepare_database()
    link = setting_up.first_start_link()
    if arguments.json:
        report({"data": str(settings.AMENDS_DATA_DIR), "first_start": link})
        return 0
    say(f"Ready: {settings.AMENDS_DATA_DIR}")
    if link:
        where = f" --data {shlex.quote(arguments.data)}" if arguments.data else ""
        say(f"Start it with:  amends serve{where}")
        say(f"Then set up your organisation, once, at:  {link}")
    return 0
