"""Lost codes: what one can still do, and a one-time code by e-mail for those whose address we know."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from amends.complaints.actions import ask_for_code
from amends.complaints.actors import VISITOR
from amends.complaints.models import Complaint
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from amends.portal import throttling
from amends.portal.forms import LostCodeForm
from amends.portal.visiting import PortalVisit, for_the_public

#: Every answer takes so long, in seconds, whether something was written or not.
LASTS = 0.3

wait: Callable[[float], None] = time.sleep


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def lost_codes(visit: PortalVisit) -> HttpResponse:
    """GET says what one can do; POST asks for a one-time code. Its answer is the same whether anything matched."""
    if visit.method != "POST":
        return render(visit, "portal/lost_codes.html", {"form": LostCodeForm()})
    form = LostCodeForm(visit.POST)
    if not form.is_valid():
        return render(visit, "portal/lost_codes.html", {"form": form}, status=422)
    # Right ones count too: whoever asks again and again fills somebody's mailbox.
    if throttling.code_tried(visit, "lost") is None:
        return throttling.too_many(visit)
    with _no_sooner():
        _ask(visit, form.cleaned_data["reference"], form.cleaned_data["email"])
    return HttpResponseRedirect(reverse("portal:code_asked_for"))


@require_safe
@for_the_public
def asked(visit: PortalVisit) -> HttpResponse:
    """What happens now, if they matched."""
    return render(visit, "portal/code_asked_for.html")


def _ask(visit: PortalVisit, reference: str, email: str) -> None:
    complaint = Complaint.objects.filter(reference=read_reference(reference) or "").first()
    if complaint is None:
        return
    try:
        ask_for_code(complaint, email=email, by=VISITOR, at=visit.now)
    except Refusal:
        # Nobody learns whether there is such a complaint, or whose it is.
        return


@contextmanager
def _no_sooner() -> Iterator[None]:
    began = time.monotonic()
    yield
    wait(max(0.0, LASTS - (time.monotonic() - began)))
