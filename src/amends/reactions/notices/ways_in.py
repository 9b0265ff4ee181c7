"""Mails about how somebody comes to their complaint: a one-time code, and that the way to reach them was changed."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.ask_for_code import who_follows, words_of
from amends.complaints.models import Complaint, ContactChange, OneTimeCode
from amends.complaints.stages import Stage
from amends.correspondence.delivering import WITHHELD, Mail, send_once
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.reactions.notices.mailing import Notice, complaint_of

CODE = Notice(
    name="one_time_code",
    subject=_("A code for {reference}"),
    body=_(
        "Somebody said that the access code for {reference} was lost. With this code you get a new one. It works once "
        "and for 24 hours:\n\n{code}\n\nType it here, together with your reference, in the place of the access "
        "code:\n{link}\n\nIf that was not you, you need not do anything: your access code stays as it is. Give the "
        "code to nobody.\n\n{organisation}"
    ),
    variables=("reference", "code", "link", "organisation"),
)

CHANGED = Notice(
    name="contact_changed",
    subject=_("How we reach you about {reference} was changed"),
    body=_(
        "Somebody who has the access code for {reference} has changed how we reach them. We do not write to this "
        "address about it any more.\n\nIf that was not you, tell us at once, by telephone or by letter:\n{link}"
        "\n\n{organisation}"
    ),
    variables=("reference", "link", "organisation"),
)


def one_time_code(entry: Entry) -> None:
    """Send the code, while it can be used. It is kept in no place, not even with the mail that went out."""
    complaint = complaint_of(entry)
    code = OneTimeCode.objects.filter(pk=entry.facts["code"], used_at__isnull=True, expires_at__gt=clock.now()).first()
    party = who_follows(complaint) if complaint is not None else None
    if complaint is None or code is None or party is None or complaint.is_anonymous or not party.email:
        return
    _send(entry, CODE, complaint, party.email, secret=words_of(code), code=WITHHELD)


def contact_changed(entry: Entry) -> None:
    """Tell the old address, so that a stranger who has the codes does not stay unnoticed."""
    complaint = complaint_of(entry)
    if complaint is None or "email" not in entry.facts["changed"]:
        return
    change = ContactChange.objects.filter(complaint=complaint, number=entry.facts["number"]).first()
    if change is not None and change.email_before and Stage(complaint.stage) is not Stage.VOID:
        _send(entry, CHANGED, complaint, change.email_before)


def _send(entry: Entry, notice: Notice, complaint: Complaint, address: str, *, secret: str = "", **more: str) -> None:
    subject, body = notice.worded(
        complaint.language,
        reference=complaint.reference,
        organisation=the_organisation().name,
        link=f"{settings.AMENDS_PUBLIC_URL}/{complaint.language}/track/",
        **more,
    )
    # Outside the conversation: an answer to it is no reply to us.
    mail = Mail(address, subject, body, complaint.language, secret=secret)
    send_once(mail, entry=entry.uid, notice=notice.name, recipient="one", thread=None, now=clock.now)
