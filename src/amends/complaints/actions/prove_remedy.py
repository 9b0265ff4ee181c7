"""Carrying out what was promised, with proof (ISO 10002, 7.9)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.answering import complete_if_all_done
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Remedy
from amends.correspondence.writing import checked_text
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def prove_remedy(
    complaint: Complaint,
    number: int,
    *,
    proof: str,
    done_on: date,
    by: engine.Person,
    at: datetime,
    file: StoredFile | None = None,
    seen: int | None = None,
) -> Remedy:
    """Say how it can be seen that a remedy was carried out: a booking number, a delivery note, a letter."""
    proof = checked_text(proof, longest=2000, field="proof")
    if done_on > at.astimezone(the_organisation().zone).date():
        raise Refusal("done_in_future", _("The day on which it was done cannot be in the future."), field="done_on")
    remedy = Remedy.objects.filter(complaint=complaint, number=number).select_related("kind").first()
    if remedy is None or remedy.state != Remedy.State.PROMISED:
        raise Refusal("not_promised", _("This remedy is not open any more. Open the complaint again."))
    lifecycle.take(Verb.PROVE_REMEDY, complaint, by=by, at=at, seen=seen)
    if file is not None:
        attach(file, at)
    remedy.state, remedy.proof, remedy.proof_file = Remedy.State.DONE, proof, file
    remedy.done_on, remedy.proved_by_id, remedy.proved_at = done_on, staff_id_of(by), at
    remedy.save(update_fields=["state", "proof", "proof_file", "done_on", "proved_by", "proved_at"])
    deadlines.meet(complaint, Deadline.Kind.REMEDY, at, number=number)
    deadlines.keep_strictest(complaint)
    is_last = complete_if_all_done(complaint, by=by, at=at)
    record(
        events.RemedyProved(
            complaint=complaint.subject, number=number, kind=remedy.kind.code, done_on=done_on, is_last=is_last
        ),
        by=by,
        at=at,
        payload={"proof": proof},
    )
    return remedy
