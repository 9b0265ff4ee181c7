"""What the tracking page needs to know of a complaint, read in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime

from amends.complaints.models import Communication, Complaint, Deadline, Referral, Remedy
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.journal.pseudonyms import known_name_of
from amends.journal.vocabulary import Audience, Event, all_events


@dataclass(frozen=True)
class Happened:
    """When things happened, as far as the journal tells them to the public: first and last time by event."""

    first: dict[str, datetime]
    last: dict[str, datetime]

    def has(self, event: type[Event]) -> bool:
        """Whether it happened at all."""
        return event.name in self.last

    def began(self, event: type[Event]) -> datetime | None:
        """The first time."""
        return self.first.get(event.name)

    def latest(self, event: type[Event]) -> datetime | None:
        """The last time."""
        return self.last.get(event.name)


@dataclass(frozen=True)
class Facts:
    """A complaint with what stands around it."""

    complaint: Complaint
    happened: Happened
    deadlines: dict[str, Deadline]
    messages: list[Message]
    told: Communication | None
    referral: Referral | None
    remedies: list[Remedy]

    @property
    def question(self) -> Message | None:
        """What we asked last and have no answer to."""
        return open_question(self.complaint, self.messages)

    def due(self, *kinds: Deadline.Kind) -> Deadline | None:
        """The first of these deadlines that still runs."""
        running = (self.deadlines.get(kind.value) for kind in kinds)
        return next((deadline for deadline in running if deadline is not None and deadline.is_open), None)


def facts_of(complaint: Complaint) -> Facts:
    """Read them. Internal notes are never among the messages, nor staff's entries among what happened."""
    told = told_last(complaint)
    return Facts(
        complaint=complaint,
        happened=_happened(complaint),
        deadlines={deadline.kind: deadline for deadline in complaint.deadlines.order_by("id")},
        messages=messages_of(complaint),
        told=told,
        referral=Referral.objects.filter(complaint=complaint).order_by("-id").first(),
        remedies=remedies_of(told) if told is not None else [],
    )


def told_last(complaint: Complaint) -> Communication | None:
    """The decision that the complainant has in hand."""
    found = Communication.objects.filter(complaint=complaint)
    return found.select_related("decision__response", "decision__answer").order_by("-id").first()


def remedies_of(told: Communication) -> list[Remedy]:
    """What was promised with a decision."""
    return list(Remedy.objects.filter(response=told.decision.response).select_related("kind").order_by("number"))


def messages_of(complaint: Complaint) -> list[Message]:
    """What was written between the complainant and us, newest first."""
    ours = Message.objects.filter(thread=complaint.thread_id).exclude(direction=Message.Direction.NOTE)
    return list(ours.prefetch_related("files__file").order_by("-id"))


def open_question(complaint: Complaint, messages: list[Message]) -> Message | None:
    """The newest question without answer. Of a complaint that has ended nothing is asked any more."""
    if complaint.is_ended:
        return None
    return next((message for message in messages if message.needs_reply and not message.answered_at), None)


def _happened(complaint: Complaint) -> Happened:
    public = [event.name for event in all_events() if event.audience is Audience.PUBLIC]
    name = known_name_of(complaint.subject)
    entries = Entry.objects.filter(subject=name, event__in=public) if name else Entry.objects.none()
    first: dict[str, datetime] = {}
    last: dict[str, datetime] = {}
    for event, at in entries.order_by("id").values_list("event", "at"):
        first.setdefault(event, at)
        last[event] = at
    return Happened(first, last)
