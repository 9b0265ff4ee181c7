"""Links by which people choose a password: once, within a day. The secret in them is worked out, and stored nowhere."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings

from amends.journal.actors import Actor
from amends.journal.recording import record
from amends.kit.ids import derived_token, keyed_hash
from amends.people import events
from amends.people.models import Invitation, Person

VALID_FOR = timedelta(hours=24)


def send_invitation(person: Person, *, by: Actor, at: datetime) -> Invitation:
    """Invite somebody by a new link."""
    invitation = new_link(person, at=at)
    record(
        events.Invited(person=person.subject, invitation=invitation.pk),
        by=by,
        at=at,
        payload={"email": person.email, "name": person.name},
    )
    return invitation


def new_link(person: Person, *, at: datetime) -> Invitation:
    """A link for a person. Those sent before stop working."""
    Invitation.objects.filter(person=person, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    nonce = secrets.token_hex(16)
    return Invitation.objects.create(
        person=person, nonce=nonce, token_hash=_hash(_token(nonce)), expires_at=at + VALID_FOR
    )


def has_link_since(person: Person, moment: datetime) -> bool:
    """Whether a link was made for a person after a moment, and was not replaced: used ones count."""
    return Invitation.objects.filter(person=person, expires_at__gt=moment + VALID_FOR).exists()


def invitation_for(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, while it can be used."""
    found = Invitation.objects.filter(token_hash=_hash(token), used_at__isnull=True, expires_at__gt=at)
    return found.select_related("person").filter(person__is_active=True).first()


def link_token(invitation: Invitation) -> str:
    """The secret part of the link, worked out again for the mail that carries it; it is stored nowhere."""
    return _token(invitation.nonce)


def _token(nonce: str) -> str:
    return derived_token(nonce, settings.AMENDS_TRACKING_KEY, "invitation")


def _hash(token: str) -> str:
    return keyed_hash(token, settings.AMENDS_TRACKING_KEY, "invitation")
