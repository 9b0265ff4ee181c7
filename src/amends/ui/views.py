"""The few pages that belong to the face itself: how it looks, and all its parts on one page."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.framework.models import Logo
from amends.people.actions import change_preferences
from amends.people.permissions import May
from amends.ui import current, sample
from amends.ui.access import StaffVisit, needs, public
from amends.ui.forms import Appearance, Preferences

YEAR = 365 * 24 * 3600


@needs(May.WORK_HERE)
def components(request: StaffVisit) -> HttpResponse:
    """All components in light, dark and from right to left: what accessibility is tested on."""
    return render(request, "ui/pages/components.html", sample.everything(request.now, request.GET.get("state", "")))


@public
@require_safe
def logo(request: HttpRequest, version: int) -> HttpResponse:
    """The organisation's picture; a version never changes."""
    found = Logo.objects.filter(version=version).exclude(width=0).first() if version < 2**31 else None
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@public
def appearance(request: HttpRequest) -> HttpResponse:
    """Light or dark on this device, kept in a cookie."""
    form = Appearance(request.POST or None, initial={"theme": current.chosen_theme(request)})
    back = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(back)
        if form.cleaned_data["theme"]:
            response.set_cookie(
                current.THEME_COOKIE,
                form.cleaned_data["theme"],
                max_age=YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        else:
            response.delete_cookie(current.THEME_COOKIE, samesite="Lax")
        return response
    return render(request, "ui/pages/appearance.html", {"form": form, "back": back})


def _safe(request: HttpRequest, address: str) -> str:
    """An address on this site, else the first page."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and is_ours else "/"


@needs(May.WORK_HERE)
def preferences(request: StaffVisit) -> HttpResponse:
    """Language, light or dark, shortcuts and row height of the signed-in person."""
    person = request.user
    languages = [code for code, _name in settings.LANGUAGES]
    initial = {
        "language": person.language,
        "theme": person.theme,
        "single_keys": person.single_keys,
        "compact_rows": person.compact_rows,
    }
    form = Preferences(request.POST or None, initial=initial, languages=languages)
    if request.method == "POST" and form.is_valid():
        change_preferences(person, **form.cleaned_data)
        messages.success(request, _("Your preferences are saved."))
        response = HttpResponseRedirect(reverse("preferences"))
        # What was chosen for this device alone would hide the choice just made.
        response.delete_cookie(current.THEME_COOKIE, samesite="Lax")
        return response
    return render(request, "ui/pages/preferences.html", {"form": form})


@require_POST
@needs(May.WORK_HERE)
def extend_session(request: StaffVisit) -> HttpResponse:
    """Begin the hours of the session anew: "Stay signed in"."""
    request.session["used_at"] = request.now.isoformat()
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return HttpResponse(status=204)
    return HttpResponseRedirect(_safe(request, request.headers.get("Referer", "")))
