"""Giving a complainant a new access code (ISO 10002, 7.3)."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.receive import hash_of_access_code
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.journal.recording import record
from amends.kit.ids import access_code_from
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: How it was made sure who asks for a new code.
CHECKS = {
    "called_back": _("Called back on the number we have"),
    "in_person": _("Seen in person"),
    "questions": _("Answered questions that only they can answer"),
}


@transaction.atomic
def renew_access_code(
    complaint: Complaint, *, check: str, by: engine.Person, at: datetime, seen: int | None = None
) -> str:
    """Give a new access code after making sure who is asking; the old one stops working. Shown once."""
    if check not in CHECKS:
        raise Refusal("check_needed", _("Say how you made sure who is asking."), field="check")
    lifecycle.take(Verb.RENEW_ACCESS_CODE, complaint, by=by, at=at, seen=seen)
    code = access_code_from(secrets.token_hex(32), settings.AMENDS_TRACKING_KEY)
    Complaint.objects.filter(pk=complaint.pk).update(access_code_hash=hash_of_access_code(code))
    record(events.AccessCodeRenewed(complaint=complaint.subject, check=check), by=by, at=at)
    return code
