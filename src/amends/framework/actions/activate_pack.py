"""Letting a pack version apply, to all complaints or to those that a filter names."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.calendars.actions import add_calendar
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.framework import events
from amends.framework.models import Activation, Organisation, Product, RulePackVersion
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.rules.parts import WhoseCalendar
from amends.framework.which_calendar import code_of_jurisdiction
from amends.framework.which_packs import rules_of, state_of_activations
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
    seen: str = "",
) -> Activation:
    """Apply a version to what is received from `starts_at` on; one with the same filter ends there.

    Complaints that run keep the version they have, unless `moves_running`: then the rules are looked up again for each
    open complaint that was received since `starts_at`. `seen` is the `state_of_activations` that the person looked at.
    Refusals: `reason_needed`, `starts_in_past`, `active_already`, `later_one_waits`, `later_one_applies`, `stale`.
    """
    engine.require(by, May.ACTIVATE_PACK)
    lock_activations(seen)
    activation = an_activation(
        version,
        starts_at=starts_at,
        reason=reason,
        by=by,
        role=role,
        product=product,
        site=site,
        complainant_kind=complainant_kind,
    )
    refuse_what_cannot_be(activation, at)
    _same_filter(activation).update(ends_at=starts_at)
    activation.save(force_insert=True)
    publish_calendar_of(rules_of(version).calendar, by=by, at=at)
    record(
        events.PackActivated(
            organisation=the_organisation().subject,
            pack=version.pack,
            version=version.version,
            digest=version.digest,
            role=role,
            product=product.code if product else "",
            has_site=bool(activation.site),
            complainant_kind=complainant_kind,
            starts_at=starts_at,
            moves_running=moves_running,
        ),
        by=by,
        at=at,
        payload={"reason": activation.reason, "site": activation.site},
    )
    return activation


def an_activation(
    version: RulePackVersion,
    *,
    starts_at: datetime,
    reason: str,
    by: engine.Person,
    role: str = Activation.Role.MAIN,
    product: Product | None = None,
    site: str = "",
    complainant_kind: str = "",
) -> Activation:
    """An activation as it would be saved, to look at what it would do."""
    return Activation(
        pack_version=version,
        role=role,
        product=product,
        site=clean_line(site)[:120],
        complainant_kind=complainant_kind,
        starts_at=starts_at,
        reason=clean_line(reason)[:500],
        made_by_id=by.actor_key if by.actor_kind == "person" else None,
    )


def refuse_what_cannot_be(activation: Activation, at: datetime) -> None:
    """Refuse an activation without a reason, one that changes nothing, and one that another one comes after."""
    if not activation.reason:
        if activation.starts_at < at:
            sentence = _("Say why these rules apply from a time that has passed.")
            raise Refusal("starts_in_past", sentence, field="reason")
        raise Refusal("reason_needed", _("Say why these rules apply from now on."), field="reason")
    same = _same_filter(activation)
    if same.filter(pack_version=activation.pack_version, starts_at__lte=activation.starts_at).exists():
        raise Refusal("active_already", _("This version applies to these complaints already."), field="pack")
    later = same.filter(starts_at__gt=activation.starts_at)
    if later.filter(starts_at__gt=at).exists():
        raise Refusal(
            "later_one_waits",
            _("Another version is to apply from a later day. End that one first, or choose a later day."),
            field="starts_on",
        )
    if later.exists():
        raise Refusal(
            "later_one_applies",
            _("Another version has begun to apply to these complaints after that day. Choose a later day."),
            field="starts_on",
        )


def lock_activations(seen: str) -> None:
    """One who changes activations at a time, so that no two of one filter hold at once. Refuses with `stale`."""
    Organisation.objects.select_for_update().get(pk=1)
    if seen and seen != state_of_activations():
        raise Refusal(
            "stale",
            _("Somebody else has changed which rules apply. Look at what applies now and decide again."),
            facts={"seen": seen},
        )


def with_filter_of(activation: Activation) -> QuerySet[Activation]:
    """Those that cannot hold together with it: `Activation.has_filter_of` as a query."""
    rows = Activation.objects.filter(
        role=activation.role,
        product=activation.product,
        site=activation.site,
        complainant_kind=activation.complainant_kind,
    )
    if activation.role == Activation.Role.BESIDE:
        rows = rows.filter(pack_version__pack=activation.pack_version.pack)
    return rows


def _same_filter(activation: Activation) -> QuerySet[Activation]:
    """Those whose place it takes, and those that come after it."""
    return with_filter_of(activation).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=activation.starts_at))


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
