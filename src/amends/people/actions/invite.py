"""Inviting somebody."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.people.invitations import send_invitation
from amends.people.models import Person
from amends.people.particulars import checked_email, checked_language, checked_manager, checked_name
from amends.people.permissions import May
from amends.permissions import engine


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
    send_invitation(person, by=by, at=at)
    return person
