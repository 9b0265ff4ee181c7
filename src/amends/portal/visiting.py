"""What every public page has: a visitor, a moment and the organisation that can be complained to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from amends.complaints.form_definition import FormDefinition
from amends.framework.models import Organisation
from amends.ui import current
from amends.ui.access import Visit, public

P = ParamSpec("P")


class PortalVisit(Visit):
    """A request on the public pages, by anybody."""

    organisation: Organisation
    LANGUAGE_CODE: str
    form_definition: FormDefinition


def for_the_public(
    view: Callable[Concatenate[PortalVisit, P], HttpResponseBase],
) -> Callable[Concatenate[Any, P], HttpResponseBase]:
    """Anybody may open the view, once there is an organisation."""

    @public
    @wraps(view)
    def opened(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        organisation = current.organisation_of(request)
        if organisation is None:
            return not_set_up(request)
        request.organisation = organisation
        return view(request, *args, **kwargs)

    return opened


def not_set_up(request: Any) -> HttpResponse:
    """Before the first start nobody can be complained to."""
    return render(request, "portal/not_set_up.html", status=503)
