"""Coming in by a link, invited or with a forgotten password: choosing a password, once, within a day."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from amends.people.actions import accept_invitation, invitation_for
from amends.ui.access import Visit, public
from amends.workspace.answering import shown_in, status_of


class PasswordForm(forms.Form):
    """The password for signing in."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words that nobody would guess together are good."),
        strip=False,
        error_messages={"required": _("Choose a password of at least 12 characters")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


@sensitive_post_parameters()
@public
def invitation(request: Visit, token: str) -> HttpResponse:
    """In the language of the person whose link it is, unless they chose another on this device."""
    found = invitation_for(token, request.now)
    if found is None:
        return render(request, "workspace/invitation_over.html", status=410)
    if "language" not in request.GET and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(found.person.language)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            accept_invitation(token, form.cleaned_data["password"], at=request.now)
            messages.success(request, gettext("Your password is set. Sign in with it now."))
            return redirect("account_login")
    context = {"form": form, "person": found.person, "is_newcomer": not found.person.has_usable_password()}
    return render(request, "workspace/invitation.html", context, status=status_of(form))
