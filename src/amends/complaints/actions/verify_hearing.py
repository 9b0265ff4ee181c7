"""Checking what somebody said against something else (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Hearing
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def verify_hearing(hearing: Hearing, *, against: str, by: engine.Person, at: datetime) -> Hearing:
    """Say against what the statement was checked. Refusals: `check_needed`, `verified_already`."""
    against = clean_line(against)[:500]
    if not against:
        raise Refusal("check_needed", _("Say against what you checked it."), field="against")
    lifecycle.take(Verb.VERIFY_HEARING, hearing.complaint, by=by, at=at)
    open_ones = Hearing.objects.filter(pk=hearing.pk, verified_at__isnull=True)
    if open_ones.update(verified_against=against, verified_by_id=staff_id_of(by), verified_at=at) != 1:
        raise Refusal("verified_already", _("Somebody has checked this statement meanwhile."))
    hearing.refresh_from_db(fields=["verified_against", "verified_by", "verified_at"])
    record(
        events.HearingVerified(complaint=hearing.complaint.subject, number=hearing.number),
        by=by,
        at=at,
        payload={"against": against},
    )
    return hearing
