"""`amends worker`: follow-ups, sealing and sweeping, without a web server."""

import argparse
import signal

from amends.project import setting_up
from amends.project.hosted_worker import HostedWorker


def run(arguments: argparse.Namespace) -> int:
    """Work until a signal ends it."""
    setting_up.require_ready()
    setting_up.refuse_second_host()
    worker = HostedWorker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_ignored: worker.stop.set())
    worker.run()
    return 0
