"""Messages that waited to leave, leave."""

from amends.complaints.actions import send_held
from amends.complaints.models import HeldMessage
from amends.journal.models import Entry
from amends.journal.outbox import TryLaterError
from amends.journal.pseudonyms import subjects_named
from amends.kit import clock
from amends.people.standing import SYSTEM


def let_go(entry: Entry) -> None:
    """Send it when its seconds are over. A worker whose clock is ahead of the one that counted them tries again."""
    name = entry.facts["held"]
    held = next(iter(subjects_named([name]).values()), None)
    message = HeldMessage.objects.waiting().filter(pk=held.key).first() if held is not None else None
    if message is None:
        return
    now = clock.now()
    if now < message.leaves_at:
        raise TryLaterError("the message can still be taken back")
    send_held(message, by=SYSTEM, at=now)
