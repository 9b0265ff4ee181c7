"""Sending a new link to somebody who is invited."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.people.invitations import send_invitation
from amends.people.models import Invitation, Person
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def invite_again(person: Person, *, by: engine.Person, at: datetime) -> Invitation:
    """Send a new link: the first has run out, or the password is lost together with the mailbox."""
    engine.require(by, May.MANAGE_PEOPLE, person)
    if not person.is_active:
        raise Refusal("has_left", _("This person has left. Invite them as a new person."))
    return send_invitation(person, by=by, at=at)
