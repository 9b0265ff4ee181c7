"""The first person of an installation, who invites all others."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people import events
from amends.people.actions.grant_role import grant_role
from amends.people.models import Person, Unit
from amends.people.permissions import May
from amends.permissions import engine
from amends.permissions.roles import Role

#: What the first person is where several share the work; the others come by invitation.
AMONG_SEVERAL = (Role.ADMINISTRATOR, Role.MANAGEMENT_REPRESENTATIVE)
#: What the first person is where one does everything.
ALONE = (*AMONG_SEVERAL, Role.HANDLER, Role.DECISION_MAKER)


@transaction.atomic
def first_administrator(
    email: str,
    name: str,
    password: str,
    *,
    roles: Sequence[Role],
    by: engine.Person,
    at: datetime,
    language: str = "en",
) -> Person:
    """Add the first person with a password of their own, holding roles for the whole organisation. Happens once."""
    engine.require(by, May.BEGIN)
    if Person.objects.exists():
        raise Refusal("begun_already", _("Somebody works here already. Ask them to invite you."))
    email, name = clean_line(email), clean_line(name)
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal("email_needed", _("Enter your e-mail address, like name@example.com."), field="email") from error
    if not name or len(name) > 120:
        raise Refusal("name_needed", _("Enter your name, at most 120 letters."), field="name")
    person = Person(email=email, name=name, language=language, joined_at=at)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refusal("password_weak", " ".join(error.messages), field="password") from error
    person.set_password(password)
    person.save(force_insert=True)
    record(events.Began(person=person.subject), by=by, at=at, payload={"email": email, "name": name})
    root = Unit.objects.get(parent__isnull=True)
    for role in roles:
        grant_role(person, role, root, by=by, at=at)
    return person
