"""One-click sign-in for each role, in the demonstration only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from amends.permissions.roles import Role
from amends.project.demo.founding import main_person
from amends.ui.access import public

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the main person of the role that was sent. Outside the demonstration the address does not exist."""
    if not settings.AMENDS_DEMO:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    wanted = request.POST.get("role", "")
    person = main_person(Role(wanted)) if wanted in set(Role) else None
    if person is None:
        raise Http404
    login(request, person, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
