"""The complainant says that they suffer for having complained (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from amends.complaints import events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, DetrimentReport
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine

LONGEST = 4000


@transaction.atomic
def report_detriment(complaint: Complaint, *, text: str, by: engine.Person, at: datetime) -> DetrimentReport:
    """Keep what they say apart from the conversation, and tell the management representative at once.

    Whoever handles the complaint may be whom it is about, so that they cannot read it.
    """
    text = checked_text(text, longest=LONGEST)
    lifecycle.take(Verb.REPORT_DETRIMENT, complaint, by=by, at=at)
    Complaint.objects.select_for_update().get(pk=complaint.pk)  # two at once get two numbers
    last = DetrimentReport.objects.filter(complaint=complaint).aggregate(last=Max("number"))["last"]
    report = DetrimentReport.objects.create(
        complaint=complaint, number=(last or 0) + 1, text=text, person_id=person_id_of(by), at=at
    )
    record(
        events.DetrimentReported(complaint=complaint.subject, number=report.number),
        by=by,
        at=at,
        payload={"text": text},
    )
    return report
