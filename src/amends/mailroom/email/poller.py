"""Reads the mailbox again and again and sorts what came. Outlives every mail, the mail server and the database."""

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections, connections

from amends.kit import clock
from amends.mailroom.email.mailbox import MailboxError, fetch
from amends.mailroom.email.sorting import sort_waiting

log = logging.getLogger("amends.mail")

HEARTBEAT = "amends:mail:read"
HEARTBEAT_KEPT = 24 * 3600


class Poller:
    """One process for one mailbox. `stop` may be set from outside, a signal for example."""

    def __init__(self) -> None:
        self.stop = threading.Event()

    def run(self) -> None:
        """Work until stopped."""
        while not self.stop.is_set():
            more = self.look()
            if not more:
                self.stop.wait(settings.AMENDS_IMAP_SECONDS)
        connections.close_all()

    def look(self) -> bool:
        """Fetch and sort once. Tells whether there may be more at once. Whatever goes wrong is tried again later."""
        fetched, done = 0, 0
        try:
            close_old_connections()
            if settings.AMENDS_IMAP_URL:
                fetched = len(fetch(clock.now))
                cache.set(HEARTBEAT, clock.now().timestamp(), HEARTBEAT_KEPT)
        except MailboxError as error:
            log.warning("the mailbox cannot be read: %s", error)
        except (DatabaseError, OSError) as error:
            log.warning("mail cannot be kept: %s", type(error).__name__)
            return self._later()
        except Exception:
            log.exception("fetching mail failed")
        try:
            done = sort_waiting(clock.now)
        except (DatabaseError, OSError) as error:
            log.warning("mail cannot be sorted: %s", type(error).__name__)
            return self._later()
        return bool(fetched or done)

    def _later(self) -> bool:
        for connection in connections.all(initialized_only=True):
            connection.close()
        return False


def seconds_since_reading(at: datetime) -> float | None:
    """How long ago the mailbox was last read; None when not within a day."""
    last = cache.get(HEARTBEAT)
    return None if last is None else at.timestamp() - float(last)
