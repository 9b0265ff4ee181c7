"""Changing who is told when a deadline has passed, and when nobody is disturbed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.framework import events
from amends.framework.ladder import DEFAULT_LEVELS, DEFAULT_QUIET, check_ladder
from amends.framework.models import Ladder
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def change_ladder(
    *,
    by: engine.Person,
    at: datetime,
    levels: Sequence[Mapping[str, Any]] = DEFAULT_LEVELS,
    quiet: Mapping[str, Any] = DEFAULT_QUIET,
) -> Ladder:
    """Use this ladder from now on. Refuses levels that are not in the order of time, or roles nobody can hold."""
    engine.require(by, May.CHANGE_LADDER)
    check_ladder(levels, quiet)
    newest = Ladder.objects.order_by("-version").values_list("version", flat=True).first() or 0
    ladder = Ladder.objects.create(
        version=newest + 1,
        levels=[dict(level) for level in levels],
        quiet=dict(quiet),
        made_at=at,
        made_by_id=by.actor_key if by.actor_kind == "person" else None,
    )
    record(
        events.LadderChanged(organisation=the_organisation().subject, version=ladder.version, levels=len(levels)),
        by=by,
        at=at,
    )
    return ladder
