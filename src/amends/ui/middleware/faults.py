"""When database or disk fail, nobody loses what they typed and nobody is told that it was taken (P-06)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from amends.ui import error_pages
from amends.ui.uploads import FAULT


class NothingIsLost:
    """Turns faults of database and disk into a page that says so and gives everything back.

    Faults inside other middlewares do not pass through here: Django hands them to `error_pages.server_error`, which
    makes the same page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Read a form with files here, so that a file without room becomes our page and not the view's surprise."""
        if request.method == "POST" and request.content_type == "multipart/form-data":
            request.POST  # noqa: B018 - this reads it
        fault = getattr(request, FAULT, None)
        return error_pages.unavailable(request, error_pages.fault_of_disk(fault)) if fault else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called for whatever a view raises."""
        fault = error_pages.fault_behind(exception)
        return error_pages.unavailable(request, fault) if fault else None
