"""From the clocks of some packs to those of others. Called by verbs only."""

from dataclasses import dataclass
from datetime import datetime

from amends.complaints import deadlines
from amends.complaints.models import Complaint, Deadline
from amends.framework.which_packs import Packs, clocks_of


@dataclass(frozen=True)
class Changed:
    """How many clocks began and fell away."""

    started: int
    dropped: int


def change_to(complaint: Complaint, packs: Packs, at: datetime, reason: str) -> Changed | None:
    """Apply these packs. None when they apply already. Clocks start when they would have started from the beginning."""
    deadlines.hold(complaint)
    if deadlines.packs_of(complaint) == packs:
        return None
    deadlines.apply_packs(complaint, packs, at, reason)
    Complaint.objects.filter(pk=complaint.pk).update(pack=packs.main)
    complaint.pack = packs.main
    wanted = {(each.pack.pk, each.clock.code) for each in clocks_of(packs)}
    ever = list(Deadline.objects.filter(complaint=complaint, pack__isnull=False))
    over = [deadline for deadline in ever if deadline.is_open and (deadline.pack_id, deadline.code) not in wanted]
    deadlines.drop_these(over, at)
    known = {(deadline.pack_id, deadline.code) for deadline in ever}
    met_kinds = {deadline.kind for deadline in ever if deadline.met_at is not None}
    started = 0
    for each in clocks_of(packs):
        if (each.pack.pk, each.clock.code) in known or each.clock.kind in met_kinds:
            continue
        began = deadlines.moment_of(complaint, each.clock.starts)
        if began is not None and each.clock.kind not in {"answer", "review", "external"}:
            deadlines.start_clock(complaint, each, began, each.clock.starts, at)
            started += 1
    deadlines.keep_strictest(complaint)
    return Changed(started, len(over))
