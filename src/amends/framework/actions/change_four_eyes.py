"""Saying when two people have to decide."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.authorities import four_eyes_now
from amends.framework.models import FourEyesRule
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@dataclass(frozen=True)
class FourEyes:
    """What can be chosen. Amounts are in the smallest unit of the organisation's currency."""

    mode: str = FourEyesRule.Mode.ALWAYS
    above: int | None = None
    severity_from: int | None = None
    with_safety: bool = True
    with_subject: bool = True
    investigator_apart: bool = True


@transaction.atomic
def change_four_eyes(chosen: FourEyes, *, by: engine.Person, at: datetime, seen: int | None = None) -> FourEyesRule:
    """Use this rule for every decision from now on. `seen` is the version that was changed."""
    engine.require(by, May.CHANGE_AUTHORITIES)
    if chosen.mode not in FourEyesRule.Mode.values:
        raise Refusal("mode_unfit", _("Choose when two people decide."), field="mode")
    if chosen.above is not None and chosen.above < 0:
        raise Refusal("amount_unfit", _("Enter an amount of nothing or more."), field="above")
    now = four_eyes_now()
    if seen is not None and seen != now.version:
        raise _stale()
    values = asdict(chosen)
    if all(getattr(now, name) == value for name, value in values.items()):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            rule = FourEyesRule.objects.create(
                version=now.version + 1,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
                **values,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.FourEyesChanged(organisation=the_organisation().subject, version=rule.version, mode=rule.mode),
        by=by,
        at=at,
    )
    return rule


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed this rule meanwhile. Look at it and save again."))
