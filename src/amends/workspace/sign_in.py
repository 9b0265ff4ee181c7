"""Pages about signing in that are ours and not the library's: the forgotten password, and that nobody signs up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from amends.people.actions import ask_new_password
from amends.people.particulars import LONGEST_EMAIL
from amends.ui import error_pages
from amends.ui.access import Visit, public
from amends.ui.definition_forms import LineField
from amends.ui.throttling import Limit, address_hash, taken_place
from amends.workspace.answering import shown_in, status_of

ASKED_PER_ADDRESS = Limit("forgotten", 10, timedelta(hours=1))
#: Every question is answered a whole number of these after it came.
STEP = timedelta(milliseconds=250)


class ForgottenForm(forms.Form):
    """Whose password it is."""

    use_required_attribute = False

    email = LineField(
        label=_("E-mail address"),
        required=False,  # the verb says what is wrong with it
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


@public
def forgotten(request: Visit) -> HttpResponse:
    """Somebody says that they forgot their password. Whether we know them, neither the answer nor its time tells."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if taken_place(ASKED_PER_ADDRESS, address_hash(request)) is None:
            return error_pages.too_many(request, retry_after=ASKED_PER_ADDRESS.seconds)
        with shown_in(form), _answered_in_steps():
            ask_new_password(form.cleaned_data["email"], at=request.now)
            return redirect("forgotten_asked")
    return render(request, "workspace/forgotten.html", {"form": form}, status=status_of(form))


@public
def forgotten_asked(request: Visit) -> HttpResponse:
    """The same for everybody who asked."""
    return render(request, "workspace/forgotten_asked.html")


@public
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """There is nothing to fill in here; the page says how people come in."""
    return render(request, "account/signup_closed.html", status=404)


@contextmanager
def _answered_in_steps() -> Iterator[None]:
    """Writing takes longer than writing nothing: the rest of the step is waited for, after the transaction."""
    began = time.monotonic()
    yield
    step = STEP.total_seconds()
    time.sleep(step - (time.monotonic() - began) % step)
