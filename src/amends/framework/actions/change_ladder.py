"""Changing who is told when a deadline has passed, and when nobody is disturbed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.ladder import DEFAULT_LEVELS, DEFAULT_QUIET, check_ladder
from amends.framework.models import Ladder
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def change_ladder(
    *,
    by: engine.Person,
    at: datetime,
    levels: Sequence[Mapping[str, Any]] = DEFAULT_LEVELS,
    quiet: Mapping[str, Any] = DEFAULT_QUIET,
    seen: int | None = None,
) -> Ladder:
    """Use this ladder from now on. `seen` is the version that was changed.

    Refuses levels that are not in the order of time, roles nobody can hold, and what is `stale` or `unchanged`.
    """
    engine.require(by, May.CHANGE_LADDER)
    check_ladder(levels, quiet)
    newest = Ladder.objects.order_by("-version").first()
    number = newest.version if newest else 0
    if seen is not None and seen != number:
        raise _stale()
    if newest is not None and (newest.levels, newest.quiet) == ([dict(level) for level in levels], dict(quiet)):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            ladder = Ladder.objects.create(
                version=number + 1,
                levels=[dict(level) for level in levels],
                quiet=dict(quiet),
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.LadderChanged(organisation=the_organisation().subject, version=ladder.version, levels=len(levels)),
        by=by,
        at=at,
    )
    return ladder


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed the levels meanwhile. Compare both and save again."))
