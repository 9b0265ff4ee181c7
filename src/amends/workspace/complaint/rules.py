"""Which rules apply to a complaint and why, and looking them up again (7.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints import deadlines
from amends.complaints.actions import change_packs
from amends.complaints.models import AppliedPack, Party
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.framework.models import Activation
from amends.framework.which_packs import Packs
from amends.kit.refusal import Refusal
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.rules_links import Link, link_to_pack
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

SCREEN = Screen(
    verb=Verb.CHANGE_PACKS,
    title=gettext_lazy("Rules of this complaint"),
    button=gettext_lazy("Apply the rules that fit now"),
    said=gettext_lazy("Other rules apply now. Clocks that were met stay as they are."),
    template="workspace/complaint/rules.html",
)


@dataclass(frozen=True)
class Applied:
    """A pack that applies, as what, since when, and what was said about it."""

    pack: Link
    role: Words
    since: str = ""
    until: str = ""
    reason: str = ""


class RulesForm(StepForm):
    """Why other rules apply."""

    reason = LineField(
        label=gettext_lazy("Why do other rules apply?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why other rules apply")},
    )

    def prepare(self) -> None:
        complaint = self.case.complaint
        complainant = self.case.parties.get(Party.Role.COMPLAINANT)
        self.kind = complainant.kind if complainant is not None else ""
        self.now = deadlines.packs_of(complaint)
        self.fitting = deadlines.packs_that_fit(complaint, self.kind)


@needs(May.MOVE_CLOCKS)
def rules(request: StaffVisit, reference: str) -> HttpResponse:
    """See which packs apply and which would, and let those apply with a reason."""
    return SCREEN.answer(request, opened(request, reference), RulesForm, _act, _look)


def _act(case: Case, form: RulesForm) -> None:
    reason = form.cleaned_data["reason"]
    if not change_packs(case.complaint, reason=reason, by=case.actor, at=case.now, seen=form.version):
        raise Refusal("same_rules", _("The same rules still fit. Nothing was changed."))


def _look(case: Case, form: RulesForm) -> dict[str, object]:
    complaint = case.complaint
    rows = AppliedPack.objects.filter(complaint=complaint).select_related("pack").defer("pack__document")
    kinds = dict(Activation.Complainant.choices)
    return {
        "applied": [_applied(row) for row in rows.order_by("id")] or _from(form.now),
        "would_be": _from(form.fitting) if form.fitting != form.now else [],
        "looked_at": [
            (_("Product or service"), str(complaint.product) if complaint.product else _("Not set")),
            (_("Place"), complaint.site or _("Not set")),
            (_("Complainant"), kinds.get(form.kind, _("Not set"))),
            (_("Received"), formatting.day(complaint.received_at)),
        ],
    }


def _applied(row: AppliedPack) -> Applied:
    return Applied(
        pack=link_to_pack(row.pack),
        role=AppliedPack.Role(row.role).label,
        since=formatting.day(row.applied_at),
        until=formatting.day(row.ended_at) if row.ended_at else "",
        reason=row.reason,
    )


def _from(packs: Packs) -> Sequence[Applied]:
    """Packs as they would be written down."""
    role = AppliedPack.Role
    found = [Applied(link_to_pack(packs.main), role.MAIN.label)]
    found += [Applied(link_to_pack(pack), role.BESIDE.label) for pack in packs.beside]
    return [*found, Applied(link_to_pack(packs.fill), role.FILL.label)] if packs.fill else found
