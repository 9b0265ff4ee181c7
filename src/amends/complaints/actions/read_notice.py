"""Saying that one has read how a complaint was decided (ISO 10002, 7.8)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, InternalNotice
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def read_notice(complaint: Complaint, *, by: engine.Person, at: datetime) -> int:
    """Note when this person read every notice of a decision on the complaint. Returns how many those were."""
    lifecycle.take(Verb.READ_NOTICE, complaint, by=by, at=at)
    mine = InternalNotice.objects.filter(complaint=complaint, person_id=staff_id_of(by), read_at__isnull=True)
    count = mine.update(read_at=at)
    if not count:
        raise Refusal("nothing_unread", _("There is no decision on this complaint that you have not read."))
    record(events.NoticeRead(complaint=complaint.subject, count=count), by=by, at=at)
    return count
