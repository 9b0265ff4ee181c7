"""Changing which complaints top management hears of at once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import Significance
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.significance import Criteria, significance_now
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def change_significance(
    criteria: Criteria, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Significance:
    """Use these criteria from now on. `seen` is the version that was changed.

    Refuses none at all, numbers out of range, and what is `stale` or `unchanged`.
    """
    engine.require(by, May.CHANGE_ASSESSMENT)
    _check(criteria)
    newest = significance_now()
    if seen is not None and seen != newest.version:
        raise _stale()
    if criteria.is_like(newest):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            row = Significance.objects.create(
                version=newest.version + 1,
                severity_from=criteria.severity_from,
                people_from=criteria.people_from,
                for_safety=criteria.for_safety,
                for_blocked_action=criteria.for_blocked_action,
                said_by_staff=criteria.said_by_staff,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.SignificanceChanged(
            organisation=the_organisation().subject,
            version=row.version,
            severity_from=row.severity_from or 0,
            people_from=row.people_from or 0,
            for_safety=row.for_safety,
            for_blocked_action=row.for_blocked_action,
            said_by_staff=row.said_by_staff,
        ),
        by=by,
        at=at,
    )
    return row


def _check(criteria: Criteria) -> None:
    if criteria.severity_from is not None and criteria.severity_from not in range(1, 5):
        raise Refusal("severity_unknown", _("Choose one of the severities shown."), field="severity_from")
    if criteria.people_from is not None and not 1 <= criteria.people_from <= 10_000_000:
        raise Refusal("people_wrong", _("Enter a number of people, at least 1."), field="people_from")
    if criteria.severity_from is None and not criteria.for_safety:
        raise Refusal(
            "criterion_needed",
            _("Keep safety or a severity: otherwise top management might never hear of a dangerous complaint."),
            field="severity_from",
        )


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed the criteria meanwhile. Compare both and save again."))
