"""Saying that one has read the alert of a significant complaint (ISO 10002, 5.4.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, SignificantReader
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def read_significant(complaint: Complaint, *, by: engine.Person, at: datetime) -> int:
    """Note when this person read all alerts of the complaint that told them. Returns how many those were."""
    lifecycle.take(Verb.READ_SIGNIFICANT, complaint, by=by, at=at)
    mine = SignificantReader.objects.filter(alert__complaint=complaint, person_id=staff_id_of(by))
    # By their keys: PostgreSQL looks again at what somebody else changes meanwhile only in the table itself.
    count = SignificantReader.objects.filter(pk__in=[row.pk for row in mine], read_at__isnull=True).update(read_at=at)
    if not count:
        raise Refusal("nothing_unread", _("There is no alert of this complaint that you have not read."))
    record(events.SignificantRead(complaint=complaint.subject, count=count), by=by, at=at)
    return count
