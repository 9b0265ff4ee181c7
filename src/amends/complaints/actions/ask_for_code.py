"""Somebody has lost the access code and asks for a way in by e-mail (ISO 10002, 7.3)."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, OneTimeCode, Party
from amends.complaints.queries import MOST_AT_ONCE
from amends.journal.recording import record
from amends.kit.ids import one_time_code_from
from amends.kit.refusal import Refusal
from amends.kit.text import fold
from amends.permissions import engine

LASTS = timedelta(hours=24)


@transaction.atomic
def ask_for_code(complaint: Complaint, *, email: str, by: engine.Person, at: datetime) -> OneTimeCode:
    """A code for one use within a day goes to the address that we know already, and to no other.

    Refusals: `no_match` when this is not the address of who follows the complaint, `asked_often`.
    """
    lifecycle.take(Verb.ASK_FOR_CODE, complaint, by=by, at=at)
    if not is_theirs(complaint, email):
        raise Refusal("no_match", _("Reference and e-mail address do not fit together."))
    if OneTimeCode.objects.filter(complaint=complaint, used_at__isnull=True, expires_at__gt=at).count() >= MOST_AT_ONCE:
        raise Refusal("asked_often", _("Several codes were sent already. Look into the mailbox."))
    code = OneTimeCode.objects.create(complaint=complaint, nonce=secrets.token_hex(32), at=at, expires_at=at + LASTS)
    record(events.CodeAskedFor(complaint=complaint.subject, code=code.pk), by=by, at=at)
    return code


def is_theirs(complaint: Complaint, email: str) -> bool:
    """Whether it is the address of the person who follows the complaint: the representative where there is one."""
    party = who_follows(complaint)
    return bool(party is not None and not complaint.is_anonymous and party.email and fold(party.email) == fold(email))


def who_follows(complaint: Complaint) -> Party | None:
    """The party who comes in with the access code."""
    parties = {party.role: party for party in complaint.parties.all()}
    return parties.get(Party.Role.REPRESENTATIVE) or parties.get(Party.Role.COMPLAINANT)


def words_of(code: OneTimeCode) -> str:
    """The code itself, as it stands in the mail and in no other place."""
    return one_time_code_from(code.nonce, settings.AMENDS_TRACKING_KEY)
