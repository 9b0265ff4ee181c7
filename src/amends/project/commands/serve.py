"""`amends serve`: web and worker together."""

import argparse

from django.conf import settings

from amends.project import setting_up
from amends.project.supervisor import Supervisor
from amends.project.terminal import say


def run(arguments: argparse.Namespace) -> int:
    """Serve until a signal ends it."""
    setting_up.require_ready()
    setting_up.refuse_second_host()
    port = arguments.port or settings.AMENDS_PORT
    setting_up.refuse_taken_port(port, "amends serve")
    setting_up.collect_assets()
    supervisor = Supervisor(port=port, with_worker=not arguments.web_only)

    def when_ready() -> None:
        say(f"Amends is ready at {settings.AMENDS_PUBLIC_URL}")
        link = setting_up.first_start_link()
        if link:
            say(f"Set up your organisation, once, at:  {link}")

    return supervisor.run(when_ready)
