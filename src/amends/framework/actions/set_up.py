"""The first start: five answers make a working organisation."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.loading import newest_version
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.calendars.public_holidays import countries
from amends.framework import events
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.actions.add_packs import add_packs
from amends.framework.actions.change_ladder import change_ladder
from amends.framework.countries import COUNTRIES
from amends.framework.models import (
    Activation,
    CalendarUse,
    Category,
    Cause,
    Ladder,
    Organisation,
    Product,
    RemedyKind,
    RulePackVersion,
)
from amends.framework.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, fold
from amends.kit.translated import TranslatedText
from amends.people.actions import add_unit, change_unit
from amends.people.models import Unit
from amends.permissions import engine

#: Complaints may be older than the installation: the first pack applies to all of them.
SINCE_EVER = datetime(2000, 1, 1, tzinfo=UTC)

#: The calendar that the first start makes.
OFFICE = "office"

#: Which pack applies until somebody chooses another.
FIRST_PACK = {Organisation.Profile.FULL: "general", Organisation.Profile.SMALL: "small-business"}


@transaction.atomic
def set_up(
    *,
    name: str,
    country: str,
    languages: Sequence[str],
    email: str,
    phone: str,
    profile: str,
    by: engine.Person,
    at: datetime,
) -> Organisation:
    """Make the organisation with its root unit, starter lists and the general rule pack. Happens once."""
    engine.require(by, May.SET_UP)
    before = Organisation.objects.first()
    if before is not None and not before.is_provisional:
        raise already()
    known = COUNTRIES.get(country)
    if known is None:
        raise Refusal("country_needed", _("Choose the country in which the organisation works."), field="country")
    organisation = Organisation(
        pk=1,
        name=checked_name(name),
        country=country,
        time_zone=known.time_zone,
        currency=known.currency,
        languages=checked_languages(languages),
        email=checked_email(email),
        phone=clean_line(phone)[:40],
        emergency_phone=known.emergency_phone,
        external_body=TranslatedText(known.external_body),
        profile=checked_profile(profile),
        reference_prefix=prefix_of(name),
    )
    _take_the_only_place(organisation, before)
    lay_foundations(organisation, by=by, at=at)
    record(
        events.SetUp(
            organisation=organisation.subject,
            country=country,
            currency=organisation.currency,
            profile=organisation.profile,
            languages=tuple(organisation.languages),
        ),
        by=by,
        at=at,
        payload={"name": organisation.name, "email": organisation.email, "phone": organisation.phone},
    )
    return organisation


def _take_the_only_place(organisation: Organisation, before: Organisation | None) -> None:
    """Raises Refusal where two first starts happen at the same moment, for the second."""
    if before is not None:
        if not Organisation.objects.filter(pk=1, is_provisional=True).update(is_provisional=False):
            raise already()
        organisation.save(force_update=True)
        return
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        raise already() from error


def lay_foundations(organisation: Organisation, *, by: engine.Person, at: datetime) -> None:
    """Root unit, starter lists and the general rule pack, where they are not there yet."""
    root = Unit.objects.filter(parent__isnull=True).first()
    if root is None:
        add_unit(organisation.name, parent=None, by=by, at=at)
    elif root.name != organisation.name:
        change_unit(root, name=organisation.name, parent=None, by=by, at=at)
    if not Category.objects.exists():
        _load_starter_lists()
    _publish_own_calendar(organisation, by=by, at=at)
    if not Ladder.objects.exists():
        change_ladder(by=by, at=at)
    add_packs(by=by, at=at)
    if not Activation.objects.exists():
        pack = FIRST_PACK[Organisation.Profile(organisation.profile)]
        first = RulePackVersion.objects.filter(pack=pack).latest("version")
        activate_pack(first, starts_at=SINCE_EVER, reason=gettext("Chosen at the first start"), by=by, at=at)


def _publish_own_calendar(organisation: Organisation, *, by: engine.Person, at: datetime) -> None:
    """Nine to five from Monday to Friday with the public holidays of the country, until somebody says better."""
    country = organisation.country if organisation.country in countries() else ""
    document = calendar_document(
        zone=organisation.time_zone,
        this_year=at.year,
        country=country,
        region=COUNTRIES[country].holiday_region if country in COUNTRIES else "",
        languages=organisation.languages,
    )
    office = Calendar.objects.filter(code=OFFICE).first()
    if office is None:
        name = TranslatedText({"en": "Office hours", "et": "Tööaeg", "tr": "Çalışma saatleri"})
        CalendarUse.objects.create(calendar=add_calendar(name, document, by=by, at=at, code=OFFICE).calendar)
    elif newest_version(office).document["zone"] != organisation.time_zone or country:
        publish_calendar(office, document, by=by, at=at)


def already() -> Refusal:
    """For everybody after the first."""
    return Refusal("set_up_already", _("The organisation is set up already. Sign in to change it."))


def checked_name(name: str) -> str:
    """The name, cleaned. Raises Refusal when there is none."""
    name = clean_line(name)
    if not name or len(name) > 120:
        raise Refusal("name_needed", _("Enter the name of the organisation, at most 120 letters."), field="name")
    return name


def checked_email(email: str) -> str:
    """The address, cleaned; empty is allowed. Raises Refusal when it cannot be one."""
    email = clean_line(email)
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Refusal(
                "email_needed", _("Enter an e-mail address, like name@example.com."), field="email"
            ) from error
    return email


def checked_languages(languages: Sequence[str]) -> list[str]:
    """The languages offered, at least one, each one that Amends speaks."""
    known = [code for code, _name in settings.LANGUAGES]
    chosen = [code for code in dict.fromkeys(languages) if code in known]
    if not chosen:
        raise Refusal("language_needed", _("Choose at least one language."), field="languages")
    return chosen


def checked_profile(profile: str) -> str:
    """Small or full. Raises Refusal for anything else."""
    if profile not in Organisation.Profile.values:
        raise Refusal("profile_needed", _("Choose small or full."), field="profile")
    return profile


def prefix_of(name: str) -> str:
    """Three letters of the name for references: first letters of its words, filled up from the first word."""
    words = ["".join(c for c in fold(word).upper() if c.isascii() and c.isalpha()) for word in name.split()]
    words = [word for word in words if word]
    initials = "".join(word[0] for word in words)[:3]
    if words and len(initials) < 3:
        initials = (words[0][:1] + words[0][1 : 4 - len(initials)] + initials[1:])[:3]
    return initials if len(initials) == 3 else (initials + "CMP")[:3]


def _load_starter_lists() -> None:
    lists = json.loads(files("amends.framework").joinpath("starter", "lists.json").read_text(encoding="utf-8"))
    position = 0
    for group in lists["categories"]:
        position += 10
        parent = Category.objects.create(code=group["code"], label=TranslatedText(group["label"]), position=position)
        for item in group["items"]:
            position += 10
            Category.objects.create(
                code=item["code"], label=TranslatedText(item["label"]), position=position, parent=parent
            )
    for place, item in enumerate(lists["remedies"], start=1):
        RemedyKind.objects.create(
            code=item["code"],
            label=TranslatedText(item["label"]),
            position=place * 10,
            is_money=item.get("is_money", False),
            has_value=item.get("has_value", False),
        )
    for place, item in enumerate(lists["causes"], start=1):
        Cause.objects.create(code=item["code"], label=TranslatedText(item["label"]), position=place * 10)
    for place, item in enumerate(lists["products"], start=1):
        Product.objects.create(
            code=item["code"], label=TranslatedText(item["label"]), position=place * 10, kind=item["kind"]
        )
