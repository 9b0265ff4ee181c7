"""Strict headers on every response."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase


class StrictHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


def on_static_file(headers: Any, path: str, url: str) -> None:
    """Headers of a static file."""
