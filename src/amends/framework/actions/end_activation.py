"""Letting a pack version apply no longer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.actions.activate_pack import lock_activations, with_filter_of
from amends.framework.models import Activation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def end_activation(activation: Activation, *, reason: str, by: engine.Person, at: datetime, seen: str = "") -> None:
    """End an activation now. Complaints that run keep their rules. The last one without filters cannot end.

    One that has not begun never begins, and the one that it was to take the place of goes on. `seen` is the state of
    all activations that was on the page; refuses with `stale` when it is another now.
    """
    engine.require(by, May.ACTIVATE_PACK)
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why these rules apply no longer."), field="reason")
    lock_activations(seen=seen)  # two who end the last two at once: the second is refused
    without_filter = Activation.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        role=Activation.Role.MAIN,
        product__isnull=True,
        site="",
        complainant_kind="",
    )
    if not without_filter.exclude(pk=activation.pk).filter(starts_at__lte=at).exists():
        raise Refusal(
            "last_activation",
            _("Some pack has to apply to complaints that no filter names. Activate another one in its place."),
        )
    ends_at = max(at, activation.starts_at)
    rows = Activation.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), pk=activation.pk)
    if rows.update(ends_at=ends_at) != 1:
        raise Refusal("stale", _("This has ended already. Open the list again."))
    if activation.starts_at > at:
        rows_before = with_filter_of(activation).filter(starts_at__lt=activation.starts_at)
        rows_before.filter(ends_at=activation.starts_at).update(ends_at=None)
    record(
        events.ActivationEnded(
            organisation=the_organisation().subject,
            pack=activation.pack_version.pack,
            version=activation.pack_version.version,
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
