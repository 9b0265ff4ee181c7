"""Saying that complaints belong together, each still handled by itself (ISO 10002, 7.2 and C.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.linking import link_between
from amends.complaints.models import Complaint, Link
from amends.complaints.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def link(
    complaint: Complaint,
    other: Complaint,
    *,
    kind: Link.Kind,
    by: engine.Person,
    at: datetime,
    wants_joint_answer: bool = False,
    note: str = "",
) -> Link:
    """Link two complaints. A joint answer is a wish that both pages show; each still gets its own decision.

    Refusals: `to_itself`, `linked_already`.
    """
    lifecycle.take(Verb.LINK, complaint, by=by, at=at)
    engine.require(by, May.READ, other)
    if complaint.pk == other.pk:
        raise Refusal(
            "to_itself", _("This is the same complaint. Enter the reference of the other one."), field="other"
        )
    # Held in one order, so that two people do not link the two twice.
    list(Complaint.objects.select_for_update(no_key=True).filter(pk__in=[complaint.pk, other.pk]).order_by("pk"))
    if link_between(complaint, other) is not None:
        raise Refusal("linked_already", _("These two are linked already. Take that link away first."), field="other")
    made = Link.objects.create(
        complaint=complaint,
        other=other,
        kind=kind,
        wants_joint_answer=wants_joint_answer,
        note=clean_line(note)[:500],
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.Linked(
            complaint=complaint.subject, other=other.subject, kind=kind.value, wants_joint_answer=wants_joint_answer
        ),
        by=by,
        at=at,
        payload={"note": made.note} if made.note else None,
    )
    return made
