"""What the tracking page needs to know of a complaint, read in a constant number of queries."""

from dataclasses import dataclass
from datetime import datetime

from amends.complaints.models import (
    Communication,
    Complaint,
    Deadline,
    DeemedOutcome,
    Extension,
    Pause,
    Referral,
    Remedy,
)
from amends.complaints.outside import newest_referral
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
class Clocks:
    """All clocks of a complaint in the order in which they began, with what moved them. Keys are ids of deadlines."""

    deadlines: list[Deadline]
    standing: dict[int, Pause]
    extensions: dict[int, list[Extension]]
    deemed: dict[int, DeemedOutcome]

    def running(self, *kinds: Deadline.Kind) -> list[Deadline]:
        """Those of these kinds that are open, the strictest first."""
        found = [deadline for deadline in self.deadlines if deadline.is_open and deadline.kind in kinds]
        return sorted(found, key=lambda deadline: (deadline.due_at, deadline.pk))

    def strictest(self, *kinds: Deadline.Kind) -> Deadline | None:
        """The first of them."""
        return next(iter(self.running(*kinds)), None)


@dataclass(frozen=True)
class Facts:
    """A complaint with what stands around it."""

    complaint: Complaint
    happened: Happened
    clocks: Clocks
    messages: list[Message]
    told: Communication | None
    referral: Referral | None
    remedies: list[Remedy]

    @property
    def question(self) -> Message | None:
        """What we asked last and have no answer to."""
        return open_question(self.complaint, self.messages)


def facts_of(complaint: Complaint) -> Facts:
    """Read them. Internal notes are never among the messages, nor staff's entries among what happened."""
    told = told_last(complaint)
    return Facts(
        complaint=complaint,
        happened=_happened(complaint),
        clocks=clocks_of(complaint),
        messages=messages_of(complaint),
        told=told,
        referral=newest_referral(complaint),
        remedies=remedies_of(told) if told is not None else [],
    )


def clocks_of(complaint: Complaint) -> Clocks:
    """Read them: one query, and one more for each way in which one of those that run was moved."""
    deadlines = list(complaint.deadlines.select_related("calendar").defer("calendar__document").order_by("id"))
    paused = [deadline for deadline in deadlines if deadline.is_open and deadline.is_paused]
    extended = [deadline for deadline in deadlines if deadline.is_open and deadline.extended_from]
    silent = [deadline for deadline in deadlines if deadline.overdue_at and deadline.basis.get("on_pass") == "deem"]
    pauses = Pause.objects.filter(deadline__in=paused, ended_at__isnull=True) if paused else ()
    outcomes = DeemedOutcome.objects.filter(deadline__in=silent) if silent else ()
    given: dict[int, list[Extension]] = {deadline.pk: [] for deadline in extended}
    for extension in Extension.objects.filter(deadline__in=extended).order_by("number") if extended else ():
        given[extension.deadline_id].append(extension)
    return Clocks(
        deadlines=deadlines,
        standing={pause.deadline_id: pause for pause in pauses},
        extensions=given,
        deemed={outcome.deadline_id: outcome for outcome in outcomes},
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
