"""Mails about signing in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amends.correspondence.delivering import WITHHELD
from amends.framework.queries import organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.reactions.notices.mailing import Notice, person_of, to_person

INVITATION = Notice(
    name="invitation",
    subject=_("Your access to the complaints of {organisation}"),
    body=_(
        "Hello {name},\n\nyou have been given access to the complaints of {organisation}. Choose a password here; the "
        "link works once and for 24 hours:\n{link}\n\nIf you did not expect this, you need not do anything."
    ),
    variables=("name", "organisation", "link"),
)

NEW_PASSWORD = Notice(
    name="new_password",
    subject=_("A new password for the complaints of {organisation}"),
    body=_(
        "Hello {name},\n\nsomebody said that you have forgotten your password for the complaints of {organisation}. "
        "Choose a new one here; the link works once and for 24 hours:\n{link}\n\nIf that was not you, you need not do "
        "anything: your password stays as it is. Give the link to nobody."
    ),
    variables=("name", "organisation", "link"),
)

PASSWORD_CHANGED = Notice(
    name="password_changed",
    subject=_("Your password was changed"),
    body=_(
        "Hello {name},\n\na new password was chosen for your access to the complaints of {organisation}. If that was "
        "you, you need not do anything. If it was not, choose another one at once and tell your administrator:\n{link}"
    ),
    variables=("name", "organisation", "link"),
)

SECOND_FACTOR = Notice(
    name="second_factor_removed",
    subject=_("Your second factor was removed"),
    body=_(
        "Hello {name},\n\nan administrator of {organisation} has removed the second factor of your sign-in, because "
        "somebody said that you had lost it. If that was not you, tell them at once.\n{link}"
    ),
    variables=("name", "organisation", "link"),
)


def invitation(entry: Entry) -> None:
    """Send the link to somebody who is invited."""
    _send_link(entry, INVITATION)


def new_password(entry: Entry) -> None:
    """Send the link to somebody who forgot the password."""
    _send_link(entry, NEW_PASSWORD)


def password_changed(entry: Entry) -> None:
    """Tell the person, so that a stranger with their mailbox or their old password does not stay unnoticed."""
    person = person_of(entry)
    if person is not None:
        link = f"{settings.AMENDS_PUBLIC_URL}{reverse('account_reset_password')}"
        to_person(entry, PASSWORD_CHANGED, person, organisation=_name(), link=link)


def second_factor_removed(entry: Entry) -> None:
    """Tell the person, so that a fraud does not stay unnoticed."""
    person = person_of(entry)
    if person is not None:
        to_person(
            entry, SECOND_FACTOR, person, organisation=_name(), link=f"{settings.AMENDS_PUBLIC_URL}/accounts/login/"
        )


def _send_link(entry: Entry, notice: Notice) -> None:
    """Only while it can be used. It is kept in no place, not even with the mail that went out."""
    person = person_of(entry)
    found = Invitation.objects.filter(
        pk=entry.facts["invitation"], used_at__isnull=True, expires_at__gt=clock.now()
    ).first()
    if person is None or found is None:
        return
    link = f"{settings.AMENDS_PUBLIC_URL}/invitation/{WITHHELD}/"
    to_person(entry, notice, person, secret=link_token(found), organisation=_name(), link=link)


def _name() -> str:
    known = organisation()
    return known.name if known else "Amends"
