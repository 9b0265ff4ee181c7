"""Was everybody heard who has to be: what the checklist shows and what a response waits for (7.6, annex D)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, Hearing, Party, Statement, Unheard
from amends.correspondence.models import Message
from amends.kit.refusal import Refusal


@dataclass(frozen=True)
class Checklist:
    """The three questions, answered from the record."""

    complainant_asked: bool
    subjects: int
    subjects_open: int
    statements: int
    statements_open: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.complainant_asked and not self.subjects_open and not self.statements_open


def checklist_of(complaint: Complaint) -> Checklist:
    """How far it is. Five queries."""
    hearings = list(Hearing.objects.filter(complaint=complaint).values_list("side", "verified_at"))
    heard = any(side == Hearing.Side.COMPLAINANT for side, _at in hearings)
    return Checklist(
        complainant_asked=heard or _was_asked(complaint),
        subjects=Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT).count(),
        subjects_open=unheard_subjects(complaint).count(),
        statements=len(hearings),
        statements_open=sum(verified_at is None for _side, verified_at in hearings),
    )


def unheard_subjects(complaint: Complaint) -> QuerySet[Party]:
    """Those complained about who were neither heard nor given the chance with a recorded reason."""
    named = Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT)
    here = OuterRef("pk")
    return named.exclude(
        Exists(Hearing.objects.filter(party=here, side=Hearing.Side.SUBJECT))
        | Exists(Statement.objects.filter(party=here))
        | Exists(Unheard.objects.filter(party=here))
    )


def check_other_side(complaint: Complaint) -> None:
    """Refuse a response while somebody complained about was not heard and no reason stands why."""
    if unheard_subjects(complaint).exists():
        raise Refusal(
            "other_side_not_heard",
            _(
                "The person complained about was not heard. Take their statement or write down a talk with them, or "
                "say on the Investigation tab why they are not heard."
            ),
        )


def _was_asked(complaint: Complaint) -> bool:
    """Whether we asked the complainant something in writing, or they wrote again after their complaint."""
    said = Message.objects.filter(thread=complaint.thread_id)
    return said.filter(needs_reply=True).exists() or said.filter(direction=Message.Direction.IN).count() > 1
