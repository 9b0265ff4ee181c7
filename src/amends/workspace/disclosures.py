"""The register of disclosures: what left the house, to whom, on what ground, and as a file (4.10)."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.complaints.actions.export_disclosures import export_disclosures
from amends.complaints.masking import mask_of
from amends.complaints.models import OutsideDisclosure
from amends.complaints.outside_register import DisclosureFilter, walked, with_complaint
from amends.complaints.permissions import May
from amends.framework.queries import the_organisation
from amends.permissions.engine import may
from amends.rendering.cells import Value
from amends.ui.access import StaffVisit, needs
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.answering import NOT_OFFERED, status_of
from amends.workspace.handing_out import TYPES, handed_out
from amends.workspace.outside import page_address, said_in, today_of, years_up_to

What, Ground = OutsideDisclosure.What, OutsideDisclosure.Ground
NEWEST_FIRST = paging.Order("disclosed", (paging.Key("at", True), paging.Key("id", True)), written="token")


class DisclosuresForm(forms.Form):
    """The filters."""

    use_required_attribute = False

    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[("", gettext_lazy("Everything")), *What.choices],
        required=False,
        error_messages=NOT_OFFERED,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=[("", gettext_lazy("All grounds")), *Ground.choices],
        required=False,
        error_messages=NOT_OFFERED,
    )
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False, error_messages=NOT_OFFERED)
    named = forms.BooleanField(label=gettext_lazy("Only with the name of the complainant"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        year = self.fields["year"]
        assert isinstance(year, forms.ChoiceField)
        year.choices = years_up_to(today)

    def narrowed(self) -> DisclosureFilter:
        """What was chosen; nothing where it does not fit."""
        given = self.cleaned_data if self.is_valid() else {}
        return DisclosureFilter(
            what=given.get("what", ""),
            ground=given.get("ground", ""),
            year=int(given["year"]) if given.get("year") else None,
            named=given.get("named", False),
        )


@needs(May.LIST)
def disclosures(request: StaffVisit) -> HttpResponse:
    """A page of the register."""
    form = DisclosuresForm(request.GET, today=today_of(request.now))
    rows = form.narrowed().of(request.actor)
    page = paging.page_of(with_complaint(rows), NEWEST_FIRST, request.GET.get("page", ""))
    said = said_in(request, form)
    context = {
        "form": form,
        "rows": [_row(each) for each in page.rows],
        "previous_href": page_address(said, page.previous),
        "next_href": page_address(said, page.next),
        "export_href": f"{reverse('workspace:disclosures_export')}?{said}" if may(request.actor, May.EXPORT) else "",
    }
    return render(request, "workspace/disclosures.html", context, status=status_of(form))


def _row(disclosure: OutsideDisclosure) -> dict[str, Any]:
    hides = mask_of(disclosure.complaint).hides
    return {
        "disclosure": disclosure,
        "href": address_of(disclosure.complaint),
        "what": _what(disclosure),
        "what_text": hides(disclosure.what_text),
        "recipient": hides(disclosure.recipient),
        "ground": Ground(disclosure.ground).label,
        "ground_text": hides(disclosure.ground_text),
    }


def _what(disclosure: OutsideDisclosure) -> str:
    pieces = ", ".join(str(piece.number) for piece in disclosure.evidence.all())
    what = str(What(disclosure.what).label)
    return _("%(what)s: %(pieces)s") % {"what": what, "pieces": pieces} if pieces else what


@require_POST
@needs(May.EXPORT)
def export(request: StaffVisit) -> HttpResponseBase:
    """The rows that the filters of the address leave, as a file. It is recorded before it is handed over."""
    file_format = request.POST.get("file_format", "")
    if file_format not in TYPES:
        return redirect("workspace:disclosures_register")
    rows = DisclosuresForm(request.GET, today=today_of(request.now)).narrowed().of(request.actor)
    return handed_out(
        "disclosures",
        file_format,
        _TITLES,
        (_cells(each) for each in walked(rows)),
        zone=the_organisation().zone,
        at=request.now,
        record=lambda count: export_disclosures(file_format=file_format, count=count, by=request.actor, at=request.now),
    )


_TITLES = (
    gettext_lazy("Complaint"),
    gettext_lazy("No."),
    gettext_lazy("Passed on"),
    gettext_lazy("What"),
    gettext_lazy("What exactly?"),
    gettext_lazy("To whom?"),
    gettext_lazy("Ground"),
    gettext_lazy("Where can the ground be seen?"),
    gettext_lazy("With the name"),
    gettext_lazy("By"),
    gettext_lazy("Recorded"),
    gettext_lazy("SHA-256"),
)


def _cells(disclosure: OutsideDisclosure) -> list[Value]:
    row = _row(disclosure)
    return [
        disclosure.complaint.reference,
        disclosure.number,
        disclosure.given_on,
        row["what"],
        row["what_text"],
        row["recipient"],
        str(row["ground"]),
        row["ground_text"],
        _("Yes") if disclosure.names_complainant else _("No"),
        disclosure.person.name,
        disclosure.at,
        disclosure.digest,
    ]
