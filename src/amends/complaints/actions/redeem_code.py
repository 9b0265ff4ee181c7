"""A one-time code becomes a new access code (ISO 10002, 7.3)."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.receive import hash_of_access_code
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, OneTimeCode
from amends.journal.recording import record
from amends.kit.ids import access_code_from
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: What the journal says about how it was made sure who asks.
BY_MAIL = "one_time_code"


@transaction.atomic
def redeem_code(complaint: Complaint, code: OneTimeCode, *, by: engine.Person, at: datetime) -> str:
    """Use the code up, and give the new access code, which is shown once; the old one stops working.

    Refusal: `used` when somebody was quicker, or the day is over.
    """
    lifecycle.take(Verb.REDEEM_CODE, complaint, by=by, at=at)
    mine = OneTimeCode.objects.filter(pk=code.pk, complaint=complaint, used_at__isnull=True, expires_at__gt=at)
    if mine.update(used_at=at) != 1:
        raise Refusal("used", _("This code was used already, or its day is over. Ask for another one."))
    # One mailbox, one way in: codes that were asked for besides open nothing any more.
    OneTimeCode.objects.filter(complaint=complaint, used_at__isnull=True).update(used_at=at)
    new = access_code_from(secrets.token_hex(32), settings.AMENDS_TRACKING_KEY)
    Complaint.objects.filter(pk=complaint.pk).update(access_code_hash=hash_of_access_code(new))
    complaint.access_code_hash = hash_of_access_code(new)
    record(events.AccessCodeRenewed(complaint=complaint.subject, check=BY_MAIL), by=by, at=at)
    return new
