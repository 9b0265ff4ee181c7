"""What goes to somebody who asked for post, goes on paper: their letter waits on the list of letters."""

from amends.complaints import events
from amends.complaints.acting import who_gets_letters, who_is_told
from amends.complaints.actions import queue_letter
from amends.complaints.letters import is_due
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.reactions.notices.mailing import complaint_of

#: Where whoever wrote it chose how it is told; the others go the way that the person asked for.
_CHOSEN = (events.MessageSent.name, events.Communicated.name)


def on_paper(entry: Entry) -> None:
    """Put the message that an entry tells of on the list, where it has to go by post. Twice is once."""
    complaint = complaint_of(entry)
    message = _message_of(entry, complaint) if complaint is not None else None
    if complaint is None or message is None or Stage(complaint.stage) is Stage.VOID:
        return
    now = clock.now()
    decides = entry.event == events.Communicated.name
    party = who_gets_letters(complaint, now) if decides else who_is_told(complaint, now)
    if party is not None and is_due(complaint, party, message, chosen=entry.event in _CHOSEN):
        queue_letter(complaint, message, party, by=SYSTEM, at=now)


def _message_of(entry: Entry, complaint: Complaint) -> Message | None:
    """The message that the entry names, or else the one that went out at its moment."""
    ours = Message.objects.filter(thread_id=complaint.thread_id, direction=Message.Direction.OUT)
    name = entry.facts.get("message")
    if name is None:
        return ours.filter(at=entry.at).order_by("-id").first()
    named = next(iter(subjects_named([name]).values()), None)
    return ours.filter(pk=named.key).first() if named is not None else None
