"""Pages for what went wrong. They need no database, say what to do, and give back what was typed."""

import errno
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.kit.dialect import Fault, fault_of
from amends.kit.refusal import Refusal
from amends.ui import current
from amends.ui.kept import kept_from

Words = str | Promise


@dataclass(frozen=True)
class Trouble:
    """What to tell: a heading, what happened, and what to do now."""

    status: int
    title: Words
    sentence: Words
    advice: Words = ""


_BAD_REQUEST = Trouble(
    400,
    _("We could not read that request"),
    _("Something in the address or in what was sent was not as expected."),
    _("Go back, check what you typed, and try again."),
)
_SIGNED_OUT = Trouble(
    401,
    _("Sign in again to continue"),
    _("You were signed out before this was sent, so nothing was saved yet."),
    _("Sign in, which opens in a new tab. Then come back here and press Try again."),
)
_NOT_PERMITTED = Trouble(
    403,
    _("Your role does not include this page"),
    _("You are signed in, but your role does not allow what you tried to open."),
    _("Ask the person who runs the complaints process if you need it."),
)
_EXPIRED = Trouble(
    403,
    _("This page was open for too long"),
    _("The security check of the form has run out, so nothing was saved yet."),
    _("Press Try again. If this page comes back, allow cookies for this site in your browser."),
)
_STRANGE_FORM = Trouble(
    403,
    _("This form did not come from our site"),
    _("For your safety nothing was saved."),
    _("Open our page yourself, and send the form from there. Your browser has to allow cookies for this site."),
)
_NOT_FOUND = Trouble(
    404,
    _("We cannot find this page"),
    _("The address may be mistyped, or the page is not there for you."),
    _("Check the address, or start again from the first page."),
)
_TOO_LARGE = Trouble(
    413,
    _("That was too much at once"),
    _("What you sent is larger than we can take in one go, so nothing was saved."),
    _("Send fewer or smaller files. You can add more later."),
)
_TOO_MANY = Trouble(
    429,
    _("Too many tries"),
    _("To keep codes safe from guessing, we wait a little before the next try."),
    _("Wait a few minutes, then try again. If you need help now, phone us."),
)
_OUR_FAULT = Trouble(
    500,
    _("Something went wrong on our side"),
    _("This is our mistake, not yours. We do not know whether your last step was saved."),
    _("Look at the page again before you repeat it. If it happens again, contact us in another way."),
)
_FAULTS = {
    Fault.BUSY: Trouble(
        503,
        _("We are very busy right now"),
        _("Nothing was saved, because too many people are using this service at the same moment."),
        _("Wait a minute, then try again."),
    ),
    Fault.FULL: Trouble(
        503,
        _("We cannot save anything at the moment"),
        _("Nothing was saved, because our storage is full."),
        _("Try again in a few minutes, or contact us in another way."),
    ),
    Fault.READ_ONLY: Trouble(
        503,
        _("We cannot save anything at the moment"),
        _("Nothing was saved, because our storage takes no changes right now."),
        _("Try again in a few minutes, or contact us in another way."),
    ),
    Fault.AWAY: Trouble(
        503,
        _("This service is not available at the moment"),
        _("Nothing was saved, because our database does not answer."),
        _("Try again in a few minutes, or contact us in another way."),
    ),
}
_DISK = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EIO: Fault.AWAY,
}


def fault_behind(error: BaseException | None) -> Fault | None:
    """The fault of database or disk that an exception stands for; None when it is a mistake of ours.

    Sessions hide the reason: a failed save arrives as SessionInterrupted, with the fault in its context.
    """
    while error is not None:
        if isinstance(error, OSError) and error.errno in _DISK:
            return _DISK[error.errno]
        fault = fault_of(error)
        if fault:
            return fault
        error = error.__cause__ or error.__context__
    return None


def fault_of_disk(error: OSError) -> Fault:
    """As `fault_behind`, for an error that can only come from the disk."""
    return fault_behind(error) or Fault.AWAY


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where it was simply too much."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    fault = fault_behind(exception)
    return unavailable(request, fault) if fault else _page(request, _BAD_REQUEST)


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 for a POST by somebody whose session has ended."""
    return _page(request, _SIGNED_OUT, offers_sign_in=True)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, _NOT_PERMITTED)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token has run out or was never ours."""
    kept = kept_from(request)
    return _page(request, _EXPIRED if kept and kept.csrf_token else _STRANGE_FORM)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, _NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _page(request, _TOO_LARGE)


def too_many(request: HttpRequest, *, retry_after: int = 300) -> HttpResponse:
    """429; `retry_after` in seconds."""
    response = _page(request, _TOO_MANY)
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the exception that brought us here is a fault of database or disk."""
    fault = fault_behind(sys.exc_info()[1])
    return unavailable(request, fault) if fault else _page(request, _OUR_FAULT)


def unavailable(request: HttpRequest, fault: Fault = Fault.AWAY) -> HttpResponse:
    """503: nothing was saved, nothing that was typed is lost."""
    response = _page(request, _FAULTS[fault])
    response["Retry-After"] = "20" if fault is Fault.BUSY else "120"
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page for a Refusal that no form could show."""
    title, status = _REFUSALS.get(refusal.code, (_("This cannot be done now"), 422))
    if refusal.code.startswith("unknown_") or refusal.code.endswith("_not_found"):
        title, status = _("We cannot find this"), 404
    return _page(request, Trouble(status, title, refusal.sentence))


_REFUSALS: dict[str, tuple[Words, int]] = {
    "stale": (_("Somebody else changed this meanwhile"), 409),
    "not_permitted": (_("Your role does not include this"), 403),
    "not_found": (_("We cannot find this"), 404),
}


def _page(request: HttpRequest, trouble: Trouble, *, offers_sign_in: bool = False) -> HttpResponse:
    """Made without context processors: they would ask the database."""
    language = get_language() or "en"
    is_for_staff = request.path.startswith(("/staff/", "/settings/"))
    context = {
        "trouble": trouble,
        "kept": kept_from(request),
        "offers_sign_in": offers_sign_in,
        "request": request,
        "organisation": current.last_seen_organisation(),
        "language": language,
        "direction": current.direction(language),
        "theme": current.chosen_theme(request),
        "home": "/staff/" if is_for_staff else f"/{language}/",
        "is_for_staff": is_for_staff,
    }
    response = HttpResponse(render_to_string("errors/page.html", context), status=trouble.status)
    # A fragment was asked for, but this is about the whole page.
    response["HX-Retarget"], response["HX-Reselect"], response["HX-Reswap"] = "#main", "#main", "outerHTML"
    return response
