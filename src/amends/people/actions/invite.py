"""Inviting somebody, and coming in by the invitation."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.ids import derived_token, keyed_hash
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Invitation, Person
from amends.people.particulars import checked_email, checked_language, checked_manager, checked_name
from amends.people.permissions import May
from amends.permissions import engine

VALID_FOR = timedelta(hours=24)


@transaction.atomic
def invite(
    email: str, name: str, *, by: engine.Person, at: datetime, language: str = "en", manager: Person | None = None
) -> Person:
    """Add somebody who then chooses a password by a link sent to them, valid for 24 hours and once."""
    engine.require(by, May.MANAGE_PEOPLE)
    email, name, language = checked_email(email), checked_name(name), checked_language(language)
    manager = checked_manager(manager)
    try:
        with transaction.atomic():
            person = Person(email=email, name=name, language=language, manager=manager, joined_at=at)
            person.set_unusable_password()
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(
            "email_taken", _("Somebody with this e-mail address is already here. Look them up instead."), field="email"
        ) from error
    _send_invitation(person, by=by, at=at)
    return person


@transaction.atomic
def invite_again(person: Person, *, by: engine.Person, at: datetime) -> Invitation:
    """Send a new link: the first has run out, or the password is lost together with the mailbox."""
    engine.require(by, May.MANAGE_PEOPLE, person)
    if not person.is_active:
        raise Refusal("has_left", _("This person has left. Invite them as a new person."))
    Invitation.objects.filter(person=person, used_at__isnull=True).update(expires_at=at)
    return _send_invitation(person, by=by, at=at)


def _send_invitation(person: Person, *, by: engine.Person, at: datetime) -> Invitation:
    nonce = secrets.token_hex(16)
    invitation = Invitation.objects.create(
        person=person, nonce=nonce, token_hash=_hash(_token(nonce)), expires_at=at + VALID_FOR
    )
    record(
        events.Invited(person=person.subject, invitation=invitation.pk),
        by=by,
        at=at,
        payload={"email": person.email, "name": person.name},
    )
    return invitation


def _token(nonce: str) -> str:
    return derived_token(nonce, settings.AMENDS_TRACKING_KEY, "invitation")


def _hash(token: str) -> str:
    return keyed_hash(token, settings.AMENDS_TRACKING_KEY, "invitation")


def link_token(invitation: Invitation) -> str:
    """The secret part of the link, worked out again for the mail that carries it; it is stored nowhere."""
    return _token(invitation.nonce)


def invitation_for(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, while it can be used."""
    found = Invitation.objects.filter(token_hash=_hash(token), used_at__isnull=True, expires_at__gt=at)
    return found.select_related("person").filter(person__is_active=True).first()


@transaction.atomic
def accept_invitation(token: str, password: str, *, at: datetime) -> Person:
    """Choose a password and come in. The link is used up."""
    invitation = invitation_for(token, at)
    if invitation is None:
        raise Refusal(
            "invitation_over", _("This link has been used or has run out. Ask for a new one where you got it.")
        )
    person = invitation.person
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refusal("password_weak", " ".join(error.messages), field="password") from error
    if Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=at) != 1:
        raise Refusal(
            "invitation_over", _("This link has been used or has run out. Ask for a new one where you got it.")
        )
    person.set_password(password)
    person.save(update_fields=["password"])
    from_now_on = _Newcomer(person.pk)
    record(events.Joined(person=person.subject), by=from_now_on, at=at)
    return person


class _Newcomer:
    """The invited person, before they hold any role."""

    actor_kind = "person"
    acting_as = "invited"
    is_anonymous = False

    def __init__(self, key: int) -> None:
        self.actor_key = key
