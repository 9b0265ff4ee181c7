"""Changing how much mails to complainants say (ISO 10002, 7.8)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.mail_rules import Mails, mails_now
from amends.framework.models import MailRule
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def change_mails(mails: Mails, *, seen: int, by: engine.Person, at: datetime) -> MailRule:
    """Write mails like this about complaints that come in from now on. `seen` is the version that was changed.

    Refusals: `unknown_detail`, `unchanged`, `stale`.
    """
    engine.require(by, May.WORD_MESSAGES)
    if mails.by_mail not in MailRule.Detail.values:
        raise Refusal("unknown_detail", _("Choose one of the answers shown"), field="by_mail")
    newest = mails_now()
    if seen != newest.version:
        raise stale()
    if mails.is_like(newest):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            row = MailRule.objects.create(
                version=seen + 1,
                by_mail=mails.by_mail,
                attaches_decision=mails.attaches_decision,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise stale() from error
    record(
        events.MailsChanged(
            organisation=the_organisation().subject,
            version=row.version,
            by_mail=row.by_mail,
            attaches_decision=row.attaches_decision,
        ),
        by=by,
        at=at,
    )
    return row
