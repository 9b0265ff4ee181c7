"""Noting that somebody does not act for the complainant any more (ISO 10002, 3.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import ActingAuthority, Complaint, Party
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: A newer permission replaces one by itself.
REASONS = tuple(end for end in ActingAuthority.End if end != ActingAuthority.End.REPLACED)


@transaction.atomic
def end_authority(
    complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Party:
    """From now on nothing is said to the representative. Refusals: `no_representative`, `no_authority`,
    `reason_needed`."""
    party = representative_of(complaint)
    if reason not in REASONS:
        raise Refusal("reason_needed", _("Say why it ends."), field="reason")
    if party.authority != Party.Authority.SEEN:
        raise Refusal("no_authority", _("No permission is recorded that could end."))
    lifecycle.take(Verb.END_AUTHORITY, complaint, by=by, at=at, seen=seen)
    ended(party, reason, staff_id_of(by), at)
    Party.objects.filter(pk=party.pk).update(authority=Party.Authority.ENDED, authority_until=None)
    record(events.AuthorityEnded(complaint=complaint.subject, reason=reason), by=by, at=at)
    return party


def representative_of(complaint: Complaint) -> Party:
    """Who acts for the complainant. Refuses with `no_representative`."""
    party = Party.objects.filter(complaint=complaint, role=Party.Role.REPRESENTATIVE).first()
    if party is None:
        raise Refusal("no_representative", _("Nobody acts for the complainant."))
    return party


def ended(party: Party, reason: str, person_id: int, at: datetime) -> None:
    """End the permission that is in force, if there is one."""
    in_force = ActingAuthority.objects.filter(party=party, ended_at__isnull=True)
    in_force.update(ended_at=at, ended_by_id=person_id, end_reason=reason)
