"""A Refusal that no form could show becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from amends.kit.refusal import Refusal
from amends.ui import error_pages


class Refusals:
    """Answers 403, 404, 409 or 422 with the sentence of the Refusal and everything that was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called for whatever a view raises."""
        return error_pages.refused(request, exception) if isinstance(exception, Refusal) else None
