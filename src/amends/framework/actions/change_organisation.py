"""Changing what the organisation says of itself."""

import re
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
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.kit.translated import TranslatedText
from amends.permissions import engine

_COLOUR = re.compile(r"#[0-9a-f]{6}")
#: Words in it on white paper are read well from here on (WCAG, contrast of text).
LEAST_CONTRAST = 4.5


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
    brand_colour: str = ""


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
        "brand_colour": checked_colour(details.brand_colour),
    }
    rows = Organisation.objects.filter(pk=organisation.pk, version=seen)
    if rows.update(version=F("version") + 1, **values) != 1:
        raise stale()
    record(
        events.OrganisationChanged(
            organisation=organisation.subject, profile=values["profile"], languages=tuple(values["languages"])
        ),
        by=by,
        at=at,
        payload={"name": values["name"], "email": values["email"], "phone": values["phone"]},
    )


def checked_colour(typed: str) -> str:
    """A colour as #rrggbb, dark enough to be read on paper; empty is none. Refusals: `colour_wrong`, `colour_pale`."""
    colour = clean_line(typed).lower()
    if not colour:
        return ""
    if not _COLOUR.fullmatch(colour):
        raise Refusal("colour_wrong", _("Write the colour as # and six signs, like #1f4e79."), field="brand_colour")
    red, green, blue = (_light(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    if 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < LEAST_CONTRAST:
        sentence = _("This colour is too pale to be read on white paper. Choose a darker one.")
        raise Refusal("colour_pale", sentence, field="brand_colour")
    return colour


def _light(share: float) -> float:
    """How much light a part of a colour gives, as the definition of contrast counts it."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
