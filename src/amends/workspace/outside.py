"""What went to outside bodies, how long it has been there, and how it ended beside what we decided (7.9)."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.masking import mask_of
from amends.complaints.models import Referral
from amends.complaints.outside_register import UNLISTED, ReferralFilter, counts_of, with_body
from amends.complaints.permissions import May
from amends.complaints.stages import Outcome
from amends.framework.models import OutsideBody
from amends.framework.queries import the_organisation
from amends.ui.access import StaffVisit, needs
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.answering import NOT_OFFERED, status_of
from amends.workspace.complaint.outside import days_there

NEWEST_FIRST = paging.Order("outside", (paging.Key("at", True), paging.Key("id", True)), written="token")
#: So many years back a list can be narrowed to.
YEARS_BACK = 10


class OutsideForm(forms.Form):
    """The filters."""

    use_required_attribute = False

    body = forms.ChoiceField(label=gettext_lazy("Outside body"), required=False, error_messages=NOT_OFFERED)
    year = forms.ChoiceField(label=gettext_lazy("Taken there in"), required=False, error_messages=NOT_OFFERED)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), ("open", gettext_lazy("Still there")), ("over", gettext_lazy("Over"))],
        required=False,
        error_messages=NOT_OFFERED,
    )
    compared = forms.ChoiceField(
        label=gettext_lazy("Beside our own decision"),
        choices=[("", gettext_lazy("All")), *Referral.Compared.choices],
        required=False,
        error_messages=NOT_OFFERED,
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        bodies = sorted(((each.code, str(each)) for each in OutsideBody.objects.all()), key=lambda pair: pair[1])
        body, year = self.fields["body"], self.fields["year"]
        assert isinstance(body, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        body.choices = [("", _("All bodies")), *bodies, (UNLISTED, _("Not on the list"))]
        year.choices = years_up_to(today)

    def narrowed(self) -> ReferralFilter:
        """What was chosen; nothing where it does not fit."""
        given = self.cleaned_data if self.is_valid() else {}
        return ReferralFilter(
            body=given.get("body", ""),
            year=int(given["year"]) if given.get("year") else None,
            state=given.get("state", ""),
            compared=given.get("compared", ""),
        )


def years_up_to(today: date) -> list[tuple[str, str]]:
    """This year and those before it, to choose from."""
    years = [str(today.year - back) for back in range(YEARS_BACK)]
    return [("", _("All years")), *((year, year) for year in years)]


def said_in(request: StaffVisit, form: forms.Form) -> str:
    """The filters of an address, to be kept in those of other pages."""
    return urlencode([(key, value) for key, value in request.GET.items() if value and key in form.fields])


def page_address(said: str, cursor: str) -> str:
    """The address of another page of the same list; empty where there is none."""
    return "?" + "&".join(part for part in (said, urlencode({"page": cursor})) if part) if cursor else ""


def today_of(now: datetime) -> date:
    """The day it is where the organisation is."""
    return now.astimezone(the_organisation().zone).date()


@needs(May.LIST)
def outside(request: StaffVisit) -> HttpResponse:
    """A page of the list, with the counts of all that fits."""
    zone = the_organisation().zone
    form = OutsideForm(request.GET, today=request.now.astimezone(zone).date())
    rows = form.narrowed().of(request.actor)
    page = paging.page_of(with_body(rows), NEWEST_FIRST, request.GET.get("page", ""))
    said = said_in(request, form)
    context = {
        "form": form,
        "rows": [_row(each, request.now, zone) for each in page.rows],
        "counts": counts_of(rows),
        "previous_href": page_address(said, page.previous),
        "next_href": page_address(said, page.next),
    }
    return render(request, "workspace/outside.html", context, status=status_of(form))


def _until(referral: Referral, now: datetime, zone: ZoneInfo) -> date:
    """Until when it is counted where nobody has decided: a complaint that has ended is not watched any more."""
    complaint = referral.complaint
    return (complaint.stage_since if complaint.is_ended else now).astimezone(zone).date()


def _row(referral: Referral, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    hides = mask_of(referral.complaint).hides
    is_over = referral.is_decided or referral.complaint.is_ended
    wanted = referral.file_due_on if referral.file_sent_on is None and not is_over else None
    return {
        "referral": referral,
        "href": address_of(referral.complaint),
        "body": referral.called if referral.listed else hides(referral.body),
        "their_reference": hides(referral.their_reference),
        "days": days_there(referral, _until(referral, now, zone)),
        "ended_before": not referral.outcome and referral.complaint.is_ended,
        "file_is_late": wanted is not None and wanted < now.astimezone(zone).date(),
        "outcome": Referral.Outcome(referral.outcome).label if referral.outcome else "",
        "ours": Outcome(referral.our_outcome).label if referral.our_outcome else "",
        "compared": Referral.Compared(referral.compared).label if referral.compared else "",
        "is_more": referral.compared == Referral.Compared.MORE,
    }
