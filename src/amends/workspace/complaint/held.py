"""Messages that leave in a few seconds, and taking one back."""

import math
from dataclasses import dataclass

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from amends.complaints.actions import take_back
from amends.complaints.holding_messages import to_write_again, waiting_of
from amends.complaints.models import HeldMessage
from amends.complaints.permissions import May
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.glance import glance_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import refused


@dataclass(frozen=True)
class HeldLine:
    """A message before it leaves: its text as these eyes may read it, and in how many seconds."""

    text: str
    who: str
    seconds: int
    files: int
    #: Where it is taken back; empty for others than whoever sent it, and once it is leaving.
    back: str = ""

    @property
    def look_again(self) -> int:
        """After how many seconds it will have left."""
        return self.seconds + 2


def held_of(case: Case) -> list[HeldLine]:
    """What waits to leave. No query where nothing was ever held, one or two else."""
    if not glance_of(case.complaint).has_held:
        return []
    return [_line(each, case) for each in waiting_of(case.complaint)]


def _line(held: HeldMessage, case: Case) -> HeldLine:
    left = max(0, math.ceil((held.leaves_at - case.now).total_seconds()))
    is_mine = held.person_id == case.actor.person_id and left > 0
    back = case.at("taking_back", number=held.number) if is_mine else ""
    return HeldLine(case.mask.hides(held.text), held.person.name, left, held.files.count(), back)


def draft_of(case: Case) -> HeldMessage | None:
    """What this person took back and has not sent again: it stands in the form."""
    if not glance_of(case.complaint).has_held:
        return None
    return to_write_again(case.complaint, case.actor.person_id, case.now)


@needs(May.HANDLE)
def taking_back(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """One button: nothing goes out, and the text stands in the form again."""
    case = opened(request, reference)
    if request.method != "POST":
        return HttpResponseRedirect(case.at())
    rows = HeldMessage.objects.filter(complaint=case.complaint, number=number)
    held = rows.select_related("complaint").first()
    if held is None:
        raise Http404
    was_mine = held.person_id == case.actor.person_id and held.state == HeldMessage.State.TAKEN_BACK
    try:
        if not was_mine:  # pressed twice, it is taken back once
            take_back(held, by=request.actor, at=request.now)
    except Refusal as refusal:
        return refused(request, case, _("Take a message back"), refusal)
    notices.success(request, _("Taken back: nothing was sent. Your text stands in the form again."))
    return HttpResponseRedirect(f"{case.at()}#composer")
