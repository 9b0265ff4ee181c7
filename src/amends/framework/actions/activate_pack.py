"""Letting a pack version apply, to all complaints or to those that a filter names."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.calendars.actions import add_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.framework import events
from amends.framework.models import Activation, Product, RulePackVersion
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.rules.parts import WhoseCalendar
from amends.framework.which_calendar import code_of_jurisdiction
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.kit.translated import TranslatedText
from amends.permissions import engine


@transaction.atomic
def activate_pack(
    version: RulePackVersion,
    *,
    starts_at: datetime,
    reason: str,
    by: engine.Person,
    at: datetime,
    role: str = Activation.Role.MAIN,
    product: Product | None = None,
    site: str = "",
    complainant_kind: str = "",
    moves_running: bool = False,
) -> Activation:
    """Apply a version to what is received from `starts_at` on; one with the same filter ends there.

    Complaints that run keep the version they have, unless `moves_running`: then the rules are looked up again for each
    open complaint that was received since `starts_at`. Refusals: `reason_needed`, `starts_in_past`, `active_already`.
    """
    engine.require(by, May.ACTIVATE_PACK)
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why these rules apply from now on."), field="reason")
    site = clean_line(site)[:120]
    same = Activation.objects.filter(role=role, product=product, site=site, complainant_kind=complainant_kind)
    same = same.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at))
    if role == Activation.Role.BESIDE:
        same = same.filter(pack_version__pack=version.pack)
    if same.filter(pack_version=version, starts_at__lte=starts_at).exists():
        raise Refusal("active_already", _("This version applies to these complaints already."), field="pack")
    if same.filter(starts_at__gt=starts_at).exists():
        raise Refusal(
            "later_one_waits",
            _("Another version is to apply from a later day. End that one first, or choose a later day."),
            field="starts_on",
        )
    same.update(ends_at=starts_at)
    activation = Activation.objects.create(
        pack_version=version,
        role=role,
        product=product,
        site=site,
        complainant_kind=complainant_kind,
        starts_at=starts_at,
        reason=reason,
        made_by_id=by.actor_key if by.actor_kind == "person" else None,
    )
    publish_calendar_of(rules_of(version).calendar, by=by, at=at)
    record(
        events.PackActivated(
            organisation=the_organisation().subject,
            pack=version.pack,
            version=version.version,
            digest=version.digest,
            role=role,
            product=product.code if product else "",
            has_site=bool(site),
            complainant_kind=complainant_kind,
            starts_at=starts_at,
            moves_running=moves_running,
        ),
        by=by,
        at=at,
        payload={"reason": reason, "site": site},
    )
    return activation


def publish_calendar_of(place: WhoseCalendar, *, by: engine.Person, at: datetime) -> None:
    """The calendar of a jurisdiction, published once, when the first pack that counts with it is activated."""
    code = code_of_jurisdiction(place.country, place.subdivision, half_days=place.half_days)
    if place.follows != "jurisdiction" or Calendar.objects.filter(code=code).exists():
        return
    organisation = the_organisation()
    document = calendar_document(
        zone=organisation.time_zone,
        this_year=at.year,
        country=place.country,
        region=place.subdivision,
        half_days=place.half_days,
        languages=("en", "et", "tr"),
    )
    label = "-".join(part for part in (place.country, place.subdivision) if part)
    name = TranslatedText(
        {
            "en": f"Working days by law: {label}",
            "et": f"Seadusjärgsed tööpäevad: {label}",
            "tr": f"Yasaya göre iş günleri: {label}",
        }
    )
    add_calendar(name, document, by=by, at=at, code=code)
