"""Changing what the organisation says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.actions.set_up import checked_email, checked_languages, checked_name, checked_profile
from amends.framework.models import Organisation
from amends.framework.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.kit.translated import TranslatedText
from amends.permissions import engine


@dataclass(frozen=True)
class Details:
    """What can be changed after the first start."""

    name: str
    languages: Sequence[str]
    email: str
    phone: str
    phone_hours: TranslatedText
    post_address: str
    visit_address: str
    emergency_phone: str
    external_body: TranslatedText
    profile: str
    portal_is_open: bool


@transaction.atomic
def change_organisation(
    organisation: Organisation, details: Details, *, seen: int, by: engine.Person, at: datetime
) -> None:
    """Write new details over those of version `seen`; somebody else's newer ones are not overwritten."""
    engine.require(by, May.CHANGE_ORGANISATION)
    values: dict[str, Any] = {
        "name": checked_name(details.name),
        "languages": checked_languages(details.languages),
        "email": checked_email(details.email),
        "phone": clean_line(details.phone)[:40],
        "phone_hours": details.phone_hours,
        "post_address": clean_line(details.post_address)[:300],
        "visit_address": clean_line(details.visit_address)[:300],
        "emergency_phone": clean_line(details.emergency_phone)[:40],
        "external_body": details.external_body,
        "profile": checked_profile(details.profile),
        "portal_is_open": details.portal_is_open,
    }
    rows = Organisation.objects.filter(pk=organisation.pk, version=seen)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise Refusal("stale", _("Somebody else has changed this meanwhile. Compare both and save again."))
    record(
        events.OrganisationChanged(
            organisation=organisation.subject, profile=values["profile"], languages=tuple(values["languages"])
        ),
        by=by,
        at=at,
        payload={"name": values["name"], "email": values["email"], "phone": values["phone"]},
    )
