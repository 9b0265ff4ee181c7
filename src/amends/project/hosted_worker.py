"""The worker as a process of its own: it also marks the machine it runs on."""

from datetime import datetime

from amends.project import setting_up
from amends.reactions.worker import Worker


class HostedWorker(Worker):
    """A worker that says on which machine it runs."""

    def beat(self, at: datetime) -> bool:
        """Say that this worker is alive, and where."""
        setting_up.say_where_running()
        return super().beat(at)
