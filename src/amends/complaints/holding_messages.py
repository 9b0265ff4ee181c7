"""How long a message can be taken back, and what a person took back and may send again."""

from datetime import datetime, timedelta

from amends.complaints.models import Complaint, HeldMessage

#: So long a message waits before it leaves.
HELD_FOR = timedelta(seconds=10)
#: So long what was taken back comes back into the form for writing.
KEPT_FOR = timedelta(days=1)


def waiting_of(complaint: Complaint) -> list[HeldMessage]:
    """The messages that have not left yet, the oldest first."""
    rows = HeldMessage.objects.waiting().filter(complaint=complaint)
    return list(rows.select_related("person").order_by("number"))


def to_write_again(complaint: Complaint, person_id: int, at: datetime) -> HeldMessage | None:
    """What this person took back last, or could not send, and has not sent again."""
    rows = HeldMessage.objects.filter(complaint=complaint).to_write_again(person_id, at - KEPT_FOR)
    return rows.prefetch_related("files__file").order_by("-number").first()
