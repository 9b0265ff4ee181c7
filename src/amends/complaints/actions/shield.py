"""Keeping the name of a complainant from those who handle the complaint (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.masking import Mask, new_pseudonym
from amends.complaints.models import Complaint, Issue, Shield
from amends.complaints.models.complaint import MailDetail
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def shield(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None) -> Shield:
    """From now on everybody but data protection and the management representative reads another name.

    The name is taken out of the title and the points too, because they stand in lists; their words are kept in what
    the journal commits to. Links to other complaints are cut. Refusals: `anonymous`, `shielded`, `reason_needed`.
    """
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why."), field="reason")
    if complaint.is_anonymous:
        raise Refusal("anonymous", _("Whoever stays anonymous needs no shield."))
    if complaint.is_shielded:
        raise Refusal("shielded", _("The complainant is shielded already."))
    lifecycle.take(Verb.SHIELD, complaint, by=by, at=at, seen=seen)
    pseudonym = complaint.pseudonym or new_pseudonym()
    mask = Mask.of(complaint.parties.all(), pseudonym)
    before = complaint.title
    values = {
        "is_shielded": True,
        "pseudonym": pseudonym,
        "title": mask.hides(before)[:160],
        "mail_detail": MailDetail.NOTICE,
    }
    Complaint.objects.filter(pk=complaint.pk).update(**values)
    for name, value in values.items():
        setattr(complaint, name, value)
    for issue in Issue.objects.filter(complaint=complaint):
        hidden = mask.hides(issue.summary)
        if hidden != issue.summary:
            Issue.objects.filter(pk=issue.pk).update(summary=hidden[: len(issue.summary) + 40])
    complaint.parties.update(contact=None)
    made = Shield.objects.create(complaint=complaint, reason=reason, person_id=staff_id_of(by), since=at)
    record(
        events.Shielded(complaint=complaint.subject, pseudonym=pseudonym),
        by=by,
        at=at,
        payload={"reason": reason, "title": before},
    )
    return made
