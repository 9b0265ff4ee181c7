"""What somebody looks over before a complaint is closed (7.9), worked out from what is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from amends.complaints.linking import links_of
from amends.complaints.models import Communication, Complaint, Finding, InvestigationTask, Link, PlannedStep, Remedy


class Item(StrEnum):
    """One line of the list."""

    DECISION_TOLD = "decision_told"
    RIGHTS_TOLD = "rights_told"
    REMEDIES_PROVED = "remedies_proved"
    CAUSE_SET = "cause_set"
    TASKS_ANSWERED = "tasks_answered"
    STEPS_DONE = "steps_done"
    MESSAGE_ANSWERED = "message_answered"
    OTHERS_ANSWERED = "others_answered"


@dataclass(frozen=True)
class Check:
    """Whether it is so. `left` counts what is still open."""

    item: Item
    is_done: bool
    left: int = 0


def checklist(complaint: Complaint) -> list[Check]:
    """The list in order. Six queries. It refuses nothing by itself: what must not be missing, `close` refuses."""
    return list(_checks(complaint))


def _checks(complaint: Complaint) -> Iterator[Check]:
    told = Communication.objects.filter(complaint=complaint).order_by("-id").first()
    yield Check(Item.DECISION_TOLD, told is not None)
    yield Check(Item.RIGHTS_TOLD, told is not None and "recourse" in told.blocks)
    promised = [Remedy.State.PROMISED, Remedy.State.DONE]
    yield _none_left(Item.REMEDIES_PROVED, Remedy.objects.filter(complaint=complaint, state__in=promised).count())
    wrong = [Finding.Result.UPHELD, Finding.Result.PARTLY]
    found = Finding.objects.filter(issue__complaint=complaint, is_current=True, result__in=wrong, cause__isnull=True)
    yield _none_left(Item.CAUSE_SET, found.count())
    yield _none_left(Item.TASKS_ANSWERED, InvestigationTask.objects.filter(complaint=complaint).open().count())
    steps = PlannedStep.objects.filter(interim__complaint=complaint, done_at__isnull=True)
    yield _none_left(Item.STEPS_DONE, steps.count())
    yield Check(Item.MESSAGE_ANSWERED, not complaint.has_new_reply)
    together = links_of(complaint).filter(kind__in=[Link.Kind.JOINT, Link.Kind.SAME_MATTER])
    others = [link.other if link.complaint_id == complaint.pk else link.complaint for link in together]
    yield _none_left(Item.OTHERS_ANSWERED, sum(not other.is_ended for other in others))


def _none_left(item: Item, left: int) -> Check:
    return Check(item, left == 0, left)
