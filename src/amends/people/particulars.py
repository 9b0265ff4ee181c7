"""What has to be right about a person before it is kept: name, address, language, manager."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.models import Person

LONGEST_NAME = 120
LONGEST_EMAIL = 254


def checked_name(typed: str) -> str:
    """The name as we keep it."""
    name = clean_line(typed)
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("name_needed", _("Enter the person's name, at most 120 letters."), field="name")
    return name


def checked_email(typed: str) -> str:
    """The e-mail address as we keep it."""
    email = clean_line(typed)
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal("email_needed", _("Enter an e-mail address, like name@example.com."), field="email") from error
    if len(email) > LONGEST_EMAIL:
        raise Refusal("email_needed", _("This e-mail address is too long. Enter another."), field="email")
    return email


def checked_language(code: str) -> str:
    """One of the languages in which Amends can be read."""
    if code not in dict(settings.LANGUAGES):
        raise Refusal("language_unknown", _("Choose one of the languages offered."), field="language")
    return code


def checked_manager(manager: Person | None, *, of: Person | None = None) -> Person | None:
    """Somebody who works here, and not the person's own report, however far below."""
    if manager is None:
        return None
    if not manager.is_active and (of is None or manager.pk != of.manager_id):
        raise Refusal("manager_left", _("This manager has left. Choose somebody who works here."), field="manager")
    above: Person | None = manager
    seen = {of.pk} if of is not None else set()
    while above is not None:
        if above.pk in seen:
            raise Refusal("manager_circle", _("This would make somebody their own manager."), field="manager")
        seen.add(above.pk)
        above = above.manager
    return manager
