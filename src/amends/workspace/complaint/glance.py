"""What the head of the page counts and dates, fetched in the same query as the complaint."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from amends.complaints.events import InvestigationOpened
from amends.complaints.models import (
    Assessment,
    CaseText,
    Communication,
    Complaint,
    HeldMessage,
    InvestigationTask,
    Link,
    Need,
    NextLook,
    PlannedStep,
    Referral,
    Response,
    UnsentLetter,
    Voiding,
)
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.stages import Bar
from amends.correspondence.models import Message
from amends.files.models import StoredFile
from amends.journal.models import Entry, Pseudonym
from amends.surveys.models import Survey


@dataclass(frozen=True)
class Glance:
    """When steps of the bar were reached last, how much there is of what, and whether anything resembles it."""

    reached: dict[Bar, datetime | None] = field(default_factory=dict)
    files: int = 0
    said: int = 0
    has_related: bool = False
    takes_in: bool = False
    has_links: bool = False
    has_tasks: bool = False
    has_steps: bool = False
    has_unsent: bool = False
    has_needs: bool = False
    was_outside: bool = False
    has_looks: bool = False
    has_held: bool = False
    has_voiding: bool = False
    is_asked: bool = False


def with_glance(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    """Complaints with what `glance_of` reads."""
    mine = Q(message_file__message__thread=OuterRef("thread")) | Q(proof_of__complaint=OuterRef("pk"))
    mine |= Q(answers_task__task__complaint=OuterRef("pk"))
    tasks = InvestigationTask.objects.filter(complaint=OuterRef("pk")).open()
    held = HeldMessage.objects.filter(complaint=OuterRef("pk")).exclude(state=HeldMessage.State.LEFT)
    files = StoredFile.objects.filter(mine)
    linked = Q(complaint=OuterRef("pk")) | Q(other=OuterRef("pk"))
    messages = Message.objects.filter(thread=OuterRef("thread"))
    names = Pseudonym.objects.filter(kind="complaint", key=OuterRef(OuterRef("pk"))).values("name")
    opened = Entry.objects.filter(event=InvestigationOpened.name, subject__in=names)
    return rows.annotate(
        assessed_last=_last(Assessment.objects.filter(complaint=OuterRef("pk")), "at"),
        investigated_last=_last(opened, "at"),
        proposed_last=_last(Response.objects.filter(complaint=OuterRef("pk")), "proposed_at"),
        communicated_last=_last(Communication.objects.filter(complaint=OuterRef("pk")), "at"),
        files_count=_count(files),
        messages_count=_count(messages),
        has_open_tasks=Exists(tasks),
        has_open_steps=Exists(PlannedStep.objects.filter(interim__complaint=OuterRef("pk"), done_at__isnull=True)),
        has_held_messages=Exists(held),
        has_unsent_letters=Exists(UnsentLetter.objects.filter(complaint=OuterRef("pk")).waiting()),
        has_agreed_needs=Exists(Need.objects.filter(complaint=OuterRef("pk"), withdrawn_at__isnull=True)),
        has_voidings=Exists(Voiding.objects.filter(complaint=OuterRef("pk"), state__in=["asked", "void"])),
        is_taking_in=Exists(Complaint.objects.filter(merged_into=OuterRef("pk"))),
        is_linked=Exists(Link.objects.filter(linked, ended_at__isnull=True)),
        was_outside=Exists(Referral.objects.filter(complaint=OuterRef("pk"))),
        has_looks=Exists(NextLook.objects.filter(complaint=OuterRef("pk"))),
        is_asked=Exists(Survey.objects.filter(complaint=OuterRef("pk"), state="open", answered_at__isnull=True)),
        is_translated=Exists(CaseText.objects.translations().filter(complaint=OuterRef("pk"))),
        is_resembled=Exists(Complaint.objects.filter(possible_duplicate_of=OuterRef("pk"))),
    )


def _last(rows: QuerySet[Any, Any], moment: str) -> Subquery:
    return Subquery(rows.order_by("-pk").values(moment)[:1])


def _count(rows: QuerySet[Any, Any]) -> Subquery:
    """How many rows, as a part of a query: grouped by nothing, because a plain count could not stand inside."""
    whole = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(whole.annotate(count=Count("pk")).values("count"))


def glance_of(complaint: Complaint) -> Glance:
    """What `with_glance` fetched."""
    fetched: Any = complaint
    return Glance(
        reached={
            Bar.ASSESSED: fetched.assessed_last,
            Bar.INVESTIGATING: fetched.investigated_last,
            Bar.RESPONSE: fetched.proposed_last,
            Bar.COMMUNICATED: fetched.communicated_last,
        },
        files=fetched.files_count or 0,
        said=fetched.messages_count or 0,
        takes_in=fetched.is_taking_in,
        has_links=fetched.is_linked,
        has_tasks=fetched.has_open_tasks,
        has_steps=fetched.has_open_steps,
        has_unsent=fetched.has_unsent_letters,
        has_needs=fetched.has_agreed_needs,
        was_outside=fetched.was_outside,
        has_looks=fetched.has_looks,
        has_held=fetched.has_held_messages,
        has_voiding=fetched.has_voidings,
        is_asked=fetched.is_asked,
        has_related=fetched.is_resembled or complaint.possible_duplicate_of_id is not None,
    )
