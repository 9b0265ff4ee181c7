"""Taking a link between two complaints away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.linking import link_between
from amends.complaints.models import Complaint, Link
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def unlink(complaint: Complaint, other: Complaint, *, by: engine.Person, at: datetime) -> Link:
    """End the link, from whichever end. That it was there stays recorded. Refusal: `not_linked`."""
    lifecycle.take(Verb.UNLINK, complaint, by=by, at=at)
    found = link_between(complaint, other)
    ended = {"ended_at": at, "ended_by_id": staff_id_of(by)}
    if found is None or Link.objects.filter(pk=found.pk, ended_at__isnull=True).update(**ended) != 1:
        raise Refusal("not_linked", _("These two are not linked any more."))
    record(events.Unlinked(complaint=complaint.subject, other=other.subject, kind=found.kind), by=by, at=at)
    return found
