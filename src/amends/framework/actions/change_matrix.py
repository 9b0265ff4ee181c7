"""Changing the matrix of the initial assessment, and what its levels mean."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.matrix import Grid, check_matrix, matrix_now
from amends.framework.models import Matrix
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def change_matrix(grid: Grid, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None) -> Matrix:
    """Assess with this matrix from now on; what was assessed keeps its priority. `seen` is the version changed.

    Refuses what `check_matrix` refuses, a change without a reason, and what is `stale` or `unchanged`.
    """
    engine.require(by, May.CHANGE_ASSESSMENT)
    check_matrix(grid)
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why the matrix changes."), field="reason")
    newest = matrix_now()
    if seen is not None and seen != newest.version:
        raise _stale()
    if replace(grid, version=newest.version) == newest:
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            matrix = Matrix.objects.create(
                version=newest.version + 1,
                document=grid.document(),
                reason=reason,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.MatrixChanged(
            organisation=the_organisation().subject,
            version=matrix.version,
            cells=tuple(grid.results[row][place] for row in (4, 3, 2, 1) for place in (1, 2, 3, 4)),
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return matrix


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed the matrix meanwhile. Compare both and save again."))
