"""What other currencies are worth: limits are in the organisation's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amends.framework.actions.record_rate import record_rate
from amends.framework.models import ExchangeRate
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.authority_form import RateForm, rate_in_words
from amends.workspace.settings.rules.crumbs import first_crumbs

PAGE_SIZE = 30


@needs(May.SEE_AUTHORITIES)
def rates(request: StaffVisit) -> HttpResponse:
    """Every rate, newest first; `?before=` goes further back. Posting records one, after its sentence was shown."""
    organisation = the_organisation()
    may_record = may(request.actor, May.RECORD_RATE)
    form = RateForm(request.POST or None, organisation=organisation)
    preview = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        planned = ExchangeRate(currency=given["currency"].upper(), rate=given["rate"], valid_on=given["valid_on"])
        if "look" in request.POST:
            preview = rate_in_words(planned, organisation.currency)
        else:
            with shown_in(form):
                record_rate(**given, by=request.actor, at=request.now)
                messages.success(request, _("The rate is recorded."))
                return redirect("workspace:rates")
    rows = ExchangeRate.objects.select_related("recorded_by").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    context = {
        "crumbs": first_crumbs(request, _("Exchange rates")),
        "form": form if may_record else None,
        "preview": preview,
        "rates": [(row, rate_in_words(row, organisation.currency)) for row in found],
        "next": f"?before={found[-1].pk}" if more else "",
    }
    return render(request, "workspace/settings/rates.html", context, status=status_of(form))
