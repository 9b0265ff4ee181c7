"""`amends mail` reads the mailbox until stopped; `mail once` does so once; `mail receive` takes one from a pipe."""

import argparse
import signal
import sys

from amends.kit import clock
from amends.mailroom.email import pipe
from amends.mailroom.email.poller import Poller
from amends.project import setting_up


def run(arguments: argparse.Namespace) -> int:
    """Work until a signal ends it, or once."""
    if arguments.what == "receive":
        return pipe.receive(sys.stdin.buffer, clock.now)
    setting_up.require_ready()
    setting_up.refuse_second_host()
    poller = Poller()
    if arguments.what == "once":
        while poller.look():
            pass
        return 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_ignored: poller.stop.set())
    poller.run()
    return 0
