"""The organisation's logo: looked at, changed, taken away; and how it was before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions.change_logo import change_logo
from amends.framework.logos import LARGEST_FILE, drawn, newest_version
from amends.framework.models import Logo
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.rules.crumbs import first_crumbs

PREVIOUS = 20


class LogoForm(forms.Form):
    """A picture, or that there is to be none. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    logo = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "PNG or JPEG, at most 2 MB. It is drawn anew and made small; nothing else of the file is kept. It stands "
            "on white, also in the dark."
        ),
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )

    def __init__(self, *args: Any, takes_away: bool = False, **kwargs: Any) -> None:
        self.takes_away = takes_away
        super().__init__(*args, **kwargs)

    def clean_logo(self) -> Any:
        """Nothing chosen is nothing to show."""
        chosen = self.cleaned_data["logo"]
        if not self.takes_away and not chosen:
            raise forms.ValidationError(_("Choose a picture"))
        return chosen


@needs(May.SEE_SETTINGS)
def logo(request: StaffVisit) -> HttpResponse:
    """Shown to those who may see settings, changed by those who may change the organisation."""
    takes_away = "away" in request.POST
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LogoForm(*posted, takes_away=takes_away, initial={"seen": newest_version()})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=status_of(form))
    said = form.cleaned_data
    try:
        with shown_in(form):
            picture = None if takes_away else drawn(said["logo"].read(LARGEST_FILE + 1))
            change_logo(picture, seen=said["seen"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code != "stale":
            raise
        form = LogoForm(initial={"seen": newest_version()})
        form.cleaned_data = {}
        return _page(request, form, status=409, stale=str(refusal.sentence))
    if form.errors:
        return _page(request, form, status=422)
    messages.success(request, _("Saved. The public pages and letters show it from now on."))
    return redirect("workspace:logo")


def _page(request: StaffVisit, form: LogoForm, *, status: int, **more: Any) -> HttpResponse:
    rows = Logo.objects.defer("content").select_related("made_by").order_by("-version")[:PREVIOUS]
    context = {
        "crumbs": first_crumbs(request, _("Logo")),
        "form": form,
        "organisation": the_organisation(),
        "versions": rows,
        "may_change": may(request.actor, May.CHANGE_ORGANISATION),
        **more,
    }
    return render(request, "workspace/settings/logo.html", context, status=status)
