"""Coming in by a link, for the first time or with a new password."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.invitations import invitation_for
from amends.people.models import Invitation, Person
from amends.people.standing import standing_of


@transaction.atomic
def accept_invitation(token: str, password: str, *, at: datetime) -> Person:
    """Choose a password by a link, which is used up. A second factor stays; open sessions end with the old password."""
    invitation = invitation_for(token, at)
    if invitation is None:
        raise _over()
    person = invitation.person
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refusal("password_weak", " ".join(error.messages), field="password") from error
    if Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=at) != 1:
        raise _over()
    is_newcomer = not person.has_usable_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    if is_newcomer:
        record(events.Joined(person=person.subject), by=_Newcomer(person.pk), at=at)
    else:
        record(events.PasswordChosen(person=person.subject, way="link"), by=standing_of(person, at), at=at)
    return person


def _over() -> Refusal:
    return Refusal("invitation_over", _("This link has been used or has run out. Ask for a new one where you got it."))


class _Newcomer:
    """The invited person, before they hold any role."""

    actor_kind = "person"
    acting_as = "invited"
    is_anonymous = False

    def __init__(self, key: int) -> None:
        self.actor_key = key
