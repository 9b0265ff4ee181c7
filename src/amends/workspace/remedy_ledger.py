"""The ledger of remedies: what was promised, done and verified, with sums and as a file (annex F)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.complaints.actions.export_remedies import export_remedies
from amends.complaints.ledger import SHOWN, LedgerFilter, ledger_page, ledger_sums, walked
from amends.complaints.models import Remedy
from amends.complaints.permissions import May
from amends.framework.models import RemedyKind
from amends.framework.queries import the_organisation
from amends.kit.money import Money
from amends.people.models import Unit
from amends.permissions.engine import may
from amends.rendering.cells import Value
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.workspace import tree
from amends.workspace.addresses import address_of
from amends.workspace.answering import NOT_OFFERED, status_of
from amends.workspace.complaint.remedies import amount_shown
from amends.workspace.handing_out import TYPES, handed_out
from amends.workspace.shielded import Masks, hide_names


class LedgerForm(forms.Form):
    """The filters."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *((state.value, state.label) for state in SHOWN)],
        required=False,
        error_messages=NOT_OFFERED,
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False, error_messages=NOT_OFFERED)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of remedy"), required=False, error_messages=NOT_OFFERED)
    late = forms.BooleanField(label=gettext_lazy("Only what is late"), required=False)
    ordered = forms.BooleanField(label=gettext_lazy("Only what outside bodies ordered"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        units = list(Unit.objects.all())
        self.units = {str(unit.pk): unit for unit in units}
        kinds = RemedyKind.objects.in_order()
        self._choose("unit", [("", _("All units")), *tree.choices(units)])
        self._choose("kind", [("", _("All kinds")), *((kind.code, str(kind)) for kind in kinds)])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def narrowed(self) -> LedgerFilter:
        """What was chosen; nothing where it does not fit."""
        given = self.cleaned_data if self.is_valid() else {}
        return LedgerFilter(
            state=given.get("state", ""),
            unit=self.units.get(given.get("unit", "")),
            kind=given.get("kind", ""),
            is_late=given.get("late", False),
            is_ordered=given.get("ordered", False),
        )


@needs(May.LIST)
def ledger(request: StaffVisit) -> HttpResponse:
    """A page of it with the sums of all that fits."""
    form = LedgerForm(request.GET)
    today = request.now.astimezone(the_organisation().zone).date()
    rows = form.narrowed().of(request.actor, today)
    page = ledger_page(rows, request.GET.get("page", ""))
    hide_names(request, [remedy.complaint for remedy in page.rows])
    said = urlencode([(key, value) for key, value in request.GET.items() if value and key in form.fields])
    context = {
        "form": form,
        "rows": [_row(remedy, today) for remedy in page.rows],
        "sums": [
            {
                "currency": each.currency,
                "count": each.count,
                "money": formatting.money(Money(each.money, each.currency)),
                "in_kind": formatting.money(Money(each.in_kind, each.currency)) if each.in_kind else "",
            }
            for each in ledger_sums(rows)
        ],
        "next": "?" + "&".join(part for part in (said, urlencode({"page": page.next})) if part) if page.next else "",
        "export_href": f"{reverse('workspace:remedy_export')}?{said}" if may(request.actor, May.EXPORT) else "",
    }
    return render(request, "workspace/remedy_ledger.html", context, status=status_of(form))


def _row(remedy: Remedy, today: date) -> dict[str, Any]:
    return {
        "remedy": remedy,
        "href": f"{address_of(remedy.complaint)}response/",
        "amount": amount_shown(remedy),
        "state": Remedy.State(remedy.state).label,
        "is_late": remedy.state == Remedy.State.PROMISED and remedy.due_on < today,
    }


@require_POST
@needs(May.EXPORT)
def export(request: StaffVisit) -> HttpResponseBase:
    """The rows that the filters of the address leave, as a file. It is recorded before it is handed over."""
    file_format = request.POST.get("file_format", "")
    if file_format not in TYPES:
        return redirect("workspace:remedies")
    zone = the_organisation().zone
    rows = LedgerForm(request.GET).narrowed().of(request.actor, request.now.astimezone(zone).date())
    masks = Masks(request.actor)
    return handed_out(
        "remedies",
        file_format,
        _TITLES,
        (_cells(remedy, masks) for remedy in walked(rows)),
        zone=zone,
        at=request.now,
        record=lambda count: export_remedies(file_format=file_format, count=count, by=request.actor, at=request.now),
    )


_TITLES = (
    gettext_lazy("Complaint"),
    gettext_lazy("No."),
    gettext_lazy("Unit"),
    gettext_lazy("Kind of remedy"),
    gettext_lazy("What exactly will be done"),
    gettext_lazy("Amount"),
    gettext_lazy("Worth"),
    gettext_lazy("Ordered outside"),
    gettext_lazy("Who sees to it"),
    gettext_lazy("By when"),
    gettext_lazy("State"),
    gettext_lazy("Done on"),
    gettext_lazy("Verified"),
)


def _cells(remedy: Remedy, masks: Masks) -> list[Value]:
    return [
        remedy.complaint.reference,
        remedy.number,
        remedy.complaint.lead_unit.name,
        str(remedy.kind),
        masks.hides(remedy.description, remedy.complaint),
        _money(remedy.amount, remedy.currency),
        _money(remedy.value, remedy.currency),
        _("yes") if remedy.is_ordered else _("no"),
        remedy.owner.name if remedy.owner else "",
        remedy.due_on,
        str(Remedy.State(remedy.state).label),
        remedy.done_on,
        remedy.verified_at,
    ]


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
