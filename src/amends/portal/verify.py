"""Checking a proof of receipt against the journal as it stands now, and against its signed checkpoint."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from amends.complaints.models import Complaint
from amends.journal.checking_receipts import is_proved
from amends.kit.ids import read_reference, same
from amends.portal import throttling
from amends.portal.forms import ReceiptForm
from amends.portal.receipts import receipt_for
from amends.portal.visiting import PortalVisit, for_the_public


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def verify(visit: PortalVisit) -> HttpResponse:
    """GET asks for reference and proof; POST says whether they are in the journal. One answer for every mistake."""
    form = ReceiptForm(visit.POST if visit.method == "POST" else None)
    if not form.is_valid():
        return render(visit, "portal/verify.html", {"form": form}, status=422 if form.is_bound else 200)
    # With a wrong proof nobody learns which references exist; slowed down all the same, for it costs us work.
    tried = throttling.code_tried(visit, "verify")
    if tried is None:
        return throttling.too_many(visit)
    typed = "".join(form.cleaned_data["leaf"].split()).lower()
    complaint = Complaint.objects.filter(reference=read_reference(form.cleaned_data["reference"]) or "").first()
    receipt = receipt_for(complaint) if complaint is not None else None
    fits = same(typed, receipt.leaf if receipt is not None else "-")
    if not fits or receipt is None or complaint is None:
        return render(visit, "portal/verify.html", {"form": form, "is_unknown": True}, status=404)
    tried.give_back()
    proved = is_proved(receipt) if receipt.is_covered else None
    context = {"form": form, "receipt": receipt, "proved": proved, "received_at": complaint.received_at}
    return render(visit, "portal/verify.html", context)
