"""Verifying that what was promised was done (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Remedy
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def verify_remedies(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> int:
    """Check the proofs. By somebody who did not give them; in the small profile alone, recorded as such."""
    verifier = staff_id_of(by)
    done = Remedy.objects.filter(complaint=complaint, state=Remedy.State.DONE)
    alone = done.filter(proved_by_id=verifier).exists()
    if alone and not the_organisation().is_small:
        raise Refusal("own_proof", _("You gave this proof yourself. Somebody else has to verify it."))
    lifecycle.take(Verb.VERIFY_REMEDIES, complaint, by=by, at=at, seen=seen)
    count = done.update(state=Remedy.State.VERIFIED, verified_by_id=verifier, verified_at=at)
    record(events.RemediesVerified(complaint=complaint.subject, count=count, is_by_one_person=alone), by=by, at=at)
    return count
