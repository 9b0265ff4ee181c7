"""Adding a calendar with its first version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from amends.calendars.actions.publish_calendar import publish_calendar
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.permissions import May
from amends.kit.refusal import Refusal
from amends.kit.text import fold
from amends.kit.translated import TranslatedText
from amends.permissions import engine


@transaction.atomic
def add_calendar(
    name: TranslatedText,
    document: Mapping[str, Any],
    *,
    by: engine.Person,
    at: datetime,
    code: str = "",
) -> CalendarVersion:
    """Add a calendar and publish it. Without a code, one is made from the name."""
    engine.require(by, May.CHANGE)
    if not name:
        raise Refusal("name_needed", _("Enter a name for the calendar."), field="name")
    code = code or slugify(fold(str(name)))[:60] or "calendar"
    try:
        with transaction.atomic():
            calendar = Calendar.objects.create(code=code, name=name, made_at=at)
    except IntegrityError as error:
        raise Refusal("code_taken", _("There is a calendar with this name already."), field="name") from error
    return publish_calendar(calendar, document, by=by, at=at)
